import type { Desk } from './desk.ts';
import type { AnsweredNote, NoteToAnswer } from './note-to-answer.ts';

/** The reaction that a comment gets at once, so that its author sees that the bot has read it. */
const seenReaction = 'eyes';

const doneReaction = 'white_check_mark';
const failedReaction = 'x';

/**
 * Shows that the bot has read a comment. Comments on commits have no reactions in the API:
 * https://docs.gitlab.com/api/emoji_reactions/
 */
export async function showSeen(
  { on, note }: Pick<NoteToAnswer, 'on' | 'note'>,
  { gitlab }: Pick<Desk['world'], 'gitlab'>,
): Promise<void> {
  if (on.kind !== 'commit') await gitlab.addReaction(on, note.id, seenReaction);
}

/** Adds the reaction that shows the outcome of a comment's commands, and removes all other reactions of the bot. */
export async function showOutcome(
  { on, note, answered }: Pick<AnsweredNote, 'on' | 'note' | 'answered'>,
  { world: { gitlab }, self }: Pick<Desk, 'world' | 'self'>,
): Promise<void> {
  if (on.kind === 'commit') return;
  // Another run is working on it.
  if (answered.includes('working')) return;
  const wanted = answered.every((state) => state === 'done') ? doneReaction : failedReaction;
  const own = (await gitlab.fetchReactions(on, note.id)).filter(({ userId }) => userId === self.id);
  for (const { id, name } of own)
    if (name !== wanted && [seenReaction, doneReaction, failedReaction].includes(name))
      await gitlab.removeReaction(on, note.id, id);
  if (!own.some(({ name }) => name === wanted)) await gitlab.addReaction(on, note.id, wanted);
}

/**
 * Whether the bot's reaction shows that the commands of a comment were done although there is no answer, because
 * somebody deleted it. Only the bot can remove the reaction, so it prevents doing them again. Removes the reaction of
 * this run.
 */
export async function wasAnswered(
  { on, note }: NoteToAnswer,
  { world: { gitlab, dryRun }, self }: Pick<Desk, 'world' | 'self'>,
): Promise<boolean> {
  if (on.kind === 'commit') return false;
  const own = (await gitlab.fetchReactions(on, note.id)).filter(({ userId }) => userId === self.id);
  if (!own.some(({ name }) => name === doneReaction || name === failedReaction)) return false;
  const seen = own.find(({ name }) => name === seenReaction);
  if (seen !== undefined && !dryRun) await gitlab.removeReaction(on, note.id, seen.id);
  return true;
}
