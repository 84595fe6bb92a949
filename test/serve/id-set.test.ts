import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdSet, keyOfId } from '../../src/serve/id-set.ts';

test('has what was added, like a set of strings', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 3 }), { maxLength: 300 }),
      fc.array(fc.string({ maxLength: 3 })),
      (added, asked) => {
        const [ours, plain] = [new IdSet(), new Set<string>()];
        for (const id of added) {
          ours.add(keyOfId(id));
          plain.add(id);
        }
        expect(ours.size).toBe(plain.size);
        for (const id of [...added, ...asked]) expect(ours.has(keyOfId(id))).toBe(plain.has(id));
      },
    ),
  );
});

test('keys that want the same slot are all there, also after it has grown', () => {
  const set = new IdSet();
  const keys = Array.from({ length: 500 }, (_, index) => Uint32Array.of(63, 0, 0, index + 1));
  for (const key of keys) set.add(key);
  expect(set.size).toBe(500);
  expect(keys.every((key) => set.has(key))).toBe(true);
  expect(set.has(Uint32Array.of(63, 0, 0, 501))).toBe(false);
});

test('ids that differ in one place have other keys', () => {
  const ids = Array.from(
    { length: 20_000 },
    (_, index) => `0f8fad5b-d9cb-469f-a165-${String(index).padStart(12, '0')}`,
  );
  const set = new IdSet();
  for (const id of ids) set.add(keyOfId(id));
  expect(set.size).toBe(ids.length);
  // 16 bytes of each, and at most twice as much room for more.
  expect(set.bytes).toBeLessThanOrEqual(ids.length * 16 * (2 / 0.75));
});
