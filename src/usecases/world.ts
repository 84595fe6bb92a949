import type { GitLab } from '../gitlab/ports/port.ts';
import type { Clock, Files, Git, Log } from '../io/port.ts';
import type { Decide } from '../model/decision.ts';

/**
 * What a run may touch. Use cases get it as an argument, so that whole runs can be tested without a network or a clock.
 */
export interface World {
  /** Null when there is no token at all: then nothing is asked of GitLab and nothing is posted. */
  readonly gitlab: GitLab | null;
  /** Why `gitlab` is null or only reads, and what to do about it; null when there is a bot token. */
  readonly tokenAdvice: string | null;
  /** The project directory. */
  readonly files: Files;
  readonly git: Git;
  /** The folder for Herald's own files. */
  readonly output: Files;
  readonly clock: Clock;
  readonly log: Log;
  /**
   * Takes the secrets of this run, and all that looks like one, out of a text of strangers: reports, logs, what GitLab
   * answers.
   */
  readonly mask: (text: string) => string;
  /** Records what the run decides, and why: for `herald explain`, and for the log at `debug`. */
  readonly decide?: Decide | undefined;
}

/** A world in which GitLab can be asked. */
export type ConnectedWorld = World & { readonly gitlab: GitLab };
