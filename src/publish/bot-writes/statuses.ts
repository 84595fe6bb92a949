import type { StandingStatus } from '../../gitlab/ports/head-pipelines.ts';
import type { CommitStatus } from '../../model/write.ts';
import { done, type Performer, type PerformerWorld, there } from './performer.ts';

function isSame(standing: StandingStatus, wanted: CommitStatus): boolean {
  return (
    standing.name === wanted.name &&
    standing.state === wanted.state &&
    (standing.pipelineId ?? wanted.pipelineId) === wanted.pipelineId &&
    (standing.description ?? '') === wanted.description &&
    standing.targetUrl === wanted.targetUrl
  );
}

/** Setting a finished status again would add a second one. */
async function stands(status: CommitStatus, { gitlab }: PerformerWorld): Promise<boolean> {
  if (typeof status.projectId !== 'number') return false;
  const standing = await gitlab.fetchStandingStatuses(status.projectId, status.sha);
  return standing.some((one) => isSame(one, status));
}

export const performSetStatus: Performer<'setStatus'> = async ({ status }, _cause, world) => {
  if (await stands(status, world)) return there(status.targetUrl);
  const outcome = await world.gitlab.setStatus(status);
  return outcome === 'set' ? done(status.targetUrl) : there(status.targetUrl);
};
