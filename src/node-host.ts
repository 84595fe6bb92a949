import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectOptions, Host } from './cli/host.ts';
import { secretsOf } from './context/credentials.ts';
import { colorFrom, columnsFrom, isDumbTerminal } from './context/terminal.ts';
import { type ExitCode, exitCodes, HeraldError } from './errors.ts';
import type { RequestBudget } from './gitlab/transport/request-budget.ts';
import type { Grantor } from './gitlab/transport/shared-budget.ts';
import { createAuditFile } from './io/audit-file.ts';
import { systemClock } from './io/clock.ts';
import { fileAt, filesUnder } from './io/files.ts';
import { gitIn } from './io/git.ts';
import { createLog } from './io/log.ts';
import { createMasker, secretForms } from './io/masker.ts';
import { createOutput } from './io/output.ts';
import { createProgress } from './io/progress.ts';
import { visibleText } from './io/visible-text.ts';
import { createTextMask } from './secrets/mask-text.ts';
import { version } from './version.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The receiver that started this process; null where somebody else did. */
function receiverOf(process: NodeJS.Process): Grantor | null {
  const { channel, env } = process;
  if (process.send === undefined || channel === undefined || env['HERALD_DELIVERY'] === undefined)
    return null;
  // Without the receiver nobody counts the requests, and its successor handles the event, so this one ends at once.
  process.once('disconnect', () => process.exit(exitCodes.unreachable));
  channel.unref();
  return {
    send: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
    keepAlive: (isNeeded) => {
      if (isNeeded) channel.ref();
      else channel.unref();
    },
  };
}

async function budgetOf(receiver: Grantor | null): Promise<{ readonly budget?: RequestBudget }> {
  if (receiver === null) return {};
  const { createSharedBudget } = await import('./gitlab/transport/shared-budget.ts');
  return { budget: createSharedBudget(receiver) };
}

async function connect(
  options: ConnectOptions,
  variables: Variables,
  receiver: Grantor | null,
): ReturnType<Host['connectGitLab']> {
  const { connectGitLab } = await import('./gitlab/rest.ts');
  const audit = createAuditFile(secretsOf(variables));
  const gitlab = connectGitLab({
    ...options,
    clock: systemClock,
    audit: audit.add,
    caFile: variables['CI_SERVER_TLS_CA_FILE'] ?? null,
    variables,
    limits: { maxTotalMs: options.maxTotalMs },
    ...(await budgetOf(receiver)),
  });
  return { gitlab, audit };
}

/** The world of a real process: its streams, its file system, its network. */
export function createHost(process: NodeJS.Process): Host {
  const variables: Variables = process.env;
  const look = { color: colorFrom(variables), columns: columnsFrom(variables) };
  const output = createOutput(process.stdout, look);
  const errorOutput = createOutput(process.stderr, look);
  // A progress line moves the cursor, which a dumb terminal cannot.
  const screen = isDumbTerminal(variables) ? { ...errorOutput, isTerminal: false } : errorOutput;
  const progress = createProgress(screen, () => systemClock.now());
  process.on('exit', () => {
    progress.clear();
  });
  const base = {
    workingDirectory: process.cwd(),
    output: progress.share(output),
    errorOutput: progress.share(errorOutput),
    filesUnder: (root: string) => progress.watch(filesUnder(root)),
    fileAt: (path: string) => fileAt(path, () => process.stdin),
    ownCommand: [process.execPath, process.argv[1] ?? ''] as const,
    untilStopped: () =>
      new Promise<string>((resolve) => {
        for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
      }),
  } satisfies Base;
  return hostWith(variables, base, receiverOf(process));
}

type Base = Pick<
  Host,
  'workingDirectory' | 'output' | 'errorOutput' | 'filesUnder' | 'fileAt' | 'ownCommand' | 'untilStopped'
>;

function hostWith(variables: Variables, base: Base, receiver: Grantor | null): Host {
  return {
    ...base,
    variables,
    hideSecrets: createMasker(secretsOf(variables)),
    maskText: createTextMask(secretForms(secretsOf(variables))),
    clock: systemClock,
    gitIn,
    createLog: ({ level, format, color }) =>
      createLog({
        level,
        format,
        color,
        ci: variables['GITLAB_CI'] === 'true',
        secrets: secretsOf(variables),
        now: () => systemClock.now(),
        stream: (text) => {
          base.errorOutput.write(text);
        },
      }),
    connectGitLab: (options) => connect(options, variables, receiver),
    withVariables: (other) => hostWith(other, base, receiver),
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
