import { describe, expect, test } from 'vitest';
import { hashDigits, stableHash } from '../../../src/reports/collect/stable-hash.ts';

describe('stableHash', () => {
  test.each([
    { text: '', digits: '330b794e3b9e7bcb' },
    { text: 'a', digits: 'cc64eba268761c35' },
    { text: 'src/app.ts', digits: '2607484f2e108550' },
  ])('keeps the identity of $text over versions', ({ text, digits }) => {
    expect(hashDigits(stableHash(text))).toBe(digits);
  });

  test('a hundred thousand similar texts have a hundred thousand hashes', () => {
    const seen = new Set<string>();
    for (let number = 0; number < 100_000; number += 1)
      seen.add(hashDigits(stableHash(`src/file-${number}.ts`)));
    expect(seen.size).toBe(100_000);
  });

  test('each half alone is spread: 100,000 texts collide in 32 bits about as often as chance does', () => {
    const high = new Set<number>();
    const low = new Set<number>();
    for (let number = 0; number < 100_000; number += 1) {
      const hash = stableHash(`${number}`);
      high.add(hash.high);
      low.add(hash.low);
    }
    expect(Math.min(high.size, low.size)).toBeGreaterThan(99_980);
  });

  test('is always 16 digits', () => {
    for (let number = 0; number < 5_000; number += 1)
      expect(hashDigits(stableHash(`x${number}`))).toMatch(/^[0-9a-f]{16}$/);
  });
});
