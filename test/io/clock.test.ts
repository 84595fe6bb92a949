import { expect, test } from 'vitest';
import { systemClock } from '../../src/io/clock.ts';

test('sleeping takes at least the time asked for', async () => {
  const before = systemClock.now().getTime();
  await systemClock.sleep(20);
  // Timers round to whole milliseconds.
  expect(systemClock.now().getTime() - before).toBeGreaterThanOrEqual(19);
});

test('random numbers are from 0 up to, not including, 1', () => {
  const numbers = Array.from({ length: 100 }, () => systemClock.random());
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(new Set(numbers).size).toBeGreaterThan(1);
});
