import { loadOptions } from '../config/load.ts';
import { asksForSentry } from '../config/sentry-options.ts';
import { type ServeOptions, serveOptions } from '../config/serve-options.ts';
import { credentialsFrom } from '../context/credentials.ts';
import { serverAddressFrom } from '../context/server-address.ts';
import { type ExitCode, exitCodes, HeraldError, UsageError } from '../errors.ts';
import { counted } from '../model/plural.ts';
import type { RequestGate } from '../serve/request-gate.ts';
import type { SweepWorld } from '../serve/sweep-loop.ts';
import type { Command } from './command.ts';
import type { Host } from './host.ts';
import { alertSecretsFrom, receiverSecretsFrom } from './receiver-secrets.ts';
import { withSecretFiles } from './secret-files.ts';
import { callAfter, pipelineWay, type ServeWorld, type Way } from './serve-in-pipelines.ts';
import { openLog } from './session.ts';
import { summaries } from './summaries.ts';

export const serveCommand: Command = {
  name: 'serve',
  description: summaries.serve,
  usage: '',
  options: serveOptions,
  positional: null,
  examples: [
    [
      'herald serve --server https://gitlab.example.com --projects "group/**"',
      'handle events on this machine',
    ],
    ['herald serve --deliver pipeline --project group/herald-bot', 'let pipelines of the bot handle them'],
    ['herald serve --replay', 'take up again what was given up'],
  ],
  run: runServe,
};

/** What a process of the bot may know of this one's environment, besides its token. */
const passedOn = [
  'PATH',
  'HOME',
  'LANG',
  'TZ',
  'TMPDIR',
  'TEMP',
  'SystemRoot',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'NODE_EXTRA_CA_CERTS',
  'CI_SERVER_TLS_CA_FILE',
] as const;

const maxBodyBytes = 1024 ** 3;
const maxHeapMegabytes = 512;
const stopMilliseconds = 25_000;

