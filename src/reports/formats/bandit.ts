import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import { anyTextAt, has, isJsonObject, listAt, numberAt, textAt, valueAt } from './shared/json-value.ts';
import { severityOfSecurityWord } from './shared/severity-scales.ts';

function isResult(value: unknown): boolean {
  return isJsonObject(value) && has(value, 'test_id', 'string') && has(value, 'issue_text', 'string');
}

function readResult(result: unknown, sink: ReportSink): void {
  const cwe = numberAt(result, 'issue_cwe', 'id');
  const range = listAt(result, 'line_range');
  const column = numberAt(result, 'col_offset');
  sink.finding(
    {
      ...blankFinding,
      category: 'security',
      tool: 'Bandit',
      rule: anyTextAt(result, 'test_id', 'test_name'),
      ruleUrl: textAt(result, 'more_info'),
      severity: severityOfSecurityWord(textAt(result, 'issue_severity')),
      message: anyTextAt(result, 'issue_text'),
      path: textAt(result, 'filename'),
      line: numberAt(result, 'line_number'),
      endLine: numberAt({ last: range.at(-1) }, 'last'),
      // Python's AST counts columns from 0; -1 says that there is none.
      column: column === null ? null : column + 1,
      identifiers: cwe === null ? [] : [`CWE-${cwe}`],
    },
    null,
  );
}

/** Bandit's JSON. */
export const bandit: JsonFormat = {
  format: 'bandit',
  title: 'Bandit JSON',
  kind: 'findings',
  wellKnownNames: ['**/bandit*.json'],
  specification: 'https://bandit.readthedocs.io/en/latest/formatters/json.html',
  producers: [{ tool: 'Bandit', option: '--format json --output bandit.json' }],
  syntax: 'json',
  lists: ['results[]'],

  detect(value) {
    const results = listAt(value, 'results');
    if (someLookLike(results, isResult)) return true;
    return (
      has(value, 'results', 'list') && has(value, 'metrics', 'object') && has(value, 'generated_at', 'string')
    );
  },

  read(value, sink) {
    for (const error of listAt(value, 'errors'))
      sink.incomplete(
        `Bandit could not check ${textAt(error, 'filename') ?? 'a file'}: ${anyTextAt(error, 'reason')}`,
      );
    const entries = { what: 'results', keys: ['issue_text', 'test_id'], read: readResult };
    readEntries(valueAt(value, 'results'), entries, sink);
  },
};
