import type { Evidence } from '../../gitlab/ports/evidence.ts';
import type { People } from '../../gitlab/ports/people.ts';
import type { Pipelines } from '../../gitlab/ports/port.ts';
import type { Facts, PipelineFacts } from '../../model/facts.ts';
import { withDownstream } from '../report/fetch-downstream.ts';

/** The latest pipeline of a commit; one of another CI system has no jobs to act on. */
export async function fetchPipelineOfCommit(
  project: number,
  sha: string,
  gitlab: Pipelines,
): Promise<PipelineFacts | null> {
  const newest = await gitlab.fetchPipelines(project, { sha, perPage: 20 });
  const found = newest.find((pipeline) => pipeline.sha === sha && pipeline.source !== 'external');
  if (found === undefined) return null;
  const { jobs } = await gitlab.fetchJobs(project, found.id);
  return { pipeline: found, jobs: await withDownstream(jobs, project, { gitlab }) };
}

/**
 * Rights on the branch of a commit's pipeline. Null where its ref is not surely a branch: for tags, and for branches of
 * merge requests, other rules count.
 */
export async function fetchRightsOnPipeline(
  { pipeline, actor, project }: Facts,
  gitlab: Evidence & People,
): Promise<Facts['sourceBranch']> {
  if (pipeline === null || actor === null) return null;
  const { ref } = pipeline.pipeline;
  const isBranch =
    (await gitlab.fetchBranchHead(project.id, ref)) !== null &&
    (await gitlab.fetchTagTargets(project.id, ref)).length === 0;
  return isBranch ? gitlab.fetchBranchRights(project.id, ref, actor) : null;
}
