import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFlaggedKeys } from '../../../src/reports/collect/flagged-keys.ts';

describe('createFlaggedKeys', () => {
  test('every key comes once, in order, flagged when it was flagged at least once', () => {
    const entry = fc.tuple(fc.oneof(fc.nat(20), fc.constant(2 ** 52 - 1)), fc.boolean());
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 100 }), (entries) => {
        const keys = createFlaggedKeys();
        for (const [key, flagged] of entries) keys.add(key, flagged);
        const seen: [number, boolean][] = [];
        keys.visit((key, flagged) => seen.push([key, flagged]));
        const wanted = new Map<number, boolean>();
        for (const [key, flagged] of entries) wanted.set(key, flagged || wanted.get(key) === true);
        expect(seen).toEqual([...wanted].sort(([first], [second]) => first - second));
      }),
    );
  });
});
