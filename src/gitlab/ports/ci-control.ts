import type { CiInputs } from '../../model/ci-inputs.ts';
import type { DeploymentFacts } from '../../model/facts.ts';
import type { Pipeline } from '../../model/pipeline.ts';

/** Starts, stops and retries jobs and pipelines. Sources: https://docs.gitlab.com/api/jobs/ and https://docs.gitlab.com/api/pipelines/ */
export interface CiControl {
  /**
   * Returns the new attempt; never sent twice. Null when the job cannot be retried (GitLab answers 403); the log has
   * the reason.
   */
  retryJob(project: number, jobId: number, inputs?: CiInputs): Promise<{ readonly id: number } | null>;
  /**
   * GitLab refuses inputs that the job does not declare. Before 18.10 it ignores all of them, here and in `retryJob`.
   * Source: https://docs.gitlab.com/ci/jobs/job_inputs/#use-job-inputs-with-the-api
   */
  playJob(project: number, jobId: number, inputs?: CiInputs): Promise<void>;
  cancelPipeline(project: number, pipelineId: number): Promise<void>;
  /** A new pipeline for a merge request; never sent twice. */
  createMergeRequestPipeline(project: number, iid: number): Promise<Pipeline>;
  /** The same with inputs; refused where GitLab does not know them (before 18.11), or the configuration does not. */
  createPipelineWithInputs(
    of: { readonly project: number; readonly iid: number; readonly ref: string },
    inputs: CiInputs,
  ): Promise<{ readonly id: number }>;
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
