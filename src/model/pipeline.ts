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

/** What makes a job a trigger job, which the API calls a bridge: it starts a pipeline instead of running a script. */
export interface Trigger {
  /** The pipeline that it started last; null while there is none. */
  readonly downstream: Pipeline | null;
  /** The jobs that failed there, in their last attempt; null where nobody looked, or may look. */
  readonly failedJobs: readonly Job[] | null;
}

/** A report that a job handed over for GitLab's own widgets (`artifacts:reports`). */
export interface HandedReport {
  /** GitLab's name: `junit`, `cobertura`, `sast`, … */
  readonly type: string;
  /** As GitLab keeps it, packed or not. */
  readonly sizeBytes: number;
  /** GitLab's own name for it, such as `junit.xml.gz`; empty where it does not say. */
  readonly fileName: string;
}

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
  /** The reports that it handed over, as far as GitLab still has them. */
  readonly reports: readonly HandedReport[];
  /** When its artifacts go, or went: ISO 8601; null = they are kept, or GitLab does not say. */
  readonly artifactsExpireAt: string | null;
  /** True for an attempt that was run again later in the same pipeline. */
  readonly retried: boolean;
  /** Only of trigger jobs. */
  readonly trigger?: Trigger;
  /** Only of jobs in a pipeline that a trigger job started: that pipeline. */
  readonly of?: Pipeline;
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
  /** Why its trigger jobs are not among them, in one line; missing where they are. */
  readonly triggersUnseen?: string;
}

function time(instant: string | null): number | null {
  const milliseconds = instant === null ? Number.NaN : Date.parse(instant);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

/**
 * Seconds from the start of the first job to the end of the last; null while none has ended. Jobs that were not started
 * do not count: those that wait for somebody's click would measure the person.
 */
export function spanOf(jobs: readonly Job[]): number | null {
  const started = jobs.flatMap(({ startedAt }) => time(startedAt) ?? []);
  const finished = jobs.flatMap(({ finishedAt }) => time(finishedAt) ?? []);
  if (started.length === 0 || finished.length === 0) return null;
  const first = started.reduce((a, b) => Math.min(a, b));
  const last = finished.reduce((a, b) => Math.max(a, b));
  return Math.max(0, (last - first) / 1_000);
}

/** Nothing happens any more by itself; `manual` waits for somebody. Source: https://docs.gitlab.com/ci/pipelines/#pipeline-status */
const ended: ReadonlySet<CiStatus> = new Set(['success', 'failed', 'canceled', 'skipped', 'manual']);

/** True for a pipeline, job or status in which nothing happens any more by itself. */
export function hasEnded(status: CiStatus): boolean {
  return ended.has(status);
}

/** True for a job that failed in its last attempt and was not allowed to. */
export function isFailed({ status, retried, allowFailure }: Job): boolean {
  return status === 'failed' && !retried && !allowFailure;
}

/**
 * True for a trigger job whose own status hides that its pipeline failed: without `strategy: depend` or `mirror` it has
 * succeeded as soon as that pipeline was made. Source: https://docs.gitlab.com/ci/yaml/#triggerstrategy
 */
export function hidesFailure({ status, retried, trigger }: Job): boolean {
  return !retried && status !== 'failed' && trigger?.downstream?.status === 'failed';
}
