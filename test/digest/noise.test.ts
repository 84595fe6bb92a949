import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomOf } from '../../src/demo/made-up-pipelines.ts';
import { type Evidence, isBeyondNoise } from '../../src/digest/noise.ts';
import { runs } from '../property-runs.ts';

const values = (...all: readonly number[]): Evidence => ({
  kind: 'values',
  sorted: Float64Array.from(all).sort(),
});
const share = (part: number, whole: number): Evidence => ({ kind: 'share', part, whole });
const count = (n: number, days = 30): Evidence => ({ kind: 'count', amount: n, n, squares: n, days });
const weighted = (weights: readonly number[], days = 30): Evidence => ({
  kind: 'count',
  amount: weights.reduce((sum, weight) => sum + weight, 0),
  n: weights.length,
  squares: weights.reduce((sum, weight) => sum + weight ** 2, 0),
  days,
});
const upTo = (n: number, from = 1): readonly number[] =>
  Array.from({ length: n }, (_, index) => from + index);

describe('medians', () => {
  test('need ten values on both sides', () => {
    expect(isBeyondNoise(values(...upTo(10)), values(...upTo(10, 101)))).toBe(true);
    expect(isBeyondNoise(values(...upTo(9)), values(...upTo(200, 101)))).toBe(false);
  });

  test('do not differ where the values are mixed, or all equal', () => {
    expect(isBeyondNoise(values(...upTo(20)), values(...upTo(20)))).toBe(false);
    expect(isBeyondNoise(values(...upTo(20).map(() => 7)), values(...upTo(20).map(() => 7)))).toBe(false);
  });

  test('are compared by rank: one huge value changes nothing', () => {
    expect(isBeyondNoise(values(...upTo(20)), values(...upTo(19), 1e9))).toBe(false);
  });

  test.each<readonly [number, number, boolean]>([
    // The table of Mann and Whitney's U has 16 as the critical value for ten and ten at 0.01, two-sided, and 27 for
    // twelve and twelve. The normal distribution with the correction for continuity is a little more careful:
    // |15 − 50| − 0.5 is 2.61 deviations of 13.23, |16 − 50| − 0.5 is 2.53;
    // |26 − 72| − 0.5 is 2.63 deviations of 17.32, |27 − 72| − 0.5 is 2.569 (2.598 without the correction).
    [10, 15, true],
    [10, 16, false],
    [12, 26, true],
    [12, 27, false],
  ])('of %s and as many with U = %s differ: %s', (n, u, expected) => {
    // A value of the second list that has k of the first list below it adds k to U of the second.
    const first = upTo(n).map((value) => value * 10);
    let left = u;
    const second = upTo(n).map((_, index) => {
      const below = Math.min(left, n - 1);
      left -= below;
      return below * 10 + 5 + index / 100;
    });
    expect(left).toBe(0);
    expect(isBeyondNoise(values(...first), values(...second))).toBe(expected);
    expect(isBeyondNoise(values(...second), values(...first))).toBe(expected);
  });
});

describe('shares', () => {
  test.each<readonly [string, Evidence, Evidence, boolean]>([
    // Pooled 0.4: z = 0.2 / √(0.24 × 2/100) = 2.887
    ['50 and 30 of 100', share(50, 100), share(30, 100), true],
    // Pooled 0.425: z = 0.15 / √(0.244375 × 2/100) = 2.146
    ['50 and 35 of 100', share(50, 100), share(35, 100), false],
    ['five of nine and none of a thousand', share(5, 9), share(0, 1000), false],
    ['none of ten and nine of ten', share(0, 10), share(9, 10), false],
    ['none of twenty and nineteen of twenty', share(0, 20), share(19, 20), true],
  ])('%s', (_case, one, other, expected) => {
    expect(isBeyondNoise(one, other)).toBe(expected);
    expect(isBeyondNoise(other, one)).toBe(expected);
  });
});

