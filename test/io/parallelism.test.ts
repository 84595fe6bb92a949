import { expect, test } from 'vitest';
import { parallelism, threadsThatFit } from '../../src/io/parallelism.ts';

const mebibyte = 1024 * 1024;

test.each([
  [16, 65_536, 16],
  [4, 2_048, 4],
  [8, 1_024, 2],
  [2, 512, 1],
  [4, 128, 1],
  [1, 65_536, 1],
])('%d cores with %d MiB: %d threads', (cores, mebibytes, threads) => {
  expect(threadsThatFit(cores, mebibytes * mebibyte)).toBe(threads);
});

test('this machine has room for at least one thread', () => {
  expect(parallelism()).toBeGreaterThanOrEqual(1);
});
