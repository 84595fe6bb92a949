/** What test reports say, in one shape for every format. Durations are seconds. */

/** `errored` = the test could not run to a verdict (set-up, crash); `failed` = an assertion said no. */
export type TestOutcome = 'passed' | 'failed' | 'errored' | 'skipped';

/** A stable identity of a test over runs and files: 16 hexadecimal digits made from suite, class, name and file. */
export type TestId = string;

export interface TestFailure {
  /** The exception or assertion class, if the tool says. */
  readonly type: string | null;
  /** One or a few lines, untrusted, ANSI sequences removed. */
  readonly message: string;
  /** Stack trace or output, untrusted, cut to a bounded length. */
  readonly details: string;
}

/** A line of a file of the project. */
export interface FailedAt {
  readonly path: string;
  readonly line: number;
}

/** A file that a failing test left: a screenshot, a video, a log. */
export interface Attachment {
  /** Relative to the project and within it, with `/`; untrusted. */
  readonly path: string;
  /** The job whose report names it, and whose artifacts so hold it; null where that job is not known. */
  readonly jobId: number | null;
}

export interface TestCase {
  readonly id: TestId;
  /** Path of suites above the test, outermost first, as the tool names them; empty if it names none. */
  readonly suite: string;
  readonly className: string;
  readonly name: string;
  /** Source file as the tool wrote it, made relative to the project where that is certain. */
  readonly file: string | null;
  readonly line: number | null;
  /** Where in the project it failed, by its stack or its report; null when that is not certain. */
  readonly failedAt: FailedAt | null;
  /** Outcome of the last run. */
  readonly outcome: TestOutcome;
  /** True when it failed and then passed, within this pipeline. */
  readonly flaky: boolean;
  /** How often it ran, reruns included; at least 1. */
  readonly runs: number;
  readonly failedRuns: number;
  readonly durationSeconds: number | null;
  /** Of the last run that failed; null when none did. Skipped tests carry their reason as `message`. */
  readonly failure: TestFailure | null;
  /** What the last run left, a few; empty for a test that does not fail. */
  readonly attachments: readonly Attachment[];
  /** Path of the report file it was read from. */
  readonly report: string;
}

export interface TestTotals {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  readonly skipped: number;
  readonly flaky: number;
  readonly durationSeconds: number;
}

/**
 * Every test of a report with its outcome and duration, in memory that stays small for millions: hash tables with open
 * addressing, which only `test-index.ts` reads. A slot is a number below `slots`, as long as the index does not grow.
 */
export interface TestIndex {
  readonly size: number;
  readonly slots: number;
  /** Pages of slots, many in each; `test-pages.ts` says what is where. */
  readonly chunks: readonly Int32Array[];
  /** The pages of the only part, or of one part for each first byte of the ids. */
  readonly parts: readonly Uint32Array[];
}

export interface TestsReport {
  readonly kind: 'tests';
  /** Every test counted once, by its last outcome. */
  readonly totals: TestTotals;
  /** All that did not pass and as many of the others as the limits allow, in the order of the report. */
  readonly cases: readonly TestCase[];
  /** Tests that are in `totals` and `index` only, because the limits cut them from `cases`. */
  readonly omittedCases: number;
  readonly index: TestIndex;
  /** How often tests ran: once in each job of a matrix, reruns not counted; at least `totals.total`. */
  readonly runs: number;
  /** Failing tests that are followed by a passing one of the same name, which may be their rerun; no format says so. */
  readonly likelyReruns: number;
}

/** True for the outcomes that call for action. */
export function isFailing(outcome: TestOutcome): boolean {
  return outcome === 'failed' || outcome === 'errored';
}
