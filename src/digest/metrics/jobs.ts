import type { HistoryJob } from '../../model/project-history.ts';
import {
  type Attempt,
  attemptsOf,
  type CauseOfFailure,
  causeOf,
  causesOfFailures,
  failedAttempts,
  type JobRun,
  jobRuns,
  minutesOf,
  nameOfJob,
} from '../facts/jobs.ts';
import { supersededJobs } from '../facts/pipelines.ts';
import {
  countMeasure,
  kindMeasure,
  type MeasureHead,
  shareMeasure,
  valuesMeasure,
} from '../item-measures.ts';
import type { Measure } from '../measure.ts';

const head = { section: 'ci', better: 'lower', nothing: 'no job ran' } as const;
const at = ({ createdAt }: HistoryJob): number => createdAt;

/** How long jobs that started had waited for a runner. */
export const queueTime = valuesMeasure<HistoryJob>(
  { ...head, id: 'queue-time', unit: 'seconds', needs: ['jobs'], series: 'day' },
  {
    things: ({ jobs }) => jobs.filter(({ startedAt }) => startedAt !== null),
    at,
    value: ({ queuedSeconds }) => queuedSeconds,
    name: nameOfJob,
  },
);

/** Time of runners, over all attempts, child pipelines included. */
export const ciMinutes = countMeasure<HistoryJob>(
  { ...head, id: 'ci-minutes', unit: 'minutes', needs: ['jobs'], series: 'day' },
  {
    things: ({ jobs }) => jobs.filter((job) => minutesOf(job) > 0),
    at,
    weight: minutesOf,
    name: nameOfJob,
  },
);

/** Time of attempts that failed and were tried again. */
export const minutesLostToRetries = countMeasure<Attempt>(
  { ...head, id: 'minutes-lost-to-retries', unit: 'minutes', needs: ['jobs'] },
  {
    things: (history, settings) =>
      attemptsOf(history, settings).filter(
        ({ job, isRetried }) => isRetried && job.status === 'failed' && minutesOf(job) > 0,
      ),
    at: ({ job }) => at(job),
    weight: ({ job }) => minutesOf(job),
    name: ({ job }, history) => nameOfJob(job, history),
  },
);

/** Time of jobs in pipelines that were canceled while a newer one of their branch existed. */
export const minutesLostToSuperseded = countMeasure<HistoryJob>(
  { ...head, id: 'minutes-lost-to-superseded', unit: 'minutes', needs: ['jobs', 'pipelines'] },
  {
    things: (history, settings) => supersededJobs(history, settings).filter((job) => minutesOf(job) > 0),
    at,
    weight: minutesOf,
    name: nameOfJob,
  },
);

/** Runs of jobs (one job in one pipeline) of which an attempt failed and a later one of the same commit passed. */
export const flakyJobRuns = shareMeasure<JobRun>(
  { ...head, id: 'flaky-job-runs', unit: 'share', needs: ['jobs', 'pipelines'], series: 'day' },
  {
    things: jobRuns,
    at: ({ first }) => at(first),
    has: ({ isFlaky }) => isFlaky,
    name: ({ first }, history) => nameOfJob(first, history),
  },
);

const failures: Omit<MeasureHead, 'id'> = { ...head, unit: 'count', needs: ['jobs', 'pipelines'] };

/** Attempts that failed and were not allowed to. */
export const jobFailures = countMeasure<Attempt>(
  { ...failures, id: 'job-failures', series: 'day' },
  { things: failedAttempts, at: ({ job }) => at(job), weight: null, name: null },
);

/** The same by cause; they rest on those whose cause is known. */
export const jobFailuresByCause: readonly Measure[] = causesOfFailures.map((cause: CauseOfFailure) =>
  cause === 'unknown'
    ? countMeasure<Attempt>(
        { ...failures, id: `job-failures-by-${cause}`, better: null },
        {
          things: (history, settings) =>
            failedAttempts(history, settings).filter((attempt) => causeOf(attempt) === cause),
          at: ({ job }) => at(job),
          weight: null,
          name: ({ job }, history) => nameOfJob(job, history),
        },
      )
    : kindMeasure<Attempt>(
        { ...failures, id: `job-failures-by-${cause}` },
        {
          things: failedAttempts,
          at: ({ job }) => at(job),
          isOfKind: (attempt) => causeOf(attempt) === cause,
          isKnown: (attempt) => causeOf(attempt) !== 'unknown',
          name: ({ job }, history) => nameOfJob(job, history),
        },
      ),
);
