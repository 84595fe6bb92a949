import type { FailureCause } from './failure-cause.ts';
import type { Pipeline } from './pipeline.ts';

/** A commit that may have broken a branch. */
export interface SuspectCommit {
  readonly sha: string;
  /** Untrusted. */
  readonly title: string;
  /** As Git has it; untrusted. */
  readonly authorName: string;
}

/** What is between two commits: those that the second has and the first lacks, and the files that differ. */
export interface CommitRange {
  /** Oldest first. */
  readonly commits: readonly SuspectCommit[];
  /** Paths after the change; of deleted files the path before. */
  readonly files: readonly string[];
  /** False when GitLab omitted some. */
  readonly complete: boolean;
}

/** Failed pipelines of a branch with none between them that passed. */
export interface FailingStretch {
  /** The oldest of them. */
  readonly first: Pipeline;
  readonly count: number;
  /** The one before them, which passed; null where GitLab's list does not reach back to one. */
  readonly before: Pipeline | null;
}

/** Why a branch fails, or failed until now, and since when. */
export interface IncidentFacts extends FailingStretch {
  /** Between the pipeline that passed and the first that failed; null where there is no such pipeline, or no answer. */
  readonly range: CommitRange | null;
  /** Of the pipeline in question; empty when it passed. */
  readonly causes: readonly FailureCause[];
}
