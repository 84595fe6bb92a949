import { type Finding, type Severity, severities } from '../../model/findings.ts';
import { counted, type Gate, type Judgeable, type Measured, named, type Threshold } from '../gate.ts';

const noFindings = 'no report of findings was found';
const noBaseline = 'findings are missing in this run or in the baseline';

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
  readonly findings: readonly Finding[];
  /** All of them, those beyond the list's limit too, when no severity is asked for. */
  readonly total: number;
  readonly one: string;
  readonly many: string;
}

function measured({ findings, total, one, many }: Counted, threshold: Threshold): Measured {
  const grave =
    threshold.kind === 'severity'
      ? findings.filter(({ severity }) => isAtLeast(severity, threshold.severity))
      : findings;
  const count = threshold.kind === 'severity' ? grave.length : total;
  const words = threshold.kind === 'severity' ? ` of severity ${threshold.severity} or above` : '';
  return { value: count, found: `${counted(count, one, many)}${words}${named(grave.map(describe), count)}` };
}

function fresh({ comparison }: Judgeable): readonly Finding[] | null {
  return comparison.findings?.fresh.map(({ finding }) => finding) ?? null;
}

function counting(counts: (finding: Finding) => boolean, one: string, many: string): Pick<Gate, 'measure'> {
  return {
    measure({ findings }, threshold) {
      if (findings === null) return null;
      const list = findings.findings.filter((finding) => !finding.suppressed && counts(finding));
      return measured({ findings: list, total: list.length, one, many }, threshold);
    },
  };
}

function countingNew(
  counts: (finding: Finding) => boolean,
  one: string,
  many: string,
): Pick<Gate, 'measure'> {
  return {
    measure(summary, threshold) {
      const list = fresh(summary)?.filter(counts) ?? null;
      return list === null ? null : measured({ findings: list, total: list.length, one, many }, threshold);
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
      return measured({ findings: list, total: findings.total, one: 'finding', many: 'findings' }, threshold);
    },
    unmeasured: noFindings,
    remedy: 'fix or dismiss them',
  },
  {
    name: 'new-findings',
    meaning: 'Findings that the target branch does not have.',
    takes: ['severity', 'number'],
    bare: true,
    example: 'new-findings>=high',
    ...countingNew(() => true, 'new finding', 'new findings'),
    unmeasured: noBaseline,
    remedy: 'fix or dismiss the new ones',
  },
  {
    name: 'vulnerabilities',
    meaning: 'Findings of security scanners, new or not.',
    takes: ['severity', 'number'],
    bare: true,
    example: 'vulnerabilities>=high',
    ...counting(isSecurity, 'vulnerability', 'vulnerabilities'),
    unmeasured: noFindings,
    remedy: 'fix or dismiss them',
  },
  {
    name: 'new-vulnerabilities',
    meaning: 'Findings of security scanners that the target branch does not have.',
    takes: ['severity', 'number'],
    bare: true,
    example: 'new-vulnerabilities',
    ...countingNew(isSecurity, 'new vulnerability', 'new vulnerabilities'),
    unmeasured: noBaseline,
    remedy: 'fix or dismiss the new ones',
  },
] as const satisfies readonly Gate[];
