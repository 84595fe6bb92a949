import type { Desk } from './desk.ts';
import { type NoteToAnswer, ownReplies } from './note-to-answer.ts';

/**
 * Writes the answer into the thread: edits the one that is there, else adds one. Of two runs that add one at the same
 * time the first stands, and the second takes its own away. Null when another's stands.
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
