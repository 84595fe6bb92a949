import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createTestIndex,
  durationCode,
  eachSlot,
  findByHalves,
  findSlot,
  findTest,
  halvesOf,
  idAt,
  outcomeOfCode,
  secondsOfCode,
} from '../../src/model/test-index.ts';
import type { TestIndex, TestOutcome } from '../../src/model/tests.ts';

const outcomes: readonly TestOutcome[] = ['passed', 'failed', 'errored', 'skipped'];
const half = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  // Halves that fall on the same and on neighbouring slots.
  fc.constantFrom(0, 1, 64, 128, 0xffffffc0, 0xffffffff),
);
const entries = fc.array(fc.tuple(half, half, fc.constantFrom(...outcomes)), { maxLength: 300 });

function indexOf(list: readonly (readonly [number, number, TestOutcome])[]): TestIndex {
  const index = createTestIndex();
  for (const [high, low, outcome] of list) index.set(high, low, outcome);
  return index.finish();
}

function idOf(high: number, low: number): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

function contentOf(index: TestIndex): ReadonlyMap<string, TestOutcome> {
  const content = new Map<string, TestOutcome>();
  eachSlot(index, (slot) =>
    content.set(idAt(index, slot), outcomeOfCode(index.outcomes[slot] ?? 0) ?? 'passed'),
  );
  return content;
}

describe('the test index', () => {
  test('holds what a map holds', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const map = new Map(list.map(([high, low, outcome]) => [idOf(high, low), outcome]));
        const index = indexOf(list);
        expect(index.size).toBe(map.size);
        expect(contentOf(index)).toEqual(map);
        for (const [id, outcome] of map) expect(findTest(index, id)).toBe(outcome);
        for (const [high, low] of list)
          expect(findByHalves(index, high, (low ^ 5) >>> 0)).toBe(
            map.get(idOf(high, (low ^ 5) >>> 0)) ?? null,
          );
      }),
    );
  });

  test('is never more than three quarters full', () => {
    const index = createTestIndex();
    for (let number = 0; number < 5_000; number += 1) {
      index.set(number, number * 64, 'passed');
      const { size, outcomes: slots } = index.finish();
      expect(size * 4).toBeLessThanOrEqual(slots.length * 3);
    }
  });

  test('keeps how long a test took while it grows', () => {
    const index = createTestIndex();
    for (let number = 0; number < 1_000; number += 1)
      index.setDuration(index.set(number, number * 7, 'passed'), number / 10);
    const table = index.finish();
    for (const number of [0, 1, 500, 999])
      expect(secondsOfCode(table.durations[findSlot(table, number, number * 7)] ?? 0)).toBeCloseTo(
        number / 10,
        1,
      );
  });

  test('a run that does not say how long it took leaves what is known', () => {
    const index = createTestIndex();
    const slot = index.set(1, 2, 'failed');
    index.setDuration(slot, 3);
    index.setDuration(index.set(1, 2, 'passed'), null);
    expect(secondsOfCode(index.finish().durations[slot] ?? 0)).toBeCloseTo(3, 2);
  });

  test('durations survive their code to a thousandth, from a millisecond to days', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 900_000, noNaN: true }), (seconds) => {
        expect(Math.abs((secondsOfCode(durationCode(seconds)) ?? 0) - seconds) / seconds).toBeLessThan(0.001);
      }),
    );
    expect([durationCode(-1), durationCode(Number.NaN), durationCode(1e12)]).toEqual([1, 0, 65_535]);
    expect([secondsOfCode(0), secondsOfCode(1)]).toEqual([null, 0]);
  });

  test.each(['', '123', 'ABCDEF0123456789', '000000010000000z', '00000001000000020'])(
    'finds nothing under the id "%s"',
    (id) => {
      expect([halvesOf(id), findTest(indexOf([[1, 2, 'passed']]), id)]).toEqual([null, null]);
    },
  );

  test('of no tests has no room for one, and finds none', () => {
    const empty: TestIndex = {
      size: 0,
      high: new Uint32Array(0),
      low: new Uint32Array(0),
      outcomes: new Uint8Array(0),
      durations: new Uint16Array(0),
    };
    expect(findSlot(empty, 1, 2)).toBe(-1);
    expect(findTest(empty, '0000000100000002')).toBeNull();
  });

  test('codes outcomes as the artifact of earlier runs has them', () => {
    expect([1, 2, 3, 4].map(outcomeOfCode)).toEqual(outcomes);
  });

  test('0 is the code of no outcome', () => {
    expect([outcomeOfCode(0), outcomeOfCode(5)]).toEqual([null, null]);
  });
});
