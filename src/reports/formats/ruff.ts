import type { FindingFix } from '../../model/findings.ts';
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
import { wholeLineFix } from './shared/whole-line-fix.ts';

function isDiagnostic(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'filename', 'string') &&
    has(value, 'message', 'string') &&
    numberAt(value, 'location', 'row') !== null &&
    valueAt(value, 'code') !== undefined
  );
}

// Fixes that may change what the code does ("unsafe", "display") are offered too: a person decides.
function fixOf(diagnostic: unknown): FindingFix | null {
  const fix = valueAt(diagnostic, 'fix');
  const edits = listAt(fix, 'edits');
  // Ruff before 0.0.260 had one edit as the fix itself.
  const edit = edits.length === 0 && has(fix, 'content', 'string') ? fix : edits[0];
  const text = valueAt(edit, 'content');
  if (edits.length > 1 || typeof text !== 'string') return null;
  const replaced = wholeLineFix({
    startLine: numberAt(edit, 'location', 'row'),
    startColumn: numberAt(edit, 'location', 'column'),
    endLine: numberAt(edit, 'end_location', 'row'),
    endColumn: numberAt(edit, 'end_location', 'column'),
    text,
  });
  return replaced === null ? null : { ...replaced, description: textAt(fix, 'message') };
}

function readDiagnostic(diagnostic: unknown, sink: ReportSink): void {
  const rule = anyTextAt(diagnostic, 'code');
  // A panic of Ruff itself, and a file that it could not open (E902): what was not checked is not right.
  if (['panic', 'io-error', 'E902'].includes(rule))
    sink.failed(`Ruff could not check ${textAt(diagnostic, 'filename') ?? 'a file'}`);
  const isSyntaxError = rule === '' || rule === 'invalid-syntax';
  sink.finding(
    {
      ...blankFinding,
      // flake8-bandit's rules.
      category: /^S\d{3}$/.test(rule) ? 'security' : 'quality',
      tool: 'Ruff',
      rule: isSyntaxError ? 'invalid-syntax' : rule,
      ruleUrl: textAt(diagnostic, 'url'),
      // Ruff has no severities; its Code Quality output calls every problem "major" (medium here).
      severity: isSyntaxError ? 'high' : 'medium',
      message: anyTextAt(diagnostic, 'message'),
      path: textAt(diagnostic, 'filename'),
      line: numberAt(diagnostic, 'location', 'row'),
      endLine: numberAt(diagnostic, 'end_location', 'row'),
      column: numberAt(diagnostic, 'location', 'column'),
      fix: fixOf(diagnostic),
    },
    null,
  );
}

/** Ruff's JSON. */
export const ruff: JsonFormat = {
  format: 'ruff',
  title: 'Ruff JSON',
  kind: 'findings',
  wellKnownNames: ['**/ruff*.json'],
  specification: 'https://docs.astral.sh/ruff/settings/#output-format',
  producers: [{ tool: 'Ruff', option: 'check --output-format json --output-file ruff.json' }],
  syntax: 'json',
  lists: ['[]'],

  detect(value) {
    return someLookLike(listOf(value), isDiagnostic);
  },

  read(value, sink) {
    readEntries(value, { what: 'diagnostics', keys: ['message', 'code'], read: readDiagnostic }, sink);
  },
};
