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
 * Whose words a comment has. GitLab is asked where it was changed since it was written, which a reaction does as well;
 * `factsOf` gives the facts with another actor.
 */
export async function wordingOf(
  { note }: NoteToAnswer,
  factsOf: (actorId: number) => Promise<Facts>,
  desk: Desk,
): Promise<Wording> {
  if (note.updatedAt === note.createdAt) return { by: 'author' };
  const hands = await fetchHands(note.id, desk);
  // What was edited between the two looks is judged when its own event comes.
  if (hands?.body !== note.body || hands.authorId !== note.authorId) return { by: 'unknown' };
  const { editor } = hands;
  if (editor === null || editor.id === note.authorId) return { by: 'author' };
  return { by: 'other', username: editor.username, facts: await factsOf(editor.id) };
}
