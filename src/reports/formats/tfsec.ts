import type { Severity } from '../../model/findings.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import { anyTextAt, has, listAt, numberAt, objectOf, textAt, textsAt, valueAt } from './shared/json-value.ts';
import { severityOfLinterWord, severityOfSecurityWord } from './shared/severity-scales.ts';

function isResult(value: unknown): boolean {
  return (
    has(value, 'rule_id', 'string') && (has(value, 'location', 'object') || has(value, 'range', 'object'))
  );
}

/** tfsec before version 1 had the words of linters. */
function severityOf(word: string): Severity {
  const severity = severityOfSecurityWord(word);
  return severity === 'unknown' ? severityOfLinterWord(word) : severity;
}

function describe(result: unknown): string {
  const parts = [
    anyTextAt(result, 'rule_description'),
    ['Impact', anyTextAt(result, 'impact')],
    ['Resolution', anyTextAt(result, 'resolution')],
  ];
  return parts
    .map((part) => (typeof part === 'string' ? part : part[1] === '' ? '' : part.join(': ')))
    .filter((part) => part !== '')
    .join('\n\n');
}

function readResult(result: unknown, sink: ReportSink): void {
  // 0 failed, 1 passed, 2 ignored (github.com/aquasecurity/defsec, pkg/scan/result.go).
  const status = numberAt(result, 'status') ?? 0;
  if (status === 1) return;
  const place = valueAt(result, 'location') ?? valueAt(result, 'range');
  const message = anyTextAt(result, 'description', 'rule_description');
  sink.finding(
    {
      ...blankFinding,
      category: 'security',
      tool: 'tfsec',
      rule: anyTextAt(result, 'long_id', 'rule_id'),
      ruleUrl: textsAt(result, 'links')[0] ?? textAt(result, 'link'),
      severity: severityOf(anyTextAt(result, 'severity')),
      message,
      description: describe(result),
      path: textAt(place, 'filename'),
      line: numberAt(place, 'start_line') ?? numberAt(place, 'start', 'line'),
      endLine: numberAt(place, 'end_line') ?? numberAt(place, 'end', 'line'),
      suppressed: status === 2,
    },
    null,
  );
}

/** tfsec's JSON. */
export const tfsec: JsonFormat = {
  format: 'tfsec',
  title: 'tfsec JSON',
  kind: 'findings',
  wellKnownNames: ['**/tfsec*.json'],
  specification: 'https://aquasecurity.github.io/tfsec/latest/guides/usage/',
  producers: [{ tool: 'tfsec', option: '--format json --out tfsec.json' }],
  syntax: 'json',
  lists: ['results[]'],

  detect(value) {
    if (someLookLike(listAt(value, 'results'), isResult)) return true;
    // Without a finding it writes null in their place, and nothing else.
    return valueAt(value, 'results') === null && Object.keys(objectOf(value)).length === 1;
  },

  read(value, sink) {
    const keys = ['rule_id', 'long_id', 'description'];
    readEntries(valueAt(value, 'results'), { what: 'results', keys, read: readResult }, sink);
  },
};
