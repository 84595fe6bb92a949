import type { Job, PipelineWithJobs } from '../model/pipeline.ts';

/** How long one pipeline took, in seconds. Null where the value would not be comparable. */
export interface MeasuredDurations {
  /** From the start of the first job to the end of the last; null when a job failed, because later jobs did not run. */
  readonly pipelineSeconds: number | null;
  /** Time that the jobs waited for runners, summed. */
  readonly queueSeconds: number | null;
  /** Jobs that succeeded, by name. */
  readonly jobs: ReadonlyMap<string, number>;
}

function time(instant: string | null): number | null {
  const milliseconds = instant === null ? Number.NaN : Date.parse(instant);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

/** Started and finished; jobs that wait for somebody's click would measure the person. */
function spanOf(jobs: readonly Job[]): number | null {
  const started = jobs.flatMap(({ startedAt }) => time(startedAt) ?? []);
  const finished = jobs.flatMap(({ finishedAt }) => time(finishedAt) ?? []);
  if (started.length === 0 || finished.length === 0) return null;
  const first = started.reduce((a, b) => Math.min(a, b));
  const last = finished.reduce((a, b) => Math.max(a, b));
  return Math.max(0, (last - first) / 1_000);
}

/** Measures a pipeline by its jobs, retried attempts included in its span and its waiting. */
export function measureDurations({ jobs }: PipelineWithJobs): MeasuredDurations {
  const latest = jobs.filter(({ retried }) => !retried);
  const failed = latest.some(({ status, allowFailure }) => status === 'failed' && !allowFailure);
  const queued = jobs.flatMap(({ queuedSeconds }) => queuedSeconds ?? []);
  const succeeded = latest.filter(({ status }) => status === 'success');
  return {
    pipelineSeconds: failed ? null : spanOf(jobs),
    queueSeconds: queued.length === 0 ? null : queued.reduce((sum, seconds) => sum + seconds, 0),
    jobs: new Map(
      succeeded.flatMap(({ name, durationSeconds }) =>
        durationSeconds === null ? [] : [[name, durationSeconds]],
      ),
    ),
  };
}
