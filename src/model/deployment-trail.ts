/** Where a merge request got to after its merge, and what came of it there: kept in one comment of the bot on it. */
import type { Noteable } from './noteable.ts';

/** A deployment, as far as the comment needs it. */
export interface DeploymentStep {
  readonly id: number;
  readonly sha: string;
  /** ISO 8601; null where GitLab does not say. */
  readonly at: string | null;
  /** Id of the job that deployed; null for a deployment that the API made. */
  readonly job: number | null;
}

export interface EnvironmentTrail {
  /** Untrusted. */
  readonly environment: string;
  /** The deployment that brought the merge request there first; null while none has. */
  readonly shipped: DeploymentStep | null;
  /** The latest deployment that decided whether it is there; null while none has. */
  readonly latest: (DeploymentStep & { readonly isThere: boolean }) | null;
  /** The latest deployment of its own commit that failed; null where none did. */
  readonly failed: DeploymentStep | null;
}

interface PipelineStep {
  readonly id: number;
  /** ISO 8601; null where GitLab does not say. */
  readonly at: string | null;
}

/** A branch that fails since a pipeline of the merge request's own commit. */
export interface BranchFailure {
  /** Untrusted. */
  readonly branch: string;
  /** The first pipeline that failed. */
  readonly pipeline: PipelineStep;
  /** Number of the bot's issue about it; null where there is none, or it is not known. */
  readonly issue: number | null;
  /** The first pipeline that passed again; null while none is known. */
  readonly fixed: PipelineStep | null;
}

/** A merge request that undoes this one. */
export interface Revert {
  readonly iid: number;
  /** ISO 8601; null where GitLab does not say. */
  readonly at: string | null;
}

/** Each list is sorted, with one entry for each environment, first pipeline and reverting merge request. */
export interface DeploymentTrail {
  readonly environments: readonly EnvironmentTrail[];
  readonly failures: readonly BranchFailure[];
  readonly reverts: readonly Revert[];
}

/** A merge request that got further, or caused something. */
export interface TrackedMergeRequest {
  readonly on: Noteable;
  readonly url: string;
  readonly labels: readonly string[];
}

/** What happened to merge requests, as known from one event. */
export interface TrailNews {
  readonly news: readonly { readonly mergeRequest: TrackedMergeRequest; readonly trail: DeploymentTrail }[];
  /** Merge requests of the deployment beyond the limits, which get no comment. */
  readonly omitted: number;
}
