/** What Herald needs of GitLab to know what a release brought; the same rules as in `port.ts`. */
import type { MergedRequest, ReleasedIssue } from '../../model/release.ts';
import type { ReleaseCommit } from '../../model/release-range.ts';
import type { HistoryPages } from './history.ts';

/** A release as people wrote it. */
export interface ReleaseText {
  readonly name: string;
  readonly description: string;
}

export interface CommitList {
  /** Newest first. */
  readonly commits: readonly ReleaseCommit[];
  /** False where there are more. */
  readonly complete: boolean;
}

export interface Releases {
  /**
   * The commits that `to` reaches and `from` does not, a hundred in a request, at most `max`; with null as `from` all
   * that `to` reaches. Null where GitLab does not have them. Source: https://docs.gitlab.com/api/commits/#list-repository-commits
   */
  fetchCommitsBetween(
    project: number,
    range: { readonly from: string | null; readonly to: string },
    max: number,
  ): Promise<CommitList | null>;
  /** The newest commit that both reach; null where there is none. */
  fetchMergeBase(project: number, shas: readonly [string, string]): Promise<string | null>;
  /** Merged ones, the newest first, that changed since one moment and were made before another, ISO 8601. */
  fetchMergedPages(
    project: number,
    window: { readonly changedSince: string | null; readonly madeBefore: string | null },
  ): HistoryPages<MergedRequest>;
  /** The merged ones that brought a commit, or that have it in their branch. */
  fetchMergedOfCommit(project: number, sha: string): Promise<readonly MergedRequest[]>;
  /** Those of these issues that GitLab has and the token sees, a hundred in a request. */
  fetchIssuesByIid(project: number, iids: readonly number[]): Promise<readonly ReleasedIssue[]>;
  /** Null where the tag has no release. */
  fetchReleaseText(project: number, tag: string): Promise<ReleaseText | null>;
  /**
   * Makes the release of a tag that is there, with the tag's name. `there`: it has one already, so that two runs at a
   * time make one. Never makes a tag: for one that does not exist, GitLab refuses.
   */
  createRelease(project: number, tag: string, description: string): Promise<'created' | 'there'>;
  updateReleaseText(project: number, tag: string, description: string): Promise<void>;
}
