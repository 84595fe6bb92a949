import { describe, expect, test } from 'vitest';
import { createTraceBudget } from '../../../src/usecases/report/trace-budget.ts';
import { aClock } from '../../gitlab/connect-for-test.ts';

const mebibyte = 1024 * 1024;

describe('what the logs of a run may cost', () => {
  test('is ten logs', () => {
    const budget = createTraceBudget({ gitlab: null, clock: aClock() });
    const refusals = Array.from({ length: 12 }, () => budget.refusal());
    expect(refusals.filter((refusal) => refusal === null)).toHaveLength(10);
    expect(refusals.at(-1)).toBe('over-limit');
  });

  test('is 120 MiB a log, and a log that starts again has them again', () => {
    const budget = createTraceBudget({ gitlab: null, clock: aClock() });
    budget.beginTrace(1);
    expect(budget.spend(1, 100 * mebibyte)).toBe('left');
    budget.beginTrace(1);
    expect(budget.spend(1, 100 * mebibyte)).toBe('left');
    expect(budget.spend(1, 21 * mebibyte)).toBe('spent');
  });

  test('is 240 MiB in all, and then no further log', () => {
    const budget = createTraceBudget({ gitlab: null, clock: aClock() });
    const spent = [1, 2, 3].map((id) => budget.spend(id, 100 * mebibyte));
    expect(spent).toEqual(['left', 'left', 'spent']);
    expect(budget.refusal()).toBe('over-limit');
  });

  test('is a minute in all, also in the middle of a log', async () => {
    const clock = aClock();
    const budget = createTraceBudget({ gitlab: null, clock });
    expect(budget.spend(1, 1)).toBe('left');
    await clock.sleep(61_000);
    expect(budget.spend(1, 1)).toBe('spent');
    expect(budget.refusal()).toBe('over-limit');
  });

  test('ends with a failure that every log would meet', () => {
    const budget = createTraceBudget({ gitlab: null, clock: aClock() });
    expect(budget.stopAt({ use: 'refused', forAll: false })).toBe('refused');
    expect(budget.refusal()).toBeNull();
    budget.stopAt({ use: 'unreachable', forAll: true });
    expect(budget.refusal()).toBe('unreachable');
  });
});
