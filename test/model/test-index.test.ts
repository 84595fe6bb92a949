import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createTestIndex,
  durationCode,
  durationCodeAt,
  eachSlot,
  findByHalves,
  findSlot,
  findTest,
  type GrowingTestIndex,
  halvesOf,
  highAt,
  idAt,
  lowAt,
  outcomeAt,
  outcomeCodeAt,
  outcomeOfCode,
  secondsAt,
  secondsOfCode,
} from '../../src/model/test-index.ts';
import type { TestIndex, TestOutcome } from '../../src/model/tests.ts';
import { stableHash } from '../../src/reports/collect/stable-hash.ts';

const outcomes: readonly TestOutcome[] = ['passed', 'failed', 'errored', 'skipped'];
const half = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  // Halves that fall on the same and on neighbouring slots.
  fc.constantFrom(0, 1, 64, 128, 0xffffffc0, 0xffffffff),
);
const entries = fc.array(fc.tuple(half, half, fc.constantFrom(...outcomes)), { maxLength: 300 });

function indexOf(list: readonly (readonly [number, number, TestOutcome])[]): TestIndex {
  const index = createTestIndex();
  for (const [high, low, outcome] of list) index.set(high, low, { outcome, durationSeconds: null });
  return index.finish();
}

function idOf(high: number, low: number): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

function contentOf(index: TestIndex): ReadonlyMap<string, TestOutcome> {
  const content = new Map<string, TestOutcome>();
  eachSlot(index, (slot) => content.set(idAt(index, slot), outcomeAt(index, slot) ?? 'passed'));
  return content;
}

