import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectOptions, Host } from './cli/host.ts';
import { secretsOf } from './context/credentials.ts';
import { colorFrom, columnsFrom, isDumbTerminal } from './context/terminal.ts';
import { type ExitCode, exitCodes, HeraldError } from './errors.ts';
import { createAuditFile } from './io/audit-file.ts';
import { systemClock } from './io/clock.ts';
import { fileAt, filesUnder } from './io/files.ts';
import { gitIn } from './io/git.ts';
import { createLog } from './io/log.ts';
import { createMasker, secretForms } from './io/masker.ts';
import { createOutput } from './io/output.ts';
import { parallelism } from './io/parallelism.ts';
import { createProgress } from './io/progress.ts';
import { visibleText } from './io/visible-text.ts';
import { createTextMask } from './secrets/mask-text.ts';
import type { ReadingThreads } from './usecases/reading.ts';
import { version } from './version.ts';

type Variables = Readonly<Record<string, string | undefined>>;

async function connect(options: ConnectOptions, variables: Variables): ReturnType<Host['connectGitLab']> {
  const { connectGitLab } = await import('./gitlab/rest.ts');
  const audit = createAuditFile(secretsOf(variables));
  const gitlab = connectGitLab({
    ...options,
    clock: systemClock,
    audit: audit.add,
    caFile: variables['CI_SERVER_TLS_CA_FILE'] ?? null,
    variables,
    limits: { maxTotalMs: options.maxTotalMs },
  });
  return { gitlab, audit };
}

/** Threads that read reports, with the masking of a run. */
function threadsOf(forms: readonly string[], mask: (text: string) => string): ReadingThreads {
  return {
    room: parallelism,
    async start(how, count) {
      const { startReadingThreads } = await import('./threads/start.ts');
      return startReadingThreads({ how, secretForms: forms }, { count, mask });
    },
  };
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
  return hostWith(variables, {
    workingDirectory: process.cwd(),
    output: progress.share(output),
    errorOutput: progress.share(errorOutput),
    filesUnder: (root) => progress.watch(filesUnder(root)),
    fileAt: (path) => fileAt(path, () => process.stdin),
  });
}

function hostWith(
  variables: Variables,
  base: Pick<Host, 'workingDirectory' | 'output' | 'errorOutput' | 'filesUnder' | 'fileAt'>,
): Host {
  const forms = secretForms(secretsOf(variables));
  const maskText = createTextMask(forms);
  return {
    ...base,
    variables,
    hideSecrets: createMasker(secretsOf(variables)),
    maskText,
    threads: threadsOf(forms, maskText),
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
    connectGitLab: (options) => connect(options, variables),
    withVariables: (other) => hostWith(other, base),
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
