import type { Pipelines } from '../../gitlab/ports/port.ts';
import type { Log } from '../../io/port.ts';
import type { Context } from '../../model/context.ts';
import type { PipelineWithJobs } from '../../model/pipeline.ts';
import { withDownstream } from './fetch-downstream.ts';
import { mayHaveTriggers, type Standing } from './standing-statuses.ts';

interface Fetched {
  readonly pipeline: PipelineWithJobs;
  /** Why its trigger jobs could not be had; null where they are among its jobs. */
  readonly triggersError: Error | null;
}

/**
 * The pipeline of this run with its jobs, without this job: it is still running and says nothing about the change.
 * Where the jobs and statuses of the commit are asked for, trigger jobs are only where these do not rule them out.
 */
export async function fetchPipeline(
  context: Context,
  standing: Promise<Standing> | null,
  { gitlab, log }: { readonly gitlab: Pipelines; readonly log: Log },
): Promise<Fetched> {
  const { id: projectId } = context.project;
  const { id: pipelineId } = context.pipeline;
  const {
    pipeline,
    jobs,
    triggersError = null,
  } = await (standing === null
    ? gitlab.fetchJobs(projectId, pipelineId)
    : gitlab.fetchJobs(projectId, pipelineId, async (jobIds) =>
        mayHaveTriggers(await standing, { pipelineId, jobIds }),
      ));
  const others = jobs.filter(({ id, name }) => id !== context.job.id && name !== context.job.name);
  const found = {
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
    jobs: await withDownstream(others, projectId, { gitlab, warn: log.warn }),
  };
  if (triggersError === null) return { pipeline: found, triggersError };
  return { pipeline: { ...found, triggersUnseen: triggersError.message }, triggersError };
}
