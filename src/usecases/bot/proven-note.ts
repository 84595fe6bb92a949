import { isRecent } from '../../bot/confirmed-names.ts';
import type { Occurrence } from '../../bot/occurrence.ts';
import type { Desk } from './desk.ts';
import { whyNobodysWords } from './note-to-answer.ts';

/**
 * The occurrence with its comment as GitLab has it: its words, and who wrote it, which the payload only claims. Occurrences without a comment
 * stay as they are. In words why nothing is done for what a bot or GitLab itself wrote, or what is gone.
 */
export async function withProvenNote(
  occurrence: Occurrence,
  { world, self, settings }: Desk,
): Promise<Occurrence | string> {
  const { note, subject: on } = occurrence;
  if (note === null) return occurrence;
  const thread =
    on === null || note.threadId === null ? null : await world.gitlab.fetchThread(on, note.threadId);
  const found = thread?.notes.find(({ id }) => id === note.id);
  if (found === undefined) return 'the comment is gone, or GitLab does not show it';
  const reason = whyNobodysWords(found, self, settings);
  if (reason !== null) return reason;
  const now = world.clock.now();
  if (!isRecent(found.updatedAt, now)) return 'the comment is older than the event';
  const isNew = occurrence.names.includes('note.created') && isRecent(found.createdAt, now);
  const isSo = new Map([
    ['note.created', isNew],
    ['note.edited', found.updatedAt !== found.createdAt],
  ]);
  return {
    ...occurrence,
    names: occurrence.names.filter((name) => isSo.get(name) ?? true),
    // Who edits a comment need not be who wrote it.
    actorId: isNew ? found.authorId : null,
    confidential: occurrence.confidential || found.internal,
    note: { ...note, text: found.body },
  };
}
