import { type BotOptions, botOptions, daysOf } from '../config/bot-options.ts';
import { loadOptions } from '../config/load.ts';
import { asksForSentry } from '../config/sentry-options.ts';
import { credentialsFrom } from '../context/credentials.ts';
import { ownServerAddressFrom } from '../context/server-address.ts';
import { trackerWarning, transportWarning } from '../context/token-origin.ts';
import { placeFrom } from '../context/write-target.ts';
import { type ExitCode, UsageError } from '../errors.ts';
import type { Log } from '../io/port.ts';
import type { Context } from '../model/context.ts';
import { isGitLabJob } from '../model/gitlab-job.ts';
import { counted } from '../model/plural.ts';
import type { ErrorTracker } from '../sentry/port.ts';
import type { FactSource, Handled, SweepWorld } from '../usecases/bot/bot-world.ts';
import { logAbout } from '../usecases/bot/log-about.ts';
import type { reportsFromOutside } from '../usecases/bot/reports-from-outside.ts';
import type { Command } from './command.ts';
import type { AuditTrail, Host } from './host.ts';
import { textLine } from './json-line.ts';
import { countingVariables, warnOfIgnored } from './only-by-command-line.ts';
import { outputFolder } from './output-folder.ts';
import { rotationLine, rotationWorld } from './rotate-bot-token.ts';
import { openLog } from './session.ts';
import { summaries } from './summaries.ts';

export const botCommand: Command = {
  name: 'bot',
  usage: '',
  description: summaries.bot,
  options: botOptions,
  positional: null,
  examples: [
    ['herald bot', 'in a pipeline that a webhook or a schedule started'],
    ['herald bot --dry-run --payload payload.json', 'which rules match, and why the others do not'],
    ['herald bot --backtest 30d --project group/project', 'what the rules would have done'],
  ],
  run: runBot,
};

interface Session {
  readonly connectAs: (token: string, variable: string) => ReturnType<Host['connectGitLab']>;
  readonly token: { readonly value: string; readonly variable: string };
  readonly options: BotOptions;
  readonly host: Host;
  readonly log: Log;
  readonly world: SweepWorld;
}

const noToken = {
  hint: 'Put a token with the scope api into the variable HERALD_TOKEN of the project that this pipeline runs in; a protected variable needs a protected branch.',
};

type Reports = Pick<SweepWorld, 'report' | 'isUnreported' | 'findUnreported' | 'finishAbandonedStatuses'>;

/** Few events need a report, and the code for it is large. */
function lazyReports(...given: Parameters<typeof reportsFromOutside>): Reports {
  const load = async (): Promise<Reports> => {
    const module = await import('../usecases/bot/reports-from-outside.ts');
    return module.reportsFromOutside(...given);
  };
  return {
    report: async (on) => (await load()).report(on),
    isUnreported: async (on) => (await load()).isUnreported(on),
    findUnreported: async (project) => (await load()).findUnreported(project),
    finishAbandonedStatuses: async (project) => (await load()).finishAbandonedStatuses(project),
  };
}

/** Nothing where no error tracker is named: then a rule that wants one is refused, and nothing is sent. */
function tracking(
  options: BotOptions,
  host: Host,
  { audits, ...source }: FactSource & { readonly audits: AuditTrail[] },
): Pick<SweepWorld, 'trackRelease'> {
  if (!asksForSentry(options)) return {};
  const connectTracker = async (): Promise<ErrorTracker> => {
    const { sentryTargetFrom } = await import('../context/sentry-target.ts');
    const target = sentryTargetFrom(options, host.variables);
    const warning = trackerWarning(target.server);
    if (warning !== null) source.log.warn(warning);
    const maxTotalMs = options.maxWait * 1000;
    const { tracker, audit } = await host.connectErrorTracker({ ...target, log: source.log, maxTotalMs });
    audits.push(audit);
    return tracker;
  };
  const setup = { connect: connectTracker, allowed: options.sentryProjects, mask: host.maskText };
  return {
    async trackRelease(project, release) {
      const { trackReleaseOfRule } = await import('../usecases/bot/track-release-of-rule.ts');
      return trackReleaseOfRule(project, release, { ...source, setup });
    },
  };
}

