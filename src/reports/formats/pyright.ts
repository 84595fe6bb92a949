import { blankFinding } from '../blank-finding.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { anyTextAt, has, isJsonObject, listAt, numberAt, textAt } from '../json-value.ts';
import { severityOfLinterWord } from '../severity-scales.ts';

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

  detect(value) {
    return has(value, 'generalDiagnostics', 'list');
  },

  read(value, sink) {
    for (const diagnostic of listAt(value, 'generalDiagnostics')) {
      if (isJsonObject(diagnostic)) readDiagnostic(diagnostic, sink);
    }
  },
};
