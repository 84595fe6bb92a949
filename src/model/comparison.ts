import type { CoverageTotals, CoveredOf } from './coverage.ts';
import type { Finding, FindingCategory, Severity } from './findings.ts';
import type { FlakyMark } from './flaky-mark.ts';
import type { TestRecord } from './history.ts';
import type { Metric } from './metrics.ts';
import type { QuarantinedTests } from './quarantine.ts';
import type { TestCase, TestId } from './tests.ts';

/**
 * The relation of the baseline's commit to the wanted one (the merge base; in merged-results pipelines the head of
 * the target branch; on a branch its previous pipeline):
 * - `exact`: it is that commit;
 * - `behind`: an ancestor of it, the nearest that has a report;
 * - `previous`: the pipeline before this one of the same branch;
 * - `newest`: none at or before it could be found, so the newest of the branch, which may be ahead;
 * - `given`: the file that the user named.
 */
export type BaselineRelation = 'exact' | 'behind' | 'previous' | 'newest' | 'given';

/** Which earlier state this run is compared with. */
export interface BaselineOrigin {
  readonly sha: string;
  readonly ref: string;
  readonly pipelineId: number;
  readonly relation: BaselineRelation;
  /** Commits between the wanted commit and this one; 0 for `exact`, null when it is not known. */
  readonly commitsBehind: number | null;
  /** Herald's own report, or GitLab's reading of that pipeline's JUnit reports and job coverage. */
  readonly source: 'herald' | 'gitlab';
}

/** A number of things and those of them that are known by name: `count` is never less than `items.length`. */
export interface Listed<T> {
  readonly count: number;
  readonly items: readonly T[];
}

/** What is known of a test that may not be in this run. */
export type NamedTest = Pick<TestCase, 'id' | 'suite' | 'className' | 'name'>;

/** A test whose duration left the range that its earlier runs span. */
export interface DurationShift {
  readonly test: NamedTest;
  readonly beforeSeconds: number;
  readonly nowSeconds: number;
}

export interface TestsComparison {
  /**
   * Fail now and did not fail before: passed, were skipped, or did not exist. Tests that people marked as flaky are
   * omitted.
   */
  readonly newFailures: readonly TestCase[];
  /** Fail now and failed before. */
  readonly stillFailing: readonly TestCase[];
  /** Failed before and pass now. */
  readonly fixed: Listed<NamedTest>;
  /** Not there before, without moved ones. */
  readonly added: Listed<NamedTest>;
  /** Not there any more, without moved ones. */
  readonly removed: Listed<NamedTest>;
  /** Skipped now, ran before. */
  readonly newlySkipped: Listed<NamedTest>;
  /** The same test under another class, file or package, where that is certain. */
  readonly moved: Listed<{ readonly from: NamedTest; readonly to: NamedTest }>;
  /** Slower than before beyond the noise of its earlier runs, the largest loss first. */
  readonly slower: Listed<DurationShift>;
}

/** Of one file; null on the side where the file does not exist or was not measured. */
export interface FileCoverageChange {
  readonly path: string;
  readonly before: CoveredOf | null;
  readonly now: CoveredOf | null;
}

export interface CoverageComparison {
  readonly before: CoverageTotals;
  /**
   * Files of the diff whose coverage changed, the largest loss of covered lines first; all files when there is no diff.
   */
  readonly files: Listed<FileCoverageChange>;
  /** Files outside of the diff whose coverage fell: indirect changes. Empty without a diff. */
  readonly indirect: Listed<FileCoverageChange>;
}

/** Lines `start` to `end`, both included, counted from 1. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

export interface FilePatchCoverage {
  readonly path: string;
  readonly lines: CoveredOf;
  /** Changed lines that the tool does not instrument: comments, declarations, blank lines. */
  readonly notInstrumented: number;
  readonly uncovered: readonly LineRange[];
}

/** Coverage of the lines that the merge request adds or changes. */
export interface PatchCoverage {
  /** `total` counts the changed lines that are instrumented. */
  readonly lines: CoveredOf;
  readonly notInstrumented: number;
  /** Files with at least one instrumented changed line, the most uncovered lines first. */
  readonly files: readonly FilePatchCoverage[];
  /** Changed source files that no coverage report names; a hint that paths do not fit when it is all of them. */
  readonly unmeasuredFiles: readonly string[];
  /** False when GitLab did not return the whole diff. */
  readonly complete: boolean;
}

export interface NewFinding {
  readonly finding: Finding;
  /** On a line that the merge request adds or changes; null without a diff or without a line. */
  readonly onChangedLine: boolean | null;
}

/** A finding that is gone: what the baseline kept of it. */
export interface EarlierFinding {
  readonly id: string;
  readonly category: FindingCategory;
  readonly tool: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path: string | null;
  readonly line: number | null;
}

