import { type PipelineWithJobs, spanOf } from '../model/pipeline.ts';

/** How long one pipeline took, in seconds. Null where the value would not be comparable. */
export interface MeasuredDurations {
  /** From the start of the first job to the end of the last; null when a job failed, because later jobs did not run. */
  readonly pipelineSeconds: number | null;
  /** Time that the jobs waited for runners, summed. */
  readonly queueSeconds: number | null;
  /** Jobs that succeeded, by name. */
  readonly jobs: ReadonlyMap<string, number>;
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
