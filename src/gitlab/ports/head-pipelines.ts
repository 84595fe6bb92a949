/** What Herald needs to report on a merge request from outside its pipeline; the same rules as in `../port.ts`. */
import type { MergeRequest, MergeRequestAddress } from '../../model/context.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { StatusState } from '../../model/write.ts';

export interface MergeRequestWithHead {
  readonly mergeRequest: MergeRequest;
  /** `opened`, `closed`, `locked`, `merged`; any other word is kept as it is. */
  readonly state: string;
  /**
   * The pipeline that GitLab shows on the merge request, in any project. It can belong to an earlier head. Null when
   * there is none, or the token cannot see it.
   */
  readonly headPipeline: Pipeline | null;
}

export interface RecentMergeRequest {
  readonly iid: number;
  /** Null while GitLab has not computed it. */
  readonly headSha: string | null;
}

/** The current commit status or job of a name. */
export interface StandingStatus {
  /** Jobs, trigger jobs and posted statuses share one series of ids. */
  readonly id: number;
  readonly name: string;
  readonly state: StatusState | (string & {});
  readonly description: string | null;
  readonly targetUrl: string | null;
  /** Null where GitLab does not say. */
  readonly pipelineId: number | null;
}

export interface Upstream {
  /**
   * The pipeline of the same project that a child pipeline comes from in the end; null when GitLab does not show one,
   * or it is not a child pipeline. Not for job tokens.
   */
  fetchRootPipeline(
    project: { readonly id: number; readonly path: string },
    pipelineId: number,
  ): Promise<number | null>;
}

export interface HeadPipelines extends Upstream {
  fetchMergeRequestWithHead(address: MergeRequestAddress): Promise<MergeRequestWithHead>;
  /**
   * The newest hundred of a merge request, newest first: including those of its forks, in the projects in which they
   * run.
   */
  fetchPipelinesOf(address: MergeRequestAddress): Promise<readonly Pipeline[]>;
  /** Of a commit, the first one first; null when the project has no such commit. */
  fetchParents(projectId: number, sha: string): Promise<readonly string[] | null>;
  /** Open ones that changed since then, the newest change first, at most 100. */
  fetchRecentMergeRequests(
    projectId: number,
    filter: { readonly updatedAfter: Date; readonly max: number },
  ): Promise<readonly RecentMergeRequest[]>;
  /** Pipelines that run or are about to, newest first, at most 100 of each. Two requests. */
  fetchRunningPipelines(projectId: number): Promise<readonly Pipeline[]>;
  /** The newest of each name on a commit, jobs included; as many as 500. */
  fetchStandingStatuses(projectId: number | string, sha: string): Promise<readonly StandingStatus[]>;
}
