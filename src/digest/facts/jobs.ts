/** Jobs as attempts: a later job of one name in one pipeline is a retry of the earlier. */

import { grouped } from '../../model/grouped.ts';
import type { HistoryJob, HistoryPipeline, ProjectHistory } from '../../model/project-history.ts';
import { toldByReason } from '../../traces/failure-reasons.ts';
import { remembered } from './remembered.ts';

export interface Attempt {
  readonly job: HistoryJob;
  /** Null where the pipeline was not read. */
  readonly pipeline: HistoryPipeline | null;
  /** A later attempt in the same pipeline exists. */
  readonly isRetried: boolean;
  /** It failed, and a later attempt with the same commit passed: in the same pipeline, or another of its branch. */
  readonly isFlaky: boolean;
}

/** All attempts, in the order of their jobs. */
export const attemptsOf = remembered((history): readonly Attempt[] => {
  const pipelines = new Map(history.pipelines.map((pipeline) => [pipeline.id, pipeline]));
  const lastAttempts = new Map<string, number>();
  const lastPassed = new Map<string, number>();
  const placed = history.jobs.map((job) => {
    const pipeline = pipelines.get(job.pipelineId) ?? null;
    return {
      job,
      pipeline,
      inPipeline: `${job.pipelineId}\n${job.name}`,
      ofCommit: keyOfCommit(job, pipeline),
    };
  });
  for (const { job, inPipeline, ofCommit } of placed) {
    raise(lastAttempts, inPipeline, job.id);
    if (job.status === 'success') raise(lastPassed, ofCommit, job.id);
  }
  return placed.map(({ job, pipeline, inPipeline, ofCommit }) => ({
    job,
    pipeline,
    isRetried: (lastAttempts.get(inPipeline) ?? 0) > job.id,
    isFlaky: job.status === 'failed' && (lastPassed.get(ofCommit) ?? 0) > job.id,
  }));
});

function raise(highest: Map<string, number>, key: string, id: number): void {
  highest.set(key, Math.max(highest.get(key) ?? 0, id));
}

/**
 * Pipelines of one commit, branch and source run the same jobs; child pipelines of one commit can be of different
 * files, with jobs of the same names.
 */
function keyOfCommit({ name, pipelineId }: HistoryJob, pipeline: HistoryPipeline | null): string {
  return pipeline === null || isChild(pipeline)
    ? `${pipelineId}\n${name}`
    : `${pipeline.sha}\n${pipeline.source ?? ''}\n${pipeline.ref}\n${name}`;
}

/** A child pipeline is a part of another one, and GitLab's list of pipelines does not have it. */
export function isChild({ source }: HistoryPipeline): boolean {
  return source === 'parent_pipeline';
}

/** Jobs by pipeline. */
export const jobsByPipeline = remembered(
  ({ jobs }): ReadonlyMap<number, readonly HistoryJob[]> => grouped(jobs, ({ pipelineId }) => pipelineId),
);

/** How long it ran, as GitLab counts it, else from its start to its end; null = it did not run, or nobody knows. */
export function secondsOf({ durationSeconds, startedAt, finishedAt }: HistoryJob): number | null {
  if (durationSeconds !== null) return durationSeconds >= 0 ? durationSeconds : null;
  if (startedAt === null || finishedAt === null || finishedAt < startedAt) return null;
  return (finishedAt - startedAt) / 1000;
}

/** The same in minutes, 0 where nobody knows. */
export function minutesOf(job: HistoryJob): number {
  return (secondsOf(job) ?? 0) / 60;
}

export const causesOfFailures = ['code', 'test', 'flaky', 'infrastructure', 'unknown'] as const;
export type CauseOfFailure = (typeof causesOfFailures)[number];

/**
 * Why an attempt failed: outside of the change (its log or GitLab's reason says so), else by chance (the same commit
 * passed later), else as its log says; a failed script whose log nobody read is of unknown cause.
 */
export function causeOf({ job, isFlaky }: Attempt): CauseOfFailure {
  const isOutside = job.cause === 'infrastructure' || toldByReason(job).origin === 'infrastructure';
  if (isOutside) return 'infrastructure';
  return isFlaky ? 'flaky' : (job.cause ?? 'unknown');
}

/** Attempts that failed and were not allowed to. */
export const failedAttempts = remembered((history, settings): readonly Attempt[] =>
  attemptsOf(history, settings).filter(({ job }) => job.status === 'failed' && !job.allowFailure),
);

/** All attempts of one job in one pipeline, of which at least one ran to its end. */
export interface JobRun {
  readonly attempts: readonly Attempt[];
  readonly first: HistoryJob;
  readonly isFlaky: boolean;
}

/** Runs of jobs, in the order of their first attempts. */
export const jobRuns = remembered((history, settings): readonly JobRun[] => {
  const groups = grouped(attemptsOf(history, settings), ({ job }) => `${job.pipelineId}\n${job.name}`);
  return [...groups.values()].flatMap((attempts) => {
    const [first] = attempts;
    const hasRun = attempts.some(({ job: { status } }) => status === 'success' || status === 'failed');
    if (first === undefined || !hasRun) return [];
    return [{ attempts, first: first.job, isFlaky: attempts.some(({ isFlaky }) => isFlaky) }];
  });
});

/** As people call it; the link leads to the job. */
export function nameOfJob(
  { id, name, stage }: HistoryJob,
  { project }: ProjectHistory,
): { readonly name: string; readonly title: string; readonly url: string } {
  return { name, title: stage, url: `${project.url}/-/jobs/${id}` };
}
