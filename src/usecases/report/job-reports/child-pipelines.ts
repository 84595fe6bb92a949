import { GitLabError } from '../../../errors.ts';
import type { UnexplainedSign } from '../../../model/evidence.ts';
import type { Job, Pipeline, PipelineWithJobs } from '../../../model/pipeline.ts';
import { bounds } from './budget.ts';
import { type Asking, reasonOf } from './handed.ts';

export interface ChildPipelines {
  readonly pipelines: readonly PipelineWithJobs[];
  /** Pipelines whose jobs could not be had, by the trigger jobs that started them. */
  readonly gaps: readonly UnexplainedSign[];
}

/** GitLab lets child pipelines have children, and those none: https://docs.gitlab.com/ci/pipelines/downstream_pipelines/ */
const maxDepth = 2;

/** A trigger job and the pipeline that it started in the same project: readers may not see another one's. */
interface Started {
  readonly by: Job;
  readonly pipeline: Pipeline;
  readonly depth: number;
}

function startedBy({ pipeline: { projectId }, jobs }: PipelineWithJobs, depth: number): readonly Started[] {
  return jobs.flatMap((by) => {
    const pipeline = by.trigger?.downstream ?? null;
    const isSeen = !by.retried && pipeline?.projectId === projectId && depth <= maxDepth;
    return isSeen ? [{ by, pipeline, depth }] : [];
  });
}

/**
 * The pipelines that a pipeline started in its project, with their jobs: two levels down, two requests each, at most
 * as many as `bounds` says. One that cannot be had, or is beyond, is a gap.
 */
export async function childPipelines(
  parent: PipelineWithJobs,
  { gitlab, troubles }: Pick<Asking, 'gitlab' | 'troubles'>,
): Promise<ChildPipelines> {
  const pipelines: PipelineWithJobs[] = [];
  const gaps: UnexplainedSign[] = [];
  const gap = ({ by }: Started, reason: string): void => {
    gaps.push({ kind: 'unreadable', path: by.name, count: 1, reason });
  };
  const waiting = [...startedBy(parent, 1)];
  for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
    if (pipelines.length + gaps.length >= bounds.maxChildPipelines) {
      gap(one, `Herald reads the reports of at most ${bounds.maxChildPipelines} child pipelines`);
      continue;
    }
    try {
      const { pipeline, jobs } = await gitlab.fetchJobs(one.pipeline.projectId, one.pipeline.id);
      const found = { pipeline: pipeline ?? one.pipeline, jobs };
      pipelines.push(found);
      waiting.push(...startedBy(found, one.depth + 1));
    } catch (error) {
      if (!(error instanceof GitLabError)) throw error;
      troubles.lack('job-reports', error, `the jobs of the child pipeline of ${one.by.name}`);
      gap(one, `the jobs of its pipeline are not known: ${reasonOf(error)}`);
    }
  }
  return { pipelines, gaps };
}
