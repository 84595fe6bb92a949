import type { Desk } from './desk.ts';
import { type NoteToAnswer, ownReplies } from './note-to-answer.ts';

/**
 * Writes the answer into the thread: edits an existing one, else adds one. If two runs add one at the same time, the
 * first stays, and the second run deletes its own. Null when the answer of another run stays.
 */
export async function writeReply(
  { on, thread, note }: NoteToAnswer,
  { replyId, body }: { readonly replyId: number | null; readonly body: string },
  { world: { gitlab }, self }: Desk,
): Promise<number | null> {
  if (replyId !== null) {
    await gitlab.editNoteOf(on, replyId, body);
    return replyId;
  }
  const created = await gitlab.replyInThread(on, thread.id, body);
  const now = await gitlab.fetchThread(on, thread.id);
  const replies = now === null ? [] : ownReplies(now, note.id, self);
  const first = Math.min(...replies.map(({ noteId }) => noteId), created.id);
  if (first === created.id) return created.id;
  await gitlab.removeNoteOf(on, created.id);
  return null;
}
