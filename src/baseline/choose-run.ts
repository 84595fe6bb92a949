import type { HistoryRun } from '../model/history.ts';
import type { Pipeline } from '../model/pipeline.ts';

/** A run of the branch that may serve as the baseline. */
export interface Candidate {
  readonly pipelineId: number;
  readonly sha: string;
  /** The Herald job, when an earlier report names it: one request less. */
  readonly jobId: number | null;
  /** Commits between the wanted one and this; 0 when it is that commit. */
  readonly commitsBehind: number;
}

/** Pipelines that ran to their end. A canceled one may lack half of its jobs, and a skipped one all of them. */
export function finishedBefore(pipelines: readonly Pipeline[], ownPipelineId: number): readonly Pipeline[] {
  return pipelines.filter(
    ({ id, status, source }) =>
      id < ownPipelineId && (status === 'success' || status === 'failed') && source !== 'parent_pipeline',
  );
}

/**
 * The runs at or before a commit, nearest first: those whose commit is among its ancestors (the commit itself first). Of several runs
 * of one commit the newest comes first.
 */
export function runsAtOrBefore(
  ancestors: readonly string[],
  known: { readonly runs: readonly HistoryRun[]; readonly pipelines: readonly Pipeline[] },
): readonly Candidate[] {
  const distance = new Map(ancestors.map((sha, position) => [sha, position]));
  const byPipeline = new Map<number, Candidate>();
  const add = (run: Omit<Candidate, 'commitsBehind'>): void => {
    const commitsBehind = distance.get(run.sha);
    if (commitsBehind !== undefined) byPipeline.set(run.pipelineId, { ...run, commitsBehind });
  };
  for (const { id, sha } of known.pipelines) add({ pipelineId: id, sha, jobId: null });
  for (const { pipelineId, sha, jobId } of known.runs) add({ pipelineId, sha, jobId });
  return [...byPipeline.values()].sort(
    (a, b) => a.commitsBehind - b.commitsBehind || b.pipelineId - a.pipelineId,
  );
}

/** The Herald job of a pipeline: of its attempts the latest that still has its artifacts; null when none does. */
export function reportingJob<
  Job extends { readonly id: number; readonly name: string; readonly hasArtifacts: boolean | null },
>(jobs: readonly Job[], name: string): Job | null {
  const attempts = jobs.filter((job) => job.name === name && job.hasArtifacts !== false);
  return attempts.reduce<Job | null>(
    (latest, job) => (latest === null || job.id > latest.id ? job : latest),
    null,
  );
}
