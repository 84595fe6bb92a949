import type { ClosingReference } from './closing-reference.ts';
import type { Document } from './document.ts';

interface Milestone {
  readonly id: number;
  readonly title: string;
}

/** A merged merge request with the commits by which it is known again. */
export interface MergedRequest {
  readonly iid: number;
  readonly title: string;
  readonly description: string;
  readonly labels: readonly string[];
  readonly milestone: Milestone | null;
  /** The merge commit; null after a fast-forward merge. */
  readonly mergeSha: string | null;
  /** The one commit of a squash; null where there was none. */
  readonly squashSha: string | null;
  /** The last commit of its branch. */
  readonly headSha: string | null;
}

/** A merge request of a release, with what it says that it closes. */
export interface ReleasedRequest extends MergedRequest {
  readonly url: string;
  readonly closes: readonly ClosingReference[];
  /** Of one whose commits are only picked into the release: the merge request that brought the picks. */
  readonly pickedBy: number | null;
}

export interface ReleasedIssue {
  readonly iid: number;
  readonly title: string;
  readonly url: string;
  readonly labels: readonly string[];
  readonly milestone: Milestone | null;
  readonly confidential: boolean;
}

/** A commit of a release that no merge request brought. */
export interface DirectCommit {
  readonly sha: string;
  readonly title: string;
  readonly message: string;
  readonly closes: readonly ClosingReference[];
}

/** What a release brought. */
export interface Release {
  /** `v1.4.0`; null for what is not released yet. */
  readonly tag: string | null;
  readonly sha: string;
  /** Null for the first release. */
  readonly from: { readonly name: string; readonly sha: string } | null;
  readonly isPreRelease: boolean;
  /** By iid. */
  readonly mergeRequests: readonly ReleasedRequest[];
  /** Newest first. */
  readonly commits: readonly DirectCommit[];
  /** What was undone before the release came out: it is in none of the lists above, and neither is what undid it. */
  readonly reverted: Pick<Release, 'mergeRequests' | 'commits'>;
  /** Of the own project, as far as the token sees them; by iid. */
  readonly issues: readonly ReleasedIssue[];
  /** Names of the authors and co-authors. */
  readonly contributors: readonly string[];
  /** What was not looked at, a sentence each. */
  readonly gaps: readonly string[];
  /** What is odd about its commits, a sentence each: another branch, no commit in common. */
  readonly remarks: readonly string[];
}

/** A release that somebody asked for, or why there is none, without a full stop. */
export type RequestedRelease =
  | { readonly kind: 'release'; readonly release: Release; readonly notes: Document }
  | { readonly kind: 'wrong'; readonly message: string };
