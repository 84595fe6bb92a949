import {
  createTestIndex,
  eachTest,
  findTest,
  type GrowingTestIndex,
  outcomeOfCode,
} from '../model/test-index.ts';
import {
  isFailing,
  type TestCase,
  type TestId,
  type TestOutcome,
  type TestsReport,
  type TestTotals,
} from '../model/tests.ts';
import { hashDigits } from './stable-hash.ts';

/** One case seen in two files: the later one says how it ended, unless it was skipped there; both say how often it ran. */
function together(before: TestCase, after: TestCase): TestCase {
  const last = after.outcome === 'skipped' ? before : after;
  const failedRuns = before.failedRuns + after.failedRuns;
  return {
    ...last,
    runs: before.runs + after.runs,
    failedRuns,
    flaky: last.outcome === 'passed' && failedRuns > 0,
    failure: last.failure ?? before.failure ?? after.failure,
  };
}

function mergeCases(reports: readonly TestsReport[]): ReadonlyMap<TestId, TestCase> {
  const byId = new Map<TestId, TestCase>();
  for (const { cases } of reports) {
    for (const test of cases) {
      const before = byId.get(test.id);
      byId.set(test.id, before === undefined ? test : together(before, test));
    }
  }
  return byId;
}

/** A case that a later file contradicts without showing it, as its limits cut it. */
function settled(test: TestCase, outcome: TestOutcome | null): TestCase {
  if (outcome === null || outcome === test.outcome) return test;
  return { ...test, outcome, flaky: outcome === 'passed' && test.failedRuns > 0 };
}

interface Outcomes {
  readonly index: GrowingTestIndex;
  readonly counts: Record<TestOutcome, number>;
  /** Tests that failed in one file and passed in a later one. */
  readonly recovered: Set<TestId>;
}

/** Takes one test of the next file into the outcomes. A file that skipped a test says nothing about one that ran before. */
function take(
  { index, counts, recovered }: Outcomes,
  id: { readonly high: number; readonly low: number },
  outcome: TestOutcome,
): void {
  const slot = index.find(id.high, id.low);
  const before = slot < 0 ? null : outcomeOfCode(index.outcomeAt(slot));
  if (before !== null) {
    if (outcome === 'skipped') return;
    counts[before] -= 1;
    if (isFailing(before) && outcome === 'passed') recovered.add(hashDigits(id));
  }
  counts[outcome] += 1;
  index.set(id.high, id.low, outcome);
}

/** Tests that a report counts beyond those its index tells apart. */
function beyondIndex({ totals, index }: TestsReport): number {
  return Math.max(0, totals.total - index.size);
}

/** Flaky tests that a report counts beyond those it shows. */
function untoldFlaky({ totals, cases }: TestsReport): number {
  return Math.max(0, totals.flaky - cases.filter(({ flaky }) => flaky).length);
}

function sumOf(reports: readonly TestsReport[], number: (report: TestsReport) => number): number {
  return reports.reduce((sum, report) => sum + number(report), 0);
}

function totalsOf(counts: Outcomes['counts'], flaky: number, durationSeconds: number): TestTotals {
  const total = counts.passed + counts.failed + counts.errored + counts.skipped;
  return { total, ...counts, flaky, durationSeconds };
}

/**
 * Merges the tests of several files, in the order given: the same test counts once, by its outcome in the last file that ran it (a file that
 * skipped it does not count as running it), and is flaky when it failed in an earlier file and passed in a later one. One report in, the
 * same object out.
 */
export function mergeTests(reports: readonly TestsReport[]): TestsReport {
  const [only] = reports;
  if (only !== undefined && reports.length === 1) return only;
  const outcomes: Outcomes = {
    index: createTestIndex(),
    counts: { passed: 0, failed: 0, errored: 0, skipped: 0 },
    recovered: new Set(),
  };
  for (const report of reports) {
    eachTest(report.index, (high, low, outcome) => {
      take(outcomes, { high, low }, outcome);
    });
    outcomes.counts.passed += beyondIndex(report);
  }
  const index = outcomes.index.finish();
  const cases = [...mergeCases(reports).values()].map((test) => settled(test, findTest(index, test.id)));
  const flaky = new Set(cases.filter((test) => test.flaky).map(({ id }) => id));
  for (const id of outcomes.recovered) if (findTest(index, id) === 'passed') flaky.add(id);
  const total = index.size + sumOf(reports, beyondIndex);
  return {
    kind: 'tests',
    totals: totalsOf(
      outcomes.counts,
      flaky.size + sumOf(reports, untoldFlaky),
      sumOf(reports, ({ totals }) => totals.durationSeconds),
    ),
    cases,
    omittedCases: total - cases.length,
    index,
  };
}
