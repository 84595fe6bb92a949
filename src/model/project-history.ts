/**
 * What happened in a project, as far as GitLab still has it: the facts that a digest counts. Instants are milliseconds
 * since 1970-01-01 UTC, durations seconds. Titles and names are untrusted.
 */

/** Milliseconds since 1970-01-01 UTC. */
export type Instant = number;

/** A part of the history that is read by itself, and can be missing by itself. */
export type HistoryPart =
  | 'deployments'
  | 'merge-requests'
  | 'merge-request-details'
  | 'open-merge-requests'
  | 'issues'
  | 'incidents'
  | 'pipelines'
  | 'jobs'
  | 'commits'
  | 'branches'
  | 'tags'
  | 'releases'
  | 'tests';

/** How far one part was read. */
export interface PartRead {
  /** What lies before was not read; null = the part has no time, such as branches. */
  readonly from: Instant | null;
  /** What happened later was not read. */
  readonly until: Instant;
  /** Why something or all of it is missing, as one plain sentence without a full stop; null = it is whole. */
  readonly gap: string | null;
  /** False = nothing of it can be counted; true with a gap = what is here is right, and there is more. */
  readonly usable: boolean;
}

/** Somebody who did something. A figure per person is made only where a user asks for it. */
export interface Actor {
  readonly username: string;
  /** A bot of a project, a group or a service account: never an actor of a review. */
  readonly isBot: boolean;
}

export type DeploymentStatus =
  | 'created'
  | 'running'
  | 'success'
  | 'failed'
  | 'canceled'
  | 'blocked'
  | (string & {});

export interface HistoryDeployment {
  readonly id: number;
  readonly environment: string;
  /** GitLab's tier of the environment; null where it does not say. */
  readonly tier: string | null;
  readonly status: DeploymentStatus;
  readonly sha: string;
  readonly ref: string;
  readonly createdAt: Instant;
  /** When its job ended, or else its last change; null while it runs. */
  readonly finishedAt: Instant | null;
  readonly url: string | null;
}

export interface HistoryCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly authoredAt: Instant;
  readonly committedAt: Instant;
  /** Lines, against the first parent; null where GitLab does not count them. */
  readonly added: number | null;
  readonly removed: number | null;
  /** First line of the message. */
  readonly title: string;
  /** The commits that it says it reverts ("This reverts commit …"). */
  readonly reverts: readonly string[];
}

/** One thing that happened on a merge request. */
export interface MergeRequestEvent {
  readonly kind: 'comment' | 'approved' | 'unapproved' | 'ready' | 'draft' | 'push' | 'closed' | 'reopened';
  readonly at: Instant;
  readonly by: Actor;
}

/** Added and removed lines of a merge request. */
export interface ChangedLines {
  /** Without generated files. */
  readonly written: number;
  readonly generated: number;
}

/** What only further requests show, so that it is read for a sample. */
export interface MergeRequestDetails {
  /** When the first commit that is still in it was written; null without commits. */
  readonly firstCommitAt: Instant | null;
  readonly commits: number;
  /** In the order they happened. */
  readonly events: readonly MergeRequestEvent[];
  /** Null where GitLab did not list its files. */
  readonly lines: ChangedLines | null;
}

/** On whom an open merge request waits. */
export type WaitingOn = 'author' | 'reviewer' | 'pipeline' | 'nobody';

export interface HistoryMergeRequest {
  readonly iid: number;
  readonly title: string;
  readonly url: string;
  readonly author: Actor;
  readonly state: 'opened' | 'merged' | 'closed' | 'locked' | (string & {});
  readonly isDraft: boolean;
  readonly sourceBranch: string;
  readonly targetBranch: string;
  readonly labels: readonly string[];
  readonly createdAt: Instant;
  readonly mergedAt: Instant | null;
  readonly closedAt: Instant | null;
  /**
   * The commit that brought it into its target: that of the merge, else of the squash, else its own last one; null
   * while it is not merged.
   */
  readonly mergeSha: string | null;
  /** Only of open ones. */
  readonly waitingOn: WaitingOn | null;
  /** User names of the reviewers that are people; only of open ones. */
  readonly reviewers: readonly string[];
  /** Null where they were not read. */
  readonly details: MergeRequestDetails | null;
}

