/** A release as an error tracker gets it. Source: https://docs.sentry.io/api/releases/create-a-new-release-for-an-organization/ */

export interface TrackedCommit {
  readonly sha: string;
  readonly message: string;
  readonly authorName: string;
  /** Null where nobody asked to send it. */
  readonly authorEmail: string | null;
  /** ISO 8601; null where GitLab does not say. */
  readonly committedAt: string | null;
}

/** The two ends of a release, for a tracker that reads the commits from GitLab itself. */
export interface TrackedRefs {
  readonly commit: string;
  readonly previousCommit: string | null;
}

/** Source: https://docs.sentry.io/api/releases/create-a-deploy/ */
export interface TrackedDeploy {
  readonly environment: string;
  /** Different for each deploy to one environment. */
  readonly name: string;
  readonly url: string | null;
  /** ISO 8601; null where it is not known. */
  readonly startedAt: string | null;
  /** Null stands for the moment in which it is sent. */
  readonly finishedAt: string | null;
}

export interface TrackedRelease {
  readonly version: string;
  /** Short names of the tracker's projects; at least one. */
  readonly projects: readonly string[];
  /** Commit of the release. */
  readonly sha: string | null;
  /** Page of the release, or of the commit. */
  readonly url: string | null;
  /** The repository's name in the tracker; null where it has none that the tracker takes. */
  readonly repository: string | null;
  readonly commits: readonly TrackedCommit[];
  readonly refs: TrackedRefs | null;
  readonly deploy: TrackedDeploy | null;
}

/** What the error tracker gets of the commits. */
export type CommitsMode = 'list' | 'refs' | 'none';

/** What a rule wants the error tracker to know, before GitLab is asked about it. */
export interface ReleaseToTrack {
  /** Null for the tag, or for the commit where there is none. */
  readonly version: string | null;
  /** Of a pushed tag or of a release. */
  readonly tag: string | null;
  readonly deployment: {
    readonly id: number;
    /** Branch or tag. */
    readonly ref: string | null;
    readonly sha: string;
    readonly environment: string;
    readonly url: string | null;
    /** ISO 8601. */
    readonly finishedAt: string | null;
  } | null;
  /** Of the tracker's projects for this project only these; empty for all of them. */
  readonly projects: readonly string[];
  readonly commits: CommitsMode;
  readonly authorEmails: boolean;
  /** Name of the repository in the tracker; null for the full path of the project. */
  readonly repository: string | null;
}

const maxVersion = 200;
const maxEnvironment = 64;
const reserved: ReadonlySet<string> = new Set(['', '.', '..', 'latest']);

/**
 * Why a tracker takes no release of that name; null where it does. Source: https://docs.sentry.io/platforms/javascript/configuration/releases/
 */
export function versionProblem(version: string): string | null {
  if (reserved.has(version.trim().toLowerCase()))
    return `${JSON.stringify(version)} cannot be the name of a release`;
  if (version.length > maxVersion) return `the name of a release has at most ${maxVersion} characters`;
  return /[\p{Cc}/\\]/u.test(version)
    ? `${JSON.stringify(version)} has a character that error trackers refuse in the name of a release: slashes, backslashes and control characters`
    : null;
}

/** The same for the name of an environment. Source: https://docs.sentry.io/platforms/javascript/configuration/environments/ */
export function environmentProblem(environment: string): string | null {
  if (environment.trim() === '' || environment === 'None')
    return `${JSON.stringify(environment)} cannot be the name of an environment`;
  if (environment.length > maxEnvironment)
    return `error trackers take at most ${maxEnvironment} characters as the name of an environment`;
  return /[\p{Cc}\s/]/u.test(environment)
    ? `${JSON.stringify(environment)} has a character that error trackers refuse in the name of an environment: spaces and slashes`
    : null;
}
