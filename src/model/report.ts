import type { CoverageReport } from './coverage.ts';
import type { ReportEvidence } from './evidence.ts';
import type { FindingsReport } from './findings.ts';
import type { MetricsReport } from './metrics.ts';
import type { TestsReport } from './tests.ts';

export type Report = TestsReport | CoverageReport | FindingsReport | MetricsReport;

export type ReportKind = Report['kind'];

/** Something that the reader should know and that cost at most the file it is about. */
export interface Warning {
  /** Path of the file, as found; null when it is about no file. */
  readonly path: string | null;
  /** What is wrong, where (line if known), and what was done about it; one line, untrusted parts bounded. */
  readonly message: string;
}

/** What reading one report file gave. */
export interface ReadReport {
  /** Relative to the project directory, as found or as given. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Name of the format (`junit`, `cobertura`, …), `unknown` when none fits. */
  readonly format: string;
  /** Null when the file could not be read; then `error` says why. */
  readonly report: Report | null;
  /** What else the file gives, of another kind. */
  readonly also?: Report;
  readonly error: string | null;
  /** True for a file that could not be read because it is something else than a report. */
  readonly isForeign: boolean;
  readonly warnings: readonly string[];
  /** Signs of failure that the file gave, in numbers and words. */
  readonly evidence: ReportEvidence;
}
