import { hasRun, jobGroups } from '../facts/job-groups.ts';
import { type Attempt, minutesOf, secondsOf } from '../facts/jobs.ts';
import { medianOf, percentileOf } from '../percentile.ts';
import type { TableSource } from '../table.ts';

const job = { id: 'job', unit: 'text' } as const;
const base = { section: 'ci', needs: ['jobs'], kind: 'worst', limit: 10 } as const;

/** Jobs by the median duration of the attempts that passed. */
export const slowestJobs: TableSource = {
  ...base,
  id: 'slowest-jobs',
  columns: [
    job,
    { id: 'median', unit: 'seconds' },
    { id: 'p95', unit: 'seconds' },
    { id: 'runs', unit: 'count' },
  ],
  rank: 1,
  rows: (history, span, settings) =>
    jobGroups(history, span, settings).flatMap(({ name, attempts, urlOf }) => {
      const passed = attempts.filter(
        (attempt) => attempt.job.status === 'success' && secondsOf(attempt.job) !== null,
      );
      const seconds = Float64Array.from(passed.map((attempt) => secondsOf(attempt.job) ?? 0)).sort();
      if (seconds.length === 0) return [];
      const cells = [name, medianOf(seconds), percentileOf(seconds, 95), seconds.length];
      return [{ url: urlOf(passed), cells }];
    }),
};

/** Jobs by how many of their attempts failed. */
export const failingJobs: TableSource = {
  ...base,
  id: 'failing-jobs',
  columns: [
    job,
    { id: 'failed', unit: 'count' },
    { id: 'failed-share', unit: 'share' },
    { id: 'runs', unit: 'count' },
  ],
  rank: 1,
  rows: (history, span, settings) =>
    jobGroups(history, span, settings).flatMap(({ name, attempts, urlOf }) => {
      const ran = attempts.filter((attempt) => hasRun(attempt.job));
      const failed = ran.filter((attempt) => attempt.job.status === 'failed');
      if (failed.length === 0) return [];
      return [{ url: urlOf(failed), cells: [name, failed.length, failed.length / ran.length, ran.length] }];
    }),
};

/** Jobs by the share of pipelines in which an attempt failed and a later one of the same commit passed. */
export const flakyJobs: TableSource = {
  ...base,
  id: 'flaky-jobs',
  needs: ['jobs', 'pipelines'],
  columns: [
    job,
    { id: 'flaky-share', unit: 'share' },
    { id: 'flaky', unit: 'count' },
    { id: 'pipelines', unit: 'count' },
    { id: 'minutes-lost', unit: 'minutes' },
  ],
  rank: 1,
  rows: (history, span, settings) =>
    jobGroups(history, span, settings).flatMap(({ name, attempts, urlOf }) => {
      const pipelinesOf = (some: readonly Attempt[]): number =>
        new Set(some.map((attempt) => attempt.job.pipelineId)).size;
      const flaky = attempts.filter(({ isFlaky }) => isFlaky);
      if (flaky.length === 0) return [];
      const [bad, all] = [pipelinesOf(flaky), pipelinesOf(attempts.filter((attempt) => hasRun(attempt.job)))];
      const lost = flaky.reduce((sum, attempt) => sum + minutesOf(attempt.job), 0);
      return [{ url: urlOf(flaky), cells: [name, bad / all, bad, all, lost] }];
    }),
};

/** Jobs by the time of runners that all of their attempts took. */
export const expensiveJobs: TableSource = {
  ...base,
  id: 'expensive-jobs',
  columns: [
    job,
    { id: 'minutes', unit: 'minutes' },
    { id: 'runs', unit: 'count' },
    { id: 'minutes-lost', unit: 'minutes' },
  ],
  rank: 1,
  rows: (history, span, settings) =>
    jobGroups(history, span, settings).flatMap(({ name, attempts, urlOf }) => {
      const ran = attempts.filter((attempt) => minutesOf(attempt.job) > 0);
      const minutes = ran.reduce((sum, attempt) => sum + minutesOf(attempt.job), 0);
      const lost = ran
        .filter(({ isRetried, job: { status } }) => isRetried && status === 'failed')
        .reduce((sum, attempt) => sum + minutesOf(attempt.job), 0);
      return ran.length === 0 ? [] : [{ url: urlOf(ran), cells: [name, minutes, ran.length, lost] }];
    }),
};
