/**
 * GitLab's pipeline and jobs. Field names follow the API in camel case; times are ISO 8601 strings, durations seconds.
 */

/** Statuses of pipelines and jobs; GitLab adds new ones, so any other string is kept as it is. */
export type CiStatus =
  | 'created'
  | 'waiting_for_resource'
  | 'preparing'
  | 'pending'
  | 'running'
  | 'success'
  | 'failed'
  | 'canceling'
  | 'canceled'
  | 'skipped'
  | 'manual'
  | 'scheduled'
  | (string & {});

export interface Job {
  readonly id: number;
  readonly name: string;
  readonly stage: string;
  readonly status: CiStatus;
  readonly allowFailure: boolean;
  /**
   * GitLab's reason (`script_failure`, `runner_system_failure`, …), null when it did not fail or GitLab does not say.
   */
  readonly failureReason: string | null;
  readonly createdAt: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly durationSeconds: number | null;
  readonly queuedSeconds: number | null;
  readonly url: string;
  readonly coverage: number | null;
  /** False when its artifacts are gone or it never had any; null when GitLab does not say. */
  readonly hasArtifacts: boolean | null;
  /** True for an attempt that was run again later in the same pipeline. */
  readonly retried: boolean;
}

export interface Pipeline {
  readonly id: number;
  readonly projectId: number;
  readonly url: string;
  readonly status: CiStatus;
  readonly ref: string;
  readonly sha: string;
  readonly source: string | null;
  readonly createdAt: string | null;
}

/** A pipeline with its jobs, the latest attempt of each first, retried attempts marked. */
export interface PipelineWithJobs {
  readonly pipeline: Pipeline;
  readonly jobs: readonly Job[];
}
