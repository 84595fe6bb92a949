import type { ExitCode } from '../../errors.ts';
import type { GitLab } from '../../gitlab/ports/port.ts';
import type { Project } from '../../gitlab/ports/repository.ts';
import type { Clock, Log, LogFields } from '../../io/port.ts';
import type { BotWrite } from '../../model/bot-write.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { ReleaseToTrack } from '../../model/tracked-release.ts';

/** The ports and settings that the bot uses. */
export interface BotWorld {
  readonly gitlab: GitLab;
  readonly clock: Clock;
  readonly log: Log;
  readonly dryRun: boolean;
  /** Path of the configuration file in the projects that are served. */
  readonly config: string;
  /** Which projects it serves. */
  readonly scope: BotScope;
  /** Makes the report of a merge request's pipeline; the words describe the outcome. */
  readonly report: (on: Noteable) => Promise<ReportResult>;
  /** Reports a release of a project to the error tracker; missing where the bot is set up for none. */
  readonly trackRelease?: (project: number, release: ReleaseToTrack) => Promise<ReportResult>;
  /** Whether the pipeline of a merge request's head has ended, and has no report yet. */
  readonly isUnreported: (on: Noteable) => Promise<boolean>;
}

/** The ports that facts are fetched with. */
export type FactSource = Pick<BotWorld, 'gitlab' | 'clock' | 'log'>;

/** Ports that only a sweep needs. */
export interface SweepWorld extends BotWorld {
  /** Open merge requests whose head pipeline has ended and has no report. */
  readonly findUnreported: (project: Project) => Promise<readonly Noteable[]>;
  /** Ends Herald's statuses whose pipeline has ended without them; their names. */
  readonly finishAbandonedStatuses: (project: Project) => Promise<readonly string[]>;
}

export interface ReportResult {
  readonly outcome: 'done' | 'there' | 'refused';
  readonly url: string | null;
  readonly detail: string;
}

export interface BotScope {
  /** The bot's own project, by id or full path; it is served when `projects` names none. */
  readonly ownProject: number | string | null;
  /** Globs of full paths; empty = the own project only. */
  readonly projects: readonly string[];
  /** Globs of full paths that are never served. */
  readonly deny: readonly string[];
}

/** What the bot did with an event, for the log, the exit code and tests. */
export interface Handled {
  /** `ignored` with the reason; nothing was written. `failed`: a part of a sweep threw or took too long. */
  readonly outcome: 'handled' | 'ignored' | 'failed';
  readonly reason: string;
  readonly writes: readonly DoneWrite[];
  /** Lines that a dry run prints. */
  readonly explanation: readonly string[];
  /** Fields of its log lines; missing where the lines are about more than one event. */
  readonly about?: LogFields;
  /** Of what failed: the exit code that says why. */
  readonly exitCode?: ExitCode;
}

export interface DoneWrite {
  readonly write: BotWrite;
  readonly outcome: 'done' | 'there' | 'refused' | 'would';
  readonly url: string | null;
  readonly detail: string | null;
  readonly refusedByGitLab: boolean;
}

/** Why there is nothing to do. */
export interface NothingToDo {
  readonly nothing: string;
}

/** Nothing to do, and why. */
export function ignored(reason: string): Handled {
  return { outcome: 'ignored', reason, writes: [], explanation: [] };
}
