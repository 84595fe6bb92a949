import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FailedTest, FailedTests } from '../../../src/reports/collect/failed-tests.ts';

// Few of each half, so that ids share one; the last place of a table, so that looking goes on at the first.
const half = fc.oneof(fc.constantFrom(0, 1, 63, 0x8000_0000, 0xffff_ffff), fc.nat(200));

const failed: fc.Arbitrary<FailedTest> = fc.record(
  {
    suite: fc.constantFrom('', 'a', 'b', '__proto__'),
    scope: fc.constantFrom('', 'a', 'b'),
    line: fc.constantFrom(null, -1, 0, 1, 2 ** 32),
  },
  { noNullPrototype: true },
);

test('holds what a map by ids would hold', () => {
  const entry = fc.record({ high: half, low: half, test: failed });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 300, size: 'max' }), (entries) => {
      const known = new Map<string, FailedTest>();
      const tests = new FailedTests();
      for (const { high, low, test: each } of entries) {
        expect(tests.get({ high, low })).toStrictEqual(known.get(`${high} ${low}`) ?? null);
        tests.set({ high, low }, each);
        known.set(`${high} ${low}`, each);
      }
      for (const { high, low } of entries)
        expect(tests.get({ high, low })).toStrictEqual(known.get(`${high} ${low}`));
      expect(tests.get({ high: 201, low: 63 })).toBeNull();
    }),
    { numRuns: 200 },
  );
});
