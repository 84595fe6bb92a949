import type { Severity } from '../../model/findings.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import {
  anyTextAt,
  has,
  isJsonObject,
  isList,
  listAt,
  listOf,
  numberAt,
  textAt,
  valueAt,
} from './shared/json-value.ts';
import { severityOfLinterWord, severityOfSecurityWord } from './shared/severity-scales.ts';

function isIssue(value: unknown): boolean {
  return isJsonObject(value) && has(value, 'FromLinter', 'string') && has(value, 'Text', 'string');
}

// Severities are words of the project's configuration. Without one, the tool's other formats say "error".
function severityOf(word: string): Severity {
  if (word === '') return 'high';
  const linter = severityOfLinterWord(word);
  return linter === 'unknown' ? severityOfSecurityWord(word) : linter;
}

function readIssue(issue: unknown, sink: ReportSink): void {
  const rule = anyTextAt(issue, 'FromLinter');
  const line = numberAt(issue, 'Pos', 'Line');
  sink.finding(
    {
      ...blankFinding,
      category: rule === 'gosec' ? 'security' : 'quality',
      tool: 'golangci-lint',
      rule,
      severity: severityOf(anyTextAt(issue, 'Severity')),
      message: anyTextAt(issue, 'Text'),
      path: textAt(issue, 'Pos', 'Filename'),
      line: line ?? numberAt(issue, 'LineRange', 'From'),
      endLine: numberAt(issue, 'LineRange', 'To'),
      column: numberAt(issue, 'Pos', 'Column'),
    },
    null,
  );
}

/** golangci-lint's JSON, or its list of issues alone. */
export const golangciLint: JsonFormat = {
  format: 'golangci-lint',
  title: 'golangci-lint JSON',
  kind: 'findings',
  wellKnownNames: ['**/golangci-lint*.json'],
  specification: 'https://golangci-lint.run/docs/configuration/file/#output-configuration',
  producers: [{ tool: 'golangci-lint', option: 'run --output.json.path golangci-lint.json' }],
  syntax: 'json',
  lists: ['[]', 'Issues[]'],

  detect(value) {
    const issues = Array.isArray(value) ? listOf(value) : listAt(value, 'Issues');
    if (someLookLike(issues, isIssue)) return true;
    // No issues at all are `[]` or null.
    return (
      isJsonObject(value) &&
      valueAt(value, 'Issues') !== undefined &&
      Array.isArray(valueAt(value, 'Report', 'Linters'))
    );
  },

  read(value, sink) {
    const error = textAt(value, 'Report', 'Error');
    if (error !== null) sink.failed(`golangci-lint: ${error.slice(0, 300)}`);
    for (const warning of listAt(value, 'Report', 'Warnings'))
      sink.warn(`golangci-lint: ${anyTextAt(warning, 'Tag')} ${anyTextAt(warning, 'Text')}`);
    const entries = { what: 'issues', keys: ['Text', 'FromLinter'], read: readIssue };
    readEntries(isList(value) ? value : valueAt(value, 'Issues'), entries, sink);
  },
};
