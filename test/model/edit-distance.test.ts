import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance } from '../../src/model/edit-distance.ts';

/** By the definition, straight down, without rows and limits. */
function byDefinition(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [[firstA, secondA], [firstB, secondB]] = [a, b];
  const isSwap = firstA === secondB && secondA === firstB;
  return Math.min(
    byDefinition(a.slice(1), b.slice(1)) + (firstA === firstB ? 0 : 1),
    byDefinition(a.slice(1), b) + 1,
    byDefinition(a, b.slice(1)) + 1,
    isSwap ? byDefinition(a.slice(2), b.slice(2)) + 1 : Infinity,
  );
}

describe('edits from one text to another', () => {
  test.each([
    ['', '', 0],
    ['kitten', 'sitting', 3],
    ['reprot', 'report', 1],
    ['retyr', 'retry', 1],
    ['ca', 'abc', 3],
    ['src/mian.ts', 'src/main.ts', 1],
  ])('%j to %j', (from, to, edits) => {
    expect(editDistance(from, to, 9)).toBe(edits);
    expect(editDistance(to, from, edits)).toBe(edits);
    expect(editDistance(from, to, edits - 1)).toBe(Infinity);
  });

  test('whatever the texts and the limit', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 7 }), (from, to, limit) => {
        const edits = byDefinition(from, to);
        expect(editDistance(from, to, limit)).toBe(edits > limit ? Infinity : edits);
      }),
      { numRuns: 2_000 },
    );
  });
});
