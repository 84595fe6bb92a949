import { createHash } from 'node:crypto';
import { loadOptions } from '../config/load.ts';
import { type SetupOptions, setupOptions } from '../config/setup-options.ts';
import { botTokenFrom, credentialsFrom } from '../context/credentials.ts';
import { setupServerFrom } from '../context/setup-target.ts';
import { type ExitCode, exitCodes, UsageError } from '../errors.ts';
import { isGitLabJob } from '../model/gitlab-job.ts';
import { counted } from '../model/plural.ts';
import { forbiddenSwitches } from '../model/webhook-switch.ts';
import type { ReceiverWish, SetupOutcome, SetupWishes, SetupWorld } from '../usecases/setup/wishes.ts';
import type { Command } from './command.ts';
import type { Host } from './host.ts';
import { rotateBotToken } from './rotate-bot-token.ts';
import { withSecretFiles } from './secret-files.ts';
import { openLog } from './session.ts';
import { closingLine, instructionLines, outcomeLines, summaryTable } from './setup-lines.ts';
import { setupWishesFrom } from './setup-wishes-from.ts';
import { summaries } from './summaries.ts';

export const setupCommand: Command = {
  name: 'setup',
  usage: '',
  description: summaries.setup,
  options: setupOptions,
  positional: null,
  examples: [
    ['herald setup --watch shop/checkout --plan', 'what would be done, without doing it'],
    ['herald setup --watch shop/checkout --bot', 'with a service account and its token'],
    ['herald setup --bot-project shop/bot --group shop', 'one bot for all projects of a group'],
    ['herald setup --bot-project shop/bot --watch shop/web --rotate', 'a new trigger token for one'],
    ['herald setup --bot-project shop/bot --rotate-token', 'a new token for the bot, before it expires'],
    ['herald setup --bot-project shop/bot --group shop --remove', 'take away what herald setup made'],
    ['herald setup --bot-project shop/bot --watch shop/web --instructions', 'an issue for its maintainers'],
    ['herald setup --receiver https://herald.example.com --group shop --test', 'webhooks for herald serve'],
    [
      'herald setup --receiver https://herald.example.com --watch shop/web --alerts sentry',
      'what to paste into Sentry',
    ],
    ['herald setup --install my-group --plan', 'Herald itself as a project of a group'],
  ],
  run: runSetup,
};

function checkBot({ bot, remove, instructions, parts }: SetupOptions, { variables }: Host): void {
  if (!bot) return;
  if (remove || instructions)
    throw new UsageError('--bot cannot be combined with --remove or --instructions', {
      hint: 'run them one after the other',
    });
  if (!parts.includes('token'))
    throw new UsageError('--bot needs the part token: it puts the token into the variable', {
      hint: 'add token to --parts, or leave --parts out',
    });
  if (botTokenFrom(variables) !== null)
    throw new UsageError('--bot creates a token, and HERALD_BOT_TOKEN gives one', {
      hint: 'unset HERALD_BOT_TOKEN, or run herald setup without --bot',
    });
}

function checkRotation({ rotateToken, bot, remove, rotate, test, instructions }: SetupOptions): void {
  if (rotateToken && (bot || remove || rotate || test || instructions))
    throw new UsageError('--rotate-token does nothing else: it can only be combined with --plan', {
      hint: 'run the others before or after it',
    });
}

function checkActions(options: SetupOptions): void {
  const { remove, rotate, test, plan, instructions } = options;
  if (remove && (rotate || test))
    throw new UsageError('--remove cannot be combined with --rotate or --test', {
      hint: 'run them one after the other',
    });
  if (instructions && (remove || rotate || test))
    throw new UsageError('--instructions cannot be combined with --remove, --rotate or --test', {
      hint: 'they change settings, which --instructions leaves to others',
    });
  if (plan && (test || options.resend))
    throw new UsageError('--plan changes nothing, and --test and --resend send events: give one of them');
}

