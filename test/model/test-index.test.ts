import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createTestIndex,
  eachTest,
  findByHalves,
  findTest,
  halvesOf,
  indexFromBytes,
  indexToBytes,
  outcomeOfCode,
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
  eachTest(index, (high, low, outcome) => content.set(idOf(high, low), outcome));
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

  test('survives being written and read, and equal contents are equal bytes', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const bytes = indexToBytes(indexOf(list));
        expect(contentOf(indexFromBytes(bytes))).toEqual(contentOf(indexOf(list)));
        const last = new Map(list.map((entry) => [idOf(entry[0], entry[1]), entry]));
        expect(indexToBytes(indexOf([...last.values()].toReversed()))).toEqual(bytes);
      }),
    );
  });

  test('reads any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(indexFromBytes(bytes).size).toBeLessThanOrEqual(Math.floor(bytes.length / 9));
      }),
    );
  });

  test('leaves out records of unknown outcomes and a torn last one', () => {
    const bytes = Uint8Array.from([0, 0, 0, 1, 0, 0, 0, 2, 1, 0, 0, 0, 3, 0, 0, 0, 4, 9, 0, 0, 0, 5]);
    expect([...contentOf(indexFromBytes(bytes))]).toEqual([['0000000100000002', 'passed']]);
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
    };
    expect(findTest(empty, '0000000100000002')).toBeNull();
  });

  test('codes outcomes as the artifact of earlier runs has them', () => {
    expect([1, 2, 3, 4].map(outcomeOfCode)).toEqual(outcomes);
  });

  test('0 is the code of no outcome', () => {
    expect([outcomeOfCode(0), outcomeOfCode(5)]).toEqual([null, null]);
  });
});
