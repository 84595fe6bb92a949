import { GitLabRefusedError, HeraldError } from '../errors.ts';
import type { HeadPipelines } from '../gitlab/ports/head-pipelines.ts';
import type { Pipelines } from '../gitlab/ports/port.ts';
import type { MergeRequestAddress } from '../model/context.ts';

export type PipelineSource = Pick<HeadPipelines, 'fetchPipelinesOf'> & Pick<Pipelines, 'fetchNewestJobs'>;

/** Child pipelines are in no list of a merge request's pipelines, and have ids of their own. */
async function exists(
  { project }: MergeRequestAddress,
  pipelineId: number,
  gitlab: PipelineSource,
): Promise<boolean> {
  // Every merge request that GitLab gave has its project's id.
  if (typeof project !== 'number') return true;
  try {
    await gitlab.fetchNewestJobs(project, pipelineId);
    return true;
  } catch (error) {
    if (!(error instanceof HeraldError)) throw error;
    return !(error instanceof GitLabRefusedError) || error.status !== 404;
  }
}

async function newestOf(mergeRequest: MergeRequestAddress, gitlab: PipelineSource): Promise<number> {
  try {
    const [newest] = await gitlab.fetchPipelinesOf(mergeRequest);
    return newest?.id ?? 0;
  } catch (error) {
    if (!(error instanceof HeraldError)) throw error;
    return 0;
  }
}

/**
 * The newest pipeline that there is, of the own one and of those that are named: a run that was told a wrong id, by a
 * variable that somebody overrode, would otherwise keep every later run from its part. GitLab is asked only where a
 * pipeline is named that is newer than the own one, which happens when another run has overtaken this one; one that
 * GitLab does not deny counts.
 */
export async function newestPipeline(
  { mergeRequest, own }: { readonly mergeRequest: MergeRequestAddress; readonly own: number },
  named: readonly number[],
  gitlab: PipelineSource,
): Promise<number> {
  const newer = [...new Set(named)].filter((id) => id > own).sort((a, b) => b - a);
  if (newer.length === 0) return own;
  const listed = Math.max(own, await newestOf(mergeRequest, gitlab));
  for (const id of newer) {
    if (id <= listed) return listed;
    if (await exists(mergeRequest, id, gitlab)) return id;
  }
  return listed;
}