/** What GitLab starts no pipeline from, or starts pipelines without end from, is for a receiver only. */
function checkEvents({ receiver, events }: SetupOptions): void {
  const [forbidden] =
    receiver === null ? events.filter((name) => Object.hasOwn(forbiddenSwitches, name)) : [];
  if (forbidden !== undefined)
    throw new UsageError(`--events cannot name ${forbidden}: ${forbiddenSwitches[forbidden] ?? ''}`, {
      hint: 'only a receiver can handle it: see --receiver',
    });
}

function checkReceiver({ receiver, bot, instructions, rotateToken, resend, remove }: SetupOptions): void {
  if (receiver !== null && (bot || instructions || rotateToken))
    throw new UsageError('--receiver cannot be combined with --bot, --instructions or --rotate-token', {
      hint: 'run them one after the other',
    });
  if (resend && (remove || instructions || rotateToken))
    throw new UsageError('--resend cannot be combined with --remove, --instructions or --rotate-token', {
      hint: 'run them one after the other',
    });
}

/** The secrets of webhooks; taking webhooks away needs none. */
async function receiverSecretsOf(
  { receiver, remove }: SetupOptions,
  { variables }: Host,
): Promise<ReceiverWish['secretOf']> {
  if (receiver === null || remove) return () => null;
  const { webhookSecretsFrom } = await import('./receiver-secrets.ts');
  return webhookSecretsFrom(variables, { isNeeded: true });
}

/** Alone, and not in a job, whose log other people see. */
function checkAlerts(options: SetupOptions, { variables }: Host): void {
  const { alerts, receiver, install } = options;
  const { bot, remove, rotate, rotateToken, test, instructions, resend } = options;
  if (alerts.length === 0) return;
  if (receiver === null)
    throw new UsageError('--alerts needs --receiver', {
      hint: 'docs/guides/alerts.md shows how alerts start pipelines without a receiver',
    });
  if (install !== null || [bot, remove, rotate, rotateToken, test, instructions, resend].includes(true))
    throw new UsageError(
      '--alerts does nothing else: it can only be combined with --receiver, --watch and --group',
      {
        hint: 'run the others before or after it',
      },
    );
  if (isGitLabJob(variables))
    throw new UsageError('--alerts prints secrets, and others can see the log of this job', {
      hint: 'run it on your own machine',
    });
}

/** Without a mask: the secrets are what people need. True when GitLab refused something. */
async function runAlerts(
  wishes: SetupWishes,
  { alerts }: SetupOptions,
  { world, host }: { readonly world: SetupWorld; readonly host: Host },
): Promise<boolean> {
  const { alertSecretsFrom } = await import('./receiver-secrets.ts');
  const { instructForAlerts } = await import('../usecases/setup/alert-instructions.ts');
  const secretsOf = alertSecretsFrom(host.variables);
  const secretOf = (
    source: string,
    project: number,
  ): { readonly secret: string; readonly sha256: string } => {
    const [secret = ''] = secretsOf({ source, project }).tokens;
    return { secret, sha256: createHash('sha256').update(secret).digest('hex') };
  };
  const receiver = wishes.receiver?.address ?? '';
  const { lines, refused } = await instructForAlerts(
    { wishes, sources: alerts, receiver, secretOf },
    world.gitlab,
  );
  for (const line of lines) host.output.write(`${line}\n`);
  for (const line of refused) world.log.error(line);
  return refused.length > 0;
}

function checkInstall(options: SetupOptions): void {
  const { install, watch, group, botProject, receiver } = options;
  const { bot, remove, rotate, rotateToken, test, instructions, resend } = options;
  const isOther = [bot, remove, rotate, rotateToken, test, instructions, resend].includes(true);
  const isElsewhere = [group, botProject, receiver].some((value) => value !== null);
  if (install !== null && (isOther || isElsewhere || watch.length > 0))
    throw new UsageError(
      '--install does nothing else: it can only be combined with --install-name, --no-catalog and --plan',
      { hint: 'run herald setup once more for the bot' },
    );
}

