import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pipeline } from '../../src/model/pipeline.ts';
import { failingStretch } from '../../src/trail/first-bad.ts';
import { aPipeline } from '../builders.ts';

/** Pipelines 1, 2, 3 … of a branch: `s` passed, `f` failed. */
function pipelinesOf(letters: string): readonly Pipeline[] {
  return letters
    .split('')
    .map((letter, index) => aPipeline({ id: index + 1, status: letter === 's' ? 'success' : 'failed' }));
}

/** What is found for the last one of them, as ids. */
function found(letters: string, order = (all: readonly Pipeline[]) => all): object | null {
  const all = pipelinesOf(letters);
  const latest = all.at(-1);
  if (latest === undefined) return null;
  const stretch = failingStretch(order(all), latest);
  return stretch === null
    ? null
    : { first: stretch.first.id, count: stretch.count, before: stretch.before?.id ?? null };
}

describe('row 65: the first bad pipeline of a branch', () => {
  test.each([
    ['the only one', 'f', { first: 1, count: 1, before: null }],
    ['after one that passed', 'sf', { first: 2, count: 1, before: 1 }],
    ['the oldest of several', 'fsfff', { first: 3, count: 3, before: 2 }],
    ['of a relapse', 'sffsf', { first: 5, count: 1, before: 4 }],
    ['that the latest ended', 'sffs', { first: 2, count: 2, before: 1 }],
    ['nothing where the one before passed too', 'fss', null],
    ['nothing where the first one passed', 's', null],
  ])('%s: %s', (_what, letters, expected) => {
    expect(found(letters)).toEqual(expected);
  });

  test('is not changed by later pipelines, nor by the latest missing from the list', () => {
    const all = pipelinesOf('sffsf');
    const third = all[2] ?? aPipeline();
    expect(failingStretch(all, third)).toMatchObject({ first: { id: 2 }, count: 2, before: { id: 1 } });
    expect(failingStretch(all.slice(0, 2), third)).toMatchObject({ first: { id: 2 }, count: 2 });
  });

  test('is what a plain search of the text of results finds, in whatever order GitLab lists them', () => {
    const letters = fc.array(fc.constantFrom('s', 'f'), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(letters, fc.integer(), (all, seed) => {
        const text = all.join('');
        const failed = /(f+)s?$/.exec(text);
        const length = failed?.[1]?.length ?? 0;
        const start = failed?.index ?? 0;
        const expected =
          failed === null ? null : { first: start + 1, count: length, before: start === 0 ? null : start };
        const shuffled = (list: readonly Pipeline[]): readonly Pipeline[] =>
          list.toSorted((a, b) => ((a.id * 7919 + seed) % 31) - ((b.id * 7919 + seed) % 31));
        expect(found(text, shuffled)).toEqual(expected);
      }),
    );
  });
});
