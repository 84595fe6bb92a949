import type { Finding, FindingsReport } from '../../src/model/findings.ts';
import type { ReadReport } from '../../src/model/report.ts';

/** What a fixture's `.expected.json` holds: the counts that are not 0, and a line for each finding. */
export interface FindingsSummary {
  readonly total: number;
  readonly bySeverity: Readonly<Record<string, number>>;
  readonly findings: readonly string[];
}

function placeOf({ path, line, endLine, column }: Finding): string {
  const lines = endLine === null || endLine === line ? `${line ?? ''}` : `${line ?? ''}-${endLine}`;
  return `${path ?? 'nowhere'}:${lines}${column === null ? '' : `:${column}`}`;
}

/** Severity, category, tool, rule, place and message, then what else there is: identifiers, link, fix, description. */
function lineOf(finding: Finding): string {
  const { fix } = finding;
  const parts = [
    `${finding.suppressed ? 'suppressed ' : ''}${finding.severity} ${finding.category} ${finding.tool}/${finding.rule}`,
    `${placeOf(finding)}: ${finding.message}`,
    finding.identifiers.join(' '),
    finding.ruleUrl ?? '',
    fix === null
      ? ''
      : `fix ${fix.startLine}-${fix.endLine} ${fix.columns === null ? '' : `columns ${fix.columns.start}-${fix.columns.end ?? ''} `}${JSON.stringify(fix.replacement)} ${fix.description ?? ''}`,
    finding.description.replaceAll('\n', '/'),
  ];
  return parts.filter((part) => part !== '').join(' | ');
}

/** Writes a report short enough to compare as a whole. */
export function summaryOf({ total, bySeverity, findings }: FindingsReport): FindingsSummary {
  const counts = Object.entries(bySeverity).filter(([, count]) => count > 0);
  return { total, bySeverity: Object.fromEntries(counts), findings: findings.map(lineOf) };
}

/** The report, where a test knows that it is one of findings. */
export function findingsOf({ report, error }: ReadReport): FindingsReport {
  if (report?.kind !== 'findings') throw new Error(`no findings report: ${error ?? ''}`);
  return report;
}

/**
 * All that a fixture's `.expected.json` holds: the summary, the warnings, and the signs of failure where the report
 * gives some.
 */
export function toldBy(read: ReadReport): object {
  const { verdicts, incomplete } = read.evidence;
  return {
    ...summaryOf(findingsOf(read)),
    warnings: read.warnings,
    ...(verdicts.length > 0 ? { verdicts } : {}),
    ...(incomplete.length > 0 ? { incomplete } : {}),
  };
}
