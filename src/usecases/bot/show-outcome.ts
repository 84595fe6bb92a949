import type { Desk } from './desk.ts';
import type { AnsweredNote, NoteToAnswer } from './note-to-answer.ts';

/** What a comment gets at once, so that its author sees that it was read. */
export const seenReaction = 'eyes';

const doneReaction = 'white_check_mark';
const failedReaction = 'x';

/** Puts the reaction on a comment that tells how its commands ended, in the place of all others of the bot. */
export async function showOutcome(
  { on, note, answered }: Pick<AnsweredNote, 'on' | 'note' | 'answered'>,
  { world: { gitlab }, self }: Pick<Desk, 'world' | 'self'>,
): Promise<void> {
  // Another run is at work on it.
  if (answered.includes('working')) return;
  const wanted = answered.every((state) => state === 'done') ? doneReaction : failedReaction;
  const own = (await gitlab.fetchReactions(on, note.id)).filter(({ userId }) => userId === self.id);
  for (const { id, name } of own)
    if (name !== wanted && [seenReaction, doneReaction, failedReaction].includes(name))
      await gitlab.removeReaction(on, note.id, id);
  if (!own.some(({ name }) => name === wanted)) await gitlab.addReaction(on, note.id, wanted);
}

/**
 * Whether the bot's reaction says that the commands of a comment were done, though no answer stands there: somebody
 * deleted it. Nobody but the bot can take the reaction off, so it is what keeps them from being done again. Takes off
 * what this run reacted with.
 */
export async function wasAnswered(
  { on, note }: NoteToAnswer,
  { world: { gitlab, dryRun }, self }: Pick<Desk, 'world' | 'self'>,
): Promise<boolean> {
  const own = (await gitlab.fetchReactions(on, note.id)).filter(({ userId }) => userId === self.id);
  if (!own.some(({ name }) => name === doneReaction || name === failedReaction)) return false;
  const seen = own.find(({ name }) => name === seenReaction);
  if (seen !== undefined && !dryRun) await gitlab.removeReaction(on, note.id, seen.id);
  return true;
}
