import { type Finding, type Severity, severities } from '../../model/findings.ts';
import type { CountedFindings } from '../../model/gate-words.ts';
import { type Gate, type Judgeable, type Measured, named, type Threshold } from '../gate.ts';

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

function measured({ which, findings, total }: Counted, threshold: Threshold): Measured {
  const atLeast = threshold.kind === 'severity' ? threshold.severity : null;
  const grave = atLeast === null ? findings : findings.filter(({ severity }) => isAtLeast(severity, atLeast));
  const count = atLeast === null ? total : grave.length;
  return {
    value: count,
    found: (words) => `${words.findings(which, count, atLeast)}${named(words, grave.map(describe), count)}`,
  };
}

function fresh({ comparison }: Judgeable): readonly Finding[] | null {
  return comparison.findings?.fresh.map(({ finding }) => finding) ?? null;
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
    measure(summary, threshold) {
      const list = fresh(summary)?.filter(counts) ?? null;
      return list === null ? null : measured({ which, findings: list, total: list.length }, threshold);
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
    meaning: 'Findings that the target branch does not have.',
    takes: ['severity', 'number'],
    bare: true,
    example: 'new-findings>=high',
    ...countingNew('new-findings', () => true),
    unmeasured: 'no-earlier-findings',
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
    meaning: 'Findings of security scanners that the target branch does not have.',
    takes: ['severity', 'number'],
    bare: true,
    example: 'new-vulnerabilities',
    ...countingNew('new-vulnerabilities', isSecurity),
    unmeasured: 'no-earlier-findings',
    remedy: 'fix-new-findings',
  },
] as const satisfies readonly Gate[];
