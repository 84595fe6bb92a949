import type { DeploymentStep, TrackedMergeRequest } from '../../model/deployment-trail.ts';

/** A merge request that a deployment shipped. */
export interface ShippedMergeRequest extends TrackedMergeRequest {
  /** ISO 8601; null where GitLab does not say. */
  readonly mergedAt: string | null;
}

/** A merged merge request and the commits that its merge put on the target branch. */
export interface MergedMergeRequest extends TrackedMergeRequest {
  /** Merge commit, squash commit and head, as far as there are any. */
  readonly shas: readonly string[];
  /** Merged without a merge commit or a squash commit: GitLab may have rebased its commits as it merged them. */
  readonly isFastForward: boolean;
  readonly targetBranch: string;
}

/** Deployments, and the merge requests that they shipped. */
export interface Deployments {
  /** The latest 100 that succeeded, the newest first. One request. */
  fetchEnvironmentDeployments(project: number, environment: string): Promise<readonly DeploymentStep[]>;
  /**
   * Merge requests that a deployment was the first to bring to its environment, the newest first, up to `max`. GitLab
   * names each once for an environment. Source: https://docs.gitlab.com/api/deployments/#list-of-merge-requests-associated-with-a-deployment
   */
  fetchShippedMergeRequests(
    project: number,
    deploymentId: number,
    max: number,
  ): Promise<readonly ShippedMergeRequest[]>;
  /** Merged merge requests that GitLab relates to a commit. Source: https://docs.gitlab.com/api/commits/#list-merge-requests-associated-with-a-commit */
  fetchMergedMergeRequestsOfCommit(project: number, sha: string): Promise<readonly MergedMergeRequest[]>;
}
