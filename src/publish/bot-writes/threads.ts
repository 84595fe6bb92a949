import { shortMarkerText } from '../../model/marker-text.ts';
import type { Noteable } from '../../model/noteable.ts';
import { type MarkOwner, textBelowMark, withBotMark } from '../bot-marker.ts';
import { fetchOwnBotNotes, markOwner, type OwnBotNote } from '../own-bot-notes.ts';
import { done, noteUrl, type Performed, type Performer, type PerformerWorld, there } from './performer.ts';

interface Wanted {
  readonly on: Noteable;
  readonly text: string;
  /** With its marker. */
  readonly body: string;
  /** True when a person asked for it, and not a rule. */
  readonly isAsked: boolean;
}

function fetchOwn({ gitlab }: PerformerWorld, owner: MarkOwner, key: string): Promise<readonly OwnBotNote[]> {
  return fetchOwnBotNotes(gitlab, owner, { kind: 'thread', key: shortMarkerText(key) });
}

/**
 * Reopens it and updates its text. A rule does not touch a thread that a person has resolved: that was their answer.
 */
async function renew(own: OwnBotNote, wanted: Wanted, world: PerformerWorld): Promise<Performed> {
  const { gitlab } = world;
  const { note, threadId } = own;
  const isSame = textBelowMark(note.body) === wanted.text.trim();
  if (!note.resolved && isSame) return there();
  if (note.resolved && !wanted.isAsked && note.resolvedById !== note.authorId)
    return there(null, 'Somebody has resolved the thread.');
  if (!isSame) await gitlab.editNoteOf(wanted.on, note.id, wanted.body);
  if (note.resolved) await gitlab.setThreadResolved(wanted.on, threadId, false);
  return done(await noteUrl(wanted.on, note.id, gitlab));
}

export const performOpenThread: Performer<'openThread'> = async ({ on, key, document }, cause, world) => {
  const { gitlab } = world;
  const owner = await markOwner(gitlab, on);
  const text = world.renderMarkdown(document);
  const body = withBotMark({ ...cause, kind: 'thread', key }, owner, text);
  const wanted = { on, text, body, isAsked: cause.by.startsWith('command ') };
  const [existing] = await fetchOwn(world, owner, key);
  if (existing !== undefined) return renew(existing, wanted, world);

  const created = await gitlab.startThread(on, body);
  const createdId = created.notes[0]?.id ?? 0;
  // If two runs start one at the same time, the older thread stays.
  const [first] = await fetchOwn(world, owner, key);
  if (first === undefined || first.note.id >= createdId) return done(await noteUrl(on, createdId, gitlab));
  await gitlab.removeNoteOf(on, createdId);
  return renew(first, wanted, world);
};

export const performResolveThread: Performer<'resolveThread'> = async ({ on, key }, _cause, world) => {
  const owner = await markOwner(world.gitlab, on);
  const open = (await fetchOwn(world, owner, key)).filter(({ note }) => note.resolvable && !note.resolved);
  for (const { threadId } of open) await world.gitlab.setThreadResolved(on, threadId, true);
  return open.length === 0 ? there() : done();
};
