import type { Thread } from '../gitlab/ports/conversations.ts';
import type { ReviewThread } from '../model/inline-comment.ts';

/**
 * A thread as what its first note says; null when GitLab itself began it. It is resolved when all of its resolvable
 * notes are resolved.
 */
export function reviewThreadOf({ id, notes }: Thread): ReviewThread | null {
  const [first, ...others] = notes;
  if (first === undefined || first.system) return null;
  const resolvable = notes.filter((note) => note.resolvable);
  const { id: noteId, authorId, body, place, resolvedById } = first;
  return {
    id,
    noteId,
    authorId,
    body,
    place,
    replies: others.filter(({ system }) => !system).map((note) => note.authorId),
    resolvable: resolvable.length > 0,
    resolved: resolvable.length > 0 && resolvable.every(({ resolved }) => resolved),
    resolvedById,
  };
}
