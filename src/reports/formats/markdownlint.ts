import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import {
  anyTextAt,
  has,
  isJsonObject,
  listAt,
  listOf,
  numberAt,
  textAt,
  textsAt,
} from './shared/json-value.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';

function isIssue(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'fileName', 'string') &&
    has(value, 'lineNumber', 'number') &&
    has(value, 'ruleDescription', 'string')
  );
}

function readIssue(issue: unknown, sink: ReportSink): void {
  const [rule = ''] = textsAt(issue, 'ruleNames');
  const detail = [anyTextAt(issue, 'ruleDescription'), anyTextAt(issue, 'errorDetail')];
  const [column] = listAt(issue, 'errorRange');
  sink.finding(
    {
      ...blankFinding,
      tool: 'markdownlint',
      rule,
      ruleUrl: textAt(issue, 'ruleInformation'),
      // Severities came with markdownlint 0.39; before, every issue was an error.
      severity: severityOfLinterWord(anyTextAt(issue, 'severity') || 'error'),
      message: detail.filter((part) => part !== '').join(': ') || rule,
      path: textAt(issue, 'fileName'),
      line: numberAt(issue, 'lineNumber'),
      column: numberAt({ column }, 'column'),
    },
    null,
  );
}

/** markdownlint's JSON, of its two command lines. */
export const markdownlint: JsonFormat = {
  format: 'markdownlint',
  title: 'markdownlint JSON',
  kind: 'findings',
  wellKnownNames: ['**/markdownlint*.json'],
  specification: 'https://github.com/DavidAnson/markdownlint#usage',
  producers: [
    { tool: 'markdownlint-cli', option: '--json --output markdownlint.json' },
    { tool: 'markdownlint-cli2', option: 'outputFormatters: markdownlint-cli2-formatter-json' },
  ],
  syntax: 'json',
  lists: ['[]'],

  detect(value) {
    return someLookLike(listOf(value), isIssue);
  },

  read(value, sink) {
    const keys = ['ruleDescription', 'fileName'];
    readEntries(value, { what: 'issues', keys, read: readIssue }, sink);
  },
};
