import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import { anyTextAt, has, isJsonObject, listAt, numberAt, textAt, valueAt } from './shared/json-value.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';

function isDiagnostic(value: unknown): boolean {
  return isJsonObject(value) && has(value, 'filename', 'string') && has(value, 'labels', 'list');
}

function readDiagnostic(diagnostic: unknown, sink: ReportSink): void {
  const severity = anyTextAt(diagnostic, 'severity');
  const span = valueAt(listAt(diagnostic, 'labels')[0], 'span');
  sink.finding(
    {
      ...blankFinding,
      tool: 'Oxlint',
      // `eslint(no-debugger)`: the plug-in, and its rule in brackets; without one it is a syntax error.
      rule: anyTextAt(diagnostic, 'code'),
      ruleUrl: textAt(diagnostic, 'url'),
      severity: severity === 'advice' ? 'info' : severityOfLinterWord(severity),
      message: anyTextAt(diagnostic, 'message'),
      description: anyTextAt(diagnostic, 'help'),
      path: textAt(diagnostic, 'filename'),
      line: numberAt(span, 'line'),
      column: numberAt(span, 'column'),
    },
    null,
  );
}

/** Oxlint's JSON. */
export const oxlint: JsonFormat = {
  format: 'oxlint',
  title: 'Oxlint JSON',
  kind: 'findings',
  wellKnownNames: ['**/oxlint*.json'],
  specification: 'https://oxc.rs/docs/guide/usage/linter/output-formats.html',
  producers: [{ tool: 'Oxlint', option: '--format json > oxlint.json' }],
  syntax: 'json',
  lists: ['diagnostics[]'],

  detect(value) {
    if (someLookLike(listAt(value, 'diagnostics'), isDiagnostic)) return true;
    return has(value, 'diagnostics', 'list') && has(value, 'number_of_files', 'number');
  },

  read(value, sink) {
    const keys = ['message', 'code'];
    readEntries(valueAt(value, 'diagnostics'), { what: 'diagnostics', keys, read: readDiagnostic }, sink);
  },
};