function serverOf(apiUrl: string): Context['server'] {
  const url = apiUrl.replace(/\/api\/v4\/*$/, '').replace(/\/+$/, '');
  return { url, apiUrl };
}

/** In a GitLab job, variables could name other projects to serve, or a file to read: they do not count. */
async function botOptionsFrom(
  flags: Readonly<Record<string, unknown>>,
  { variables }: Host,
): Promise<{ readonly options: BotOptions; readonly ignored: readonly string[] }> {
  const { counting, ignored } = countingVariables(botOptions, variables);
  const { options } = await loadOptions(botOptions, { flags, variables: counting, files: null });
  return { options, ignored };
}

async function connect(
  options: BotOptions,
  host: Host,
  log: Log,
): Promise<Pick<Session, 'world' | 'connectAs' | 'token'> & { readonly audits: readonly AuditTrail[] }> {
  const { variables, clock, maskText: mask } = host;
  const given = { ...options, mergeRequest: null, sha: null, pipeline: null };
  // Behind a receiver the bot has no project of its own, and serves those that are named by globs.
  const isNamed = options.project !== null || options.projects.length === 0 || isGitLabJob(variables);
  const project = isNamed ? placeFrom(given, variables, 'pipeline').project : null;
  const apiUrl = ownServerAddressFrom(options.server, variables);
  const transport = transportWarning(apiUrl);
  if (transport !== null) log.warn(transport);
  const credentials = credentialsFrom(variables);
  for (const warning of credentials.warnings) log.warn(warning);
  if (credentials.kind !== 'bot') throw new UsageError('no bot token found', noToken);
  const { kind, token: value, variable } = credentials;
  const connectAs: Session['connectAs'] = (token, from) =>
    host.connectGitLab({
      apiUrl,
      token: { kind, value: token, variable: from },
      log,
      maxTotalMs: options.maxWait * 1000,
    });
  const { gitlab, audit } = await connectAs(value, variable);
  // Every event needs the bot's own user, so it is requested while the rest is loaded. A failure shows up where the
  // user is needed.
  gitlab.fetchCurrentUser().catch(() => undefined);
  await clock.sleep(0);
  const { projects, deny, dryRun, config } = options;
  const scope = { ownProject: project, projects, deny };
  const how = { server: serverOf(apiUrl), dryRun };
  const reports = lazyReports({ gitlab, clock, log, mask }, how);
  const audits = [audit];
  const tracked = tracking(options, host, { gitlab, clock, log, audits });
  const world = { gitlab, clock, log, dryRun, config, scope, ...reports, ...tracked };
  return { world, audits, connectAs, token: { value, variable } };
}

/** People read a dry run, so all of it goes to the output. */
async function printHandled(handled: Handled, { options, host, log }: Session): Promise<void> {
  const { describeHandled } = await import('../usecases/bot/describe-handled.ts');
  for (const { level, text, fields } of describeHandled(handled))
    if (options.dryRun) host.output.write(textLine(text, host));
    else log[level](text, fields);
}

/** Last of all: the token that the run began with does not work afterwards. */
async function rotateInTime(days: string, { world, token, connectAs, log }: Session): Promise<void> {
  const { rotateTokenInTime } = await import('../usecases/setup/rotate-token.ts');
  const { ownProject: botProject } = world.scope;
  if (botProject === null)
    throw new UsageError('--rotate-before needs the project whose variable holds the token', {
      hint: 'give it with --project',
    });
  const rotation = { botProject, tokenKey: 'HERALD_TOKEN', planOnly: world.dryRun };
  const rotationOf = await rotationWorld(null, { world, own: token, connect: connectAs });
  const rotated = await rotateTokenInTime(daysOf(days), rotation, rotationOf);
  if (rotated !== null) log.info(rotationLine(rotated, rotation.tokenKey, world.dryRun));
}

async function runSweep(session: Session): Promise<readonly Handled[]> {
  const all: Handled[] = [];
  const { sweep } = await import('../usecases/bot/sweep.ts');
  for (const { project, problem, handled } of await sweep(session.world)) {
    if (problem !== null) session.log.warn(`${project} was skipped: ${problem}`);
    for (const one of handled) await printHandled(one, session);
    session.log.info(`${project}: handled ${counted(handled.length, { one: 'item', other: 'items' })}`);
    all.push(...handled);
  }
  if (session.options.rotateBefore !== null) await rotateInTime(session.options.rotateBefore, session);
  return all;
}

async function runBacktest(days: string, { world, host }: Session): Promise<void> {
  const { backtestOf } = await import('../usecases/bot/backtest.ts');
  const { describeBacktest } = await import('../usecases/bot/backtest.ts');
  const since = new Date(host.clock.now().getTime() - daysOf(days) * 86_400_000);
  for (const line of describeBacktest(await backtestOf(since, world)))
    host.output.write(textLine(line, host));
}

/** Sources of pipelines that no webhook starts: these pipelines sweep. */
const sweepingSources: ReadonlySet<string> = new Set(['schedule', 'web', 'api', 'pipeline', 'push']);

/** What was done. */
async function act(session: Session): Promise<readonly Handled[]> {
  const { options, host, world } = session;
  if (options.backtest !== null) {
    await runBacktest(options.backtest, session);
    return [];
  }
  if (options.sweep) return runSweep(session);
  const { readPayload } = await import('../usecases/bot/read-payload.ts');
  const { TRIGGER_PAYLOAD: variable, CI_PIPELINE_SOURCE: source } = host.variables;
  const text = await readPayload({ path: options.payload, variable, fileAt: host.fileAt });
  if (text !== null) {
    const { handlePayload } = await import('../usecases/bot/handle-payload.ts');
    // A trigger, which everybody with its address can start, sets variables and no flags.
    const isTrusted = options.payload !== null && !isGitLabJob(host.variables);
    const handled = await handlePayload(text, world, isTrusted);
    await printHandled(handled, session);
    return [handled];
  }
  if (sweepingSources.has(source ?? '')) return runSweep(session);
  throw new UsageError('no webhook payload found', {
    hint: 'GitLab sets TRIGGER_PAYLOAD in pipelines that a webhook starts; elsewhere give --payload FILE, --sweep or --backtest 30d',
  });
}

async function runBot(flags: Readonly<Record<string, unknown>>, host: Host): Promise<ExitCode> {
  const begin = host.clock.now().getTime();
  const { options, ignored } = await botOptionsFrom(flags, host);
  // Each delivery of a webhook starts one pipeline, and the headers that number it never reach the job; a receiver
  // saw them.
  const { HERALD_DELIVERY: ofReceiver, CI_PIPELINE_ID: ofPipeline } = host.variables;
  const log = logAbout(openLog(options, host), { delivery: ofReceiver ?? ofPipeline ?? null });
  warnOfIgnored(ignored, 'what the bot does', log);
  const { workingDirectory } = host;
  const output = outputFolder(host.filesUnder(workingDirectory), options.output, workingDirectory);
  const { audits, ...connected } = await connect(options, host, log);
  const { world } = connected;
  try {
    const handled = await act({ options, host, log, ...connected });
    const requests = world.gitlab.requestCount();
    const ms = host.clock.now().getTime() - begin;
    // A sweep is about many things.
    const [one = null] = handled.length === 1 ? handled : [];
    const about = one === null ? {} : { ...one.about, outcome: one.outcome };
    const fields = { ...about, requests, remaining: world.gitlab.requestsRemaining(), ms };
    log.info(`${counted(requests, { one: 'request', other: 'requests' })} to GitLab`, fields);
    const { exitCodeOfBot } = await import('../usecases/bot/exit-code-of-bot.ts');
    return exitCodeOfBot(handled);
  } finally {
    for (const audit of audits) await audit.write(output);
  }
}
