import type { BaselineOrigin, Comparison, MissingBaseline } from '../model/comparison.ts';
import type { CoverageReport } from '../model/coverage.ts';
import type { Diff } from '../model/diff.ts';
import type { EarlierRun } from '../model/earlier-run.ts';
import type { FindingsReport } from '../model/findings.ts';
import type { MetricsReport } from '../model/metrics.ts';
import type { PipelineWithJobs } from '../model/pipeline.ts';
import type { TestsReport } from '../model/tests.ts';
import { compareCoverage, isComparable } from './compare-coverage.ts';
import { compareDurations } from './compare-durations.ts';
import { compareFindings, findingsOnDiff } from './compare-findings.ts';
import { compareMetrics } from './compare-metrics.ts';
import { compareTests, recordsOf } from './compare-tests.ts';
import { patchCoverage } from './patch-coverage.ts';

/** This run, as far as it can be compared. */
export interface ComparableRun {
  readonly tests: TestsReport | null;
  readonly coverage: CoverageReport | null;
  readonly findings: FindingsReport | null;
  readonly metrics: MetricsReport | null;
  readonly pipeline: PipelineWithJobs | null;
  readonly diff: Diff | null;
}

/** The baseline that was found, or why there is none. */
export type FoundBaseline =
  | { readonly earlier: EarlierRun; readonly origin: BaselineOrigin }
  | { readonly earlier: null; readonly missing: MissingBaseline };

/** The part of the comparison about tests, which needs neither the jobs nor the diff. */
export function compareTestsWith(tests: TestsReport | null, { earlier }: FoundBaseline): Comparison['tests'] {
  return both(tests, earlier?.tests ?? null, compareTests);
}

/**
 * Compares the parts that both sides have; a part is null where one side lacks it. Findings are compared with the diff
 * then. Tests may be compared already.
 */
export function compareRuns(
  now: ComparableRun,
  found: FoundBaseline,
  comparedTests = compareTestsWith(now.tests, found),
): Comparison {
  const { tests, coverage, findings, metrics, pipeline, diff } = now;
  const patch = coverage === null || diff === null ? null : patchCoverage(coverage, diff);
  if (found.earlier === null) {
    const nothing = { tests: null, coverage: null, metrics: null, durations: null };
    return {
      baseline: null,
      missing: found.missing,
      ...nothing,
      records: new Map(),
      flakyMarks: new Map(),
      quarantined: new Map(),
      findings: both(findings, diff, findingsOnDiff),
      patch,
    };
  }
  const { earlier, origin } = found;
  return {
    baseline: origin,
    missing: null,
    tests: comparedTests,
    records: both(tests, earlier.tests, recordsOf) ?? new Map(),
    flakyMarks: new Map(),
    quarantined: new Map(),
    coverage: both(coverage, earlier.coverage, (a, b) =>
      isComparable(a, b) ? compareCoverage(a, b, diff) : null,
    ),
    patch,
    findings:
      both(findings, earlier.findings, (a, b) => compareFindings(a, b, diff)) ??
      both(findings, diff, findingsOnDiff),
    metrics: both(metrics, earlier.metrics, compareMetrics),
    durations: both(pipeline, earlier.durations, compareDurations),
  };
}

function both<A, B, R>(now: A | null, before: B | null, compare: (now: A, before: B) => R | null): R | null {
  return now === null || before === null ? null : compare(now, before);
}
