import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, sayIfFewerAreListed } from './shared/json-entries.ts';
import { anyTextAt, has, numberAt, textAt, valueAt } from './shared/json-value.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';

// Lines and characters count from 0, as in the Language Server Protocol.
function fromOne(value: number | null): number | null {
  return value === null ? null : value + 1;
}

function readDiagnostic(diagnostic: unknown, sink: ReportSink): void {
  const rule = anyTextAt(diagnostic, 'rule');
  const [message = '', ...details] = anyTextAt(diagnostic, 'message').split('\n');
  sink.finding(
    {
      ...blankFinding,
      tool: 'Pyright',
      rule,
      ruleUrl: /^report\w+$/.test(rule)
        ? `https://github.com/microsoft/pyright/blob/main/docs/configuration.md#${rule}`
        : null,
      severity: severityOfLinterWord(textAt(diagnostic, 'severity')),
      message,
      description: details.join('\n'),
      path: textAt(diagnostic, 'file') ?? textAt(diagnostic, 'uri'),
      line: fromOne(numberAt(diagnostic, 'range', 'start', 'line')),
      endLine: fromOne(numberAt(diagnostic, 'range', 'end', 'line')),
      column: fromOne(numberAt(diagnostic, 'range', 'start', 'character')),
    },
    null,
  );
}

/** Pyright's JSON, also written by basedpyright. */
export const pyright: JsonFormat = {
  format: 'pyright',
  title: 'Pyright JSON',
  kind: 'findings',
  wellKnownNames: ['**/pyright*.json'],
  specification: 'https://github.com/microsoft/pyright/blob/main/docs/command-line.md#json-output',
  producers: [{ tool: 'Pyright', option: '--outputjson > pyright.json' }],
  syntax: 'json',
  lists: ['generalDiagnostics[]'],

  detect(value) {
    return has(value, 'generalDiagnostics', 'list');
  },

  read(value, sink) {
    const listed = { error: 0, warning: 0 };
    const read = (diagnostic: unknown): void => {
      const severity = textAt(diagnostic, 'severity');
      if (severity === 'error' || severity === 'warning') listed[severity] += 1;
      readDiagnostic(diagnostic, sink);
    };
    const diagnostics = { what: 'diagnostics', keys: ['message', 'rule'], read };
    readEntries(valueAt(value, 'generalDiagnostics'), diagnostics, sink);
    for (const severity of ['error', 'warning'] as const) {
      const counted = numberAt(value, 'summary', `${severity}Count`);
      sayIfFewerAreListed({ counted, listed: listed[severity], what: `${severity}s` }, sink);
    }
  },
};
