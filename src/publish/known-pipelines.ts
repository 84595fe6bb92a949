import { GitLabRefusedError, HeraldError } from '../errors.ts';
import type { HeadPipelines } from '../gitlab/ports/head-pipelines.ts';
import type { Pipelines } from '../gitlab/ports/port.ts';
import type { NotePlace } from '../model/context.ts';

export type PipelineSource = Pick<HeadPipelines, 'fetchPipelinesOf'> & Pick<Pipelines, 'fetchNewestJobs'>;

/** Child pipelines are in no list of a merge request's pipelines, and have ids of their own. */
async function exists({ project }: NotePlace, pipelineId: number, gitlab: PipelineSource): Promise<boolean> {
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

async function newestOf(place: NotePlace, gitlab: PipelineSource): Promise<number> {
  // GitLab lists the pipelines of a commit by its ref only: those that are named are asked for one by one.
  if ('sha' in place) return 0;
  try {
    const [newest] = await gitlab.fetchPipelinesOf(place);
    return newest?.id ?? 0;
  } catch (error) {
    if (!(error instanceof HeraldError)) throw error;
    return 0;
  }
}

/**
 * The latest existing pipeline among the own one and the named ones. Otherwise a run with a wrong id, from a variable
 * that somebody overrode, would block the parts of all later runs. GitLab is asked only if a named pipeline is newer
 * than the own one, which happens when another run has overtaken this one; it counts unless GitLab denies that it
 * exists.
 */
export async function newestPipeline(
  { place, own }: { readonly place: NotePlace; readonly own: number },
  named: readonly number[],
  gitlab: PipelineSource,
): Promise<number> {
  const newer = [...new Set(named)].filter((id) => id > own).sort((a, b) => b - a);
  if (newer.length === 0) return own;
  const listed = Math.max(own, await newestOf(place, gitlab));
  for (const id of newer) {
    if (id <= listed) return listed;
    if (await exists(place, id, gitlab)) return id;
  }
  return listed;
}
