import { blankFinding } from '../blank-finding.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { anyTextAt, has, isJsonObject, listAt, numberAt, textAt } from '../json-value.ts';
import { severityOfSecurityWord } from '../severity-scales.ts';

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

  detect(value) {
    const results = listAt(value, 'results');
    if (results.length > 0) return results.slice(0, 20).every(isResult);
    return (
      has(value, 'results', 'list') && has(value, 'metrics', 'object') && has(value, 'generated_at', 'string')
    );
  },

  read(value, sink) {
    for (const error of listAt(value, 'errors').slice(0, 20))
      sink.warn(
        `Bandit could not check ${textAt(error, 'filename') ?? 'a file'}: ${anyTextAt(error, 'reason')}`,
      );
    for (const result of listAt(value, 'results')) {
      if (isJsonObject(result)) readResult(result, sink);
    }
  },
};
