import { describe, expect, test } from 'vitest';
import { KeptBytes } from '../../../src/reports/json/kept-bytes.ts';

/** Six megabytes: some that repeat themselves, some that do not. */
const bytes = Uint8Array.from({ length: 6 * 1024 * 1024 + 5 }, (_, at) =>
  at % 3_000_000 < 1_500_000 ? 97 + (at % 17) : 33 + (Math.imul(at, 0x9e3779b1) >>> 26),
);

describe('kept bytes', () => {
  const kept = new KeptBytes();
  for (let at = 0; at < bytes.length; at += 70_001) kept.add(bytes.subarray(at, at + 70_001));

  test.each([0, 1, 1_048_575, 1_048_576, 4_194_304, 5_242_879, 5_242_880, 6_291_460])(
    'give back what is at %i, packed or not',
    (offset) => {
      expect(kept.length).toBe(bytes.length);
      expect(kept.byteAt(offset)).toBe(bytes[offset]);
      const end = Math.min(bytes.length, offset + 100);
      const text = new TextDecoder().decode(bytes.subarray(offset, end));
      expect(kept.text(offset, end)).toBe(text);
      expect(kept.textBetween('[]', offset, end)).toBe(`[${text}]`);
    },
  );

  test('give back a text across all of them', () => {
    expect(kept.text(10, bytes.length) === new TextDecoder().decode(bytes.subarray(10))).toBe(true);
  });

  test('unpack into the same memory again and again', () => {
    const letters = new Uint8Array(20 * 1024 * 1024).map((_, at) => 97 + ((at >> 20) % 20));
    const many = new KeptBytes();
    many.add(letters);
    const memory = new Set<ArrayBufferLike>();
    let at = 8 * 1024 * 1024;
    for (const piece of many.pieces(at, letters.length)) {
      memory.add(piece.buffer);
      expect([piece[0], piece.at(-1)]).toEqual([letters[at], letters[at]]);
      at += piece.length;
    }
    expect(at).toBe(letters.length);
    expect(memory.size).toBe(2);
  });
});
