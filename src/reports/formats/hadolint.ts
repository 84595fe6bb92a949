import type { Severity } from '../../model/findings.ts';
import { blankFinding } from '../blank-finding.ts';
import type { JsonFormat } from '../format.ts';
import { anyTextAt, has, isJsonObject, listOf, numberAt, textAt } from '../json-value.ts';
import { severityOfLinterWord } from '../severity-scales.ts';

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

/** Hadolint's JSON: Dockerfile rules and ShellCheck's for what they run. */
export const hadolint: JsonFormat = {
  format: 'hadolint',
  title: 'Hadolint JSON',
  kind: 'findings',
  wellKnownNames: ['**/hadolint*.json'],
  specification: 'https://github.com/hadolint/hadolint#output',
  producers: [{ tool: 'Hadolint', option: '--format json' }],
  syntax: 'json',

  detect(value) {
    return listOf(value).length > 0 && listOf(value).slice(0, 20).every(isProblem);
  },

  read(value, sink) {
    for (const problem of listOf(value)) {
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
  },
};
