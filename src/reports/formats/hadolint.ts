import type { Severity } from '../../model/findings.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import { anyTextAt, has, isJsonObject, listOf, numberAt, textAt } from './shared/json-value.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';

function isProblem(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    // ShellCheck's codes are numbers.
    has(value, 'code', 'string') &&
    has(value, 'message', 'string') &&
    has(value, 'file', 'string') &&
    has(value, 'level', 'string') &&
    has(value, 'line', 'number')
  );
}

function severityOf(level: string): Severity {
  return level.toLowerCase() === 'style' ? 'low' : severityOfLinterWord(level);
}

function urlOf(rule: string): string | null {
  if (/^DL\d+$/.test(rule)) return `https://github.com/hadolint/hadolint/wiki/${rule}`;
  return /^SC\d+$/.test(rule) ? `https://www.shellcheck.net/wiki/${rule}` : null;
}

function readProblem(problem: unknown, sink: ReportSink): void {
  const rule = anyTextAt(problem, 'code');
  sink.finding(
    {
      ...blankFinding,
      tool: 'Hadolint',
      rule,
      ruleUrl: urlOf(rule),
      severity: severityOf(anyTextAt(problem, 'level')),
      message: anyTextAt(problem, 'message'),
      path: textAt(problem, 'file'),
      line: numberAt(problem, 'line'),
      column: numberAt(problem, 'column'),
    },
    null,
  );
}

/** Hadolint's JSON: Dockerfile rules and ShellCheck's for what they run. */
export const hadolint: JsonFormat = {
  format: 'hadolint',
  title: 'Hadolint JSON',
  kind: 'findings',
  wellKnownNames: ['**/hadolint*.json'],
  specification: 'https://github.com/hadolint/hadolint#output',
  producers: [{ tool: 'Hadolint', option: '--format json' }],
  syntax: 'json',
  lists: ['[]'],

  detect(value) {
    return someLookLike(listOf(value), isProblem);
  },

  read(value, sink) {
    readEntries(value, { what: 'problems', keys: ['message', 'code'], read: readProblem }, sink);
  },
};
