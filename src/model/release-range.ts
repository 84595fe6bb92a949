import type { CommitFacts } from './facts.ts';
import type { Release } from './release.ts';

/** A tag and the commit that it is on. */
export interface TaggedCommit {
  readonly tag: string;
  readonly sha: string;
  /** When it was tagged, else when its commit was made; milliseconds since 1970. */
  readonly at: number;
}

export interface ReleaseCommit extends CommitFacts {
  /** ISO 8601; null where GitLab does not say. */
  readonly committedAt: string | null;
}

/** The commits that a release has and the release before it has not. */
export interface ReleaseRange {
  /** Null for what is not released yet. */
  readonly tag: string | null;
  readonly sha: string;
  /** Null for the first release. */
  readonly from: Release['from'];
  /** Newest first. */
  readonly commits: readonly ReleaseCommit[];
  /** What was not looked at, a sentence each. */
  readonly gaps: readonly string[];
  /** What is odd about the range, a sentence each: another branch, no commit in common. */
  readonly remarks: readonly string[];
}
