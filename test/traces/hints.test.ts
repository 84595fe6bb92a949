import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHintFinder } from '../../src/traces/patterns/hints.ts';
import { patterns } from '../../src/traces/patterns/registry.ts';

const hints = [...new Set(patterns.flatMap(({ hint }) => hint))];
const hintsIn = createHintFinder(hints);

/** By JavaScript's own expressions, of which `i` without `u` compares letters of ASCII with those of ASCII only. */
const expressions = hints
  .toSorted((a, b) => b.length - a.length)
  .map((hint) => ({ hint, here: new RegExp(hint.replace(/[^\w ]/gu, '\\$&'), 'iy') }));

function slowly(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (let at = 0; at < text.length; at += 1) {
    const longest = expressions.find(({ here }) => {
      here.lastIndex = at;
      return here.test(text);
    });
    if (longest !== undefined) found.add(longest.hint);
  }
  return found;
}

const begun = fc
  .tuple(fc.constantFrom(...hints), fc.nat(30), fc.boolean())
  .map(([hint, end, isUpper]) => (isUpper ? hint.toUpperCase() : hint).slice(0, end + 1));
const lines = fc.array(
  fc.oneof(begun, fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom('ſ', 'K', 'İ', ' ')),
  {
    maxLength: 12,
  },
);

test('finds what the expressions of the hints find, the longest at each place', () => {
  fc.assert(
    fc.property(lines, (parts) => {
      const line = parts.join('');
      expect(new Set(hintsIn(line))).toEqual(slowly(line));
    }),
    { numRuns: 300 },
  );
});

test('a hint is found inside of another, at its own place, and in any case', () => {
  const find = createHintFinder(['error', 'error: ', 'or: x', '✗']);
  expect([...find('ERROR: x')]).toEqual(['error: ', 'or: x']);
  expect([...find('errors ✗')]).toEqual(['error', '✗']);
  expect([...find('nothing')]).toEqual([]);
});
