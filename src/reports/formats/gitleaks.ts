import { blankFinding } from '../blank-finding.ts';
import type { JsonFormat } from '../format.ts';
import { anyTextAt, has, isJsonObject, listOf, numberAt, textAt } from '../json-value.ts';

function isLeak(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'RuleID', 'string') &&
    has(value, 'File', 'string') &&
    has(value, 'StartLine', 'number') &&
    has(value, 'Secret', 'string')
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

  detect(value) {
    return listOf(value).length > 0 && listOf(value).slice(0, 20).every(isLeak);
  },

  read(value, sink) {
    for (const leak of listOf(value)) {
      const rule = anyTextAt(leak, 'RuleID');
      sink.finding(
        {
          ...blankFinding,
          category: 'security',
          tool: 'Gitleaks',
          rule,
          // Gitleaks has no severities; GitLab's secret detection, made of the same rules, calls every leak critical.
          severity: 'critical',
          message: anyTextAt(leak, 'Description') || rule,
          path: textAt(leak, 'File'),
          line: numberAt(leak, 'StartLine'),
          endLine: numberAt(leak, 'EndLine'),
          column: numberAt(leak, 'StartColumn'),
        },
        null,
      );
    }
  },
};