async function runSetup(flags: Readonly<Record<string, unknown>>, given: Host): Promise<ExitCode> {
  const host = await withSecretFiles(given);
  const files = host.filesUnder(host.workingDirectory);
  const { options } = await loadOptions(setupOptions, { flags, variables: host.variables, files });
  checkInstall(options);
  checkAlerts(options, host);
  checkActions(options);
  checkRotation(options);
  checkBot(options, host);
  checkReceiver(options);
  checkEvents(options);
  const secretOf = await receiverSecretsOf(options, host);
  const wishes = options.install === null ? setupWishesFrom(options, host, secretOf) : null;
  const apiUrl = wishes?.apiUrl ?? setupServerFrom(options, host.variables);
  const log = openLog(options, host);
  const credentials = credentialsFrom(host.variables);
  for (const warning of credentials.warnings) log.warn(warning);
  if (!options.sslVerification) log.warn('GitLab will not check the certificate of the address it calls.');
  if (credentials.kind !== 'bot')
    throw new UsageError('no token found that can set up a bot', {
      hint: 'put a token of a maintainer, with the scope api, into the variable HERALD_TOKEN or GITLAB_TOKEN',
    });
  const { kind, token: value, variable } = credentials;
  const connect = (token: string, from: string): ReturnType<Host['connectGitLab']> =>
    host.connectGitLab({
      apiUrl,
      token: { kind, value: token, variable: from },
      log,
      maxTotalMs: options.maxWait * 1000,
    });
  const { gitlab, audit } = await connect(value, variable);
  const world = { gitlab, clock: host.clock, log };
  let isRefused = false;
  try {
    if (wishes === null) isRefused = await runInstallation(options, world, host);
    else if (options.alerts.length > 0) isRefused = await runAlerts(wishes, options, { world, host });
    else if (options.rotateToken)
      await rotateBotToken(wishes, { world, own: { value, variable }, connect }, host);
    else
      isRefused = await (wishes.action === 'instruct'
        ? runInstructions(wishes, world, host)
        : runChanges(wishes, world, host));
  } finally {
    if (options.audit !== null) await audit.write(host.filesUnder(options.audit));
  }
  log.info(`${counted(gitlab.requestCount(), { one: 'request', other: 'requests' })} to GitLab`);
  return isRefused ? exitCodes.refused : exitCodes.done;
}

/** True when GitLab refused something. */
async function runInstallation(options: SetupOptions, world: SetupWorld, host: Host): Promise<boolean> {
  const { runInstall } = await import('./install.ts');
  const outcome = await runInstall(options, world, host);
  say([...outcomeLines(outcome, options.plan), closingLine([outcome], options.plan)], host);
  return outcome.refusal !== null;
}

/** Through a receiver or through pipelines; only what is run is loaded. */
async function changesOf(wishes: SetupWishes, world: SetupWorld): Promise<AsyncIterable<SetupOutcome>> {
  const { receiver } = wishes;
  if (receiver === null) return (await import('../usecases/setup/setup.ts')).setup(wishes, world);
  const { setupReceiver } = await import('../usecases/setup/receiver.ts');
  return setupReceiver({ ...wishes, receiver }, world);
}

/** The same for a bot. */
async function runChanges(wishes: SetupWishes, world: SetupWorld, host: Host): Promise<boolean> {
  const { planOnly } = wishes;
  const outcomes: SetupOutcome[] = [];
  for await (const outcome of await changesOf(wishes, world)) {
    outcomes.push(outcome);
    say(outcomeLines(outcome, planOnly), host);
  }
  say(['', ...summaryTable(outcomes, { planOnly, columns: host.output.columns })], host);
  say([closingLine(outcomes, planOnly)], host);
  return outcomes.some(({ refusal }) => refusal !== null);
}

/** The same for `--instructions`. */
async function runInstructions(wishes: SetupWishes, world: SetupWorld, host: Host): Promise<boolean> {
  const { instruct } = await import('../usecases/setup/instructions.ts');
  let isRefused = false;
  for await (const outcome of instruct(wishes, world)) {
    isRefused ||= outcome.refusal !== null;
    say(instructionLines(outcome), host);
  }
  return isRefused;
}

function say(lines: readonly string[], host: Host): void {
  for (const line of lines) host.output.write(`${host.hideSecrets(line)}\n`);
}
