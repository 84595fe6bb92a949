import { GitLabError } from '../../../errors.ts';
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

/** What nobody can tell stands nowhere: then the status is set, once more at worst. */
async function standingOn(
  { projectId, sha }: Pick<CommitStatus, 'projectId' | 'sha'>,
  gitlab: HeadPipelines,
): Promise<readonly StandingStatus[]> {
  try {
    return await gitlab.fetchStandingStatuses(projectId, sha);
  } catch (error) {
    if (!(error instanceof GitLabError)) throw error;
    return [];
  }
}

/**
 * Sets statuses that do not stand already. GitLab adds another one each time that a finished status is set again, which
 * a job that runs again would do, and a sweep for ever. One request more for each commit.
 */
export function statusesOnce(gitlab: Statuses & HeadPipelines): Statuses {
  const standing = new Map<string, Promise<readonly StandingStatus[]>>();
  return {
    async setStatus(status) {
      const { projectId, sha } = status;
      const key = `${projectId} ${sha}`;
      const known = standing.get(key) ?? standingOn(status, gitlab);
      standing.set(key, known);
      const isThere = (await known).some((one) => says(one, status));
      return isThere ? 'unchanged' : gitlab.setStatus(status);
    },
  };
}
