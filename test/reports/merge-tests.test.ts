import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findTest } from '../../src/model/test-index.ts';
import type { TestOutcome, TestsReport } from '../../src/model/tests.ts';
import { blankTestRun } from '../../src/reports/blank-test-run.ts';
import { createTestsCollector, type TestLimits, testLimits } from '../../src/reports/collect-tests.ts';
import { mergeTests } from '../../src/reports/merge-tests.ts';

type Outcomes = Readonly<Record<string, TestOutcome>>;

/** A report of tests of one class, by name. */
function aReport(outcomes: Outcomes, limits: Partial<TestLimits> = {}): TestsReport {
  const collector = createTestsCollector('a.xml', () => undefined, { ...testLimits, ...limits });
  for (const [name, outcome] of Object.entries(outcomes)) {
    const failure = outcome === 'failed' ? { type: null, message: `${name} fails`, details: '' } : null;
    collector.add({ ...blankTestRun, className: 'Basket', name, outcome, failure, durationSeconds: 1 });
  }
  return collector.finish();
}

function brief({ totals, cases }: TestsReport): readonly string[] {
  const { total, passed, failed, errored, skipped, flaky } = totals;
  return [
    `${total} = ${passed} + ${failed} + ${errored} + ${skipped}, ${flaky} flaky`,
    ...cases.map(
      (kept) => `${kept.name} ${kept.outcome} ${kept.runs} ${kept.failedRuns}${kept.flaky ? ' flaky' : ''}`,
    ),
  ];
}

describe('mergeTests', () => {
  test('of one report gives the same object', () => {
    const report = aReport({ a: 'passed' });
    expect(mergeTests([report])).toBe(report);
  });

  test('of none is empty', () => {
    expect(brief(mergeTests([]))).toEqual(['0 = 0 + 0 + 0 + 0, 0 flaky']);
  });

  test.each<{ name: string; reports: readonly Outcomes[]; expected: readonly string[] }>([
    {
      name: 'different tests are added',
      reports: [{ a: 'passed' }, { b: 'failed' }],
      expected: ['2 = 1 + 1 + 0 + 0, 0 flaky', 'a passed 1 0', 'b failed 1 1'],
    },
    {
      name: 'a test that passes in a later file is flaky',
      reports: [{ a: 'failed' }, { a: 'passed' }],
      expected: ['1 = 1 + 0 + 0 + 0, 1 flaky', 'a passed 2 1 flaky'],
    },
    {
      name: 'a test that fails in a later file failed',
      reports: [{ a: 'passed' }, { a: 'failed' }],
      expected: ['1 = 0 + 1 + 0 + 0, 0 flaky', 'a failed 2 1'],
    },
    {
      name: 'a file that skips a test says nothing about its failure in another',
      reports: [{ a: 'failed' }, { a: 'skipped' }],
      expected: ['1 = 0 + 1 + 0 + 0, 0 flaky', 'a failed 2 1'],
    },
    {
      name: 'a test that ran after it was skipped ran',
      reports: [{ a: 'skipped' }, { a: 'passed' }],
      expected: ['1 = 1 + 0 + 0 + 0, 0 flaky', 'a passed 2 0'],
    },
    {
      name: 'a test that recovers and fails again is not flaky',
      reports: [{ a: 'failed' }, { a: 'passed' }, { a: 'failed' }],
      expected: ['1 = 0 + 1 + 0 + 0, 0 flaky', 'a failed 3 2'],
    },
  ])('$name', ({ reports, expected }) => {
    expect(brief(mergeTests(reports.map((outcomes) => aReport(outcomes))))).toEqual(expected);
  });

  test('keeps the text of a failure that a later file does not have', () => {
    const merged = mergeTests([aReport({ a: 'failed' }), aReport({ a: 'passed' })]);
    expect(merged.cases[0]?.failure?.message).toBe('a fails');
  });

  test('a failure of which the later success is not kept counts as flaky all the same', () => {
    const merged = mergeTests([
      aReport({ a: 'failed', b: 'passed' }),
      aReport({ a: 'passed' }, { maxCases: 0 }),
    ]);
    expect(brief(merged)).toEqual(['2 = 2 + 0 + 0 + 0, 1 flaky', 'a passed 1 1 flaky', 'b passed 1 0']);
  });

  test('a failure that is kept in no file counts as flaky when a later file shows that it passed', () => {
    const merged = mergeTests([
      aReport({ a: 'failed' }, { maxFailingCases: 0 }),
      aReport({ a: 'passed' }, { maxCases: 0 }),
    ]);
    expect([merged.totals.flaky, merged.omittedCases, merged.cases]).toEqual([1, 1, []]);
  });

  test('durations are added', () => {
    expect(
      mergeTests([aReport({ a: 'passed' }), aReport({ a: 'passed', b: 'passed' })]).totals.durationSeconds,
    ).toBe(3);
  });

  test('whatever comes, the numbers add up and the index agrees with the cases', () => {
    const outcomes = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.constantFrom<TestOutcome>('passed', 'failed', 'errored', 'skipped'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(outcomes, fc.nat(4)), { minLength: 2, maxLength: 5 }), (parts) => {
        const merged = mergeTests(
          parts.map(([part, max]) => aReport(part, { maxCases: max, maxFailingCases: max })),
        );
        const { totals, index, cases, omittedCases } = merged;
        const names = new Set(parts.flatMap(([part]) => Object.keys(part)));
        expect([totals.total, index.size, cases.length + omittedCases]).toEqual([
          names.size,
          names.size,
          names.size,
        ]);
        expect(totals.passed + totals.failed + totals.errored + totals.skipped).toBe(totals.total);
        for (const { id, outcome } of cases) expect(findTest(index, id)).toBe(outcome);
        expect(cases.filter(({ flaky }) => flaky).length).toBeLessThanOrEqual(totals.flaky);
      }),
      { numRuns: 300 },
    );
  });
});
