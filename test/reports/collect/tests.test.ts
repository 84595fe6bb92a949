import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findTest } from '../../../src/model/test-index.ts';
import type { TestFailure, TestOutcome, TestsReport } from '../../../src/model/tests.ts';
import { createTestsCollector, type TestLimits, testLimits } from '../../../src/reports/collect/tests.ts';
import type { DeclaredTotals, TestRun } from '../../../src/reports/format.ts';
import { blankTestRun } from '../../../src/reports/formats/shared/blank-test-run.ts';

function aRun(overrides: Partial<TestRun> = {}): TestRun {
  return { ...blankTestRun, suite: 'basket', className: 'Basket', name: 'adds', ...overrides };
}

function aFailure(message = 'off by one', details = ''): TestFailure {
  return { type: null, message, details };
}

/** A run that the format marks as a rerun. */
function rerun(overrides: Partial<TestRun> = {}): TestRun {
  return aRun({ isRerun: true, ...overrides });
}

function failedRun(overrides: Partial<TestRun> = {}): TestRun {
  return aRun({ outcome: 'failed', failure: aFailure(), ...overrides });
}

function collected(
  runs: readonly TestRun[],
  limits: Partial<TestLimits> = {},
): { readonly report: TestsReport; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const collector = createTestsCollector('junit.xml', (message) => warnings.push(message), {
    limits: { ...testLimits, ...limits },
  });
  for (const run of runs) collector.add(run);
  return { report: collector.finish(), warnings };
}

function brief({ totals, cases }: TestsReport): readonly string[] {
  const { total, passed, failed, errored, skipped, flaky } = totals;
  return [
    `${total} = ${passed} + ${failed} + ${errored} + ${skipped}, ${flaky} flaky`,
    ...cases.map((kept) => `${kept.outcome} ${kept.runs} ${kept.failedRuns}${kept.flaky ? ' flaky' : ''}`),
  ];
}

