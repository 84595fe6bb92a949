import { type Finding, type Severity, severities } from '../../model/findings.ts';
import type { CountedFindings } from '../../model/gate-words.ts';
import { type Gate, type Measured, named, notCompared, type Threshold } from '../gate.ts';

/** True for a severity that is at least as grave; `unknown` is at least as grave as `unknown` only. */
function isAtLeast(severity: Severity, limit: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(limit);
}

function describe(finding: Finding): string {
  const place =
    finding.path === null ? '' : ` in ${finding.path}${finding.line === null ? '' : `:${finding.line}`}`;
  return `${finding.rule === '' ? finding.tool : finding.rule}${place}`;
}

interface Counted {
  readonly which: CountedFindings;
  readonly findings: readonly Finding[];
  /** All of them, those beyond the list's limit too, when no severity is asked for. */
  readonly total: number;
}

/** The findings that a threshold counts. */
function countedBy(threshold: Threshold, findings: readonly Finding[]): readonly Finding[] {
  return threshold.kind === 'severity'
    ? findings.filter(({ severity }) => isAtLeast(severity, threshold.severity))
    : findings;
}

function measured({ which, findings, total }: Counted, threshold: Threshold): Measured {
  const atLeast = threshold.kind === 'severity' ? threshold.severity : null;
  const grave = countedBy(threshold, findings);
  const count = atLeast === null ? total : grave.length;
  return {
    value: count,
    found: (words) => `${words.findings(which, count, atLeast)}${named(words, grave.map(describe), count)}`,
  };
}

function counting(which: CountedFindings, counts: (finding: Finding) => boolean): Pick<Gate, 'measure'> {
  return {
    measure({ findings }, threshold) {
      if (findings === null) return null;
      const list = findings.findings.filter((finding) => !finding.suppressed && counts(finding));
      return measured({ which, findings: list, total: list.length }, threshold);
    },
  };
}

function countingNew(which: CountedFindings, counts: (finding: Finding) => boolean): Pick<Gate, 'measure'> {
  return {
    measure({ comparison }, threshold) {
      if (comparison.findings === null) return null;
      const { fresh, undecided } = comparison.findings;
      const list = fresh.map(({ finding }) => finding).filter(counts);
      const certain = measured({ which, findings: list, total: list.length }, threshold);
      const isOpen = countedBy(threshold, undecided.filter(counts)).length > 0;
      return isOpen ? { ...certain, mayBeMore: 'findings-elsewhere' } : certain;
    },
  };
}

const isSecurity = ({ category }: Finding): boolean => category === 'security';

export const findingsGates = [
  {
    name: 'findings',
    meaning: 'Findings of analysers, new or not; `findings>=high` counts from a severity on.',
    takes: ['severity', 'number'],
    bare: true,
    example: 'findings>=critical',
    measure({ findings }, threshold) {
      if (findings === null) return null;
      const list = findings.findings.filter(({ suppressed }) => !suppressed);
      return measured({ which: 'findings', findings: list, total: findings.total }, threshold);
    },
    unmeasured: 'no-findings',
    remedy: 'fix-findings',
  },
  {
    name: 'new-findings',
    meaning:
      'Findings that the target branch does not have; where it has no report of findings, those on lines that the merge request adds.',
    takes: ['severity', 'number'],
    bare: true,
    example: 'new-findings>=high',
    ...countingNew('new-findings', () => true),
    unmeasured: notCompared('findings', 'no-findings', 'no-earlier-findings'),
    remedy: 'fix-new-findings',
  },
  {
    name: 'vulnerabilities',
    meaning: 'Findings of security scanners, new or not.',
    takes: ['severity', 'number'],
    bare: true,
    example: 'vulnerabilities>=high',
    ...counting('vulnerabilities', isSecurity),
    unmeasured: 'no-findings',
    remedy: 'fix-findings',
  },
  {
    name: 'new-vulnerabilities',
    meaning:
      'Findings of security scanners that the target branch does not have; where it has no report of findings, those on lines that the merge request adds.',
    takes: ['severity', 'number'],
    bare: true,
    example: 'new-vulnerabilities',
    ...countingNew('new-vulnerabilities', isSecurity),
    unmeasured: notCompared('findings', 'no-findings', 'no-earlier-findings'),
    remedy: 'fix-new-findings',
  },
] as const satisfies readonly Gate[];
