import type { Cause } from '../../model/bot-write.ts';
import { shortMarkerText } from '../../model/marker-text.ts';
import type { Noteable } from '../../model/noteable.ts';
import { type BotMark, type MarkOwner, textBelowMark, withBotMark } from '../bot-marker.ts';
import { fetchOwnBotNotes, markOwner, type OwnBotNote } from '../own-bot-notes.ts';
import { done, noteUrl, type Performed, type Performer, type PerformerWorld, there } from './performer.ts';

/** A comment by its key, as Markdown. */
export interface WantedComment {
  readonly on: Noteable;
  readonly key: string;
  readonly text: string;
}

interface Run {
  readonly wanted: WantedComment;
  readonly mark: BotMark;
  readonly owner: MarkOwner;
  readonly world: PerformerWorld;
}

function saysTheSame({ note }: OwnBotNote, { wanted }: Run): boolean {
  return textBelowMark(note.body) === wanted.text.trim();
}

function listOwn({ owner, mark, world }: Run): Promise<readonly OwnBotNote[]> {
  return fetchOwnBotNotes(world.gitlab, owner, mark);
}

/** Updates an existing comment, unless it already has this text. */
async function update(own: OwnBotNote, run: Run): Promise<Performed> {
  const { owner, mark, wanted, world } = run;
  if (saysTheSame(own, run)) return there();
  await world.gitlab.editNoteOf(wanted.on, own.note.id, withBotMark(mark, owner, wanted.text));
  return done(await noteUrl(wanted.on, own.note.id, world.gitlab));
}

async function removeAll(surplus: readonly OwnBotNote[], { wanted, world }: Run): Promise<void> {
  for (const { note } of surplus) await world.gitlab.removeNoteOf(wanted.on, note.id);
}

/**
 * If two runs write the first comment of a key at the same time, the older comment stays, with the text of the younger
 * one, which its own run deletes: as if they had run one after the other.
 */
async function create(run: Run): Promise<Performed> {
  const { owner, mark, wanted, world } = run;
  const created = await world.gitlab.addNoteTo(wanted.on, withBotMark(mark, owner, wanted.text));
  const older = (await listOwn(run)).filter(({ note }) => note.id < created.id);
  const [first] = older;
  if (first === undefined) return done(await noteUrl(wanted.on, created.id, world.gitlab));
  await world.gitlab.removeNoteOf(wanted.on, created.id);
  return update(first, run);
}

/** Makes or updates the one comment of a key. */
export async function writeComment(
  wanted: WantedComment,
  cause: Cause,
  world: PerformerWorld,
): Promise<Performed> {
  const owner = await markOwner(world.gitlab, wanted.on);
  const mark = { ...cause, kind: 'note', key: shortMarkerText(wanted.key) } as const;
  const run = { wanted, mark, owner, world };
  const [first, ...others] = await listOwn(run);
  if (first === undefined) return create(run);
  await removeAll(others, run);
  return update(first, run);
}

/**
 * Writes the comment of a key unless it is there, whatever it says now. True where it was written. `before` is done
 * first, so that the comment says that it is done.
 */
export async function commentOnce(
  wanted: WantedComment,
  cause: Cause,
  { before, ...world }: PerformerWorld & { readonly before: () => Promise<void> },
): Promise<boolean> {
  const { gitlab } = world;
  const owner = await markOwner(gitlab, wanted.on);
  const mark = { ...cause, kind: 'note', key: shortMarkerText(wanted.key) } as const;
  const run = { wanted, mark, owner, world };
  if ((await listOwn(run)).length > 0) return false;
  await before();
  const created = await gitlab.addNoteTo(wanted.on, withBotMark(mark, owner, wanted.text));
  // Two runs at the same time: the older comment stays.
  const isFirst = !(await listOwn(run)).some(({ note }) => note.id < created.id);
  if (!isFirst) await gitlab.removeNoteOf(wanted.on, created.id);
  return isFirst;
}

export const performComment: Performer<'comment'> = ({ on, key, document }, cause, world) =>
  writeComment({ on, key, text: world.renderMarkdown(document) }, cause, world);

export const performRemoveComment: Performer<'removeComment'> = async ({ on, key }, _cause, world) => {
  const owner = await markOwner(world.gitlab, on);
  const own = await fetchOwnBotNotes(world.gitlab, owner, { kind: 'note', key: shortMarkerText(key) });
  for (const { note } of own) await world.gitlab.removeNoteOf(on, note.id);
  return own.length === 0 ? there() : done();
};

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
