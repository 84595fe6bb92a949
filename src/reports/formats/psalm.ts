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
import { severityOfLinterWord } from './shared/severity-scales.ts';

function isIssue(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'type', 'string') &&
    has(value, 'message', 'string') &&
    has(value, 'file_name', 'string') &&
    has(value, 'line_from', 'number')
  );
}

function readIssue(issue: unknown, sink: ReportSink): void {
  const rule = anyTextAt(issue, 'type');
  sink.finding(
    {
      ...blankFinding,
      category: rule.startsWith('Tainted') ? 'security' : 'quality',
      tool: 'Psalm',
      rule,
      ruleUrl: textAt(issue, 'link'),
      severity: severityOfLinterWord(textAt(issue, 'severity')),
      message: anyTextAt(issue, 'message') || rule,
      path: textAt(issue, 'file_name') ?? textAt(issue, 'file_path'),
      line: numberAt(issue, 'line_from'),
      endLine: numberAt(issue, 'line_to'),
      column: numberAt(issue, 'column_from'),
    },
    null,
  );
}

/** Psalm's JSON: the list of issues, or an object with it. */
export const psalm: JsonFormat = {
  format: 'psalm',
  title: 'Psalm JSON',
  kind: 'findings',
  wellKnownNames: ['**/psalm*.json'],
  specification: 'https://psalm.dev/docs/running_psalm/command_line_usage/',
  producers: [{ tool: 'Psalm', option: '--report=psalm.json' }],
  syntax: 'json',
  lists: ['[]', 'issues[]'],

  detect(value) {
    return someLookLike(Array.isArray(value) ? listOf(value) : listAt(value, 'issues'), isIssue);
  },

  read(value, sink) {
    const issues = isList(value) ? value : valueAt(value, 'issues');
    readEntries(issues, { what: 'issues', keys: ['message', 'type'], read: readIssue }, sink);
  },
};
