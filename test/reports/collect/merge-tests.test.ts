import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findTest } from '../../../src/model/test-index.ts';
import type { TestOutcome, TestsReport } from '../../../src/model/tests.ts';
import { mergeTests } from '../../../src/reports/collect/merge-tests.ts';
import { createTestsCollector, type TestLimits, testLimits } from '../../../src/reports/collect/tests.ts';
import { blankTestRun } from '../../../src/reports/formats/shared/blank-test-run.ts';

type Outcomes = Readonly<Record<string, TestOutcome>>;

/** A report of tests of one class, by name. */
function aReport(outcomes: Outcomes, limits: Partial<TestLimits> = {}, path = 'a.xml'): TestsReport {
  const collector = createTestsCollector(path, () => undefined, { limits: { ...testLimits, ...limits } });
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
      name: 'a failure in one job of a matrix is a failure, although the test passes in another',
      reports: [{ a: 'failed' }, { a: 'passed' }],
      expected: ['1 = 0 + 1 + 0 + 0, 0 flaky', 'a failed 2 1'],
    },
    {
      name: 'the same whatever the order of the jobs',
      reports: [{ a: 'passed' }, { a: 'failed' }],
      expected: ['1 = 0 + 1 + 0 + 0, 0 flaky', 'a failed 2 1'],
    },
    {
      name: 'a job that runs all the same tests is no rerun, also when all had failed',
      reports: [
        { a: 'failed', b: 'failed' },
        { a: 'passed', b: 'passed' },
      ],
      expected: ['2 = 0 + 2 + 0 + 0, 0 flaky', 'a failed 2 1', 'b failed 2 1'],
    },
    {
      name: 'a file with nothing but what failed in one before says not that it ran it again: red',
      reports: [{ a: 'failed', b: 'passed' }, { a: 'passed' }],
      expected: ['2 = 1 + 1 + 0 + 0, 0 flaky', 'a failed 2 1', 'b passed 1 0'],
    },
    {
      name: 'failing again is failing',
      reports: [{ a: 'failed', b: 'passed' }, { a: 'failed' }, { a: 'failed' }],
      expected: ['2 = 1 + 1 + 0 + 0, 0 flaky', 'a failed 3 3', 'b passed 1 0'],
    },
    {
      name: 'a shard that also runs a test which had passed is no rerun',
      reports: [
        { a: 'failed', b: 'passed', c: 'passed' },
        { a: 'passed', b: 'passed' },
      ],
      expected: ['3 = 2 + 1 + 0 + 0, 0 flaky', 'a failed 2 1', 'b passed 2 0', 'c passed 1 0'],
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
  ])('$name', ({ reports, expected }) => {
    expect(brief(mergeTests(reports.map((outcomes) => aReport(outcomes))))).toEqual(expected);
  });

  test.each(['junit-rerun.xml', 'retry/junit.xml', 'junit.attempt-2.xml', 'web/junit.xml'])(
    'a success in %s hides no failure: a name is not a mark of the format',
    (path) => {
      const merged = mergeTests([
        aReport({ a: 'failed', b: 'passed' }, {}, 'junit.xml'),
        aReport({ a: 'passed' }, {}, path),
      ]);
      expect(merged.totals.failed).toBe(1);
    },
  );

  describe('where the project says that same names are reruns', () => {
    const reruns = 'same-name';

    test('a file with nothing but what failed in one before ran it again: passing there is flaky', () => {
      const merged = mergeTests([aReport({ a: 'failed', b: 'passed' }), aReport({ a: 'passed' })], reruns);
      expect(brief(merged)).toEqual(['2 = 2 + 0 + 0 + 0, 1 flaky', 'a passed 2 1 flaky', 'b passed 1 0']);
    });

    test.each([
      'junit-rerun.xml',
      'retry/junit.xml',
      'junit.attempt-2.xml',
      'build/test-results-rerun1/junit.xml',
    ])('%s says that it ran again what failed, wherever it is in the order', (path) => {
      const reports = [aReport({ a: 'passed' }, {}, path), aReport({ a: 'failed' }, {}, 'z.xml')];
      expect(brief(mergeTests(reports, reruns))).toEqual([
        '1 = 1 + 0 + 0 + 0, 1 flaky',
        'a passed 2 1 flaky',
      ]);
    });

    test.each(['retryable.xml', 'prerun.xml', 'attempted-murder.xml'])('%s says no such thing', (path) => {
      const reports = [aReport({ a: 'failed' }, {}, 'a.xml'), aReport({ a: 'passed' }, {}, path)];
      expect(mergeTests(reports, reruns).totals.failed).toBe(1);
    });

    test('a failure of which the later success is not kept counts as flaky all the same', () => {
      const merged = mergeTests(
        [aReport({ a: 'failed', b: 'passed' }), aReport({ a: 'passed' }, { maxCases: 0 })],
        reruns,
      );
      expect(brief(merged)).toEqual(['2 = 2 + 0 + 0 + 0, 1 flaky', 'a passed 1 1 flaky', 'b passed 1 0']);
    });

    test('a failure that is kept in no file counts as flaky when a rerun shows that it passed', () => {
      const merged = mergeTests(
        [
          aReport({ a: 'failed', b: 'passed' }, { maxFailingCases: 0, maxCases: 0 }),
          aReport({ a: 'passed' }, { maxCases: 0 }),
        ],
        reruns,
      );
      expect([merged.totals.flaky, merged.omittedCases, merged.cases]).toEqual([1, 2, []]);
    });
  });

  describe('modules and matrices', () => {
    const core = aReport({ loads: 'failed', health: 'passed' }, {}, 'core/TEST-App.xml');
    const web = aReport({ loads: 'passed' }, {}, 'web/TEST-App.xml');

    test.each([
      { order: 'one first', reports: [core, web] },
      { order: 'the other first', reports: [web, core] },
    ])('folders that share few names are modules, $order: a test in each', ({ reports }) => {
      const merged = mergeTests(reports);
      expect({ ...merged.totals, runs: merged.runs }).toMatchObject({
        total: 3,
        failed: 1,
        passed: 2,
        runs: 3,
      });
      expect(new Set(merged.cases.map(({ id }) => id)).size).toBe(3);
      for (const { id, outcome } of merged.cases) expect(findTest(merged.index, id)).toBe(outcome);
    });

    test('a module keeps its identities while the other modules stay', () => {
      const ids = (reports: readonly TestsReport[]): readonly string[] =>
        mergeTests(reports).cases.map(({ id }) => id);
      expect(ids([core, web])).toEqual(ids([core, web]));
      expect(ids([core, web]).slice(0, 2)).toEqual(core.cases.map(({ id }) => id));
    });

    test('folders that share most of their tests are a matrix: each test once, with its runs', () => {
      const reports = ['node18', 'node20', 'node22'].map((folder, index) =>
        aReport(
          { a: 'passed', b: index === 1 ? 'failed' : 'passed', c: 'passed' },
          {},
          `${folder}/junit.xml`,
        ),
      );
      const merged = mergeTests(reports);
      expect({ ...merged.totals, runs: merged.runs }).toMatchObject({ total: 3, failed: 1, runs: 9 });
    });

    test('whatever the folders, a failure in one of them is a failure', () => {
      const outcomes = fc.dictionary(
        fc.constantFrom('a', 'b', 'c'),
        fc.constantFrom<TestOutcome>('passed', 'failed', 'errored', 'skipped'),
      );
      fc.assert(
        fc.property(
          fc.array(fc.tuple(outcomes, fc.constantFrom('x', 'y', 'z')), { maxLength: 5 }),
          (parts) => {
            const merged = mergeTests(
              parts.map(([part, folder]) => aReport(part, {}, `${folder}/junit.xml`)),
            );
            const isRed = parts.some(([part]) =>
              Object.values(part).some((outcome) => outcome === 'failed' || outcome === 'errored'),
            );
            expect(merged.totals.failed + merged.totals.errored > 0).toBe(isRed);
            expect(merged.totals.flaky).toBe(0);
          },
        ),
        { numRuns: 300 },
      );
    });
  });

  test('keeps the text of a failure that a later file does not have', () => {
    const merged = mergeTests([aReport({ a: 'failed', b: 'passed' }), aReport({ a: 'passed' })]);
    expect(merged.cases[0]?.failure?.message).toBe('a fails');
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
