import { describe, expect, test } from 'vitest';
import { foldedKey, withinBudget } from '../../src/bot/noise.ts';
import type { BotWrite } from '../../src/model/bot-write.ts';
import { paragraph, text } from '../../src/model/document.ts';
import { anOwnRecord, theFacts } from './builders.ts';

function aComment(key: string, iid = 17): BotWrite {
  const on = { kind: 'merge_request', project: 42, iid } as const;
  return {
    action: { do: 'comment', on, key, document: [paragraph(text(key))] },
    cause: { by: `rule ${key}`, event: 'note', config: null, permission: null },
  };
}

const keysOf = (writes: readonly BotWrite[]): readonly string[] =>
  writes.map(({ action }) => (action.do === 'comment' ? `${action.on.iid}:${action.key}` : action.do));

const budget = { perObject: 3, perHour: 2 };

describe('how much the bot says', () => {
  test('what fits is said', () => {
    expect(keysOf(withinBudget([aComment('a'), aComment('b')], theFacts(), budget))).toEqual([
      '17:a',
      '17:b',
    ]);
  });

  test('what is beyond it is told in one note together', () => {
    const writes = withinBudget(
      [aComment('a'), aComment('b'), aComment('c'), aComment('d')],
      theFacts(),
      budget,
    );
    expect(keysOf(writes)).toEqual(['17:a', '17:b', `17:${foldedKey}`]);
    expect(JSON.stringify(writes.at(-1))).toContain('rule d');
  });

  test('a note that is there is edited whatever the number', () => {
    const record = ['a', 'b', 'c'].map((key) => anOwnRecord({ key }));
    expect(keysOf(withinBudget([aComment('a'), aComment('x')], theFacts({ record }), budget))).toEqual([
      '17:a',
      `17:${foldedKey}`,
    ]);
  });

  test('answers to commands do not count', () => {
    const record = ['1', '2', '3'].map((key) => anOwnRecord({ key, kind: 'reply' }));
    expect(keysOf(withinBudget([aComment('a')], theFacts({ record }), budget))).toEqual(['17:a']);
  });

  test('each object has a budget of its own, and nothing of one is told on another', () => {
    const writes = withinBudget(
      [1, 2, 3].flatMap((iid) => ['a', 'b', 'c'].map((key) => aComment(key, iid))),
      theFacts(),
      budget,
    );
    expect(keysOf(writes)).toEqual([
      ...['1:a', '1:b', '2:a', '2:b', '3:a', '3:b'],
      ...[1, 2, 3].map((iid) => `${iid}:${foldedKey}`),
    ]);
  });

  test('what says nothing is not counted', () => {
    const label: BotWrite = {
      ...aComment('a'),
      action: { do: 'label', on: { kind: 'issue', project: 42, iid: 1 }, add: ['x'], remove: [] },
    };
    expect(withinBudget([label, label, label, label], theFacts(), budget)).toHaveLength(4);
  });
});
