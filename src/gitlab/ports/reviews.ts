import type { MergeRequestAddress } from '../../model/context.ts';
import type { DiffVersion, DraftNote } from '../../model/inline-comment.ts';
import type { DiffPosition } from './conversations.ts';

/** A comment on a line of a diff. */
export interface DiffComment extends DiffPosition {
  readonly body: string;
}

/** Versions of the diff of a merge request, and drafts of a review of it. Source: https://docs.gitlab.com/api/draft_notes/ */
export interface Reviews {
  /** The newest version of the diff; null while GitLab has made none. */
  fetchDiffVersion(mergeRequest: MergeRequestAddress): Promise<DiffVersion | null>;
  /** The own user's drafts; null where this GitLab offers none, or not to this token. */
  fetchDraftNotes(mergeRequest: MergeRequestAddress): Promise<readonly DraftNote[] | null>;
  /** Never sent twice. GitLab checks the line only when the draft is published. */
  createDraftNote(mergeRequest: MergeRequestAddress, comment: DiffComment): Promise<void>;
  /** Deleting a draft that no longer exists is not an error. */
  deleteDraftNote(mergeRequest: MergeRequestAddress, draftId: number): Promise<void>;
  /**
   * Publishes all drafts of the own user as one review; after a broken connection the drafts are listed first. With
   * `note`, the review has that text and asks for changes; before 19.2 GitLab ignores it.
   */
  publishDraftNotes(mergeRequest: MergeRequestAddress, note?: string): Promise<void>;
}
