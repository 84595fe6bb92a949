import type { CoverageTotals, CoverageUnit } from '../model/coverage.ts';
import type { ReportEvidence } from '../model/evidence.ts';
import type { CountBySeverity } from '../model/findings.ts';
import type { ReadReport } from '../model/report.ts';
import type { TestTotals } from '../model/tests.ts';

interface InspectedFile {
  readonly path: string;
  readonly format: string;
  /** False where the file is cut off, or a part of it could not be read. */
  readonly complete: boolean;
  readonly warnings: readonly string[];
}

/** One line of `herald inspect --json`: a contract for scripts, documented in docs/reference/inspect.md. */
export type Inspection =
  | (InspectedFile & { readonly kind: 'tests'; readonly tests: TestTotals })
  | (InspectedFile & {
      readonly kind: 'coverage';
      readonly coverage: CoverageTotals & { readonly unit: CoverageUnit; readonly files: number };
    })
  | (InspectedFile & {
      readonly kind: 'findings';
      readonly findings: { readonly total: number; readonly bySeverity: CountBySeverity };
    })
  | (InspectedFile & { readonly kind: 'metrics'; readonly metrics: { readonly total: number } })
  | (InspectedFile & { readonly kind: 'unknown'; readonly error: string });

/** What a file says of failure beside what it lists, in sentences. */
function evidenceInWords({
  declaredFailures,
  failedRuns,
  verdicts,
  incomplete,
}: ReportEvidence): readonly string[] {
  const unlisted = (declaredFailures ?? 0) > failedRuns;
  return [
    ...(unlisted
      ? [`declared failures: ${declaredFailures}, found: ${failedRuns}; the others are not listed`]
      : []),
    ...verdicts.map((reason) => `the tool reports a failed run: ${reason}`),
    ...incomplete,
  ];
}

/** What a file holds, in numbers. */
export function inspectionOf({
  path,
  format,
  report,
  error,
  warnings: said,
  evidence,
}: ReadReport): Inspection {
  const file = { path, format, complete: error === null && evidence.incomplete.length === 0 };
  const warnings = [...said, ...evidenceInWords(evidence)];
  if (report === null) return { ...file, kind: 'unknown', error: error ?? 'cannot be read', warnings };
  switch (report.kind) {
    case 'tests':
      return { ...file, kind: 'tests', tests: report.totals, warnings };
    case 'coverage':
      return {
        ...file,
        kind: 'coverage',
        coverage: { unit: report.unit, ...report.totals, files: report.files.length },
        warnings,
      };
    case 'findings':
      return {
        ...file,
        kind: 'findings',
        findings: { total: report.total, bySeverity: report.bySeverity },
        warnings,
      };
    case 'metrics':
      return {
        ...file,
        kind: 'metrics',
        metrics: { total: report.metrics.length + report.omittedMetrics },
        warnings,
      };
  }
}
