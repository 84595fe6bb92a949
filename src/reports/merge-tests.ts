import { createTestIndex, eachTest, outcomeOfCode } from '../model/test-index.ts';
import {
  isFailing,
  type TestCase,
  type TestOutcome,
  type TestsReport,
  type TestTotals,
} from '../model/tests.ts';

/** One case seen in two files: the later one says how it ended, both say how often it ran. */
function together(before: TestCase, after: TestCase): TestCase {
  const failedRuns = before.failedRuns + after.failedRuns;
  return {
    ...after,
    runs: before.runs + after.runs,
    failedRuns,
    flaky: after.outcome === 'passed' && failedRuns > 0,
    failure: after.failure ?? before.failure,
  };
}

interface Merging {
  readonly counts: Record<TestOutcome, number>;
  readonly flaky: Set<string>;
  /** Tests that failed in one file and passed in a later one, without a case that says so. */
  flakyUntold: number;
}

function mergeCases(reports: readonly TestsReport[]): readonly TestCase[] {
  const byId = new Map<string, TestCase>();
  for (const { cases } of reports) {
    for (const test of cases) {
      const before = byId.get(test.id);
      byId.set(test.id, before === undefined ? test : together(before, test));
    }
  }
  return [...byId.values()];
}

function totalsOf(merging: Merging, reports: readonly TestsReport[]): TestTotals {
  const { counts } = merging;
  return {
    total: counts.passed + counts.failed + counts.errored + counts.skipped,
    ...counts,
    flaky: merging.flaky.size + merging.flakyUntold,
    durationSeconds: reports.reduce((sum, { totals }) => sum + totals.durationSeconds, 0),
  };
}

/** Tests that a report counts beyond those its index tells apart. */
function beyondIndex({ totals, index }: TestsReport): number {
  return Math.max(0, totals.total - index.size);
}

/**
 * Merges the tests of several files, in the order given: the same test counts once, by its outcome in the last file that ran it (a file that
 * skipped it does not count as running it), and is flaky when it failed in an earlier file and passed in a later one. One report in, the
 * same object out.
 */
export function mergeTests(reports: readonly TestsReport[]): TestsReport {
  const [only] = reports;
  if (only !== undefined && reports.length === 1) return only;
  const index = createTestIndex();
  const merging: Merging = {
    counts: { passed: 0, failed: 0, errored: 0, skipped: 0 },
    flaky: new Set(),
    flakyUntold: 0,
  };
  const cases = mergeCases(reports);
  for (const { flaky, id } of cases) if (flaky) merging.flaky.add(id);

  for (const report of reports) {
    eachTest(report.index, (high, low, outcome) => {
      const slot = index.find(high, low);
      const before = slot < 0 ? null : outcomeOfCode(index.outcomeAt(slot));
      if (before === null) merging.counts[outcome] += 1;
      else {
        if (outcome === 'skipped') return;
        merging.counts[before] -= 1;
        merging.counts[outcome] += 1;
      }
      index.set(high, low, outcome);
    });
    merging.counts.passed += beyondIndex(report);
  }
  return {
    kind: 'tests',
    totals: totalsOf(merging, reports),
    cases: cases.filter(
      (test) => isFailing(test.outcome) || test.flaky || test.outcome !== 'skipped' || test.runs > 0,
    ),
    omittedCases: reports.reduce((sum, { omittedCases }) => sum + omittedCases, 0),
    index: index.finish(),
  };
}
