import type { RawFinding } from '../collect/findings.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, sayIfFewerAreListed } from './shared/json-entries.ts';
import { anyTextAt, has, listAt, numberAt, textAt, valueAt } from './shared/json-value.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';

/** Biome 2 gives lines and columns; Biome 1 gives offsets in bytes, and the text that they are for. */
function placeOf(location: unknown): Pick<RawFinding, 'column' | 'endLine' | 'line' | 'path'> {
  const path = textAt(location, 'path') ?? textAt(location, 'path', 'file');
  const line = numberAt(location, 'start', 'line');
  const column = numberAt(location, 'start', 'column');
  if (line !== null) return { path, line, endLine: numberAt(location, 'end', 'line'), column };
  const [from] = listAt(location, 'span');
  const source = textAt(location, 'sourceCode');
  if (typeof from !== 'number' || source === null) return { path, line: null, endLine: null, column: null };
  const before = Buffer.from(source).subarray(0, Math.max(0, from)).toString('utf8').split('\n');
  return { path, line: before.length, endLine: null, column: (before.at(-1) ?? '').length + 1 };
}

function messageOf(diagnostic: unknown): string {
  const parts = listAt(diagnostic, 'message').map((part) => anyTextAt(part, 'content'));
  return anyTextAt(diagnostic, 'description', 'message') || parts.join('');
}

function readDiagnostic(diagnostic: unknown, sink: ReportSink): void {
  const rule = anyTextAt(diagnostic, 'category');
  const severity = anyTextAt(diagnostic, 'severity');
  const name = /^lint\/\w+\/(\w+)$/
    .exec(rule)?.[1]
    ?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  sink.finding(
    {
      ...blankFinding,
      category: rule.startsWith('lint/security/') ? 'security' : 'quality',
      tool: 'Biome',
      rule,
      ruleUrl: name === undefined ? null : `https://biomejs.dev/linter/rules/${name}`,
      severity: severity === 'hint' ? 'info' : severityOfLinterWord(severity),
      message: messageOf(diagnostic),
      ...placeOf(valueAt(diagnostic, 'location')),
    },
    null,
  );
}

/** Biome's JSON reporter. */
export const biome: JsonFormat = {
  format: 'biome',
  title: 'Biome JSON',
  kind: 'findings',
  wellKnownNames: ['**/biome-report*.json'],
  specification: 'https://biomejs.dev/reference/reporters/#json',
  producers: [{ tool: 'Biome', option: 'ci --reporter=json > biome-report.json' }],
  syntax: 'json',
  lists: ['diagnostics[]'],

  detect(value) {
    return (
      has(value, 'diagnostics', 'list') && has(value, 'summary', 'object') && has(value, 'command', 'string')
    );
  },

  read(value, sink) {
    const listed = { error: 0, warning: 0 };
    const read = (diagnostic: unknown): void => {
      const severity = textAt(diagnostic, 'severity');
      if (severity === 'error' || severity === 'fatal') listed.error += 1;
      else if (severity === 'warning') listed.warning += 1;
      readDiagnostic(diagnostic, sink);
    };
    const keys = ['category', 'description', 'severity'];
    readEntries(valueAt(value, 'diagnostics'), { what: 'diagnostics', keys, read }, sink);
    for (const severity of ['error', 'warning'] as const) {
      const counted = numberAt(value, 'summary', `${severity}s`);
      sayIfFewerAreListed({ counted, listed: listed[severity], what: `${severity}s` }, sink);
    }
  },
};
