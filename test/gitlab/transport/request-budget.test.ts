import { describe, expect, test } from 'vitest';
import { createRequestBudget } from '../../../src/gitlab/transport/request-budget.ts';
import { aClock } from '../connect-for-test.ts';

describe('the request budget', () => {
  test('lets a minute’s worth through at once, then one each tenth of a second', async () => {
    const clock = aClock();
    const budget = createRequestBudget({ maxRequestsPerMinute: 600, maxInFlight: 10 }, clock);
    for (let sent = 0; sent < 602; sent += 1) await budget.run(() => Promise.resolve());
    expect(clock.sleeps).toEqual([100, 100]);
    expect(budget.count()).toBe(602);
  });

  test('fills up again with time, and never above a minute’s worth', async () => {
    const clock = aClock();
    const budget = createRequestBudget({ maxRequestsPerMinute: 60, maxInFlight: 10 }, clock);
    await clock.sleep(3_600_000);
    for (let sent = 0; sent < 61; sent += 1) await budget.run(() => Promise.resolve());
    expect(clock.sleeps).toEqual([3_600_000, 1000]);
  });

  test('keeps at most ten in flight, and starts the others in their order', async () => {
    const budget = createRequestBudget({ maxRequestsPerMinute: 600, maxInFlight: 10 }, aClock());
    const started: number[] = [];
    const finish: (() => void)[] = [];
    const all = Array.from({ length: 25 }, (_, index) =>
      budget.run(() => {
        started.push(index);
        return new Promise<void>((resolve) => finish.push(resolve));
      }),
    );
    await new Promise(setImmediate);
    expect(started.length).toBe(10);
    finish[0]?.();
    await new Promise(setImmediate);
    expect(started.slice(10)).toEqual([10]);
    for (let index = 1; index < 25; index += 1) {
      finish[index]?.();
      await new Promise(setImmediate);
    }
    await Promise.all(all);
    expect(started).toEqual(all.map((_, index) => index));
  });

  test('gives the place of a request that failed to the next', async () => {
    const budget = createRequestBudget({ maxRequestsPerMinute: 600, maxInFlight: 1 }, aClock());
    const failing = budget.run(() => Promise.reject(new Error('no')));
    const next = budget.run(() => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
