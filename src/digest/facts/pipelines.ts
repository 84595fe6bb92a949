import type { HistoryJob, HistoryPipeline, Instant } from '../../model/project-history.ts';
import { isChild, jobsByPipeline } from './jobs.ts';
import { remembered } from './remembered.ts';

/** How GitLab groups what a pipeline came to; null = it has not finished. */
export type PipelineResult = 'success' | 'failed' | 'other';

export interface PipelineRun {
  readonly pipeline: HistoryPipeline;
  readonly result: PipelineResult | null;
  /** Null where its jobs were not read. */
  readonly jobs: readonly HistoryJob[] | null;
  /** From the start of its first job to the end of its last, without idle time; null where no job's times are known. */
  readonly seconds: number | null;
  /** A job of it has more than one attempt; null where its jobs were not read, or it passed without any. */
  readonly hasRetries: boolean | null;
  /** When it had finished: the end of its last job, else its last change. */
  readonly endedAt: Instant | null;
}

/** Pipelines as GitLab lists them, without child pipelines. */
export const pipelineRuns = remembered((history, settings): readonly PipelineRun[] => {
  const jobsOf = jobsByPipeline(history, settings);
  const { from, until } = history.read.jobs;
  const areJobsRead = ({ createdAt }: HistoryPipeline): boolean =>
    createdAt >= (from ?? -Infinity) && createdAt < until;
  return history.pipelines
    .filter((pipeline) => !isChild(pipeline))
    .map((pipeline) => {
      const jobs = areJobsRead(pipeline) ? (jobsOf.get(pipeline.id) ?? []) : null;
      const result = resultOf(pipeline);
      return {
        pipeline,
        result,
        jobs,
        seconds: jobs === null ? null : busySeconds(jobs),
        hasRetries: jobs === null || (jobs.length === 0 && result === 'success') ? null : hasRetries(jobs),
        endedAt: lastEnd(jobs ?? []) ?? pipeline.updatedAt,
      };
    });
});

function hasRetries(jobs: readonly HistoryJob[]): boolean {
  return new Set(jobs.map(({ name }) => name)).size < jobs.length;
}

function resultOf({ status }: HistoryPipeline): PipelineResult | null {
  if (status === 'success' || status === 'failed') return status;
  return status === 'canceled' || status === 'skipped' ? 'other' : null;
}

function lastEnd(jobs: readonly HistoryJob[]): Instant | null {
  return jobs.reduce<Instant | null>(
    (last, { finishedAt }) => (finishedAt === null ? last : Math.max(last ?? finishedAt, finishedAt)),
    null,
  );
}

/**
 * Time in which a job ran or waited for a runner, from the start of the first job. What lies between, such as the night
 * before somebody started a manual job, is nobody's waiting time: GitLab's own duration omits it too, and in addition
 * the time in the queue. https://docs.gitlab.com/ci/pipelines/#how-pipeline-duration-is-calculated
 */
function busySeconds(jobs: readonly HistoryJob[]): number | null {
  const ran = jobs.flatMap(({ startedAt, finishedAt, queuedSeconds }) =>
    startedAt === null || finishedAt === null || finishedAt < startedAt
      ? []
      : [{ startedAt, finishedAt, waitingSince: startedAt - 1000 * Math.max(0, queuedSeconds ?? 0) }],
  );
  if (ran.length === 0) return null;
  let busyUntil = ran.reduce((first, { startedAt }) => Math.min(first, startedAt), Infinity);
  let busy = 0;
  for (const { waitingSince, finishedAt } of ran.sort(
    (one, other) => one.waitingSince - other.waitingSince,
  )) {
    busy += Math.max(0, finishedAt - Math.max(waitingSince, busyUntil));
    busyUntil = Math.max(busyUntil, finishedAt);
  }
  return busy / 1000;
}

/** Jobs of pipelines that were canceled while a newer one of the same branch and source existed. */
export const supersededJobs = remembered((history, settings): readonly HistoryJob[] => {
  const runs = pipelineRuns(history, settings);
  const newer = new Map<string, Instant>();
  return runs
    .toReversed()
    .flatMap(({ pipeline, jobs, endedAt }) => {
      const key = `${pipeline.source ?? ''}\n${pipeline.ref}`;
      const newerAt = newer.get(key);
      newer.set(key, pipeline.createdAt);
      const canceledAt = Math.max(endedAt ?? -Infinity, pipeline.updatedAt ?? -Infinity);
      const isSuperseded =
        pipeline.status === 'canceled' &&
        newerAt !== undefined &&
        (canceledAt === -Infinity || newerAt <= canceledAt);
      return isSuperseded ? [jobs ?? []] : [];
    })
    .toReversed()
    .flat();
});

/** As people call it. */
export function nameOfPipeline({ id, ref, url }: HistoryPipeline): {
  readonly name: string;
  readonly title: string;
  readonly url: string;
} {
  return { name: `#${id}`, title: ref, url };
}