describe('counts', () => {
  test.each<readonly [string, Evidence, Evidence, boolean]>([
    // Given ten in all, ten on one side have a chance of 2 / 2^10 = 0.002, nine 2 × 11 / 2^10 = 0.021.
    ['ten and none', count(10), count(0), true],
    ['nine and one', count(9), count(1), false],
    ['nine in all are too few', count(9), count(0), false],
    // The same number in ten times the time: of 20, at least 10 with a chance of 1/11 each are rarer than 0.01.
    ['ten in 3 days and ten in 30', count(10, 3), count(10, 30), true],
    ['30 in 30 days and 31 in 31', count(30, 30), count(31, 31), false],
    // z = 400 / √(5600 + 5200 …): (3000 − 2600) / √5600 = 5.3
    ['3000 and 2600', count(3000), count(2600), true],
    // (3000 − 2900) / √5900 = 1.3
    ['3000 and 2900', count(3000), count(2900), false],
    ['nothing was counted at all', count(10, 0), count(0, 0), false],
  ])('%s', (_case, one, other, expected) => {
    expect(isBeyondNoise(one, other)).toBe(expected);
    expect(isBeyondNoise(other, one)).toBe(expected);
  });

  test('with weights vary more: one heavy thing is no change', () => {
    expect(isBeyondNoise(weighted(upTo(50).map(() => 2)), weighted(upTo(20).map(() => 2)))).toBe(true);
    // 2000 more, but the one that weighs 2000 could as well have been on the other side: z = 1.
    const heavy = weighted([...upTo(20).map(() => 2), 2000]);
    expect(isBeyondNoise(heavy, weighted(upTo(21).map(() => 2)))).toBe(false);
    expect(isBeyondNoise(weighted(upTo(9).map(() => 200)), weighted(upTo(50).map(() => 2)))).toBe(false);
  });
});

test('figures of two kinds are not compared', () => {
  expect(isBeyondNoise(values(...upTo(50)), share(50, 50))).toBe(false);
});

test('of figures that do not change, about one in a hundred is called changed', () => {
  let alarms = 0;
  for (let seed = 1; seed <= 1000; seed += 1) {
    const next = randomOf(seed * 7919);
    const one = upTo(30).map(() => -Math.log(next()));
    const other = upTo(40).map(() => -Math.log(next()));
    if (isBeyondNoise(values(...one), values(...other))) alarms += 1;
  }
  // One per cent of 1000 is 10; 25 or more happen by chance in one of 20,000 cases.
  expect(alarms).toBeGreaterThan(0);
  expect(alarms).toBeLessThan(25);
});

/** The chance of the rank sum by trying every way to deal the values to the two sides, for small lists. */
function exactRankTest(one: readonly number[], other: readonly number[]): number {
  const all = [...one, ...other].sort((left, right) => left - right);
  const ranks = all.map(
    (value) => all.indexOf(value) + (all.filter((same) => same === value).length + 1) / 2,
  );
  const middle = (one.length * (all.length + 1)) / 2;
  const seen = Math.abs(one.reduce((sum, value) => sum + (ranks[all.indexOf(value)] ?? 0), 0) - middle);
  // How many choices of so many ranks have each sum: sums of halves, doubled.
  const ways = new Map<string, number>([['0 0', 1]]);
  for (const rank of ranks) {
    for (const [key, number] of [...ways]) {
      const [size = 0, sum = 0] = key.split(' ').map(Number);
      if (size >= one.length) continue;
      const next = `${size + 1} ${sum + 2 * rank}`;
      ways.set(next, (ways.get(next) ?? 0) + number);
    }
  }
  const complete = [...ways].filter(([key]) => Number(key.split(' ')[0]) === one.length);
  const extreme = complete.filter(([key]) => Math.abs(Number(key.split(' ')[1]) / 2 - middle) >= seen - 1e-9);
  const total = (entries: readonly (readonly [string, number])[]): number =>
    entries.reduce((sum, [, number]) => sum + number, 0);
  return total(extreme) / total(complete);
}

test('the rank test agrees with the exact chance, but close to the limit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 15 }), { minLength: 10, maxLength: 12 }),
      fc.array(fc.integer({ min: 4, max: 20 }), { minLength: 10, maxLength: 12 }),
      (one, other) => {
        const exact = exactRankTest(one, other);
        const found = isBeyondNoise(values(...one), values(...other));
        expect(exact < 0.006 ? found : exact > 0.016 ? !found : true).toBe(true);
      },
    ),
    { numRuns: runs(300) },
  );
});
