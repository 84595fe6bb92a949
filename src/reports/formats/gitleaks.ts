import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import { anyTextAt, has, isJsonObject, listOf, numberAt, textAt } from './shared/json-value.ts';

/** Version 7 and older have other names, and no beginning and end. */
function isOldLeak(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'rule', 'string') &&
    has(value, 'offender', 'string') &&
    has(value, 'file', 'string') &&
    has(value, 'commit', 'string')
  );
}

function isLeak(value: unknown): boolean {
  if (isOldLeak(value)) return true;
  return (
    isJsonObject(value) &&
    has(value, 'RuleID', 'string') &&
    has(value, 'File', 'string') &&
    has(value, 'StartLine', 'number') &&
    has(value, 'Secret', 'string')
  );
}

function readLeak(leak: unknown, sink: ReportSink): void {
  const rule = anyTextAt(leak, 'RuleID', 'rule');
  sink.finding(
    {
      ...blankFinding,
      category: 'security',
      tool: 'Gitleaks',
      rule,
      // Gitleaks has no severities; GitLab's secret detection, made of the same rules, calls every leak critical.
      severity: 'critical',
      message: anyTextAt(leak, 'Description') || rule,
      path: textAt(leak, 'File') ?? textAt(leak, 'file'),
      line: numberAt(leak, 'StartLine') ?? numberAt(leak, 'lineNumber'),
      endLine: numberAt(leak, 'EndLine'),
      column: numberAt(leak, 'StartColumn'),
    },
    null,
  );
}

/** Gitleaks' JSON. What it matched is the secret itself: it is never kept. */
export const gitleaks: JsonFormat = {
  format: 'gitleaks',
  title: 'Gitleaks JSON',
  kind: 'findings',
  wellKnownNames: ['**/gitleaks*.json'],
  specification: 'https://github.com/gitleaks/gitleaks#reporting',
  producers: [{ tool: 'Gitleaks', option: 'git --report-format json --report-path gitleaks.json' }],
  syntax: 'json',
  lists: ['[]'],

  detect(value) {
    return someLookLike(listOf(value), isLeak);
  },

  read(value, sink) {
    readEntries(
      value,
      { what: 'leaks', keys: ['RuleID', 'Description', 'File', 'rule', 'file'], read: readLeak },
      sink,
    );
  },
};
