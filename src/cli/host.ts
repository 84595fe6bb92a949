import type { GitLab } from '../gitlab/ports/port.ts';
import type { Clock, Files, Git, Log, LogLevel, Output } from '../io/port.ts';
import type { HeraldPackage } from '../model/install.ts';
import type { ErrorTracker } from '../sentry/port.ts';
import type { ReadingThreads } from '../usecases/reading.ts';

export interface ConnectOptions {
  readonly apiUrl: string;
  readonly token: { readonly kind: 'bot' | 'job'; readonly value: string; readonly variable: string };
  readonly log: Log;
  /** How long to wait in all for a GitLab that does not answer, in milliseconds. */
  readonly maxTotalMs: number;
}

export interface ConnectTrackerOptions {
  readonly server: string;
  readonly org: string;
  readonly token: string;
  readonly log: Log;
  /** How long to wait in all for a tracker that does not answer, in milliseconds. */
  readonly maxTotalMs: number;
}

export interface AuditTrail {
  /** Writes `herald-audit.jsonl` with every request made so far; nothing when there was none. */
  write(files: Files): Promise<void>;
}

/** The world that `main.ts` passes to the commands: only what they may use. */
export interface Host {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly clock: Clock;
  readonly output: Output;
  readonly errorOutput: Output;
  filesUnder(root: string): Files;
  /** The git of a checkout. */
  gitIn(directory: string): Git;
  /** One file that the user named, wherever it is; each chunk is valid until the next is asked for. */
  fileAt(path: string): Promise<{ readonly sizeBytes: number; readonly chunks: AsyncIterable<Uint8Array> }>;
  createLog(options: {
    readonly level: LogLevel;
    readonly format: 'text' | 'json';
    readonly color: boolean;
  }): Log;
  /** Masks the secrets among the variables in a text of Herald's own. */
  hideSecrets(text: string): string;
  /** Masks the secrets among the variables, and everything that looks like one, in a text from outside. */
  maskText(text: string): string;
  /** Threads that read reports and mask as `maskText` does; undefined where there are none. */
  readonly threads?: ReadingThreads | undefined;
  connectGitLab(options: ConnectOptions): Promise<{ readonly gitlab: GitLab; readonly audit: AuditTrail }>;
  /** Nothing is sent before the tracker is asked. */
  connectErrorTracker(
    options: ConnectTrackerOptions,
  ): Promise<{ readonly tracker: ErrorTracker; readonly audit: AuditTrail }>;
  /** The same host for a run with other variables, as `herald demo` makes them. */
  withVariables(variables: Readonly<Record<string, string | undefined>>): Host;
  /** Node and this script: what starts Herald once more. */
  ownCommand(): readonly [string, ...string[]];
  /** Waits until the process is asked to end; the name of the signal. */
  untilStopped(): Promise<string>;
  /** The files that this copy of Herald came with; null where it is the script alone. */
  readOwnPackage(): Promise<HeraldPackage | null>;
  makeTemporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }>;
}
