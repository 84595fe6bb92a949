import type { History } from '../../ports/history.ts';
import type { Api } from '../../transport/api.ts';
import { createDeploymentHistory } from './deployments.ts';
import { createGroupProjects } from './group-projects.ts';
import { createIssueHistory } from './issues.ts';
import { createJobHistory } from './jobs.ts';
import { createMergeRequestDetails } from './merge-request-details.ts';
import { createMergeRequestHistory } from './merge-requests.ts';
import { createRepositoryHistory } from './repository.ts';

/** The part of the port about what happened in a project. */
export function createHistory(api: Api): History {
  return {
    ...createDeploymentHistory(api),
    ...createMergeRequestHistory(api),
    ...createMergeRequestDetails(api),
    ...createIssueHistory(api),
    ...createJobHistory(api),
    ...createRepositoryHistory(api),
    ...createGroupProjects(api),
  };
}
