import { blankFinding } from '../blank-finding.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { anyTextAt, has, isJsonObject, listAt, listOf, numberAt, textAt } from '../json-value.ts';
import { severityOfLinterWord } from '../severity-scales.ts';

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

/** Stylelint's JSON. */
export const stylelint: JsonFormat = {
  format: 'stylelint',
  title: 'Stylelint JSON',
  kind: 'findings',
  wellKnownNames: ['**/stylelint*.json'],
  specification: 'https://stylelint.io/developer-guide/formatters',
  producers: [{ tool: 'Stylelint', option: '--formatter json --output-file stylelint.json' }],
  syntax: 'json',

  detect(value) {
    return listOf(value).length > 0 && listOf(value).slice(0, 20).every(isFileResult);
  },

  read(value, sink) {
    for (const result of listOf(value)) {
      for (const warning of listAt(result, 'warnings')) readWarning(warning, textAt(result, 'source'), sink);
    }
  },
};