function environmentOf({ variables }: Host, options: ServeOptions): Record<string, string> {
  const ofTracker = asksForSentry(options) ? [options.sentryTokenVariable] : [];
  const pairs = [...passedOn, ...ofTracker].flatMap((name) => {
    const value = variables[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(pairs);
}

function listOf(flag: string, values: readonly string[]): readonly string[] {
  return values.flatMap((value) => [flag, value]);
}

/** The receiver's own requests count like those of its processes. */
async function through<T>(gate: RequestGate, request: () => Promise<T>): Promise<T> {
  let leave: () => void = () => undefined;
  await new Promise<void>((resolve) => {
    leave = gate.enter(resolve);
  });
  try {
    return await request();
  } finally {
    leave();
  }
}

/** Where the process reports releases; none where nobody named an error tracker. */
function flagsOfSentry(options: ServeOptions): readonly string[] {
  const { sentryServer: server, sentryOrg: org, sentryProjects, sentryTokenVariable } = options;
  if (!asksForSentry(options)) return [];
  return [
    ...(server === null ? [] : ['--sentry-server', server]),
    ...(org === null ? [] : ['--sentry-org', org]),
    ...listOf('--sentry-projects', sentryProjects),
    ...['--sentry-token-variable', sentryTokenVariable],
  ];
}

/** The flags of a process that handles one event. */
function flagsOfHandler({ options, apiUrl }: ServeWorld): readonly string[] {
  const { project, projects, deny, config, maxWait, dryRun } = options;
  return [
    ...['--server', apiUrl.replace(/\/api\/v4$/, ''), '--config', config, '--max-wait', String(maxWait)],
    ...(project === null ? [] : ['--project', project]),
    ...listOf('--projects', projects),
    ...listOf('--deny', deny),
    ...flagsOfSentry(options),
    ...(dryRun ? ['--dry-run'] : []),
  ];
}

function sweepingOf(
  { options, log }: ServeWorld,
  sweep: SweepWorld['sweep'],
  startSweeping: (world: SweepWorld) => () => Promise<void>,
): Way['startSweeping'] {
  const everyMs = options.sweepEvery * 60_000;
  if (everyMs === 0) return null;
  const warn = (text: string): void => {
    log.warn(text);
  };
  return () => startSweeping({ everyMs, callAfter, sweep, warn });
}

/** Events are handled by processes of this machine: they get the token, and nothing else gets it. */
async function hereWay(world: ServeWorld): Promise<Way> {
  const { options, host, log, apiUrl } = world;
  const credentials = credentialsFrom(host.variables);
  for (const warning of credentials.warnings) log.warn(warning);
  if (credentials.kind !== 'bot')
    throw new UsageError('no bot token found', {
      hint: 'put the token of the bot, with the scope api, into the variable HERALD_TOKEN',
    });
  const { kind, token: value, variable } = credentials;
  const { handleHere, sweepHere } = await import('../serve/here.ts');
  const { startSweeping } = await import('../serve/sweep-loop.ts');
  const { createRequestGate } = await import('../serve/request-gate.ts');
  const { realTime } = await import('../serve/real-time.ts');
  const gate = createRequestGate(options, { now: realTime.elapsed, callAfter: realTime.callAfter });
  const token = { kind, value, variable };
  const { gitlab } = await host.connectGitLab({ apiUrl, token, log, maxTotalMs: 10_000 });
  const flags = flagsOfHandler(world);
  const environment = { ...environmentOf(host, options), HERALD_TOKEN: value };
  const settings = {
    command: host.ownCommand(),
    ...{ flags, environment, maxHeapMegabytes, gate },
    logLine(line: string): void {
      host.errorOutput.write(`${host.hideSecrets(line)}\n`);
    },
  };
  let requested: Parameters<Way['handlerWith']>[0]['requested'] = () => undefined;
  return {
    handlerWith(metrics) {
      requested = metrics.requested.bind(metrics);
      const withMetrics = { ...settings, requested };
      return (one, body, signal) => handleHere({ body, delivery: one.id }, signal, withMetrics);
    },
    startSweeping: sweepingOf(
      world,
      (signal) => sweepHere(signal, { ...settings, requested }),
      startSweeping,
    ),
    async ready() {
      try {
        const { username } = await through(gate, () => gitlab.fetchCurrentUser());
        return { isReady: true, reason: `ready, as ${username}` };
      } catch (error) {
        if (error instanceof HeraldError) return { isReady: false, reason: error.message };
        throw error;
      }
    },
  };
}

async function runServe(flags: Readonly<Record<string, unknown>>, given: Host): Promise<ExitCode> {
  const host = await withSecretFiles(given);
  const { options } = await loadOptions(serveOptions, { flags, variables: host.variables, files: null });
  const log = openLog(options, host);
  const apiUrl = serverAddressFrom(options.server, host.variables);
  if (options.projects.length === 0 && options.project === null)
    throw new UsageError('no project is named', {
      hint: 'give --projects with globs of full paths, like "group/**"',
    });
  const world = { options, host, log, apiUrl };
  const way = await (options.deliver === 'here' ? hereWay(world) : pipelineWay(world));
  const { addressList } = await import('../serve/address-list.ts');
  const [{ runReceiver }, { realTime }] = await Promise.all([
    import('../serve/run-receiver.ts'),
    import('../serve/real-time.ts'),
  ]);
  const [, hostname = '', port = ''] = /^(.*):(\d+)$/.exec(options.listen) ?? [];
  const receiver = await runReceiver({
    ...way,
    ...realTime,
    host: hostname.replace(/^\[|\]$/g, '') || '::',
    port: Number(port),
    spool: options.spool,
    limits: { maxEvents: options.maxEvents, maxBytes: maxBodyBytes },
    concurrency: options.concurrency,
    allowFrom: addressList(options.allowFrom, '--allow-from'),
    trustedProxy: addressList(options.trustedProxy, '--trusted-proxy'),
    metricsFrom: addressList(options.metricsFrom, '--metrics-from'),
    replay: options.replay,
    secretsOf: receiverSecretsFrom(host.variables),
    alertSecretsOf: alertSecretsFrom(host.variables),
    showsSecret: options.deliver === 'pipeline',
    isServed: servedBy(options, await globs()),
    accessLog: ({ ...line }) => {
      log.info(`${line.step} ${line.outcome}`, line);
    },
    warn: (text) => {
      log.warn(text);
    },
  });
  const waiting = counted(receiver.left, { one: 'event waits', other: 'events wait' });
  log.info(`listening on ${hostname}:${receiver.port}; ${waiting} from before`, { port: receiver.port });
  const stopSweeping = way.startSweeping?.() ?? (() => Promise.resolve());
  const signal = await host.untilStopped();
  log.info(`stopping after ${signal}`);
  await Promise.all([receiver.stop(stopMilliseconds), stopSweeping()]);
  return exitCodes.done;
}

type Globs = (patterns: readonly string[]) => (path: string) => boolean;

async function globs(): Promise<Globs> {
  const { default: picomatch } = await import('picomatch');
  return (patterns) =>
    patterns.length === 0 ? () => false : picomatch([...patterns], { nocase: true, dot: true });
}

/** By the path that the payload claims: a wrong claim only gets as far as the bot, which asks GitLab. */
function servedBy(
  { projects, deny }: ServeOptions,
  matcher: Globs,
): (project: number, path: string | null) => boolean {
  const [isNamed, isDenied] = [matcher(projects), matcher(deny)];
  return (_project, path) => path === null || ((projects.length === 0 || isNamed(path)) && !isDenied(path));
}
