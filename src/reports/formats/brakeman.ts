import type { Severity } from '../../model/findings.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries } from './shared/json-entries.ts';
import { anyTextAt, has, listAt, numberAt, textAt, valueAt } from './shared/json-value.ts';

// brakemanscanner.org/docs/confidence: Brakeman rates how sure it is, and has no other severity.
const severityOf = new Map<string, Severity>([
  ['high', 'high'],
  ['medium', 'medium'],
  ['weak', 'low'],
]);

function readWarning(warning: unknown, suppressed: boolean, sink: ReportSink): void {
  const weaknesses = listAt(warning, 'cwe_id').filter((id) => typeof id === 'number');
  sink.finding(
    {
      ...blankFinding,
      category: 'security',
      tool: 'Brakeman',
      rule: anyTextAt(warning, 'check_name', 'warning_type'),
      ruleUrl: textAt(warning, 'link'),
      severity: severityOf.get(anyTextAt(warning, 'confidence').toLowerCase()) ?? 'unknown',
      message: [textAt(warning, 'warning_type'), textAt(warning, 'message')]
        .filter((part) => part !== null)
        .join(': '),
      path: textAt(warning, 'file'),
      line: numberAt(warning, 'line'),
      identifiers: weaknesses.map((id) => `CWE-${String(id)}`),
      suppressed,
    },
    textAt(warning, 'fingerprint'),
  );
}

/** Brakeman's JSON. */
export const brakeman: JsonFormat = {
  format: 'brakeman',
  title: 'Brakeman JSON',
  kind: 'findings',
  wellKnownNames: ['**/brakeman*.json'],
  specification: 'https://brakemanscanner.org/docs/options/',
  producers: [{ tool: 'Brakeman', option: '--format json --output brakeman.json' }],
  syntax: 'json',
  lists: ['warnings[]', 'ignored_warnings[]'],

  detect(value) {
    return has(value, 'scan_info', 'object') && has(value, 'warnings', 'list');
  },

  read(value, sink) {
    for (const error of listAt(value, 'errors'))
      sink.failed(`Brakeman: ${anyTextAt(error, 'error')} ${anyTextAt(error, 'location')}`.trim());
    for (const key of ['warnings', 'ignored_warnings']) {
      const read = (warning: unknown): void => {
        readWarning(warning, key === 'ignored_warnings', sink);
      };
      readEntries(valueAt(value, key), { what: 'warnings', keys: ['message', 'warning_type'], read }, sink);
    }
  },
};
