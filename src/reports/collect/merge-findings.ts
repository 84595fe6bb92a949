import { type Finding, type FindingsReport, severities } from '../../model/findings.ts';
import { noCounts, totalOf } from './findings.ts';
import { mostSevereFindings } from './most-severe-findings.ts';

/** Of two reports' words on one finding: the one that does not suppress it, else the more severe, else the first. */
function weightier(one: Finding, other: Finding): Finding {
  if (one.suppressed !== other.suppressed) return one.suppressed ? other : one;
  return severities.indexOf(other.severity) < severities.indexOf(one.severity) ? other : one;
}

/**
 * Unites the findings of several files: the same identity is one finding, counted once. What a report omitted has no
 * identity any more and is added to the counts as it is.
 */
export function mergeFindings(reports: readonly FindingsReport[]): FindingsReport {
  const counts = noCounts();
  const byId = new Map<string, Finding>();
  for (const report of reports) {
    for (const severity of severities) counts[severity] += report.bySeverity[severity];
    for (const finding of report.findings) {
      // Taken out here, what was not listed is left.
      if (!finding.suppressed) counts[finding.severity] -= 1;
      const known = byId.get(finding.id);
      byId.set(finding.id, known === undefined ? finding : weightier(known, finding));
    }
  }
  const kept = mostSevereFindings();
  for (const finding of byId.values()) {
    if (!finding.suppressed) counts[finding.severity] += 1;
    kept.add(finding);
  }
  const findings = kept.list();
  const total = totalOf(counts);
  const listed = findings.filter((finding) => !finding.suppressed).length;
  return { kind: 'findings', total, bySeverity: counts, findings, omittedFindings: total - listed };
}
