import type {
  CommitFacts,
  IssueFacts,
  KeyedIssue,
  LinkedIssue,
  MergeRequestFacts,
  MilestoneFacts,
  ReviewFacts,
} from '../../model/facts.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { Person } from '../../model/person.ts';

/** What can be changed on a merge request or an issue in one request; absent fields stay unchanged. */
export interface WorkItemEdit {
  readonly title?: string;
  readonly description?: string;
  readonly addLabels?: readonly string[];
  readonly removeLabels?: readonly string[];
  readonly assigneeIds?: readonly number[];
  /** Merge requests only. */
  readonly reviewerIds?: readonly number[];
  /** 0 takes it off. */
  readonly milestoneId?: number;
  readonly state?: 'opened' | 'closed';
}

export interface NewIssue {
  readonly title: string;
  readonly description: string;
  readonly labels: readonly string[];
  readonly assigneeIds: readonly number[];
  readonly confidential: boolean;
}

/** An issue that the own user wrote. */
export interface OwnIssue {
  readonly project: number;
  readonly iid: number;
  /** The own user. */
  readonly authorId: number;
}

/** Filter of open work for sweeps and rules about time. */
export interface OpenWorkFilter {
  readonly updatedAfter?: Date;
  readonly updatedBefore?: Date;
  readonly max: number;
}

/** Merge requests and issues as the bot sees and changes them. */
export interface WorkItems {
  /** Null when it does not exist or cannot be seen. */
  fetchMergeRequestFacts(project: number | string, iid: number): Promise<MergeRequestFacts | null>;
  fetchIssueFacts(project: number, iid: number): Promise<IssueFacts | null>;
  /** Newest change first. */
  fetchOpenMergeRequests(project: number, filter: OpenWorkFilter): Promise<readonly MergeRequestFacts[]>;
  fetchOpenIssues(project: number, filter: OpenWorkFilter): Promise<readonly IssueFacts[]>;
  /** Returns its labels after that, which can be fewer than asked for; null where GitLab does not say. */
  editWorkItem(on: Noteable, edit: WorkItemEdit): Promise<readonly string[] | null>;
  /** Never sent twice: after a broken connection the newest issues are listed first. */
  createIssue(project: number, issue: NewIssue): Promise<{ readonly iid: number; readonly url: string }>;
  /**
   * Issues whose author is the own user and whose description carries a key marker (see src/model/issue-marker.ts);
   * newest first.
   */
  fetchOwnIssues(project: number): Promise<readonly KeyedIssue[]>;
  /**
   * The first issue of the own user with that label whose description names that key, no matter who wrote it there;
   * null if there is none. One request.
   */
  findOwnIssue(
    project: number | string,
    wanted: { readonly label: string; readonly key: string },
  ): Promise<OwnIssue | null>;
  fetchIssueLinks(project: number, iid: number): Promise<readonly LinkedIssue[]>;
  /** `there` when they are already linked (GitLab answers 409). */
  linkIssues(from: Noteable, to: Noteable): Promise<'linked' | 'there'>;
  fetchClosedIssues(project: number, mergeRequestIid: number): Promise<readonly LinkedIssue[]>;
  fetchCommitsOf(project: number, mergeRequestIid: number): Promise<readonly CommitFacts[]>;
  fetchApprovers(project: number, mergeRequestIid: number): Promise<readonly Person[]>;
  /** How far each reviewer is. */
  fetchReviews(project: number, mergeRequestIid: number): Promise<readonly ReviewFacts[]>;
  /** Refused by GitLab when the head has changed. `there` when the own user has already approved. */
  approve(project: number, mergeRequestIid: number, sha: string): Promise<'approved' | 'there'>;
  /** Active milestones of the project and its groups. */
  fetchMilestones(project: number): Promise<readonly MilestoneFacts[]>;
}
