import type { ReportSink } from '../../format.ts';
import { blankFinding } from './blank-finding.ts';
import { anyTextAt, has, isJsonObject, numberAt, textAt } from './json-value.ts';
import { severityOfLinterWord } from './severity-scales.ts';

/** True for an object of the shape of Staticcheck's problems. */
export function isStaticcheckProblem(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'code', 'string') &&
    has(value, 'message', 'string') &&
    textAt(value, 'location', 'file') !== null &&
    numberAt(value, 'location', 'line') !== null
  );
}

/** Reads one problem (staticcheck.dev/docs/running-staticcheck/cli/formatters/#json). */
export function readStaticcheckProblem(problem: unknown, sink: ReportSink): void {
  const rule = anyTextAt(problem, 'code');
  const severity = anyTextAt(problem, 'severity');
  sink.finding(
    {
      ...blankFinding,
      tool: 'Staticcheck',
      rule,
      ruleUrl: /^(?:SA|ST|S|QF)\d{4}$/.test(rule) ? `https://staticcheck.dev/docs/checks/#${rule}` : null,
      severity: severityOfLinterWord(severity),
      message: anyTextAt(problem, 'message'),
      path: textAt(problem, 'location', 'file'),
      line: numberAt(problem, 'location', 'line'),
      endLine: numberAt(problem, 'end', 'line') ?? numberAt(problem, 'location', 'end', 'line'),
      column: numberAt(problem, 'location', 'column'),
      // Shown with -show-ignored, when a directive in the code ignores it.
      suppressed: severity === 'ignored',
    },
    null,
  );
}
