import type { Pipelines } from '../../gitlab/ports/port.ts';
import type { Context } from '../../model/context.ts';
import type { PipelineWithJobs } from '../../model/pipeline.ts';

/**
 * The pipeline of this run with its jobs, without this job: it is still running and says nothing about the
 * change.
 */
export async function fetchPipeline(context: Context, gitlab: Pipelines): Promise<PipelineWithJobs> {
  const { pipeline, jobs } = await gitlab.fetchJobs(context.project.id, context.pipeline.id);
  return {
    pipeline: pipeline ?? {
      id: context.pipeline.id,
      projectId: context.project.id,
      url: context.pipeline.url,
      status: 'running',
      ref: context.commit.branch ?? context.commit.tag ?? '',
      sha: context.commit.sha,
      source: context.pipeline.source,
      createdAt: context.pipeline.createdAt,
    },
    jobs: jobs.filter(({ id, name }) => id !== context.job.id && name !== context.job.name),
  };
}
