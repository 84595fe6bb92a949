import { describe, expect, test } from 'vitest';
import type { MissingBaseline, UnusableReport } from '../../../src/model/comparison.ts';
import { english } from '../../../src/render/words/english.ts';
import { german } from '../../../src/render/words/german.ts';
import { englishIn } from '../english-in.ts';

const unusable: readonly UnusableReport[] = [
  { kind: 'too-complex' },
  { kind: 'not-json' },
  { kind: 'columns' },
  { kind: 'contradiction' },
  { kind: 'schema', found: 1, known: 2 },
  { kind: 'schema', found: null, known: 2 },
  { kind: 'shape', path: 'x' },
];
const missing: readonly MissingBaseline[] = [
  { kind: 'no-token' },
  { kind: 'tag' },
  { kind: 'first-pipeline', ref: 'main' },
  { kind: 'not-returned', ref: 'main' },
  { kind: 'none-finished', ref: 'main' },
  { kind: 'no-report', ref: 'main', jobName: 'herald' },
  { kind: 'no-job', ref: 'main', pipelineId: 7, jobName: 'herald' },
  { kind: 'not-kept', ref: 'main', pipelineId: 7 },
  { kind: 'unusable', ref: 'main', why: { kind: 'columns' } },
  { kind: 'unusable-file', path: 'x.json', why: { kind: 'columns' } },
];
const part = { covered: 1, total: 2, names: '', isCompared: true, start: 1, end: 2 };

/** Whatever a function of the words may take; what does not fit one gives nothing that is a text. */
const samples: readonly (readonly unknown[])[] = [
  [0, 0, 0],
  [1, 1, 1],
  [2, 2, 2],
  [1, 2, 'x'],
  ['x', 'x', part],
  [2, 'x', 'x'],
  ['lines', 2, 2],
  ['new-findings', 2, 'high'],
  ['findings', 1, null],
  [2, 'stable', part],
  [1, 'all', { ...part, isCompared: false }],
  [['x'], 2],
  [2, ['x', 'x'], ['x', 'x']],
  ['behind', 2],
  ['behind', null],
  ['newest', null],
  [{ section: 'x', pattern: 'x', given: 1, required: 2, owners: ['x'] }],
  ['script_failure'],
  ['compilation'],
  ['refused'],
  ['over-limit'],
  [null, null],
  ...unusable.map((why) => [why]),
  ...missing.map((why) => [why]),
];

function said(words: (...given: unknown[]) => unknown): readonly string[] {
  return samples.flatMap((given) => {
    try {
      const text = words(...given);
      return typeof text === 'string' && !text.includes('undefined') ? [text] : [];
    } catch {
      return [];
    }
  });
}

type Leaf = readonly [place: string, words: unknown];

/** Every text and function of a language by its place. */
function leavesOf(words: unknown, place = ''): readonly Leaf[] {
  return typeof words === 'object' && words !== null
    ? Object.entries(words).flatMap(([key, value]) => leavesOf(value, `${place}.${key}`))
    : [[place, words]];
}

const germanWords = leavesOf(german).filter(([place]) => !place.startsWith('.format.'));

/** The same in both languages. */
const names = /^(?:[^\p{L}]|x|Tests?|Jobs?|Stage|Plan|Pipeline|Commit|Suite|Herald|Reports?|Lint|in)*$/u;

describe('German words', () => {
  test.each(germanWords)('%s says something, and nothing in English', (_place, words) => {
    const texts =
      typeof words === 'function' ? said(words as (...given: unknown[]) => unknown) : [String(words)];
    expect(texts).not.toEqual([]);
    expect(texts.flatMap(englishIn)).toEqual([]);
  });

  test('are not the English ones', () => {
    const inEnglish = new Map(leavesOf(english));
    const same = germanWords.filter(
      ([place, words]) => typeof words === 'string' && words === inEnglish.get(place) && !names.test(words),
    );
    expect(same).toEqual([]);
  });
});
