import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import { anyTextAt, has, isJsonObject, listOf, numberAt, textAt, valueAt } from './shared/json-value.ts';

function isFile(value: unknown): boolean {
  return isJsonObject(value) && has(value, 'file', 'string') && has(value, 'errors', 'list');
}

function readError(error: unknown, path: string | null, sink: ReportSink): void {
  sink.finding(
    {
      ...blankFinding,
      tool: 'ktlint',
      rule: anyTextAt(error, 'rule'),
      // ktlint has no severities; its Checkstyle output calls each an error.
      severity: 'high',
      message: anyTextAt(error, 'message'),
      path,
      line: numberAt(error, 'line'),
      column: numberAt(error, 'column'),
    },
    null,
  );
}

function readFile(file: unknown, sink: ReportSink): void {
  const read = (error: unknown): void => {
    readError(error, textAt(file, 'file'), sink);
  };
  readEntries(valueAt(file, 'errors'), { what: 'errors', keys: ['message', 'rule'], read }, sink);
}

/** ktlint's JSON. */
export const ktlint: JsonFormat = {
  format: 'ktlint',
  title: 'ktlint JSON',
  kind: 'findings',
  wellKnownNames: ['**/ktlint*.json', '**/reports/ktlint/**/*.json'],
  specification: 'https://pinterest.github.io/ktlint/latest/install/cli/#violation-reporting',
  producers: [{ tool: 'ktlint', option: '--reporter=json,output=ktlint.json' }],
  syntax: 'json',
  lists: ['[]', '[].errors[]'],

  detect(value) {
    return someLookLike(listOf(value), isFile);
  },

  read(value, sink) {
    readEntries(value, { what: 'files', keys: ['file'], read: readFile }, sink);
  },
};
