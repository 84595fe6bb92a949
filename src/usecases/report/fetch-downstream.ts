import { GitLabUnreachableError, HeraldError } from '../../errors.ts';
import type { Pipelines } from '../../gitlab/ports/port.ts';
import { hidesFailure, isFailed, type Job, type Pipeline } from '../../model/pipeline.ts';

/** Pipelines that are looked into, two requests each. */
const maxPipelines = 5;
/** GitLab lets child pipelines have children, and those none: https://docs.gitlab.com/ci/pipelines/downstream_pipelines/ */
const maxDepth = 2;

interface Looking {
  readonly gitlab: Pick<Pipelines, 'fetchFailedJobs'>;
  readonly warn?: (words: string) => void;
}

interface Search extends Looking {
  /** The project of the pipeline in question. */
  readonly projectId: number;
  left: number;
}

/**
 * The pipeline of a trigger job that failed, as far as readers may see its jobs; null where there is nothing to see.
 */
function failedPipelineOf(job: Job, { projectId }: Search): Pipeline | null {
  const downstream = job.trigger?.downstream ?? null;
  if (downstream?.projectId !== projectId) return null;
  return isFailed(job) || hidesFailure(job) ? downstream : null;
}

async function failedJobsIn(downstream: Pipeline, search: Search): Promise<readonly Job[] | null> {
  try {
    return await search.gitlab.fetchFailedJobs(downstream.projectId, downstream.id);
  } catch (error) {
    if (!(error instanceof HeraldError)) throw error;
    search.warn?.(`the jobs of the downstream pipeline ${downstream.id}: ${error.message}`);
    if (error instanceof GitLabUnreachableError) search.left = 0;
    return null;
  }
}

async function lookInto(jobs: readonly Job[], depth: number, search: Search): Promise<readonly Job[]> {
  const seen: Job[] = [];
  for (const job of jobs) {
    const downstream = failedPipelineOf(job, search);
    if (downstream === null || search.left === 0) {
      seen.push(job);
      continue;
    }
    search.left -= 1;
    const failed = await failedJobsIn(downstream, search);
    const within = failed?.map((one) => ({ ...one, of: downstream })) ?? null;
    const failedJobs =
      within === null || depth === maxDepth ? within : await lookInto(within, depth + 1, search);
    seen.push({ ...job, trigger: { downstream, failedJobs } });
  }
  return seen;
}

/**
 * The jobs of a pipeline, with what failed in the pipelines that its failed trigger jobs started: two levels down, five
 * pipelines, two requests each, none where nothing failed. Only pipelines of the same project are looked into: who
 * reads the comment may not see another project's jobs and logs. Never throws for what GitLab answers.
 */
export async function withDownstream(
  jobs: readonly Job[],
  projectId: number,
  looking: Looking,
): Promise<readonly Job[]> {
  return lookInto(jobs, 1, { ...looking, projectId, left: maxPipelines });
}
