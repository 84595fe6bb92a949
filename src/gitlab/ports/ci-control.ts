import type { DeploymentFacts } from '../../model/facts.ts';
import type { Pipeline } from '../../model/pipeline.ts';

/** Starts, stops and retries jobs and pipelines. Sources: https://docs.gitlab.com/api/jobs/ and https://docs.gitlab.com/api/pipelines/ */
export interface CiControl {
  /**
   * Returns the new attempt; never sent twice. Null when the job cannot be retried (GitLab answers 403); the log has
   * the reason.
   */
  retryJob(project: number, jobId: number): Promise<{ readonly id: number } | null>;
  playJob(project: number, jobId: number): Promise<void>;
  cancelPipeline(project: number, pipelineId: number): Promise<void>;
  /** A new pipeline for a merge request; never sent twice. */
  createMergeRequestPipeline(project: number, iid: number): Promise<Pipeline>;
  createPipeline(
    project: number,
    wanted: { readonly ref: string; readonly variables: Readonly<Record<string, string>> },
  ): Promise<Pipeline>;
  /** Pipelines of a merge request, newest first; one page. */
  fetchMergeRequestPipelines(project: number, iid: number): Promise<readonly Pipeline[]>;
  /** Ids of jobs whose deployment to an environment, or to any, changed since then (ISO 8601). */
  fetchDeployedJobs(
    project: number,
    of: { readonly environment: string | null; readonly since: string },
  ): Promise<readonly number[]>;
  fetchDeployment(project: number, deploymentId: number): Promise<DeploymentFacts | null>;
  /** From a branch, tag or commit. Refused when a branch of that name exists. */
  createBranch(project: number, name: string, from: string): Promise<void>;
  /** Removing a branch that does not exist is not an error. */
  removeBranch(project: number, name: string): Promise<void>;
  fetchBranchExists(project: number, name: string): Promise<boolean>;
  /** Refused with 400 when the commit does not apply; never sent twice. */
  cherryPick(project: number, sha: string, branch: string): Promise<{ readonly sha: string }>;
  createMergeRequest(
    project: number,
    wanted: {
      readonly sourceBranch: string;
      readonly targetBranch: string;
      readonly title: string;
      readonly description: string;
    },
  ): Promise<{ readonly iid: number; readonly url: string }>;
  /** The newest merge request from one branch into another, open or not; null when there never was one. */
  findMergeRequest(
    project: number,
    branches: { readonly source: string; readonly target: string },
  ): Promise<{ readonly iid: number; readonly url: string; readonly isOpen: boolean } | null>;
}
