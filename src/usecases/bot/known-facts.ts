import type { GitLab } from '../../gitlab/ports/port.ts';
import type { Facts, PipelineFacts, ProjectFacts } from '../../model/facts.ts';
import type { Person } from '../../model/person.ts';
import type { ReleaseNotesSettings } from '../../model/release-notes-settings.ts';
import type { BotScope, FactSource } from './bot-world.ts';
import type { PushedRange } from './fetch-pushed.ts';

/** Facts that are known before the first request. */
export interface Known {
  readonly now: Date;
  readonly self: Person;
  readonly project: ProjectFacts;
  /** Of the project's settings; missing = none. */
  readonly trackers?: Facts['trackers'];
  readonly subject: Facts['subject'];
  /** The commit that a comment is on; null where it is on something else. */
  readonly commit: string | null;
  /** The user whose rights count; null where that user is unknown. */
  readonly actorId: number | null;
  readonly deploymentId: number | null;
  /** Set where it is already known. */
  readonly deployment: Facts['deployment'];
  /** Usernames that a command names, in lower case. */
  readonly usernames: readonly string[];
  /** Groups whose members a command is for, by full path; missing = none. */
  readonly groups?: readonly string[];
  /** The pipeline in question where it is not the subject's head: the default branch's. */
  readonly pipeline: PipelineFacts | null;
  /** The schedule that started that pipeline; missing = none did. */
  readonly schedule?: Facts['schedule'];
  /** Set where they are already known. */
  readonly ownIssues?: Facts['ownIssues'];
  /** The bot's own project, by id or full path. */
  readonly ownProject: BotScope['ownProject'];
  /** The range of a push to a branch; missing or null where the event is another one. */
  readonly pushed?: PushedRange | null;
  /** Periods of the digests that a comment asks for. */
  readonly digestPeriods: readonly string[];
  /** Words that name releases, as `Facts.releases` has them; missing = none. */
  readonly releaseNames?: readonly string[];
  /** Of the project's settings; missing = the defaults. */
  readonly releaseNotes?: ReleaseNotesSettings;
}

/** Facts that are known, and what some fetchers need besides GitLab. */
export type KnownAt = Known & Pick<FactSource, 'clock' | 'log'>;

/** Fetches one fact, or what brings it along. */
export type FetchFact = (facts: Facts, known: KnownAt, gitlab: GitLab) => Promise<Partial<Facts>>;
