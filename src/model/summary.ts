import type { Comparison } from './comparison.ts';
import type { Context, MergeRequest } from './context.ts';
import type { CoverageReport } from './coverage.ts';
import type { FindingsReport } from './findings.ts';
import type { GateVerdict } from './gate.ts';
import type { MetricsReport } from './metrics.ts';
import type { PipelineWithJobs } from './pipeline.ts';
import type { ReadReport, Warning } from './report.ts';
import type { TestsReport } from './tests.ts';

/** Everything one run found, merged over files: what sections render, gates judge and `herald-report.json` keeps. */
export interface Summary {
  readonly context: Context;
  readonly mergeRequest: MergeRequest | null;
  /** Null where nothing of the kind was found; a report without a single test is not null. */
  readonly tests: TestsReport | null;
  readonly coverage: CoverageReport | null;
  readonly findings: FindingsReport | null;
  readonly metrics: MetricsReport | null;
  /** Null when the API could not be asked. */
  readonly pipeline: PipelineWithJobs | null;
  readonly comparison: Comparison;
  readonly gates: readonly GateVerdict[];
  /** The files read, without their contents. */
  readonly files: readonly Omit<ReadReport, 'report'>[];
  readonly warnings: readonly Warning[];
}
