import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import { anyTextAt, has, isJsonObject, listOf, numberAt, textAt } from './shared/json-value.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';

function isViolation(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'rule_id', 'string') &&
    has(value, 'reason', 'string') &&
    has(value, 'severity', 'string')
  );
}

function readViolation(violation: unknown, sink: ReportSink): void {
  const rule = anyTextAt(violation, 'rule_id');
  sink.finding(
    {
      ...blankFinding,
      tool: 'SwiftLint',
      rule,
      ruleUrl: /^[a-z_]+$/.test(rule) ? `https://realm.github.io/SwiftLint/${rule}.html` : null,
      severity: severityOfLinterWord(textAt(violation, 'severity')),
      message: anyTextAt(violation, 'reason', 'type'),
      path: textAt(violation, 'file'),
      line: numberAt(violation, 'line'),
      column: numberAt(violation, 'character'),
    },
    null,
  );
}

/** SwiftLint's JSON. */
export const swiftlint: JsonFormat = {
  format: 'swiftlint',
  title: 'SwiftLint JSON',
  kind: 'findings',
  wellKnownNames: ['**/swiftlint*.json'],
  specification: 'https://realm.github.io/SwiftLint/Structs/JSONReporter.html',
  producers: [{ tool: 'SwiftLint', option: 'lint --reporter json > swiftlint.json' }],
  syntax: 'json',
  lists: ['[]'],

  detect(value) {
    return someLookLike(listOf(value), isViolation);
  },

  read(value, sink) {
    readEntries(value, { what: 'violations', keys: ['reason', 'rule_id'], read: readViolation }, sink);
  },
};
