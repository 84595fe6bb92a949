import { GitLabRefusedError } from '../../errors.ts';
import type { Desk } from './desk.ts';
import { type NoteToAnswer, ownReplies } from './note-to-answer.ts';

type Place = Pick<NoteToAnswer, 'on' | 'note' | 'thread'>;

/** A comment that is not a thread: an answer turns it into one. Source: https://docs.gitlab.com/user/discussions/#create-a-thread-by-replying-to-a-standard-comment */
export function standsAlone({ on, thread }: Place): boolean {
  return on.kind === 'merge_request' && thread.notes.length === 1 && thread.notes[0]?.resolvable === false;
}

/**
 * Resolves the thread that the bot's answer made of a comment. Nobody discusses anything there, and it would block the
 * merge where all threads must be resolved. Threads that people started or wrote in stay as they are. If the token
 * cannot resolve the thread, nothing else fails.
 */
export async function settleThread(place: Place, { world, self }: Desk): Promise<void> {
  const { gitlab, log } = world;
  const { on, note, thread } = place;
  // Threads on commits cannot be resolved.
  if (on.kind === 'commit') return;
  const [before] = ownReplies(thread, note.id, self);
  if (!(before?.marker.madeThread ?? standsAlone(place))) return;
  const now = await gitlab.fetchThread(on, thread.id);
  if (now === null) return;
  const isTalk = now.notes.some(({ id, authorId }) => id !== note.id && authorId !== self.id);
  const isOpen = now.notes.some(({ resolvable, resolved }) => resolvable && !resolved);
  if (isTalk || !isOpen) return;
  try {
    await gitlab.setThreadResolved(on, thread.id, true);
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    log.warn(`the thread of comment ${note.id} stays open: ${error.message}`);
  }
}
