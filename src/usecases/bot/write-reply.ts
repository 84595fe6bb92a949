import { GitLabAnswerError } from '../../errors.ts';
import type { Conversations } from '../../gitlab/ports/conversations.ts';
import type { Desk } from './desk.ts';
import { fetchTalk } from './fetch-talk.ts';
import { type NoteToAnswer, ownReplies } from './note-to-answer.ts';

type Talks = Pick<Conversations, 'replyInThread' | 'startThread'>;

async function addReply({ on, thread }: NoteToAnswer, body: string, gitlab: Talks): Promise<number> {
  if (on.kind !== 'commit' || !thread.individual) return (await gitlab.replyInThread(on, thread.id, body)).id;
  const { notes } = await gitlab.startThread(on, body);
  const [first] = notes;
  if (first === undefined) {
    const request = 'POST repository/commits/:sha/discussions';
    throw new GitLabAnswerError('GitLab made a thread without a comment', { status: 201, request });
  }
  return first.id;
}

/**
 * Writes the answer into the thread: edits an existing one, else adds one. If two runs add one at the same time, the
 * first stays, and the second run deletes its own. Null when the answer of another run stays.
 */
export async function writeReply(
  todo: NoteToAnswer,
  { replyId, body }: { readonly replyId: number | null; readonly body: string },
  { world: { gitlab }, self }: Desk,
): Promise<number | null> {
  const { on, thread, note } = todo;
  if (replyId !== null) {
    await gitlab.editNoteOf(on, replyId, body);
    return replyId;
  }
  const created = await addReply(todo, body, gitlab);
  const now = await fetchTalk(on, thread.id, gitlab);
  const replies = now === null ? [] : ownReplies(now, note.id, self);
  const first = Math.min(...replies.map(({ noteId }) => noteId), created);
  if (first === created) return created;
  await gitlab.removeNoteOf(on, created);
  return null;
}
