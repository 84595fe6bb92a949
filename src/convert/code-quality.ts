import type { Finding, Severity } from '../model/findings.ts';
import { type ConvertTarget, lostCount } from './target.ts';

/** CodeClimate's words, which GitLab shows: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
  unknown: 'minor',
};

/**
 * GitLab asks for a path without `./`; what it does not read (engine, category, end) is there for other readers of the
 * format.
 */
function entryOf(finding: Finding): object {
  const { id, message, rule, tool, severity, path, line, endLine } = finding;
  const end = endLine === null ? {} : { end: endLine };
  return {
    description: message,
    check_name: rule === '' ? tool : rule,
    fingerprint: id,
    severity: severityWords[severity],
    ...(tool === '' ? {} : { engine_name: tool }),
    ...(finding.category === 'security' ? { categories: ['Security'] } : {}),
    location: { path: (path ?? '').replace(/^(?:\.\/)+/, ''), lines: { begin: line ?? 1, ...end } },
  };
}

function isShown({ path, suppressed }: Finding): boolean {
  return path !== null && !suppressed;
}

/**
 * Code quality JSON. Findings without a file have no place in GitLab's widget and are omitted, and so are suppressed
 * ones.
 */
export const codeQualityTarget: ConvertTarget = {
  name: 'codequality',
  title: 'GitLab code quality JSON',
  from: 'findings',
  keyword: 'codequality',
  write(report) {
    if (report.kind !== 'findings') return null;
    return `${JSON.stringify(report.findings.filter(isShown).map(entryOf), null, 2)}\n`;
  },
  losses(report) {
    if (report.kind !== 'findings') return [];
    const shown = report.findings.filter(isShown);
    const count = (is: (finding: Finding) => boolean): number => shown.filter(is).length;
    return [
      ...lostCount(report.findings.filter((it) => it.path === null && !it.suppressed).length, {
        one: 'finding without a file is omitted',
        other: 'findings without a file are omitted',
      }),
      ...lostCount(report.findings.filter((it) => it.suppressed).length, {
        one: 'suppressed finding is omitted',
        other: 'suppressed findings are omitted',
      }),
      ...lostCount(
        count((it) => it.severity === 'unknown'),
        {
          one: 'finding without a severity is written as "minor"',
          other: 'findings without a severity are written as "minor"',
        },
      ),
      ...lostCount(
        count((it) => it.line === null),
        {
          one: 'finding of a whole file is written to its line 1',
          other: 'findings of a whole file are written to its line 1',
        },
      ),
      ...lostCount(
        count((it) => it.fix !== null),
        { one: 'fix is omitted', other: 'fixes are omitted' },
      ),
    ];
  },
};
