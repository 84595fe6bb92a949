import type {
  HistoryBranch,
  HistoryCommit,
  HistoryDeployment,
  HistoryIssue,
  HistoryJob,
  HistoryMergeRequest,
  HistoryPipeline,
  HistoryRelease,
  HistoryTag,
  Instant,
  MergeRequestEvent,
} from '../../model/project-history.ts';
import type { Project } from './repository.ts';

/** Up to 100 rows of a list; the next page is requested only when it is asked for. */
export interface HistoryPage<Row> {
  readonly rows: readonly Row[];
  /** Whether asking on costs another request. */
  readonly hasMore: boolean;
  /** Rows of the whole list; null where GitLab does not count them. */
  readonly total: number | null;
}

export type HistoryPages<Row> = AsyncIterable<HistoryPage<Row>>;

/** Something that changes, with the time of its last change by GitLab's clock. */
export interface Changed<Thing> {
  readonly thing: Thing;
  readonly changedAt: Instant;
}

/** One attempt of a job, and its pipeline at the time of the answer. */
export interface JobOfPipeline {
  readonly job: HistoryJob;
  readonly pipeline: Changed<HistoryPipeline>;
}

/** A deployment, which names its environment, but not the tier of it. */
export type DeploymentWithoutTier = Omit<HistoryDeployment, 'tier'>;

export interface EnvironmentTier {
  readonly name: string;
  /** Null where this GitLab has no tiers (before 13.10). */
  readonly tier: string | null;
}

/** Where a project is; addresses of what is in it are built from it, and not taken from answers. */
export type HistoryPlace = Pick<Project, 'id' | 'url'>;

/** What a commit of a merge request says about when work began. */
export interface CommitOfMergeRequest {
  readonly sha: string;
  readonly authoredAt: Instant;
}

/**
 * What happened in a project, list by list; the same rules as in `../port.ts`. Lists with a time are in the order of
 * their last change, newest first: what changes meanwhile moves to the front, so that nothing is missed, and one thing
 * can come twice.
 */
export interface History {
  /** Source: https://docs.gitlab.com/api/deployments/ */
  fetchDeploymentPages(of: HistoryPlace, changedSince: Instant): HistoryPages<Changed<DeploymentWithoutTier>>;
  /** Source: https://docs.gitlab.com/api/environments/ */
  fetchEnvironmentPages(of: HistoryPlace): HistoryPages<EnvironmentTier>;
  /** Without details. Source: https://docs.gitlab.com/api/merge_requests/#list-project-merge-requests */
  fetchMergeRequestPages(of: HistoryPlace, changedSince: Instant): HistoryPages<Changed<HistoryMergeRequest>>;
  /** All open ones, oldest first. */
  fetchOpenMergeRequestPages(of: HistoryPlace): HistoryPages<Changed<HistoryMergeRequest>>;
  /** What people and GitLab noted on it, oldest first. Source: https://docs.gitlab.com/api/notes/#merge-requests */
  fetchMergeRequestEventPages(of: HistoryPlace, iid: number): HistoryPages<MergeRequestEvent>;
  /** Those that are still in it, newest first. */
  fetchMergeRequestCommitPages(of: HistoryPlace, iid: number): HistoryPages<CommitOfMergeRequest>;
  /** Issues, incidents and what else this GitLab counts among them, without confidential ones. Source: https://docs.gitlab.com/api/issues/ */
  fetchIssuePages(of: HistoryPlace, changedSince: Instant): HistoryPages<Changed<HistoryIssue>>;
  /** All open ones without confidential ones, oldest first. */
  fetchOpenIssuePages(of: HistoryPlace): HistoryPages<Changed<HistoryIssue>>;
  /** Every attempt of every job, newest first; trigger jobs are not among them. Source: https://docs.gitlab.com/api/jobs/ */
  fetchJobPages(of: HistoryPlace): HistoryPages<JobOfPipeline>;
  /** Every attempt of the jobs of one pipeline, newest first. */
  fetchPipelineJobPages(of: HistoryPlace, pipelineId: number): HistoryPages<JobOfPipeline>;
  /** Without child pipelines. Source: https://docs.gitlab.com/api/pipelines/ */
  fetchPipelinePages(of: HistoryPlace, changedSince: Instant): HistoryPages<Changed<HistoryPipeline>>;
  /** Of a branch, newest first. Source: https://docs.gitlab.com/api/commits/ */
  fetchCommitPages(
    of: HistoryPlace,
    wanted: { readonly ref: string; readonly since: Instant },
  ): HistoryPages<HistoryCommit>;
  /** The most recently updated first. Source: https://docs.gitlab.com/api/branches/ */
  fetchBranchPages(of: HistoryPlace): HistoryPages<HistoryBranch>;
  /** The newest first. Source: https://docs.gitlab.com/api/tags/ */
  fetchTagPages(of: HistoryPlace): HistoryPages<HistoryTag>;
  /** The newest first, without those to come. Source: https://docs.gitlab.com/api/releases/ */
  fetchReleasePages(of: HistoryPlace): HistoryPages<HistoryRelease>;
  /** Of a group and its subgroups, without archived and shared ones. Source: https://docs.gitlab.com/api/groups/#list-projects */
  fetchProjectPagesOfGroup(group: string): HistoryPages<Project>;
}