export interface HistoryIssue {
  readonly iid: number;
  readonly title: string;
  readonly url: string;
  readonly kind: 'issue' | 'incident' | (string & {});
  readonly labels: readonly string[];
  readonly createdAt: Instant;
  readonly closedAt: Instant | null;
}

export interface HistoryPipeline {
  readonly id: number;
  readonly url: string;
  readonly status: string;
  readonly source: string | null;
  readonly ref: string;
  readonly sha: string;
  readonly createdAt: Instant;
  /** The last change that GitLab knows; of a finished pipeline without jobs its end. */
  readonly updatedAt: Instant | null;
}

export interface HistoryJob {
  readonly id: number;
  readonly pipelineId: number;
  readonly name: string;
  readonly stage: string;
  readonly status: string;
  readonly allowFailure: boolean;
  /** GitLab's `failure_reason`. */
  readonly failureReason: string | null;
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly durationSeconds: number | null;
  readonly queuedSeconds: number | null;
  /** 0 to 100. */
  readonly coverage: number | null;
  /** From its log, where that was read; null where it did not fail or nobody looked. */
  readonly cause: 'code' | 'test' | 'infrastructure' | null;
}

export interface HistoryBranch {
  readonly name: string;
  readonly committedAt: Instant;
  readonly isMerged: boolean;
  readonly isDefault: boolean;
  readonly isProtected: boolean;
}

export interface HistoryTag {
  readonly name: string;
  /** Of the tag, else of its commit. */
  readonly at: Instant;
  readonly sha: string;
}

export interface HistoryRelease {
  readonly tag: string;
  readonly name: string;
  readonly url: string;
  readonly releasedAt: Instant;
  readonly sha: string;
}

/** What Herald's own reports of the default branch say about its tests. */
export interface HistoryTest {
  /** As people read it. */
  readonly name: string;
  readonly runs: number;
  readonly failedRuns: number;
  readonly retriedRuns: number;
  readonly isFlaky: boolean;
}

/** One run of the default branch in Herald's own report. */
export interface HistoryRunOfTests {
  readonly pipelineId: number;
  readonly at: Instant;
  readonly coveragePercent: number | null;
  readonly testSeconds: number | null;
}

export interface HistoryTests {
  readonly tests: readonly HistoryTest[];
  /** Newest first. */
  readonly runs: readonly HistoryRunOfTests[];
}

/** Lists are in the order of their instants or ids, oldest first, each thing once. */
export interface ProjectHistory {
  readonly project: {
    readonly id: number;
    readonly path: string;
    readonly url: string;
    /** Null in an empty project. */
    readonly defaultBranch: string | null;
  };
  readonly read: Readonly<Record<HistoryPart, PartRead>>;
  readonly deployments: readonly HistoryDeployment[];
  /** Merged, closed and open ones. */
  readonly mergeRequests: readonly HistoryMergeRequest[];
  /** Issues and incidents, without confidential ones. */
  readonly issues: readonly HistoryIssue[];
  /** All open issues at the end of the reading, which the list need not contain; null where GitLab does not say. */
  readonly openIssues: number | null;
  readonly pipelines: readonly HistoryPipeline[];
  /** Every attempt; a later job of one name in one pipeline is a retry of the earlier. */
  readonly jobs: readonly HistoryJob[];
  /** Of the default branch. */
  readonly commits: readonly HistoryCommit[];
  readonly branches: readonly HistoryBranch[];
  readonly tags: readonly HistoryTag[];
  readonly releases: readonly HistoryRelease[];
  /** Null where no report of Herald is in reach. */
  readonly tests: HistoryTests | null;
}
