import { convertTargets } from '../convert/registry.ts';
import type { ConvertTarget } from '../convert/target.ts';
import { UnreadableInputError, UsageError } from '../errors.ts';
import type { Log } from '../io/port.ts';
import type { ReadReport, Report } from '../model/report.ts';
import { mergeCoverage } from '../reports/collect/merge-coverage.ts';
import { mergeFindings } from '../reports/collect/merge-findings.ts';
import { mergeTests } from '../reports/collect/merge-tests.ts';
import { createPathResolver } from '../reports/collect/source-paths.ts';
import { inspectionOf } from '../reports/inspection.ts';
import { readReport } from '../reports/read.ts';
import type { InspectableFile } from './inspect.ts';
import { formatsWith } from './pattern-formats.ts';

export interface ConvertOptions {
  readonly to: string;
  readonly patterns: readonly string[];
  readonly directory: string;
  /** Takes secrets out of what is read. */
  readonly mask: (text: string) => string;
}

export interface Conversion {
  readonly text: string;
  readonly unreadable: number;
  /** Signs of failure that are in the reports and have no place in what is written. */
  readonly lostSigns: number;
}

function isKind<Kind extends Report['kind']>(
  report: Report | null,
  kind: Kind,
): report is Extract<Report, { kind: Kind }> {
  return report?.kind === kind;
}

function mergedOf(reads: readonly ReadReport[], kind: Report['kind']): Report | null {
  const reports = reads.map(({ report }) => report);
  const tests = reports.filter((report) => isKind(report, 'tests'));
  const coverage = reports.filter((report) => isKind(report, 'coverage'));
  const findings = reports.filter((report) => isKind(report, 'findings'));
  if (kind === 'tests') return tests.length === 0 ? null : mergeTests(tests);
  if (kind === 'coverage') return coverage.length === 0 ? null : mergeCoverage(coverage);
  return findings.length === 0 ? null : mergeFindings(findings);
}

/** What the limits of reading kept from a file cannot be written into another. */
function sayWhatIsMissing(report: Report, log: Log): void {
  const missing =
    report.kind === 'tests' ? report.omittedCases : report.kind === 'findings' ? report.omittedFindings : 0;
  if (missing > 0)
    log.warn(`too many ${report.kind}: ${missing} are counted in the totals but not written one by one`);
}

/**
 * Signs of failure in a report beside the failures that it lists: no format of GitLab's widgets has a place for them.
 * The file's warnings have already reported each one.
 */
function lostSignsOf({
  evidence: { verdicts, incomplete, declaredFailures, failedRuns },
}: ReadReport): number {
  return verdicts.length + incomplete.length + Math.max(0, (declaredFailures ?? 0) - failedRuns);
}

function sayWhatIsLost(target: ConvertTarget, report: Report, log: Log): void {
  for (const loss of target.losses(report)) log.warn(`${target.title}: ${loss}`);
}

/**
 * Reads files of any format and writes them as one report for a widget of GitLab. Files of another kind are passed over
 * with a warning. Throws `UsageError` for an unknown target and `UnreadableInputError` when no file holds what the
 * target is made from.
 */
export async function convert(
  files: readonly InspectableFile[],
  { to, patterns, directory, mask }: ConvertOptions,
  log: Log,
): Promise<Conversion> {
  const target = convertTargets.find(({ name }) => name === to);
  if (target === undefined) throw new UsageError(`cannot convert to "${to}"`);
  const formats = formatsWith(patterns);
  const resolvePath = createPathResolver({ projectDirectory: directory, knownFiles: null });
  const reads: ReadReport[] = [];
  for (const file of files) {
    const { sizeBytes, chunks } = await file.open();
    const read = await readReport({ path: file.path, sizeBytes, chunks }, { resolvePath, mask, formats });
    for (const warning of inspectionOf(read).warnings) log.warn(`${file.path}: ${warning}`);
    if (read.report === null) log.warn(`${file.path} ${read.error ?? 'cannot be read'}`);
    else if (read.report.kind !== target.from)
      log.warn(
        `${file.path} holds ${read.report.kind}, but ${target.title} is made from ${target.from}: skipped`,
      );
    reads.push(read);
  }
  const report = mergedOf(reads, target.from);
  const text = report === null ? null : target.write(report);
  if (report === null || text === null)
    throw new UnreadableInputError(`no file holds ${target.from}, which ${target.title} is made from`);
  sayWhatIsMissing(report, log);
  sayWhatIsLost(target, report, log);
  const lostSigns = reads
    .filter((read) => read.report?.kind === target.from)
    .reduce((sum, read) => sum + lostSignsOf(read), 0);
  if (lostSigns > 0)
    log.warn(
      `${target.title} cannot hold ${lostSigns} signs of failure that the reports give beside what they list`,
    );
  return { text, unreadable: reads.filter(({ error }) => error !== null).length, lostSigns };
}
