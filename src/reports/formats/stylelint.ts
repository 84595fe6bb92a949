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
  valueAt,
} from './shared/json-value.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';

function isFileResult(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    'source' in value &&
    has(value, 'warnings', 'list') &&
    has(value, 'errored', 'boolean')
  );
}

function readWarning(warning: unknown, path: string | null, sink: ReportSink): void {
  const rule = anyTextAt(warning, 'rule');
  sink.finding(
    {
      ...blankFinding,
      tool: 'Stylelint',
      rule,
      ruleUrl:
        textAt(warning, 'url') ??
        // Plug-ins' rules have a slash in their names.
        (/^[a-z][a-z-]*$/.test(rule) ? `https://stylelint.io/user-guide/rules/${rule}` : null),
      severity: severityOfLinterWord(textAt(warning, 'severity')),
      // Stylelint repeats the rule in brackets at the end.
      message: anyTextAt(warning, 'text').replace(` (${rule})`, ''),
      path,
      line: numberAt(warning, 'line'),
      endLine: numberAt(warning, 'endLine'),
      column: numberAt(warning, 'column'),
    },
    null,
  );
}

function readResult(result: unknown, sink: ReportSink): void {
  const path = textAt(result, 'source');
  let errors = 0;
  const read = (warning: unknown): void => {
    if (textAt(warning, 'severity') === 'error') errors += 1;
    readWarning(warning, path, sink);
  };
  readEntries(valueAt(result, 'warnings'), { what: 'warnings', keys: ['text', 'rule'], read }, sink);
  // stylelint.io/user-guide/options: with a rule that is configured wrongly, the tool ends with 78.
  for (const option of listAt(result, 'invalidOptionWarnings'))
    sink.failed(`Stylelint's configuration: ${anyTextAt(option, 'text')}`);
  if (valueAt(result, 'errored') === true && errors === 0)
    sink.incomplete(`Stylelint found errors in ${path ?? 'a file'}, but lists none of them`);
}

/** Stylelint's JSON. */
export const stylelint: JsonFormat = {
  format: 'stylelint',
  title: 'Stylelint JSON',
  kind: 'findings',
  wellKnownNames: ['**/stylelint*.json'],
  specification: 'https://stylelint.io/developer-guide/formatters',
  producers: [{ tool: 'Stylelint', option: '--formatter json --output-file stylelint.json' }],
  syntax: 'json',
  lists: ['[]', '[].warnings[]'],

  detect(value) {
    return someLookLike(listOf(value), isFileResult);
  },

  read(value, sink) {
    readEntries(value, { what: 'files', keys: ['source'], read: readResult }, sink);
  },
};
