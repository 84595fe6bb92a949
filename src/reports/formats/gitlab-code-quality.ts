import type { Severity } from '../../model/findings.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import { has, isJsonObject, listOf, numberAt, textAt, valueAt } from './shared/json-value.ts';

// GitLab orders them so (docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format); `normal` is Code
// Climate's old word for minor.
const severityOf = new Map<string, Severity>([
  ['blocker', 'critical'],
  ['critical', 'high'],
  ['major', 'medium'],
  ['minor', 'low'],
  ['normal', 'low'],
  ['info', 'info'],
]);

function isIssue(value: unknown): boolean {
  if (!isJsonObject(value) || !has(value, 'location', 'object') || textAt(value, 'location', 'path') === null)
    return false;
  const placed = ['lines', 'positions'].some((key) => isJsonObject(valueAt(value, 'location', key)));
  return placed && ['description', 'check_name', 'fingerprint'].some((key) => has(value, key, 'string'));
}

// Positions are `{line, column}` or offsets in Code Climate's specification; some tools write bare numbers, and PHPStan
// and others write `lines.begin.line`.
function lineAt(issue: unknown, end: 'begin' | 'end'): number | null {
  const lines = valueAt(issue, 'location', 'lines');
  const positions = valueAt(issue, 'location', 'positions');
  return (
    numberAt(lines, end) ??
    numberAt(lines, end, 'line') ??
    numberAt(positions, end, 'line') ??
    numberAt(positions, end)
  );
}

function readIssue(issue: unknown, sink: ReportSink): void {
  const rule = textAt(issue, 'check_name') ?? '';
  sink.finding(
    {
      ...blankFinding,
      category: isSecurity(issue) ? 'security' : 'quality',
      tool: textAt(issue, 'engine_name') ?? '',
      rule,
      severity: severityOf.get(textAt(issue, 'severity')?.toLowerCase() ?? '') ?? 'unknown',
      message: textAt(issue, 'description') ?? rule,
      description: textAt(issue, 'content', 'body') ?? textAt(issue, 'content') ?? '',
      path: textAt(issue, 'location', 'path'),
      line: lineAt(issue, 'begin'),
      endLine: lineAt(issue, 'end'),
      column: numberAt(issue, 'location', 'positions', 'begin', 'column'),
    },
    textAt(issue, 'fingerprint'),
  );
}

function isSecurity(issue: unknown): boolean {
  return listOf(valueAt(issue, 'categories')).includes('Security');
}

/**
 * GitLab's Code Quality report, a part of Code Climate's issue format. An empty list is taken for one: linters that
 * found nothing write it into `artifacts:reports:codequality` more often than any other tool writes an empty list.
 */
export const gitlabCodeQuality: JsonFormat = {
  format: 'gitlab-code-quality',
  title: 'GitLab Code Quality (Code Climate)',
  kind: 'findings',
  wellKnownNames: ['**/gl-code-quality-report*.json', '**/codeclimate*.json', '**/code-quality*.json'],
  specification: 'https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format',
  producers: [
    { tool: 'golangci-lint', option: '--output.code-climate.path gl-code-quality-report.json' },
    { tool: 'Ruff', option: 'check --output-format gitlab' },
    { tool: 'PHPStan', option: '--error-format gitlab' },
    { tool: 'Biome', option: 'ci --reporter=gitlab' },
    { tool: 'ansible-lint', option: '-f codeclimate' },
    { tool: 'Code Climate', option: 'analyze -f json' },
  ],
  syntax: 'json',
  lists: ['[]'],

  detect(value) {
    if (!Array.isArray(value)) return false;
    return value.length === 0 || someLookLike(listOf(value), isIssue);
  },

  read(value, sink) {
    // Code Climate's engines also write measurements; they are not issues.
    const isOther = (it: unknown): boolean => textAt(it, 'type')?.toLowerCase() === 'measurement';
    const keys = ['description', 'check_name', 'fingerprint'];
    readEntries(value, { what: 'issues', keys, read: readIssue, isOther }, sink);
  },
};
