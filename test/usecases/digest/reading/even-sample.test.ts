import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evenSample, sharedOut } from '../../../../src/usecases/digest/reading/even-sample.ts';

describe('an even sample', () => {
  test.each<[number, number, readonly number[]]>([
    [10, 2, [2, 7]],
    [9, 3, [1, 4, 7]],
    [3, 5, [0, 1, 2]],
    [5, 0, []],
  ])('of %i rows takes %i: %j', (size, count, expected) => {
    expect(evenSample([...Array(size).keys()], count)).toEqual(expected);
  });

  test('has as many as asked for, in order, each once, and as many of each half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 600 }), (size, count) => {
        const sample = evenSample([...Array(size).keys()], count);
        expect(sample.length).toBe(Math.min(size, count));
        expect([...sample].sort((a, b) => a - b)).toEqual(sample);
        expect(new Set(sample).size).toBe(sample.length);
        const firstHalf = sample.filter((row) => row < size / 2).length;
        expect(Math.abs(firstHalf - sample.length / 2)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

test.each<[number, readonly number[], readonly number[]]>([
  [10, [20, 20], [5, 5]],
  [10, [2, 20], [2, 8]],
  [10, [20, 1], [9, 1]],
  [10, [3, 3], [3, 3]],
  [0, [3, 3], [0, 0]],
  [-4, [3], [0]],
  [5, [3, 3], [2, 3]],
])('%i places for those who want %j: %j', (places, wanted, given) => {
  expect(sharedOut(places, wanted)).toEqual(given);
});