describe('the collector of tests', () => {
  test.each([
    {
      name: 'a marked rerun that passes makes one test of two runs, a flaky one',
      runs: [failedRun(), rerun()],
      expected: ['1 = 1 + 0 + 0 + 0, 1 flaky', 'passed 2 1 flaky'],
    },
    {
      name: 'a test whose marked reruns all fail counts once, by its last run',
      runs: [failedRun(), rerun({ outcome: 'errored' }), rerun({ outcome: 'failed' })],
      expected: ['1 = 0 + 1 + 0 + 0, 0 flaky', 'failed 3 3'],
    },
    {
      name: 'a test that passes after two failures counts all its runs',
      runs: [failedRun(), rerun({ outcome: 'failed' }), rerun()],
      expected: ['1 = 1 + 0 + 0 + 0, 1 flaky', 'passed 3 2 flaky'],
    },
    {
      name: 'without a mark a namesake that passes is a test of its own, and the failure stays',
      runs: [failedRun(), aRun()],
      expected: ['2 = 1 + 1 + 0 + 0, 0 flaky', 'failed 1 1', 'passed 1 0'],
    },
    {
      name: 'without a mark each failure is a test of its own',
      runs: [failedRun(), failedRun({ outcome: 'errored' }), failedRun()],
      expected: ['3 = 0 + 2 + 1 + 0, 0 flaky', 'failed 1 1', 'errored 1 1', 'failed 1 1'],
    },
    {
      name: 'tests that pass under one name are several tests',
      runs: [aRun(), aRun(), aRun()],
      expected: ['3 = 3 + 0 + 0 + 0, 0 flaky', 'passed 1 0', 'passed 1 0', 'passed 1 0'],
    },
    {
      name: 'a mark after a pass hides nothing: the failure counts',
      runs: [aRun(), rerun({ outcome: 'failed' })],
      expected: ['2 = 1 + 1 + 0 + 0, 0 flaky', 'passed 1 0', 'failed 1 1'],
    },
    {
      name: 'a flaky test and its namesake after it are two tests',
      runs: [failedRun(), rerun(), aRun()],
      expected: ['2 = 2 + 0 + 0 + 0, 1 flaky', 'passed 2 1 flaky', 'passed 1 0'],
    },
    {
      name: 'a skipped namesake of a failed test is no rerun of it',
      runs: [failedRun(), aRun({ outcome: 'skipped' })],
      expected: ['2 = 0 + 1 + 0 + 1, 0 flaky', 'failed 1 1', 'skipped 1 0'],
    },
    {
      name: 'a namesake in another suite is no rerun',
      runs: [failedRun({ suite: 'Chrome' }), aRun({ suite: 'Firefox' })],
      expected: ['2 = 1 + 1 + 0 + 0, 0 flaky', 'failed 1 1', 'passed 1 0'],
    },
    {
      name: 'a namesake on another line is no rerun',
      runs: [failedRun({ line: 3 }), aRun({ line: 9 })],
      expected: ['2 = 1 + 1 + 0 + 0, 0 flaky', 'failed 1 1', 'passed 1 0'],
    },
    {
      name: 'a namesake in another file is another test',
      runs: [failedRun({ file: 'a.ts' }), aRun({ file: 'b.ts' })],
      expected: ['2 = 1 + 1 + 0 + 0, 0 flaky', 'failed 1 1', 'passed 1 0'],
    },
    {
      name: 'failures that the report keeps inside one element make it flaky',
      runs: [aRun({ earlierFailures: [aFailure('first'), aFailure('second')] })],
      expected: ['1 = 1 + 0 + 0 + 0, 1 flaky', 'passed 3 2 flaky'],
    },
    {
      name: 'reruns inside the element of a failed test are its runs',
      runs: [failedRun({ earlierFailures: [aFailure()] })],
      expected: ['1 = 0 + 1 + 0 + 0, 0 flaky', 'failed 2 2'],
    },
  ])('$name', ({ runs, expected }) => {
    expect(brief(collected(runs).report)).toEqual(expected);
  });

  test('a flaky test keeps the texts of its last failure', () => {
    const runs = [
      failedRun({ failure: aFailure('first') }),
      rerun({ outcome: 'failed', failure: aFailure('second') }),
      rerun(),
    ];
    expect(collected(runs).report.cases[0]?.failure?.message).toBe('second');
  });

  test('durations of all runs are added', () => {
    const runs = [failedRun({ durationSeconds: 0.1 }), aRun({ durationSeconds: 0.2 }), aRun({ name: 'b' })];
    expect(collected(runs).report.totals.durationSeconds).toBe(0.3);
  });

  test('the index knows every test by the id of its case', () => {
    const { report } = collected([
      aRun(),
      aRun(),
      failedRun({ name: 'b' }),
      aRun({ name: 'c', outcome: 'skipped' }),
    ]);
    expect(report.cases.map(({ id }) => findTest(report.index, id))).toEqual([
      'passed',
      'passed',
      'failed',
      'skipped',
    ]);
    expect(new Set(report.cases.map(({ id }) => id)).size).toBe(4);
  });

  test('texts lose terminal codes and are cut: messages at their end, details in their middle', () => {
    const details = `first line\n${'at somewhere\n'.repeat(9_000)}last line`;
    const failure = aFailure(`\u001b[31m${'m'.repeat(10_000)}`, details);
    const kept = collected([failedRun({ failure })]).report.cases[0]?.failure;
    expect(kept?.message).toBe(`${'m'.repeat(4_095)}…`);
    expect(kept?.details).toMatch(/^first line\n[^]*\n… \d+ characters omitted …\n[^]*last line$/);
    expect(kept?.details.length).toBeLessThan(33_000);
  });

  test('over the budget of texts details go and messages get short', () => {
    const failure = aFailure('m'.repeat(1_000), 'details');
    const runs = ['a', 'b', 'c'].map((name) => failedRun({ name, failure }));
    const texts = collected(runs, { maxTextCharacters: 1_500 }).report.cases.map((kept) => [
      kept.failure?.message.length,
      kept.failure?.details,
    ]);
    expect(texts).toEqual([
      [1_000, 'details'],
      [1_000, 'details'],
      [300, ''],
    ]);
  });

  test('over the limits tests are in totals and index only, failing ones last', () => {
    const runs = [
      ...['a', 'b', 'c'].map((name) => aRun({ name })),
      ...['d', 'e', 'f'].map((name) => failedRun({ name })),
      rerun({ name: 'f' }),
      rerun({ name: 'e' }),
    ];
    const { report } = collected(runs, { maxCases: 1, maxFailingCases: 2 });
    expect(report.cases.map(({ name, outcome, flaky }) => [name, outcome, flaky])).toEqual([
      ['a', 'passed', false],
      ['d', 'failed', false],
      ['e', 'passed', true],
    ]);
    expect({ omitted: report.omittedCases, known: report.index.size, ...report.totals }).toEqual({
      omitted: 3,
      known: 6,
      total: 6,
      passed: 5,
      failed: 1,
      errored: 0,
      skipped: 0,
      flaky: 2,
      durationSeconds: 0,
    });
  });

  test('beyond the tests that are told apart runs are counted, and that is said', () => {
    const { report, warnings } = collected(
      ['a', 'b', 'c'].map((name) => aRun({ name })),
      { maxTests: 2 },
    );
    expect({ total: report.totals.total, known: report.index.size, warnings }).toEqual({
      total: 3,
      known: 2,
      warnings: ['more than 2 tests: Herald counts the others, but does not compare them'],
    });
  });

  describe('namesakes without a mark are settled by what the report declares', () => {
    const flaky = ['2 = 2 + 0 + 0 + 0, 1 flaky', 'passed 2 1 flaky', 'passed 1 0'];
    const apart = ['3 = 2 + 1 + 0 + 0, 0 flaky', 'failed 1 1', 'passed 1 0', 'passed 1 0'];

    test.each<{
      name: string;
      declared: Partial<DeclaredTotals>;
      runs?: readonly TestRun[];
      expected: readonly string[];
      warnings?: readonly string[];
    }>([
      {
        name: 'one test for both and no failure: a rerun',
        declared: { total: 2, failed: 0, errored: 0 },
        expected: flaky,
      },
      { name: 'each is counted: tests of their own', declared: { total: 3, failed: 1 }, expected: apart },
      {
        name: 'one test for both, and a failure: red',
        declared: { total: 2, failed: 1 },
        expected: apart,
        warnings: ['declared tests: 2, found: 3; Herald uses what it found'],
      },
      {
        name: 'no failure, and each is counted: a writer that never counts failures, so red',
        declared: { total: 3, failed: 0 },
        expected: apart,
        warnings: ['declared failures: none, found: 1; Herald uses what it found'],
      },
      { name: 'nothing declared: red', declared: {}, expected: apart },
      {
        name: 'another scope: not a rerun, whatever is declared',
        declared: { total: 2, failed: 0 },
        runs: [failedRun({ scope: 'chrome' }), aRun({ scope: 'firefox' }), aRun({ name: 'b' })],
        expected: apart,
        warnings: [
          'declared tests: 2, found: 3; Herald uses what it found',
          'declared failures: none, found: 1; Herald uses what it found',
        ],
      },
      {
        name: 'something else',
        declared: { total: 9, failed: 1 },
        expected: apart,
        warnings: ['declared tests: 9, found: 3; Herald uses what it found'],
      },
    ])('$name', ({ declared, runs, expected, warnings = [] }) => {
      const said: string[] = [];
      const collector = createTestsCollector('a', (message) => said.push(message));
      collector.declare({ total: null, failed: null, errored: null, skipped: null, ...declared });
      for (const run of runs ?? [failedRun(), aRun(), aRun({ name: 'b' })]) collector.add(run);
      const report = collector.finish();
      expect([brief(report), said]).toEqual([expected, warnings]);
      expect(report.index.size).toBe(report.totals.total);
      for (const { id, outcome } of report.cases) expect(findTest(report.index, id)).toBe(outcome);
      expect(report.likelyReruns).toBe(expected === apart && runs === undefined ? 1 : 0);
    });

    test('a chain of failures that ends in a success is one flaky test', () => {
      const collector = createTestsCollector('a', () => undefined);
      collector.declare({ total: 1, failed: 0, errored: 0, skipped: 0 });
      const runs = [
        failedRun({ failure: aFailure('first') }),
        failedRun({ failure: aFailure('last') }),
        aRun(),
      ];
      for (const run of runs) collector.add(run);
      const report = collector.finish();
      expect(brief(report)).toEqual(['1 = 1 + 0 + 0 + 0, 1 flaky', 'passed 3 2 flaky']);
      expect(report.cases[0]?.failure?.message).toBe('last');
    });
  });

  test('a project may say that same names are reruns', () => {
    const collector = createTestsCollector('a', () => undefined, { reruns: 'same-name' });
    for (const run of [failedRun(), aRun(), failedRun({ suite: 'x' }), aRun({ suite: 'y' })])
      collector.add(run);
    expect(brief(collector.finish())).toEqual([
      '3 = 2 + 1 + 0 + 0, 1 flaky',
      'passed 2 1 flaky',
      'failed 1 1',
      'passed 1 0',
    ]);
  });

  test('declared failures are kept beside those that were found', () => {
    const collector = createTestsCollector('a', () => undefined);
    collector.declare({ total: 3, failed: 2, errored: null, skipped: null });
    collector.declare({ total: 1, failed: null, errored: 1, skipped: null });
    collector.add(failedRun({ earlierFailures: [aFailure()] }));
    collector.finish();
    expect(collector.evidence()).toEqual({ declaredFailures: 3, failedRuns: 2, failingTests: 1 });
  });

  test('whatever comes, the numbers add up', () => {
    const outcome = fc.constantFrom<TestOutcome>('passed', 'failed', 'errored', 'skipped');
    const run = fc.record({
      name: fc.constantFrom('a', 'b'),
      suite: fc.constantFrom('s', 't'),
      file: fc.constantFrom(null, 'f'),
      line: fc.constantFrom(null, 1, 2),
      outcome,
      earlier: fc.nat(2),
    });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 30 }), fc.nat(10), (runs, max) => {
        const { report } = collected(
          runs.map(({ earlier, ...rest }) =>
            aRun({ ...rest, earlierFailures: Array.from({ length: earlier }, () => aFailure()) }),
          ),
          { maxCases: max, maxFailingCases: max },
        );
        const { totals, cases, omittedCases, index } = report;
        expect(totals.passed + totals.failed + totals.errored + totals.skipped).toBe(totals.total);
        expect([index.size, cases.length + omittedCases]).toEqual([totals.total, totals.total]);
        for (const kept of cases) {
          expect(findTest(index, kept.id)).toBe(kept.outcome);
          expect(kept.failedRuns).toBeLessThanOrEqual(kept.runs);
          expect(kept.flaky).toBe(kept.outcome === 'passed' && kept.failedRuns > 0);
        }
        if (omittedCases === 0) {
          expect(cases.filter(({ flaky }) => flaky)).toHaveLength(totals.flaky);
          const all = runs.reduce((sum, { earlier }) => sum + 1 + earlier, 0);
          expect(cases.reduce((sum, kept) => sum + kept.runs, 0)).toBe(all);
        }
      }),
      { numRuns: 500 },
    );
  });
});
