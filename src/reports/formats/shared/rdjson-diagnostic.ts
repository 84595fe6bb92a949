import type { FindingFix, Severity } from '../../../model/findings.ts';
import type { ReportSink } from '../../format.ts';
import { blankFinding } from './blank-finding.ts';
import type { Entries } from './json-entries.ts';
import { isJsonObject, listAt, numberAt, textAt, valueAt } from './json-value.ts';
import { wholeLineFix } from './whole-line-fix.ts';

// The enumeration of reviewdog's proto/rdf/reviewdog.proto, by name and by number; see severity-scales.ts for the
// levels.
const severityOf = new Map<unknown, Severity>([
  ['ERROR', 'high'],
  [1, 'high'],
  ['WARNING', 'medium'],
  [2, 'medium'],
  ['INFO', 'info'],
  [3, 'info'],
]);

/** What a result says once for all its diagnostics. */
export interface DiagnosticDefaults {
  readonly source: unknown;
  readonly severity: unknown;
}

/** True for an object of the shape of reviewdog's `Diagnostic`; its location alone may stand for the whole project. */
export function isDiagnostic(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    typeof valueAt(value, 'message') === 'string' &&
    typeof valueAt(value, 'location', 'path') === 'string'
  );
}

// Several suggestions are alternatives or parts of one change: which, the format does not say.
function fixOf(diagnostic: unknown): FindingFix | null {
  const suggestions = listAt(diagnostic, 'suggestions');
  const text = valueAt(suggestions[0], 'text');
  if (suggestions.length !== 1 || typeof text !== 'string') return null;
  const range = valueAt(suggestions[0], 'range');
  return wholeLineFix({
    startLine: numberAt(range, 'start', 'line'),
    startColumn: numberAt(range, 'start', 'column'),
    endLine: numberAt(range, 'end', 'line'),
    endColumn: numberAt(range, 'end', 'column'),
    text,
  });
}

/** Reads one diagnostic of reviewdog's format (github.com/reviewdog/reviewdog/tree/master/proto/rdf). */
export function readDiagnostic(diagnostic: unknown, defaults: DiagnosticDefaults, sink: ReportSink): void {
  const rule = textAt(diagnostic, 'code', 'value') ?? textAt(diagnostic, 'code') ?? '';
  sink.finding(
    {
      ...blankFinding,
      tool: textAt(diagnostic, 'source', 'name') ?? textAt(defaults.source, 'name') ?? '',
      rule,
      ruleUrl: textAt(diagnostic, 'code', 'url'),
      severity:
        severityOf.get(valueAt(diagnostic, 'severity')) ?? severityOf.get(defaults.severity) ?? 'unknown',
      message: textAt(diagnostic, 'message') ?? rule,
      path: textAt(diagnostic, 'location', 'path'),
      line: numberAt(diagnostic, 'location', 'range', 'start', 'line'),
      endLine: numberAt(diagnostic, 'location', 'range', 'end', 'line'),
      column: numberAt(diagnostic, 'location', 'range', 'start', 'column'),
      fix: fixOf(diagnostic),
    },
    null,
  );
}

/** The diagnostics of one result. */
export function diagnosticEntries(defaults: DiagnosticDefaults): Entries {
  return {
    what: 'diagnostics',
    keys: ['message'],
    read: (diagnostic, sink) => {
      readDiagnostic(diagnostic, defaults, sink);
    },
  };
}
