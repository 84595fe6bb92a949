import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import {
  anyTextAt,
  has,
  isJsonObject,
  listAt,
  numberAt,
  objectOf,
  textAt,
  valueAt,
} from './shared/json-value.ts';
import { severityOfSecurityWord } from './shared/severity-scales.ts';

function isIssue(value: unknown): boolean {
  return isJsonObject(value) && has(value, 'rule_id', 'string') && has(value, 'details', 'string');
}

/** A line is `12`, several are `12-14`. */
function linesOf(issue: unknown): { line: number | null; endLine: number | null } {
  const [line, endLine] = anyTextAt(issue, 'line')
    .split('-')
    .map((part) => numberAt({ part }, 'part'));
  return { line: line ?? numberAt(issue, 'line'), endLine: endLine ?? null };
}

function readIssue(issue: unknown, sink: ReportSink): void {
  const cwe = textAt(issue, 'cwe', 'id') ?? textAt(issue, 'cwe', 'ID');
  sink.finding(
    {
      ...blankFinding,
      category: 'security',
      tool: 'gosec',
      rule: anyTextAt(issue, 'rule_id'),
      ruleUrl: textAt(issue, 'cwe', 'url') ?? textAt(issue, 'cwe', 'URL'),
      severity: severityOfSecurityWord(textAt(issue, 'severity')),
      message: anyTextAt(issue, 'details'),
      path: textAt(issue, 'file'),
      ...linesOf(issue),
      column: numberAt(issue, 'column'),
      identifiers: cwe === null ? [] : [`CWE-${cwe}`],
      suppressed: valueAt(issue, 'nosec') === true || listAt(issue, 'suppressions').length > 0,
    },
    null,
  );
}

/** gosec's JSON. */
export const gosec: JsonFormat = {
  format: 'gosec',
  title: 'gosec JSON',
  kind: 'findings',
  wellKnownNames: ['**/gosec*.json'],
  specification: 'https://github.com/securego/gosec#output-formats',
  producers: [{ tool: 'gosec', option: '-fmt=json -out=gosec.json' }],
  syntax: 'json',
  lists: ['Issues[]'],

  detect(value) {
    const issues = listAt(value, 'Issues');
    if (someLookLike(issues, isIssue)) return true;
    return has(value, 'Stats', 'object') && valueAt(value, 'Issues') !== undefined;
  },

  read(value, sink) {
    for (const [file, errors] of Object.entries(objectOf(valueAt(value, 'Golang errors'))))
      sink.failed(
        `gosec could not check ${file}: ${anyTextAt(listAt({ errors }, 'errors')[0], 'error').slice(0, 200)}`,
      );
    const entries = { what: 'issues', keys: ['details', 'rule_id'], read: readIssue };
    readEntries(valueAt(value, 'Issues'), entries, sink);
  },
};
