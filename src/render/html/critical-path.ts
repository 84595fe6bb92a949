import type { Job } from '../../model/pipeline.ts';

/** A job on the time line, in seconds from the first moment of the pipeline. */
export interface JobSpan {
  readonly job: Job;
  /** When it was ready and waited for a runner. */
  readonly queuedAt: number;
  readonly startedAt: number;
  readonly finishedAt: number;
}

function time(instant: string | null): number | null {
  const milliseconds = instant === null ? Number.NaN : Date.parse(instant);
  return Number.isNaN(milliseconds) ? null : milliseconds / 1_000;
}

/** Jobs that ran, by start; those that never started or have not finished are ignored. */
export function spansOf(jobs: readonly Job[]): readonly JobSpan[] {
  const spans = jobs.flatMap((job) => {
    const started = time(job.startedAt);
    const finished = time(job.finishedAt);
    if (started === null || finished === null || finished < started) return [];
    return [{ job, queuedAt: started - (job.queuedSeconds ?? 0), startedAt: started, finishedAt: finished }];
  });
  const first = spans.reduce((least, { queuedAt }) => Math.min(least, queuedAt), Number.POSITIVE_INFINITY);
  return spans
    .map((span) => ({
      job: span.job,
      queuedAt: span.queuedAt - first,
      startedAt: span.startedAt - first,
      finishedAt: span.finishedAt - first,
    }))
    .sort((a, b) => a.startedAt - b.startedAt || a.job.id - b.job.id);
}

/** Clocks of runners differ a little: a job may seem to start just before the one it waited for ended. */
const tolerance = 2;

/**
 * The chain of jobs that decided when the pipeline ended: from the job that finished last back to what it waited for,
 * each time the job that finished last before it was ready. GitLab shows no dependencies here, so the rule is by time;
 * jobs of other chains that ended at the same moment would have done as well. Ids, first job first.
 */
export function criticalPath(spans: readonly JobSpan[]): readonly number[] {
  const path: number[] = [];
  let current = latest(spans);
  while (current !== null && path.length < spans.length) {
    path.unshift(current.job.id);
    const readyAt = current.queuedAt + tolerance;
    const taken = new Set(path);
    current = latest(spans.filter(({ finishedAt, job }) => finishedAt <= readyAt && !taken.has(job.id)));
  }
  return path;
}

function latest(spans: readonly JobSpan[]): JobSpan | null {
  return spans.reduce<JobSpan | null>(
    (best, span) => (best === null || span.finishedAt > best.finishedAt ? span : best),
    null,
  );
}
