import type { CoverageTotals } from './coverage.ts';
import type { TestCase, TestTotals } from './tests.ts';

/** Which earlier state this run is compared with. */
export interface BaselineOrigin {
  readonly sha: string;
  readonly ref: string;
  readonly pipelineId: number;
  readonly pipelineUrl: string;
}

export interface TestsComparison {
  readonly before: TestTotals;
  /** Fail now and did not fail before: passed, were skipped, or did not exist. */
  readonly newFailures: readonly TestCase[];
  /** Fail now and failed before. */
  readonly stillFailing: readonly TestCase[];
  /** Number of tests that failed before and pass now. */
  readonly fixed: number;
  readonly added: number;
  readonly removed: number;
}

/** Null parts have nothing to compare; `baseline` null = no comparison at all, and `missing` says why in one sentence. */
export interface Comparison {
  readonly baseline: BaselineOrigin | null;
  readonly missing: string | null;
  readonly tests: TestsComparison | null;
  readonly coverage: { readonly before: CoverageTotals } | null;
}
