import type { BotAction, BotWrite } from '../model/bot-write.ts';
import { code, type Document, details, paragraph, text } from '../model/document.ts';
import type { Facts } from '../model/facts.ts';
import { noteableName } from '../model/noteable.ts';
import type { BotSettings } from './settings.ts';

const hour = 3_600_000;

/** The note that collects the text of notes beyond the limit. An edit notifies nobody. */
export const foldedKey = 'folded';

type Comment = Extract<BotAction, { readonly do: 'comment' }>;

interface Excess {
  readonly write: BotWrite;
  readonly action: Comment;
}

function folded(excess: readonly Excess[]): Document {
  return [
    paragraph(
      text(
        'To avoid noise, this comment collects all further messages; the bot updates it without notifications.',
      ),
    ),
    ...excess.map(({ write, action }) => details([code(write.cause.by)], action.document)),
  ];
}

function foldedWrite(excess: readonly Excess[]): readonly BotWrite[] {
  const [first] = excess;
  if (first === undefined) return [];
  const action = { ...first.action, key: foldedKey, document: folded(excess) };
  return [{ action, cause: { ...first.write.cause, by: 'noise budget' } }];
}

/**
 * Limits the bot's notes on one object, in total and within an hour. Existing notes are always edited; one note
 * collects new ones beyond the limits.
 */
export function withinBudget(
  writes: readonly BotWrite[],
  { record, now }: Pick<Facts, 'record' | 'now'>,
  { perObject, perHour }: BotSettings['noise'],
): readonly BotWrite[] {
  const own = (record ?? []).filter(({ kind }) => kind !== 'reply');
  const keys = new Set(own.map(({ key }) => key));
  const recent = own.filter(({ at }) => now.getTime() - Date.parse(at) < hour);
  const room = Math.min(perObject - own.length, perHour - recent.length);
  const said = new Map<string, number>();
  const kept: BotWrite[] = [];
  const excess = new Map<string, Excess[]>();
  for (const write of writes) {
    const { action } = write;
    if (action.do !== 'comment' || keys.has(action.key)) {
      kept.push(write);
      continue;
    }
    // A deployment appears on many merge requests: each has its own budget.
    const object = noteableName(action.on);
    const before = said.get(object) ?? 0;
    said.set(object, before + 1);
    if (before < room) kept.push(write);
    else excess.set(object, [...(excess.get(object) ?? []), { write, action }]);
  }
  return [...kept, ...[...excess.values()].flatMap(foldedWrite)];
}
