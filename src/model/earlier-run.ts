/** What `herald-report.json` of an earlier run holds, as far as a run can be compared with it. */
import type { EarlierFinding, NamedTest } from './comparison.ts';
import type { CoverageTotals, CoverageUnit, CoveredOf } from './coverage.ts';
import type { HistoryRun, TestRecord } from './history.ts';
import type { TestId, TestIndex, TestTotals } from './tests.ts';

export interface EarlierTests {
  readonly totals: TestTotals;
  /** Every test with its outcome in that run and its usual duration. */
  readonly index: TestIndex;
  /** Names of tests, as many as the report kept: all failing ones first. */
  readonly names: ReadonlyMap<TestId, NamedTest>;
  /** What runs before that one did, to go on from; null when nothing is kept. */
  readonly history: {
    /** By slot of the index: how many recorded runs had the test. */
    readonly runs: Uint8Array;
    /** By slot: spread of its durations in percent. */
    readonly spreads: Uint8Array;
    /** Outcomes newest first of tests that did anything but pass, one letter a run. */
    readonly records: ReadonlyMap<TestId, string>;
  } | null;
  /** The record of a test over the recorded runs, including that one; null when none had it. */
  recordOf(id: TestId): TestRecord | null;
  /**
   * Usual duration in seconds and its spread (mean absolute deviation, as a share); null with fewer than three runs.
   */
  timingOf(id: TestId): { readonly seconds: number; readonly spread: number } | null;
}

export interface EarlierCoverage {
  /** Null where only a percentage is known. */
  readonly unit: CoverageUnit | null;
  readonly totals: CoverageTotals;
  /** Lines by path; empty when the report kept totals only. */
  readonly files: ReadonlyMap<string, CoveredOf>;
}

export interface EarlierFindings {
  /** Identities of all that were kept. */
  readonly ids: ReadonlySet<string>;
  /** Those that were kept with their texts. */
  readonly findings: ReadonlyMap<string, EarlierFinding>;
  /** False when that run had more than were kept. */
  readonly complete: boolean;
}

export interface EarlierMetric {
  /** `metricKey` of `compare/compare-metrics.ts`. */
  readonly key: string;
  readonly name: string;
  readonly value: number;
  /** Values of the recorded runs, newest first, that run's own included; at most 20. */
  readonly recent: readonly number[];
}

export interface EarlierDurations {
  /** Run times in seconds, newest first, at most 20. */
  readonly pipeline: readonly number[];
  /** Sums of the jobs' waiting times. */
  readonly queue: readonly number[];
  readonly jobs: ReadonlyMap<string, readonly number[]>;
}

export interface EarlierRun {
  readonly sha: string;
  readonly ref: string;
  readonly pipelineId: number;
  readonly source: 'herald' | 'gitlab';
  readonly tests: EarlierTests | null;
  readonly coverage: EarlierCoverage | null;
  readonly findings: EarlierFindings | null;
  readonly metrics: readonly EarlierMetric[] | null;
  readonly durations: EarlierDurations | null;
  /** Runs of the branch, newest first, that run's own included; at most 50. */
  readonly runs: readonly HistoryRun[];
}
