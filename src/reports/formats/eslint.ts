import type { FindingFix } from '../../model/findings.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import { has, isJsonObject, listAt, listOf, numberAt, textAt, valueAt } from './shared/json-value.ts';
import { type OffsetText, offsetText, wholeLineFix } from './shared/whole-line-fix.ts';

function isFileResult(value: unknown): boolean {
  return isJsonObject(value) && has(value, 'filePath', 'string') && has(value, 'messages', 'list');
}

/** The formatter `json` writes a list; `json-with-metadata` puts it under `results`. */
function resultsOf(value: unknown): readonly unknown[] {
  return isJsonObject(value) ? listAt(value, 'results') : listOf(value);
}

function ruleUrl(rule: string | null, metadata: unknown): string | null {
  if (rule === null) return null;
  const documented = textAt(metadata, 'rulesMeta', rule, 'docs', 'url');
  // Rules of plug-ins have a slash in their names; where those are documented, only the metadata says.
  const isCore = /^[a-z][a-z-]*$/.test(rule);
  return documented ?? (isCore ? `https://eslint.org/docs/latest/rules/${rule}` : null);
}

// Ranges are offsets into the file: only with its text, which ESLint adds for files with unfixed problems, are they
// lines.
function fixOf(message: unknown, source: OffsetText | null): FindingFix | null {
  const range = listAt(message, 'fix', 'range');
  const [from, to] = [range[0], range[1]];
  const text = valueAt(message, 'fix', 'text');
  if (source === null || typeof from !== 'number' || typeof to !== 'number' || typeof text !== 'string')
    return null;
  const edit = source.edit(from, to, text);
  return edit === null ? null : wholeLineFix(edit, source.line);
}

interface FileOfMessages {
  readonly path: string | null;
  readonly source: OffsetText | null;
  readonly metadata: unknown;
}

function readMessage(message: unknown, file: FileOfMessages, sink: ReportSink): void {
  const rule = textAt(message, 'ruleId');
  const severity = numberAt(message, 'severity');
  const isFatal = valueAt(message, 'fatal') === true;
  sink.finding(
    {
      ...blankFinding,
      tool: 'ESLint',
      rule: rule ?? (isFatal ? 'fatal' : ''),
      ruleUrl: ruleUrl(rule, file.metadata),
      // eslint.org/docs/latest/use/formatters: 2 is error, 1 is warning; see severity-scales.ts for the levels of
      // linters.
      severity: severity === 2 ? 'high' : severity === 1 ? 'medium' : 'unknown',
      message: textAt(message, 'message') ?? '',
      path: file.path,
      line: numberAt(message, 'line'),
      endLine: numberAt(message, 'endLine'),
      column: numberAt(message, 'column'),
      fix: fixOf(message, file.source),
      suppressed: listAt(message, 'suppressions').length > 0,
    },
    null,
  );
}

function readResult(result: unknown, metadata: unknown, sink: ReportSink): void {
  const source = textAt(result, 'source');
  const path = textAt(result, 'filePath');
  const file = { path, source: source === null ? null : offsetText(source), metadata };
  const read = (message: unknown): void => {
    readMessage(message, file, sink);
  };
  for (const key of ['messages', 'suppressedMessages'])
    readEntries(
      valueAt(result, key),
      { what: 'messages', keys: ['message', 'ruleId', 'severity'], read },
      sink,
    );
  // A file that ESLint could not parse was not checked at all.
  if ((numberAt(result, 'fatalErrorCount') ?? 0) > 0)
    sink.failed(`ESLint could not check ${path ?? 'a file'}`);
}

/** ESLint's own JSON. */
export const eslint: JsonFormat = {
  format: 'eslint',
  title: 'ESLint JSON',
  kind: 'findings',
  wellKnownNames: ['**/eslint*.json'],
  specification: 'https://eslint.org/docs/latest/use/formatters/#json',
  producers: [{ tool: 'ESLint', option: '--format json --output-file eslint.json' }],
  syntax: 'json',
  lists: ['[]', '[].messages[]', 'results[]', 'results[].messages[]'],

  detect(value) {
    const results = resultsOf(value);
    return someLookLike(results, isFileResult);
  },

  read(value, sink) {
    const metadata = valueAt(value, 'metadata');
    const cwd = textAt(metadata, 'cwd');
    if (cwd !== null) sink.sourceRoot(cwd);
    const read = (result: unknown): void => {
      readResult(result, metadata, sink);
    };
    const results = isJsonObject(value) ? valueAt(value, 'results') : value;
    readEntries(results, { what: 'files', keys: ['filePath'], read }, sink);
  },
};
