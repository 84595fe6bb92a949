import type { Users } from '../gitlab/ports/port.ts';
import type { MergeRequestAddress } from '../model/context.ts';
import type { ReviewThread } from '../model/inline-comment.ts';
import { type MarkedComment, parseInlineMarker } from './inline-marker.ts';
import { encodeKey, type NoteAuthor } from './marker.ts';

/** A thread that this token's user began, with what its marker says. */
export interface OwnThread {
  readonly thread: ReviewThread;
  readonly comment: MarkedComment;
}

/** Which threads of a report are this token's own, and the proof for new ones. */
export interface InlineAuthor {
  ownThread(thread: ReviewThread): Promise<OwnThread | null>;
  /** Names the author of a comment about these things. */
  sign(ids: readonly string[]): Promise<NoteAuthor>;
}

/** The subject of a proof: the comments of one user on one merge request. */
function claim({ project, iid }: MergeRequestAddress, ids: readonly string[], authorId: number): string {
  return JSON.stringify(['herald:inline', project, iid, ids, authorId]);
}

/**
 * As for notes (`note-author.ts`): a comment proves its author, so GitLab is asked for the token's user only where no
 * comment does.
 */
export function inlineAuthorOf(
  gitlab: Users,
  { mergeRequest, key }: { readonly mergeRequest: MergeRequestAddress; readonly key: string },
): InlineAuthor {
  let known: number | null = null;
  const proofOf = (ids: readonly string[], authorId: number): string =>
    gitlab.signature(claim(mergeRequest, ids, authorId));
  const ownId = async (): Promise<number> => {
    known ??= (await gitlab.fetchCurrentUser()).id;
    return known;
  };
  return {
    async ownThread(thread) {
      const comment = parseInlineMarker(thread.body);
      if (comment?.key !== encodeKey(key)) return null;
      const { author, ids } = comment;
      if (author.id === thread.authorId && author.proof === proofOf(ids, author.id)) known ??= author.id;
      return thread.authorId === (await ownId()) ? { thread, comment } : null;
    },
    async sign(ids) {
      const id = await ownId();
      return { id, proof: proofOf(ids, id) };
    },
  };
}
