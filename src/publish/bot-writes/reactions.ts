import { done, there } from './performed.ts';
import type { Performer } from './performer.ts';

export const performReact: Performer<'react'> = async ({ on, noteId, emoji }, _cause, { gitlab }) => {
  const outcome = await gitlab.addReaction(on, noteId, emoji);
  return outcome === 'added' ? done() : there();
};

/** Takes off the own user's reaction only. */
export const performUnreact: Performer<'unreact'> = async ({ on, noteId, emoji }, _cause, { gitlab }) => {
  const { id: self } = await gitlab.fetchCurrentUser();
  const given = await gitlab.fetchReactions(on, noteId);
  const own = given.filter(({ name, userId }) => name === emoji && userId === self);
  for (const { id } of own) await gitlab.removeReaction(on, noteId, id);
  return own.length === 0 ? there() : done();
};
