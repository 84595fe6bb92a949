import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import { anyTextAt, has, isJsonObject, listOf, numberAt, textAt } from './shared/json-value.ts';

function isError(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'message', 'string') &&
    has(value, 'filepath', 'string') &&
    has(value, 'kind', 'string')
  );
}

function readError(error: unknown, sink: ReportSink): void {
  sink.finding(
    {
      ...blankFinding,
      tool: 'actionlint',
      rule: anyTextAt(error, 'kind'),
      // actionlint has no severities; each of its errors ends it with 1.
      severity: 'high',
      message: anyTextAt(error, 'message'),
      path: textAt(error, 'filepath'),
      line: numberAt(error, 'line'),
      column: numberAt(error, 'column'),
    },
    null,
  );
}

/** actionlint's errors as JSON. */
export const actionlint: JsonFormat = {
  format: 'actionlint',
  title: 'actionlint JSON',
  kind: 'findings',
  wellKnownNames: ['**/actionlint*.json'],
  specification: 'https://github.com/rhysd/actionlint/blob/main/docs/usage.md#format',
  producers: [{ tool: 'actionlint', option: "-format '{{json .}}' > actionlint.json" }],
  syntax: 'json',
  lists: ['[]'],

  detect(value) {
    return someLookLike(listOf(value), isError);
  },

  read(value, sink) {
    readEntries(value, { what: 'errors', keys: ['message', 'kind'], read: readError }, sink);
  },
};
