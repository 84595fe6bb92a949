import type { JsonLinesFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { oddLine } from './shared/json-entries.ts';
import { anyTextAt, has, isJsonObject, numberAt, textAt } from './shared/json-value.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';

function isError(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'file', 'string') &&
    has(value, 'message', 'string') &&
    has(value, 'severity', 'string') &&
    'hint' in value
  );
}

function readError(error: unknown, sink: ReportSink): void {
  const rule = anyTextAt(error, 'code');
  const column = numberAt(error, 'column');
  sink.finding(
    {
      ...blankFinding,
      tool: 'mypy',
      rule,
      ruleUrl: null,
      severity: severityOfLinterWord(textAt(error, 'severity')),
      message: anyTextAt(error, 'message'),
      description: anyTextAt(error, 'hint'),
      path: textAt(error, 'file'),
      line: numberAt(error, 'line'),
      // mypy counts columns from 0 in its JSON; -1 says that there is none.
      column: column === null ? null : column + 1,
    },
    null,
  );
}

/** mypy's JSON: an error a line. */
export const mypy: JsonLinesFormat = {
  format: 'mypy',
  title: 'mypy JSON lines',
  kind: 'findings',
  wellKnownNames: ['**/mypy*.json', '**/mypy*.jsonl'],
  specification: 'https://mypy.readthedocs.io/en/stable/command_line.html#cmdoption-mypy-O',
  producers: [{ tool: 'mypy', option: '--output json > mypy.jsonl' }],
  syntax: 'json-lines',

  detect(first) {
    return first.some(isError);
  },

  read(sink) {
    return {
      value(value, line) {
        if (isError(value)) readError(value, sink);
        else sink.incomplete(`line ${line} is not an error of mypy; Herald skipped it`);
      },
      badLine(text, line) {
        // A crash is described in words, in the same stream.
        if (/INTERNAL ERROR|^Traceback /.test(text)) sink.failed(`mypy: ${text.slice(0, 200)}`);
        else oddLine(text, line, sink);
      },
      end() {
        // Every error was handed over when its line came.
      },
    };
  },
};
