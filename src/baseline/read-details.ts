import type { UnexplainedSign } from '../model/evidence.ts';
import { counted } from '../model/plural.ts';
import type { Summary } from '../model/summary.ts';
import { readDetailsCoverage } from './details/details-coverage.ts';
import { readDetailsFindings } from './details/details-findings.ts';
import { readDetailsMetrics } from './details/details-metrics.ts';
import type { DetailsPart } from './details/details-part.ts';
import { readDetailsTests } from './details/details-tests.ts';
import { type KeptReport, parseReportJson, type Unusable } from './herald-report.ts';
import type { ReportIdentity } from './report-identity.ts';
import { heraldReportSchema } from './report-with-details.ts';
import { readTestsPart } from './tests-part.ts';

/** What a run found, as it read it from its files. */
export type Told = Pick<Summary, 'coverage' | 'files' | 'findings' | 'metrics' | 'tests' | 'warnings'> & {
  /** Reports that its run missed or refused. */
  readonly gaps: readonly UnexplainedSign[];
};

export interface ReportWithDetails {
  readonly identity: ReportIdentity;
  /**
   * Null where the report has no details: its run had a token of its own and published itself, or had an older Herald.
   */
  readonly told: Told | null;
}

const contradiction = { unusable: { kind: 'contradiction' } } as const;
const longestWarning = 1_000;

/**
 * Reads a `herald-report.json` with its details: what `collectReports` gave the run that wrote it. The text comes from
 * a stranger: all of it is bounded and must be consistent; `foreignPart` checks whether its claims are true.
 */
export function parseReportWithDetails(json: string): ReportWithDetails | Unusable {
  const report = parseReportJson(json, heraldReportSchema);
  if ('unusable' in report) return report;
  const { details, ...kept } = report;
  if (details === undefined) return { identity: kept, told: null };
  const told = toldBy(kept, details);
  return told === null ? contradiction : { identity: kept, told };
}

/** The result of a reader; distinguishes null for nothing to read from null for a contradiction. */
type Read<T> = { readonly value: T | null } | null;

function read<Part, T>(part: Part | null, reader: (part: Part) => T | null): Read<T> {
  if (part === null) return { value: null };
  const value = reader(part);
  return value === null ? null : { value };
}

function toldBy(kept: KeptReport, details: DetailsPart): Told | null {
  const tests = read(details.tests, (part) => {
    const columns = kept.tests === null ? null : readTestsPart(kept.tests);
    return columns === null ? null : readDetailsTests(part, columns);
  });
  const coverage = read(details.coverage, (part) =>
    kept.coverage === null ? null : readDetailsCoverage(part, kept.coverage),
  );
  const findings = read(details.findings, (part) =>
    kept.findings === null ? null : readDetailsFindings(part, kept.findings),
  );
  if (tests === null || coverage === null || findings === null) return null;
  return {
    tests: tests.value,
    coverage: coverage.value,
    findings: findings.value,
    metrics: details.metrics === null ? null : readDetailsMetrics(details.metrics),
    files: details.files.files,
    gaps: [...details.gaps, ...unkeptFiles(details)],
    warnings: [
      ...kept.warnings.map(({ path, message }) => ({
        path: path?.slice(0, longestWarning) ?? null,
        message: message.slice(0, longestWarning),
      })),
      ...omissions(details),
    ],
  };
}

/** What files without room said of failure is not known: in doubt, not green. */
function unkeptFiles({ files: { omitted } }: DetailsPart): readonly UnexplainedSign[] {
  if (omitted === 0) return [];
  const reason = 'the report of this pipeline had no room for all its report files';
  return [{ kind: 'incomplete', path: null, count: omitted, reason }];
}

/** What had no room, as far as no section counts it. */
function omissions({ coverage, files }: DetailsPart): Told['warnings'] {
  const left = [
    [coverage?.omitted ?? 0, { one: 'file with coverage', other: 'files with coverage' }],
    [
      coverage?.files.filter(({ lines }) => lines === null).length ?? 0,
      { one: 'list of covered lines', other: 'lists of covered lines' },
    ],
    [files.omitted, { one: 'name of a report file', other: 'names of report files' }],
  ] as const;
  return left.flatMap(([count, forms]) =>
    count === 0
      ? []
      : [{ path: null, message: `the report of this pipeline had no room for ${counted(count, forms)}` }],
  );
}