function bytesOf({ chunks, parts }: TestIndex): number {
  return [...chunks, ...parts].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

describe('the test index', () => {
  const ways: Readonly<Record<string, (index: GrowingTestIndex, high: number, low: number) => void>> = {
    set: (index, high, low) => {
      index.set(high, low, { outcome: 'passed', durationSeconds: 1 });
    },
    setWithCode: (index, high, low) => {
      index.setWithCode(high, low, { outcome: 'passed', duration: 7 });
    },
    addPassed: (index, high, low) => void index.addPassed(Int32Array.of(high, low), 1),
  };
  test.each(Object.entries(ways))('%s loses no test while the index grows', (_way, add) => {
    const index = createTestIndex();
    const lost: number[] = [];
    for (let n = 0; n < 30_000; n += 1) {
      const [high, low] = [Math.imul(n, 0x9e3779b1) >>> 0, Math.imul(n + 1, 0x85ebca6b) >>> 0];
      add(index, high, low);
      if (index.outcomeOf(high, low) !== 'passed') lost.push(n);
    }
    expect(lost).toEqual([]);
    expect(contentOf(index.finish()).size).toBe(30_000);
  });

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

  test('adds a test that passed as it sets one, unless it is there', () => {
    fc.assert(
      fc.property(entries, entries, (list, passed) => {
        const [index, other] = [createTestIndex(), createTestIndex()];
        for (const [high, low, outcome] of list)
          for (const each of [index, other]) each.set(high, low, { outcome, durationSeconds: 2 });
        for (const [number, [high, low]] of passed.entries()) {
          const durationSeconds = number % 3 === 0 ? null : number / 7;
          const isNew = other.outcomeOf(high, low) === null;
          if (isNew) other.set(high, low, { outcome: 'passed', durationSeconds });
          expect(index.addPassed(Int32Array.of(high, low), durationSeconds)).toBe(isNew);
        }
        const [table, expected] = [index.finish(), other.finish()];
        expect([table.size, contentOf(table)]).toEqual([expected.size, contentOf(expected)]);
        eachSlot(expected, (slot) => {
          const same = findSlot(table, highAt(expected, slot), lowAt(expected, slot));
          expect(durationCodeAt(table, same)).toBe(durationCodeAt(expected, slot));
        });
      }),
    );
  });

  test.each([
    { known: 'nothing', share: () => null, least: 0.68 },
    { known: 'the share that is read', share: (size: number) => size / 60_000, least: 0.75 },
    { known: 'a share that is far too small', share: () => 1e-6, least: 0.4 },
    { known: 'a share that is too large', share: () => 1, least: 0.75 },
  ])(
    'is never more than seven eighths full, and not much less at its end; known: $known',
    ({ share, least }) => {
      let size = 0;
      const index = createTestIndex(() => share(size));
      for (let number = 0; number < 60_000; number += 1) {
        const { high, low } = stableHash(`test ${number}`);
        index.set(high, low, { outcome: 'passed', durationSeconds: null });
        size = number + 1;
        if (number % 97 !== 0) continue;
        const table = index.finish();
        expect(table.size).toBe(size);
        expect(size * 8).toBeLessThanOrEqual(table.slots * 7);
      }
      expect(size / index.finish().slots).toBeGreaterThan(least);
    },
  );

  test('has every test in a slot of its own, with its id, outcome and duration, when it is in many parts', () => {
    const index = createTestIndex();
    const hashes = Array.from({ length: 30_000 }, (_, number) => stableHash(`test ${number}`));
    for (const [number, { high, low }] of hashes.entries())
      index.set(high, low, { outcome: outcomes[number % 4] ?? 'passed', durationSeconds: number / 100 });
    const table = index.finish();
    expect(table.parts.length).toBe(256);
    const seen = new Set<number>();
    for (const [number, { high, low }] of hashes.entries()) {
      const slot = findSlot(table, high, low);
      seen.add(slot);
      expect([slot >= 0 && slot < table.slots, idAt(table, slot)]).toEqual([true, idOf(high, low)]);
      expect([outcomeAt(table, slot), durationCodeAt(table, slot)]).toEqual([
        outcomes[number % 4],
        durationCode(number / 100),
      ]);
    }
    expect(seen.size).toBe(hashes.length);
    let visited = 0;
    eachSlot(table, (slot) => {
      visited += seen.has(slot) ? 1 : 0;
    });
    expect(visited).toBe(hashes.length);
    for (let slot = 0; slot < table.slots; slot += 1)
      expect(outcomeCodeAt(table, slot) !== 0).toBe(seen.has(slot));
  });

  test('ids that all begin with one byte do it no harm', () => {
    const index = createTestIndex();
    for (let number = 0; number < 30_000; number += 1)
      index.set(7, (number * 2_654_435_761) >>> 0, { outcome: 'failed', durationSeconds: null });
    const table = index.finish();
    expect([table.size, findByHalves(table, 7, 0), findByHalves(table, 8, 0)]).toEqual([
      30_000,
      'failed',
      null,
    ]);
    expect(table.slots).toBeLessThan(2 * 30_000 + 256 * 64);
    expect(bytesOf(table)).toBeLessThan(11 * table.slots + 172 * 1_024);
  });

  test('keeps how long a test took while it grows', () => {
    const index = createTestIndex();
    for (let number = 0; number < 1_000; number += 1)
      index.set(number, number * 7, { outcome: 'passed', durationSeconds: number / 10 });
    const table = index.finish();
    for (const number of [0, 1, 500, 999])
      expect(secondsAt(table, findSlot(table, number, number * 7))).toBeCloseTo(number / 10, 1);
  });

  test('a run that does not say how long it took leaves what is known', () => {
    const index = createTestIndex();
    index.set(1, 2, { outcome: 'failed', durationSeconds: 3 });
    index.set(1, 2, { outcome: 'passed', durationSeconds: null });
    const table = index.finish();
    const slot = findSlot(table, 1, 2);
    expect([outcomeAt(table, slot), secondsAt(table, slot)]).toEqual(['passed', expect.closeTo(3, 2)]);
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

  test('of no tests finds none', () => {
    const empty = createTestIndex().finish();
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
