import {
  createTestIndex,
  eachSlot,
  findByHalves,
  findTest,
  type GrowingTestIndex,
  highAt,
  lowAt,
  outcomeAt,
  secondsAt,
} from '../../model/test-index.ts';
import {
  isFailing,
  type TestCase,
  type TestId,
  type TestOutcome,
  type TestsReport,
  type TestTotals,
} from '../../model/tests.ts';
import { apartByModule } from './apart-by-module.ts';
import { hashDigits } from './stable-hash.ts';
import type { Reruns } from './tests.ts';

/** How a file relates to those before it. */
interface Part {
  readonly report: TestsReport;
  /**
   * Its outcomes replace those of earlier files: the project says that same names are reruns, and it runs again what
   * had failed.
   */
  readonly isRerun: boolean;
}

const rerunPath = /(?:^|[/_.-])(?:re-?runs?|retr(?:y|ies)|re-?try|attempts?)(?=[/_.\-\d]|$)/i;

function saysRerun({ cases }: TestsReport): boolean {
  return rerunPath.test(cases[0]?.report ?? '');
}

/** Files that name themselves reruns come last, the others stay in their order. */
function inOrder(reports: readonly TestsReport[]): readonly TestsReport[] {
  return [...reports.filter((report) => !saysRerun(report)), ...reports.filter(saysRerun)];
}

/**
 * True when all tests of a file failed in one earlier file, which had others too: what a runner writes that runs
 * failures again.
 */
function runsFailuresAgain({ index }: TestsReport, earlier: TestsReport): boolean {
  if (index.size === 0 || index.size >= earlier.index.size) return false;
  for (let slot = 0; slot < index.slots; slot += 1) {
    if (outcomeAt(index, slot) === null) continue;
    const outcome = findByHalves(earlier.index, highAt(index, slot), lowAt(index, slot));
    if (outcome === null || !isFailing(outcome)) return false;
  }
  return true;
}

function partsOf(reports: readonly TestsReport[], reruns: Reruns): readonly Part[] {
  if (reruns === 'marked') return apartByModule(reports).map((report) => ({ report, isRerun: false }));
  const earlier: TestsReport[] = [];
  const failed = createTestIndex();
  return inOrder(reports).map((report) => {
    const isRerun =
      earlier.length > 0 &&
      (saysRerun(report) ||
        (holdsOnly(report, failed) && earlier.some((one) => runsFailuresAgain(report, one))));
    earlier.push(report);
    addFailures(report, failed);
    return { report, isRerun };
  });
}

/** True when an index has every test of a report. One look, before the report is held against thousands of files. */
function holdsOnly({ index }: TestsReport, known: GrowingTestIndex): boolean {
  for (let slot = 0; slot < index.slots; slot += 1) {
    const isUnknown = known.outcomeOf(highAt(index, slot), lowAt(index, slot)) === null;
    if (isUnknown && outcomeAt(index, slot) !== null) return false;
  }
  return true;
}

function addFailures({ index }: TestsReport, into: GrowingTestIndex): void {
  eachSlot(index, (slot) => {
    const outcome = outcomeAt(index, slot);
    if (outcome !== null && isFailing(outcome))
      into.set(highAt(index, slot), lowAt(index, slot), { outcome, durationSeconds: null });
  });
}

/** Outcomes that say more come first: of two jobs that ran a test, the one where it failed must be heard. */
const weights: readonly TestOutcome[] = ['failed', 'errored', 'passed', 'skipped'];

/** The outcome of a test that two files have. A file that skipped it says nothing about one that ran it. */
function settledOutcome(before: TestOutcome, after: TestOutcome, isRerun: boolean): TestOutcome {
  if (isRerun && after !== 'skipped') return after;
  return weights.indexOf(after) < weights.indexOf(before) ? after : before;
}

/** One case seen in two files: both say how often it ran. */
function together(before: TestCase, after: TestCase, isRerun: boolean): TestCase {
  const outcome = settledOutcome(before.outcome, after.outcome, isRerun);
  const told = outcome === after.outcome && (isRerun || before.outcome !== outcome) ? after : before;
  const failedRuns = before.failedRuns + after.failedRuns;
  return {
    ...told,
    runs: before.runs + after.runs,
    failedRuns,
    flaky: outcome === 'passed' && failedRuns > 0,
    failure: told.failure ?? before.failure ?? after.failure,
    failedAt: told.failedAt ?? before.failedAt ?? after.failedAt,
    attachments: isFailing(outcome) ? told.attachments : [],
  };
}

function mergeCases(parts: readonly Part[]): ReadonlyMap<TestId, TestCase> {
  const byId = new Map<TestId, TestCase>();
  for (const { report, isRerun } of parts) {
    for (const test of report.cases) {
      const before = byId.get(test.id);
      byId.set(test.id, before === undefined ? test : together(before, test, isRerun));
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

/** Takes the tests of the next file into the outcomes. */
function take({ index, counts, recovered }: Outcomes, { report, isRerun }: Part): void {
  eachSlot(report.index, (from) => {
    const id = { high: highAt(report.index, from), low: lowAt(report.index, from) };
    const outcome = outcomeAt(report.index, from) ?? 'skipped';
    const before = index.outcomeOf(id.high, id.low);
    const after = before === null ? outcome : settledOutcome(before, outcome, isRerun);
    if (before !== null) {
      counts[before] -= 1;
      if (isFailing(before) && after === 'passed') recovered.add(hashDigits(id));
    }
    counts[after] += 1;
    index.set(id.high, id.low, { outcome: after, durationSeconds: secondsAt(report.index, from) });
  });
}

/** Tests that a report counts beyond those its index distinguishes. */
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
 * Merges the tests of several files.
 *
 * - Files of several folders that share few names are modules: tests of one name are tests of their own.
 * - Any other files that share tests are one matrix, of versions, browsers, shards that overlap: a test counts once
 *   with as many runs as files have it, and a failure counts wherever it happened.
 * - With `same-name`, a file runs again what failed when its path says so (`rerun`, `retry`, `attempt`), or when it
 *   holds nothing but tests that failed in one earlier, larger file. Then its outcomes count, and a test that passes
 *   there is flaky.
 *
 * A file that skipped a test does not count as running it. One report in, the same object out.
 */
export function mergeTests(reports: readonly TestsReport[], reruns: Reruns = 'marked'): TestsReport {
  const [only] = reports;
  if (only !== undefined && reports.length === 1) return only;
  const parts = partsOf(reports, reruns);
  const outcomes: Outcomes = {
    index: createTestIndex(),
    counts: { passed: 0, failed: 0, errored: 0, skipped: 0 },
    recovered: new Set(),
  };
  for (const part of parts) {
    take(outcomes, part);
    outcomes.counts.passed += beyondIndex(part.report);
  }
  const index = outcomes.index.finish();
  const cases = [...mergeCases(parts).values()].map((test) => settled(test, findTest(index, test.id)));
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
    runs: sumOf(reports, (report) => report.runs),
    likelyReruns: sumOf(reports, (report) => report.likelyReruns),
  };
}
