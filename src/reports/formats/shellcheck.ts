import type { FindingFix, Severity } from '../../model/findings.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import {
  anyTextAt,
  has,
  isJsonObject,
  isList,
  listAt,
  listOf,
  numberAt,
  textAt,
  valueAt,
} from './shared/json-value.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';
import { wholeLineFix } from './shared/whole-line-fix.ts';

function isComment(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'code', 'number') &&
    has(value, 'message', 'string') &&
    has(value, 'file', 'string') &&
    has(value, 'level', 'string')
  );
}

function commentsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? listOf(value) : listAt(value, 'comments');
}

function severityOf(level: string): Severity {
  return level.toLowerCase() === 'style' ? 'low' : severityOfLinterWord(level);
}

function fixOf(comment: unknown): FindingFix | null {
  const replacements = listAt(comment, 'fix', 'replacements');
  const text = valueAt(replacements[0], 'replacement');
  if (replacements.length !== 1 || typeof text !== 'string') return null;
  const at = (key: string): number | null => numberAt(replacements[0], key);
  return wholeLineFix({
    startLine: at('line'),
    startColumn: at('column'),
    endLine: at('endLine'),
    endColumn: at('endColumn'),
    text,
  });
}

function readComment(comment: unknown, sink: ReportSink): void {
  const code = numberAt(comment, 'code');
  const rule = code === null ? '' : `SC${code}`;
  sink.finding(
    {
      ...blankFinding,
      tool: 'ShellCheck',
      rule,
      ruleUrl: code === null ? null : `https://www.shellcheck.net/wiki/${rule}`,
      severity: severityOf(anyTextAt(comment, 'level')),
      message: anyTextAt(comment, 'message'),
      path: textAt(comment, 'file'),
      line: numberAt(comment, 'line'),
      endLine: numberAt(comment, 'endLine'),
      column: numberAt(comment, 'column'),
      fix: fixOf(comment),
    },
    null,
  );
}

/** ShellCheck's `json` (a list) and `json1` (an object with comments). */
export const shellcheck: JsonFormat = {
  format: 'shellcheck',
  title: 'ShellCheck JSON',
  kind: 'findings',
  wellKnownNames: ['**/shellcheck*.json'],
  specification: 'https://github.com/koalaman/shellcheck/wiki/Integration',
  producers: [{ tool: 'ShellCheck', option: '--format=json1' }],
  syntax: 'json',
  lists: ['[]', 'comments[]'],

  detect(value) {
    const comments = commentsOf(value);
    if (comments.length === 0) return has(value, 'comments', 'list') && Object.keys(value ?? {}).length === 1;
    return someLookLike(comments, isComment);
  },

  read(value, sink) {
    const comments = isList(value) ? value : valueAt(value, 'comments');
    readEntries(comments, { what: 'comments', keys: ['message', 'code'], read: readComment }, sink);
  },
};
