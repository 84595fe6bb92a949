/** The rest of the world, as use cases see it: types only. */

export interface FoundFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly sizeBytes: number;
}

/** Something about a file or a pattern, in words that follow its name. */
export interface FileNotice {
  readonly path: string;
  readonly message: string;
}

export interface FindResult {
  readonly files: readonly FoundFile[];
  /** One sentence for each file that was refused (symlink out of the root, no file). */
  readonly warnings: readonly FileNotice[];
  /** One sentence for each pattern that matched nothing; `path` is the pattern. */
  readonly misses: readonly FileNotice[];
}

/** Listens while a search decides about paths. */
export interface SearchWatch {
  /** A pattern found the file; the first that did. */
  matched(path: string, pattern: string): void;
  /** A pattern could reach the file or folder, and the search skips it; `pattern` is the one that excludes it. */
  skipped(
    path: string,
    why: 'excluded' | 'hidden-folder' | 'ignored-folder' | 'over-limit',
    pattern: string | null,
  ): void;
}

export interface Files {
  /** Files under the root that match the patterns (GitLab's `artifacts:paths` globs), sorted by path. */
  find(patterns: readonly string[], watch?: SearchWatch): Promise<FindResult>;
  /** The bytes of a file, in chunks, each valid until the next is asked for; throws `UnreadableInputError`. */
  read(path: string): AsyncIterable<Uint8Array>;
  /**
   * The whole of a text file, null when it does not exist. Throws `UnreadableInputError`, also where it is larger than
   * so many mebibytes, 4 by default.
   */
  readText(path: string, maxMebibytes?: number): Promise<string | null>;
  /** Writes whole or not at all (temporary file and rename); makes folders as needed. */
  write(path: string, content: string | Uint8Array): Promise<void>;
}

/** The checkout's git. */
export interface Git {
  /** The patch from one commit to another; null without git, without one of the commits, or when it is too large. */
  diff(base: string, head: string): Promise<string | null>;
}

export interface Clock {
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
  /** 0 ≤ n < 1, for jitter. */
  random(): number;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** Runs `work` inside one of GitLab's collapsible sections when this is a job log. */
  section<T>(title: string, work: () => Promise<T>): Promise<T>;
}

/** What a command prints for its user; the log goes to stderr, this to stdout. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly color: boolean;
}
