import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from './cli/host.ts';
import { secretsOf } from './context/credentials.ts';
import { refuseForeignCode } from './context/runtime-variables.ts';
import { colorFrom, columnsFrom, isDumbTerminal } from './context/terminal.ts';
import { type ExitCode, exitCodes, HeraldError } from './errors.ts';
import type { FirstRequest } from './first-request.ts';
import type { RequestBudget } from './gitlab/transport/request-budget.ts';
import type { Grantor } from './gitlab/transport/shared-budget.ts';
import { createAuditFile } from './io/audit-file.ts';
import { clockUntil } from './io/clock.ts';
import { fileAt, filesUnder } from './io/files.ts';
import { gitIn } from './io/git.ts';
import { createLog } from './io/log.ts';
import { createMasker, secretForms } from './io/masker.ts';
import { createOutput } from './io/output.ts';
import { parallelism } from './io/parallelism.ts';
import { createProgress } from './io/progress.ts';
import { visibleText } from './io/visible-text.ts';
import { type Ending, lineOptions, type Target, type Variables } from './line-options.ts';
import { createTextMask } from './secrets/mask-text.ts';
import type { ReadingThreads } from './usecases/reading.ts';
import { version } from './version.ts';

/** How long a run lasts, who started it, and what it has asked already. */
interface Life extends Ending {
  /** The receiver that started this process; null where somebody else did. */
  readonly receiver: Grantor | null;
  readonly first: FirstRequest | null;
}

function isSame(a: Target, b: Target): boolean {
  return a.apiUrl === b.apiUrl && a.token.value === b.token.value && a.token.kind === b.token.kind;
}

/** How long a process whose receiver is gone may need to end by itself. */
const graceMs = 5_000;

/**
 * The receiver that started this process; null where somebody else did.
 *
 * @param end ends this run
 */
function receiverOf(process: NodeJS.Process, end: AbortController): Grantor | null {
  const { channel, env } = process;
  if (process.send === undefined || channel === undefined || env['HERALD_DELIVERY'] === undefined)
    return null;
  // Without the receiver nobody counts the requests, and its successor handles the event. So nothing more is sent, and
  // the run ends like one that cannot reach GitLab, even where it could do without what was broken off.
  const cutOff = (): void => {
    process.exitCode = exitCodes.unreachable;
    end.abort();
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMs).unref();
  };
  process.once('disconnect', cutOff);
  process.once('SIGTERM', cutOff);
  end.signal.addEventListener('abort', () => {
    channel.unref();
  });
  channel.unref();
  return {
    send: (message) => {
      // The way may be closed by now, and `cutOff` is what follows.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => void process.on('message', listener),
    keepAlive: (isNeeded) => {
      if (isNeeded && !end.signal.aborted) channel.ref();
      else channel.unref();
    },
  };
}

async function budgetOf(receiver: Grantor | null): Promise<{ readonly budget?: RequestBudget }> {
  if (receiver === null) return {};
  const { createSharedBudget } = await import('./gitlab/transport/shared-budget.ts');
  return { budget: createSharedBudget(receiver) };
}

/** Connections to GitLab; the first one to where the first request went goes on from there. */
function createConnector(variables: Variables, life: Life): Pick<Host, 'connectGitLab'> {
  let early = life.first;
  return {
    async connectGitLab({ maxTotalMs, ...options }) {
      // A job token gives nothing that the person who started the job does not have already.
      if (options.token.kind === 'bot') refuseForeignCode(variables);
      const { connectGitLab } = await import('./gitlab/rest.ts');
      const known = early !== null && isSame(early.target, options) ? early : null;
      early = known === null ? early : null;
      known?.heldLog.release(options.log);
      const audit = known?.audit ?? createAuditFile(() => secretsOf(variables));
      const line = lineOptions(options, options.log, { ...life, audit, variables });
      const gitlab = connectGitLab({
        ...line,
        limits: { maxTotalMs },
        early: known?.user ?? null,
        ...(await budgetOf(life.receiver)),
      });
      return { gitlab, audit };
    },
  };
}

/** A connection to an error tracker, with a file for its requests. */
function connectTracker(variables: Variables, { clock, end }: Life): Host['connectErrorTracker'] {
  return async (options) => {
    refuseForeignCode(variables);
    const { connectSentry } = await import('./sentry/connect.ts');
    const audit = createAuditFile(() => secretsOf(variables));
    const caFile = variables['CI_SERVER_TLS_CA_FILE'] ?? null;
    return { tracker: connectSentry({ ...options, variables, caFile, clock, end, audit: audit.add }), audit };
  };
}