export interface FindingsComparison {
  /** On changed lines first, then by severity. */
  readonly fresh: readonly NewFinding[];
  readonly fixed: Listed<EarlierFinding>;
  readonly existing: number;
  /** May be new or not: there is nothing to compare with, and they are on no line that the diff adds. */
  readonly undecided: readonly Finding[];
  /** False when one of the two sides had more findings than are kept: then `fresh` and `fixed` are what is known. */
  readonly complete: boolean;
}

export interface MetricChange {
  readonly metric: Metric;
  readonly before: number;
  /** Now minus before, in the metric's unit. */
  readonly difference: number;
  /** Difference over the earlier value; null when that is 0. */
  readonly ratio: number | null;
  /** Beyond the noise: the spread of earlier values, at least 1 %. */
  readonly significant: boolean;
  /** By the metric's own direction; `neutral` when it has none or the change is not significant. */
  readonly verdict: 'better' | 'worse' | 'neutral';
}

export interface MetricsComparison {
  /** Significant ones first, the largest ratio first; without unchanged ones. */
  readonly changes: readonly MetricChange[];
  readonly unchanged: number;
  readonly added: readonly Metric[];
  /** Names of metrics that are gone. */
  readonly removed: readonly string[];
}

/** A duration against the median of recent runs of the target branch. */
export interface DurationChange {
  /** Name of the job; empty for the pipeline. */
  readonly job: string;
  readonly seconds: number;
  readonly medianSeconds: number;
  /** How many runs the median is of. */
  readonly samples: number;
  readonly significant: boolean;
}

export interface DurationsComparison {
  /** From the start of the first job to the end of the last; null while that is not known. */
  readonly pipeline: DurationChange | null;
  /** Time that the jobs waited for runners, summed; apart from the run time. */
  readonly queue: DurationChange | null;
  /** Jobs that take significantly longer or shorter, the largest difference first. */
  readonly jobs: readonly DurationChange[];
}

/** Why a file that should be a `herald-report.json` cannot be used. */
export type UnusableReport =
  /** Nested too deep, or with too many parts. */
  | { readonly kind: 'too-complex' }
  | { readonly kind: 'not-json' }
  /** The columns of its tests do not fit each other. */
  | { readonly kind: 'columns' }
  /** What it says of its tests, coverage or findings contradicts itself. */
  | { readonly kind: 'contradiction' }
  /** Another version of its schema; `found` is null where it is not a number. */
  | { readonly kind: 'schema'; readonly found: number | null; readonly known: number }
  /** The first place that the schema refuses, empty for the whole. */
  | { readonly kind: 'shape'; readonly path: string };

/** Why there is nothing to compare with. */
export type MissingBaseline =
  /** GitLab can only be asked with a token. */
  | { readonly kind: 'no-token' }
  /** A tag has no target branch. */
  | { readonly kind: 'tag' }
  | { readonly kind: 'first-pipeline'; readonly ref: string }
  /** GitLab refused a question, or could not be reached. */
  | { readonly kind: 'not-returned'; readonly ref: string }
  | { readonly kind: 'none-finished'; readonly ref: string }
  /** No earlier pipeline has a report of the job. */
  | { readonly kind: 'no-report'; readonly ref: string; readonly jobName: string }
  | { readonly kind: 'no-job'; readonly ref: string; readonly pipelineId: number; readonly jobName: string }
  /** The job ran, and its report is gone. */
  | { readonly kind: 'not-kept'; readonly ref: string; readonly pipelineId: number }
  | { readonly kind: 'unusable'; readonly ref: string; readonly why: UnusableReport }
  /** The file that the user named. */
  | { readonly kind: 'unusable-file'; readonly path: string; readonly why: UnusableReport };

/** Null parts have nothing to compare; `baseline` null = no comparison at all, and `missing` says why. */
export interface Comparison {
  readonly baseline: BaselineOrigin | null;
  readonly missing: MissingBaseline | null;
  readonly tests: TestsComparison | null;
  /** What the history knows of tests that fail or were flaky in this run; tests without a record are not in it. */
  readonly records: ReadonlyMap<TestId, TestRecord>;
  /** Tests that fail in this run and that people marked as flaky: none of them is a new failure. */
  readonly flakyMarks: ReadonlyMap<TestId, FlakyMark>;
  /** Tests that fail in this run and that the target branch has in its quarantine, expired entries included. */
  readonly quarantined: QuarantinedTests;
  readonly coverage: CoverageComparison | null;
  /** Needs the diff, not a baseline. */
  readonly patch: PatchCoverage | null;
  readonly findings: FindingsComparison | null;
  readonly metrics: MetricsComparison | null;
  readonly durations: DurationsComparison | null;
}
