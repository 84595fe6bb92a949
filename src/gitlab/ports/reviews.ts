import type { MergeRequestAddress } from '../../model/context.ts';
import type { DiffSpot, DiffVersion, DraftNote, ReviewThread } from '../../model/inline-comment.ts';

/** A comment on a line of a diff. */
export interface DiffComment {
  readonly body: string;
  readonly spot: DiffSpot;
  readonly version: DiffVersion;
}

/** Comments on the diff of a merge request. Sources: https://docs.gitlab.com/api/discussions/ and https://docs.gitlab.com/api/draft_notes/ */
export interface Reviews {
  /** The newest version of the diff; null while GitLab has made none. */
  fetchDiffVersion(mergeRequest: MergeRequestAddress): Promise<DiffVersion | null>;
  /** All threads, up to 100 a page, oldest first; the next page is requested only when it is asked for. */
  fetchReviewThreadPages(mergeRequest: MergeRequestAddress): AsyncIterable<readonly ReviewThread[]>;
  /** Never sent twice: after a broken connection the threads are listed first. Refused with 400 for a line that the diff does not show. */
  startDiffThread(mergeRequest: MergeRequestAddress, comment: DiffComment): Promise<void>;
  setReviewThreadResolved(
    mergeRequest: MergeRequestAddress,
    threadId: string,
    resolved: boolean,
  ): Promise<void>;
  /** The own user's drafts; null where this GitLab offers none, or not to this token. */
  fetchDraftNotes(mergeRequest: MergeRequestAddress): Promise<readonly DraftNote[] | null>;
  /** Never sent twice. GitLab checks the line only when the draft is published. */
  createDraftNote(mergeRequest: MergeRequestAddress, comment: DiffComment): Promise<void>;
  /** Deleting what is gone already is no error. */
  deleteDraftNote(mergeRequest: MergeRequestAddress, draftId: number): Promise<void>;
  /** Publishes all drafts of the own user as one review; after a broken connection the drafts are listed first. */
  publishDraftNotes(mergeRequest: MergeRequestAddress): Promise<void>;
}