/** Threads that read reports, with the masking of a run. */
function threadsOf(
  masksNow: () => { readonly forms: readonly string[]; readonly mask: (text: string) => string },
): ReadingThreads {
  return {
    room: parallelism,
    async start(how, count) {
      const { startReadingThreads } = await import('./threads/start.ts');
      const { forms, mask } = masksNow();
      return startReadingThreads({ how, secretForms: forms }, { count, mask });
    },
  };
}

export interface ProcessHost extends Host {
  /** The run is over: breaks off requests, retries and waits that nobody waits for any more. */
  end(): void;
}

/** The world of a real process: its streams, its file system, its network. */
export function createHost(
  process: NodeJS.Process,
  end = new AbortController(),
  first: FirstRequest | null = null,
): ProcessHost {
  const clock = clockUntil(end.signal);
  const variables: Variables = process.env;
  const look = { color: colorFrom(variables), columns: columnsFrom(variables) };
  const output = createOutput(process.stdout, look);
  const errorOutput = createOutput(process.stderr, look);
  // A progress line moves the cursor, which a dumb terminal cannot.
  const screen = isDumbTerminal(variables) ? { ...errorOutput, isTerminal: false } : errorOutput;
  const progress = createProgress(screen, () => clock.now());
  process.on('exit', () => {
    progress.clear();
  });
  const base = {
    workingDirectory: process.cwd(),
    output: progress.share(output),
    errorOutput: progress.share(errorOutput),
    filesUnder: (root: string) => progress.watch(filesUnder(root)),
    fileAt: (path: string) => fileAt(path, () => process.stdin),
    ownCommand: () => [process.execPath, process.argv[1] ?? ''] as const,
    untilStopped: () =>
      new Promise<string>((resolve) => {
        for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
      }),
  } satisfies Base;
  const life = { end: end.signal, clock, receiver: receiverOf(process, end), first };
  return {
    ...hostWith(variables, base, life),
    end() {
      // It was cut off before: then nobody knows what it skipped.
      if (end.signal.aborted) process.exitCode = exitCodes.unreachable;
      end.abort();
    },
  };
}

type Base = Pick<
  Host,
  'workingDirectory' | 'output' | 'errorOutput' | 'filesUnder' | 'fileAt' | 'ownCommand' | 'untilStopped'
>;

function hostWith(variables: Variables, base: Base, life: Life): Host {
  // Built for the first text: before the first request there is none.
  let hideSecrets: Host['hideSecrets'] | null = null;
  let masks: { readonly forms: readonly string[]; readonly mask: (text: string) => string } | null = null;
  const masksNow = (): NonNullable<typeof masks> => {
    const forms = masks?.forms ?? secretForms(secretsOf(variables));
    masks ??= { forms, mask: createTextMask(forms) };
    return masks;
  };
  return {
    ...base,
    variables,
    hideSecrets(text) {
      hideSecrets ??= createMasker(secretsOf(variables));
      return hideSecrets(text);
    },
    maskText: (text) => masksNow().mask(text),
    threads: threadsOf(masksNow),
    clock: life.clock,
    gitIn,
    createLog: ({ level, format, color }) =>
      createLog({
        level,
        format,
        color,
        ci: variables['GITLAB_CI'] === 'true',
        secrets: secretsOf(variables),
        now: () => life.clock.now(),
        stream: (text) => {
          base.errorOutput.write(text);
        },
      }),
    ...createConnector(variables, life),
    connectErrorTracker: connectTracker(variables, life),
    withVariables: (other) => hostWith(other, base, { ...life, first: null }),
    async readOwnPackage() {
      const { readOwnPackage } = await import('./io/own-package.ts');
      return readOwnPackage(import.meta.url);
    },
    async makeTemporaryFolder() {
      const path = await mkdtemp(join(tmpdir(), 'herald-'));
      return { path, remove: () => rm(path, { recursive: true, force: true }) };
    },
  };
}

const reportBug = 'This is a bug in Herald. Please report it with the lines above; they hold no token.';

/** Says on stderr what ended a command and gives its exit code. */
export function reportFailure(error: unknown, host: Host): ExitCode {
  const mask = createMasker(secretsOf(host.variables));
  const say = (text: string): void => {
    // A message may quote a file or an argument: nothing in it may move the cursor.
    host.errorOutput.write(`${visibleText(mask(text))}\n`);
  };
  if (error instanceof HeraldError) {
    for (const line of error.message.split('\n')) say(`herald: ${line}`);
    if (error.hint !== null) say(`  ${error.hint}`);
    return error.exitCode;
  }
  say(`herald ${version}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  say(reportBug);
  return exitCodes.bug;
}
