import type { Finding, Severity } from '../model/findings.ts';
import type { ConvertTarget } from './target.ts';

/** CodeClimate's words, which GitLab shows: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
  unknown: 'minor',
};

/** Path without `./`, as GitLab asks. */
function entryOf(finding: Finding): object {
  const { id, message, rule, tool, severity, path, line } = finding;
  return {
    description: message,
    check_name: rule === '' ? tool : rule,
    fingerprint: id,
    severity: severityWords[severity],
    location: { path: (path ?? '').replace(/^(?:\.\/)+/, ''), lines: { begin: line ?? 1 } },
  };
}

/** Code quality JSON. Findings without a file have no place in GitLab's widget and are left out, suppressed ones too. */
export const codeQualityTarget: ConvertTarget = {
  name: 'codequality',
  title: 'GitLab code quality JSON',
  from: 'findings',
  keyword: 'codequality',
  write(report) {
    if (report.kind !== 'findings') return null;
    const shown = report.findings.filter(({ path, suppressed }) => path !== null && !suppressed);
    return `${JSON.stringify(shown.map(entryOf), null, 2)}\n`;
  },
};
