import type { Wording } from '../../bot/commands/run-command.ts';
import { GitLabRefusedError } from '../../errors.ts';
import type { NoteHands } from '../../gitlab/ports/conversations.ts';
import type { Facts } from '../../model/facts.ts';
import type { Desk } from './desk.ts';
import type { NoteToAnswer } from './note-to-answer.ts';

async function fetchHands(noteId: number, { world }: Desk): Promise<NoteHands | null> {
  try {
    return await world.gitlab.fetchNoteHands(noteId);
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    world.log.warn(`GitLab does not say who edited comment ${noteId}: ${error.message}`);
    return null;
  }
}

/**
 * The user whose words a comment has. GitLab is asked if the comment was changed after it was written, and a reaction
 * also counts as a change; `factsOf` returns the facts with another actor.
 */
export async function wordingOf(
  { note }: NoteToAnswer,
  factsOf: (actorId: number) => Promise<Facts>,
  desk: Desk,
): Promise<Wording> {
  if (note.updatedAt === note.createdAt) return { by: 'author' };
  const hands = await fetchHands(note.id, desk);
  // An edit between the two requests is handled with its own event.
  if (hands?.body !== note.body || hands.authorId !== note.authorId) return { by: 'unknown' };
  const { editor } = hands;
  if (editor === null || editor.id === note.authorId) return { by: 'author' };
  return { by: 'other', username: editor.username, facts: await factsOf(editor.id) };
}
