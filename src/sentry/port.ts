/** What Herald needs of an error tracker that speaks Sentry's API: types only. */
import type { TrackedCommit, TrackedDeploy, TrackedRelease } from '../model/tracked-release.ts';

/** A release as the tracker has it. */
export interface StandingRelease {
  /** Short names of its projects. */
  readonly projects: readonly string[];
  /** Null while nobody has said that it went live, as for one that the first error made. */
  readonly releasedAt: string | null;
  /** Null where the tracker does not count them. */
  readonly commitCount: number | null;
  /** The newest commit; null where there is none, or where the tracker does not say. */
  readonly lastCommit: string | null;
}

/** A deploy as the tracker has it. */
export interface StandingDeploy {
  readonly environment: string;
  /** Null where the tracker keeps no names. */
  readonly name: string | null;
  readonly url: string | null;
  /** ISO 8601. */
  readonly finishedAt: string | null;
}

/** Throws `TrackerRefusedError` and `TrackerUnreachableError`. */
export interface ErrorTracker {
  /** Reads as little as possible, to see whether the address, the organisation and the token fit. */
  checkAccess(): Promise<void>;
  /** Whether the organisation has a project of that short name. */
  hasProject(name: string): Promise<boolean>;
  /** Null where there is no such release. */
  fetchRelease(version: string): Promise<StandingRelease | null>;
  /**
   * The newest commit of the newest other release of one of these projects, among the newest hundred; null where the
   * tracker knows none.
   */
  fetchLastCommit(projects: readonly string[], exceptVersion: string): Promise<string | null>;
  /** Creates it, or adds projects to the one that is there. */
  createRelease(release: TrackedRelease, releasedAt: Date): Promise<StandingRelease>;
  /** Sets what it says, and all of its commits. */
  updateRelease(release: TrackedRelease, releasedAt: Date): Promise<StandingRelease>;
  /** The way of trackers that take commits apart from the release; false where there is no such way. */
  setCommits(version: string, commits: readonly TrackedCommit[]): Promise<boolean>;
  /** The newest hundred; null where the tracker knows no deploys. */
  fetchDeploys(version: string): Promise<readonly StandingDeploy[] | null>;
  createDeploy(version: string, deploy: TrackedDeploy, now: Date): Promise<void>;
}
