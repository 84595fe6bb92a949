import { expect, test } from 'vitest';
import { clockUntil, systemClock } from '../../src/io/clock.ts';
import { haltTimers } from '../halted-timers.ts';

test('sleeping takes the time asked for', async () => {
  const time = haltTimers();
  const before = systemClock.now().getTime();
  let isAwake = false;
  const sleep = systemClock.sleep(20).then(() => {
    isAwake = true;
  });
  time.pass(19);
  await Promise.resolve();
  expect(isAwake).toBe(false);
  time.pass(1);
  await sleep;
  expect(systemClock.now().getTime() - before).toBe(20);
});

test('random numbers are from 0 up to, not including, 1', () => {
  const numbers = Array.from({ length: 100 }, () => systemClock.random());
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(new Set(numbers).size).toBeGreaterThan(1);
});

test('at the end of a run nobody sleeps any more, and no timer keeps the process', async () => {
  const time = haltTimers();
  const end = new AbortController();
  const clock = clockUntil(end.signal);
  const sleeps = Promise.all(Array.from({ length: 20 }, () => clock.sleep(120_000)));
  expect(time.waiting()).toBe(20);
  end.abort();
  await sleeps;
  await clock.sleep(120_000);
  expect(time.waiting()).toBe(0);
});
