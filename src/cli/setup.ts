import { createHash } from 'node:crypto';
import { loadOptions } from '../config/load.ts';
import { type SetupOptions, setupOptions } from '../config/setup-options.ts';
import { credentialsFrom } from '../context/credentials.ts';
import { setupServerFrom } from '../context/setup-target.ts';
import { type ExitCode, exitCodes, UsageError } from '../errors.ts';
import { counted } from '../model/plural.ts';
import type { ReceiverWish, SetupOutcome, SetupWishes, SetupWorld } from '../usecases/setup/wishes.ts';
import { checkSetupOptions } from './check-setup-options.ts';
import type { Command } from './command.ts';
import type { Host } from './host.ts';
import { textLine } from './json-line.ts';
import { type RotationSession, rotateBotToken } from './rotate-bot-token.ts';
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

/** The secrets of webhooks; taking webhooks away needs none. */
async function receiverSecretsOf(
  { receiver, remove }: SetupOptions,
  { variables }: Host,
): Promise<ReceiverWish['secretOf']> {
  if (receiver === null || remove) return () => null;
  const { webhookSecretsFrom } = await import('./receiver-secrets.ts');
  return webhookSecretsFrom(variables, { isNeeded: true });
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
  for (const line of lines) host.output.write(textLine(line, { hideSecrets: (text) => text }));
  for (const line of refused) world.log.error(line);
  return refused.length > 0;
}

async function runSetup(flags: Readonly<Record<string, unknown>>, given: Host): Promise<ExitCode> {
  const host = await withSecretFiles(given);
  // A `.herald.yml` of the folder belongs to a branch, and nothing of a branch may say who gets the bot's token.
  const { options } = await loadOptions(setupOptions, { flags, variables: host.variables, files: null });
  checkSetupOptions(options, host);
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
  const session = { world: { gitlab, clock: host.clock, log }, own: { value, variable }, connect };
  let isRefused = false;
  try {
    isRefused = await runWishes(wishes, options, { session, host });
  } finally {
    if (options.audit !== null) await audit.write(host.filesUnder(options.audit));
  }
  log.info(`${counted(gitlab.requestCount(), { one: 'request', other: 'requests' })} to GitLab`);
  return isRefused ? exitCodes.refused : exitCodes.done;
}

/** Without wishes, Herald itself is installed. True when GitLab refused something. */
async function runWishes(
  wishes: SetupWishes | null,
  options: SetupOptions,
  { session, host }: { readonly session: RotationSession; readonly host: Host },
): Promise<boolean> {
  const { world } = session;
  if (wishes === null) return runInstallation(options, world, host);
  if (options.alerts.length > 0) return runAlerts(wishes, options, { world, host });
  if (options.rotateToken) {
    await rotateBotToken(wishes, session, host);
    return false;
  }
  return wishes.action === 'instruct'
    ? runInstructions(wishes, world, host)
    : runChanges(wishes, world, host);
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
  for (const line of lines) host.output.write(textLine(line, host));
}
