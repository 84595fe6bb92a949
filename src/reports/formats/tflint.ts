import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import { anyTextAt, has, listAt, numberAt, objectOf, textAt, valueAt } from './shared/json-value.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';

function isIssue(value: unknown): boolean {
  return textAt(value, 'rule', 'name') !== null && has(value, 'range', 'object');
}

function readIssue(issue: unknown, sink: ReportSink): void {
  const severity = anyTextAt(valueAt(issue, 'rule'), 'severity').toLowerCase();
  sink.finding(
    {
      ...blankFinding,
      tool: 'TFLint',
      rule: anyTextAt(valueAt(issue, 'rule'), 'name'),
      ruleUrl: textAt(issue, 'rule', 'link'),
      severity: severityOfLinterWord(severity === 'notice' ? 'note' : severity),
      message: anyTextAt(issue, 'message'),
      path: textAt(issue, 'range', 'filename'),
      line: numberAt(issue, 'range', 'start', 'line'),
      endLine: numberAt(issue, 'range', 'end', 'line'),
      column: numberAt(issue, 'range', 'start', 'column'),
    },
    null,
  );
}

/** TFLint's JSON. */
export const tflint: JsonFormat = {
  format: 'tflint',
  title: 'TFLint JSON',
  kind: 'findings',
  wellKnownNames: ['**/tflint*.json'],
  specification: 'https://github.com/terraform-linters/tflint/blob/master/formatter/json.go',
  producers: [{ tool: 'TFLint', option: '--format=json > tflint.json' }],
  syntax: 'json',
  lists: ['issues[]'],

  detect(value) {
    if (someLookLike(listAt(value, 'issues'), isIssue)) return true;
    const keys = Object.keys(objectOf(value));
    return (
      has(value, 'issues', 'list') &&
      has(value, 'errors', 'list') &&
      keys.every((key) => key === 'issues' || key === 'errors')
    );
  },

  read(value, sink) {
    for (const error of listAt(value, 'errors'))
      sink.failed(`TFLint: ${anyTextAt(error, 'message', 'summary')}`);
    readEntries(valueAt(value, 'issues'), { what: 'issues', keys: ['message'], read: readIssue }, sink);
  },
};
