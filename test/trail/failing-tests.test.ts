import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TestRuns } from '../../src/model/test-runs.ts';
import { planTestIssues } from '../../src/trail/failing-tests.ts';

interface Given {
  readonly failing?: readonly string[];
  readonly unnamed?: number;
  readonly passes?: Readonly<Record<string, number>>;
  readonly open?: readonly string[];
  readonly told?: readonly string[];
}

function planOf({ failing = [], unnamed = 0, passes = {}, open = [], told = [] }: Given): object {
  const runs: TestRuns = {
    failing: failing.map((id) => ({ id, label: id, runs: 1, failedRuns: 1 })),
    total: failing.length + unnamed,
    passesInARow: (id) => passes[id] ?? 0,
  };
  const plan = planTestIssues(runs, { openIds: open, told: new Set(told) }, { closeAfter: 3, max: 2 });
  return {
    open: plan.open.map(({ id }) => id).join(''),
    close: plan.close.map(({ id }) => id).join(''),
    rest: plan.rest,
  };
}

describe('row 65: issues of failing tests', () => {
  test.each<[string, Given, object]>([
    ['each failing test has one', { failing: ['a', 'b'] }, { open: 'ab', close: '', rest: 0 }],
    ['no more than the limit', { failing: ['a', 'b', 'c'], unnamed: 4 }, { open: 'ab', close: '', rest: 5 }],
    ['an open one stays', { failing: ['a'], open: ['a'] }, { open: '', close: '', rest: 0 }],
    ['open ones count', { failing: ['a', 'b', 'c'], open: ['a'] }, { open: 'b', close: '', rest: 1 }],
    ['two passes are too few', { open: ['a'], passes: { a: 2 } }, { open: '', close: '', rest: 0 }],
    ['three passes close it', { open: ['a'], passes: { a: 3 } }, { open: '', close: 'a', rest: 0 }],
    ['a missing test keeps it', { open: ['a'] }, { open: '', close: '', rest: 0 }],
    [
      'a closed one makes room',
      { failing: ['b', 'c'], open: ['a', 'b'], passes: { a: 3 } },
      { open: 'c', close: 'a', rest: 0 },
    ],
    ['what is known is not opened again', { failing: ['a'], told: ['a'] }, { open: '', close: '', rest: 0 }],
  ])('%s', (_what, given, expected) => {
    expect(planOf(given)).toEqual(expected);
  });

  test('every failing test has an issue or is counted, and the limit is kept', () => {
    const ids = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f'));
    fc.assert(
      fc.property(ids, ids, fc.nat(5), (failing, open, max) => {
        const runs: TestRuns = {
          failing: failing.map((id) => ({ id, label: id, runs: 1, failedRuns: 1 })),
          total: failing.length,
          passesInARow: (id) => (failing.includes(id) ? 0 : 9),
        };
        const limits = { closeAfter: 3, max };
        const plan = planTestIssues(runs, { openIds: open, told: new Set() }, limits);
        const kept = open.filter((id) => failing.includes(id));
        expect(plan.close.map(({ id }) => id)).toEqual(open.filter((id) => !failing.includes(id)));
        expect(kept.length + plan.open.length + plan.rest).toBe(failing.length);
        expect(kept.length + plan.open.length).toBeLessThanOrEqual(Math.max(max, kept.length));
      }),
    );
  });
});
