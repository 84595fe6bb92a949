import type { HeadPipelines, StandingStatus } from '../../../gitlab/ports/head-pipelines.ts';
import type { GitLab } from '../../../gitlab/ports/port.ts';
import type { CommitStatus } from '../../../model/write.ts';

type Statuses = Pick<GitLab, 'setStatus'>;

function says(standing: StandingStatus, wanted: CommitStatus): boolean {
  return (
    standing.name === wanted.name &&
    (standing.pipelineId === null || standing.pipelineId === wanted.pipelineId) &&
    standing.state === wanted.state &&
    (standing.description ?? '') === wanted.description.trim()
  );
}

/**
 * Sets statuses that are not set already. GitLab adds another one each time that a finished status is set again, which
 * a job does once and a sweep would do for ever. One request more for each commit.
 */
export function statusesOnce(gitlab: Statuses & HeadPipelines): Statuses {
  const standing = new Map<string, Promise<readonly StandingStatus[]>>();
  return {
    async setStatus(status) {
      const { projectId, sha } = status;
      const key = `${projectId} ${sha}`;
      const known = standing.get(key) ?? gitlab.fetchStandingStatuses(projectId, sha);
      standing.set(key, known);
      const isThere = (await known).some((one) => says(one, status));
      return isThere ? 'unchanged' : gitlab.setStatus(status);
    },
  };
}
