import { HeraldError } from '../../errors.ts';
import type { HeadPipelines, StandingStatus } from '../../gitlab/ports/head-pipelines.ts';
import type { Log } from '../../io/port.ts';
import type { Context } from '../../model/context.ts';

/** The jobs and statuses of the commit when the run began; null where GitLab did not list them. */
export type Standing = readonly StandingStatus[] | null;

/** GitLab's list may end here. */
const maxListed = 500;

/**
 * Asks for the jobs and statuses of the commit. One request, which serves twice: it shows whether the pipeline has
 * trigger jobs, and which statuses are set.
 */
export async function askForStanding(
  { project, commit }: Context,
  { gitlab, log }: { readonly gitlab: Pick<HeadPipelines, 'fetchStandingStatuses'>; readonly log: Log },
): Promise<Standing> {
  try {
    return await gitlab.fetchStandingStatuses(project.id, commit.sha);
  } catch (error) {
    if (!(error instanceof HeraldError)) throw error;
    log.info(`the jobs and statuses of the commit: ${error.message}`);
    return null;
  }
}

/**
 * False only where the list proves that a pipeline has no trigger jobs: it is whole, has all the other jobs of the
 * pipeline, and everything else in it was posted. GitLab lists every kind of job there; it omits pipelines that are not
 * a branch's or a merge request's own, whose jobs are then missing. Only posted statuses have a description.
 * Sources: `lib/api/commit_statuses.rb` and `Ci::Bridge` of GitLab
 */
export function mayHaveTriggers(
  standing: Standing,
  { pipelineId, jobIds }: { readonly pipelineId: number; readonly jobIds: readonly number[] },
): boolean {
  if (standing === null || standing.length >= maxListed || jobIds.length === 0) return true;
  const jobs = new Set(jobIds);
  const ofPipeline = standing.filter((one) => one.pipelineId === null || one.pipelineId === pipelineId);
  const listed = new Set(ofPipeline.map(({ id }) => id));
  if (jobIds.some((id) => !listed.has(id))) return true;
  return ofPipeline.some(({ id, description }) => !jobs.has(id) && (description ?? '').trim() === '');
}
