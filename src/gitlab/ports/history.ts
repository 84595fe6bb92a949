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

/** A pipeline with its jobs, as one answer has them. */
export interface PipelineWithJobs {
  readonly pipeline: HistoryPipeline;
  /** Every attempt, without trigger jobs, and without the reasons of failures. */
  readonly jobs: readonly HistoryJob[];
  /** False where it has more jobs. */
  readonly isWhole: boolean;
  /** Whether it started, or may have started, child pipelines, which have jobs of their own. */
  readonly startsChildren: boolean;
}

/** Tests of one name in a pipeline of which at least one failed. */
export interface FailedSuite {
  /** The jobs whose reports it comes from; several where a job runs in parallel. */
  readonly jobIds: readonly number[];
}

export interface PipelinesWithJobsWish {
  readonly changedSince: Instant;
  /** How many pipelines the next page has, at most 100, after what the one before it had. */
  readonly pageSize: (before: readonly PipelineWithJobs[]) => number;
}

/** What one answer has of one of several merge requests; null where there is more, or where GitLab does not say. */
export interface MergeRequestInBatch {
  readonly iid: number;
  readonly events: readonly MergeRequestEvent[] | null;
  /** When each of its commits was written. */
  readonly authoredAt: readonly Instant[] | null;
  /** Added and removed lines of each file. */
  readonly files: readonly { readonly path: string; readonly lines: number }[] | null;
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

/** The same with the full path, by which GraphQL knows projects. */
export type NamedPlace = Pick<Project, 'id' | 'url' | 'path'>;

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
  /**
   * The same of at most 100 merge requests, in any order, in one request of GraphQL; refused where that lacks
   * something.
   */
  fetchMergeRequestBatch(of: NamedPlace, iids: readonly number[]): Promise<readonly MergeRequestInBatch[]>;
  /** Issues, incidents and what else this GitLab counts among them, without confidential ones. Source: https://docs.gitlab.com/api/issues/ */
  fetchIssuePages(of: HistoryPlace, changedSince: Instant): HistoryPages<Changed<HistoryIssue>>;
  /** All open ones without confidential ones, oldest first. */
  fetchOpenIssuePages(of: HistoryPlace): HistoryPages<Changed<HistoryIssue>>;
  /** Every attempt of every job, newest first; trigger jobs are not among them. Source: https://docs.gitlab.com/api/jobs/ */
  fetchJobPages(of: HistoryPlace): HistoryPages<JobOfPipeline>;
  /** The same, but only those that failed. */
  fetchFailedJobPages(of: HistoryPlace): HistoryPages<JobOfPipeline>;
  /** Every attempt of the jobs of one pipeline, newest first. */
  fetchPipelineJobPages(of: HistoryPlace, pipelineId: number): HistoryPages<JobOfPipeline>;
  /** Without child pipelines. Source: https://docs.gitlab.com/api/pipelines/ */
  fetchPipelinePages(of: HistoryPlace, changedSince: Instant): HistoryPages<Changed<HistoryPipeline>>;
  /**
   * Pipelines with their jobs in one request of GraphQL, in no order that counts; refused where that lacks something.
   */
  fetchPipelineWithJobsPages(
    of: NamedPlace,
    wish: PipelinesWithJobsWish,
  ): HistoryPages<Changed<PipelineWithJobs>>;
  /**
   * Of the pipelines that failed, as GraphQL has them: the suites of their reports with failures, in no order that
   * counts.
   */
  fetchFailedSuitePages(of: NamedPlace, changedSince: Instant): HistoryPages<FailedSuite>;
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
