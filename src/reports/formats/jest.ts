import type { TestOutcome } from '../../model/tests.ts';
import { blankTestRun, failureFrom, secondsFrom, suitePath } from '../blank-test-run.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { has, listAt, numberAt, textAt, textsAt } from '../json-value.ts';

// https://github.com/jestjs/jest/blob/main/packages/jest-test-result/src/types.ts
const outcomes = new Map<string | null, TestOutcome>([
  ['passed', 'passed'],
  ['focused', 'passed'],
  ['failed', 'failed'],
  ['pending', 'skipped'],
  ['skipped', 'skipped'],
  ['todo', 'skipped'],
  ['disabled', 'skipped'],
]);

function failureFromTexts(texts: readonly string[]): ReturnType<typeof failureFrom> {
  const [first] = texts;
  return first === undefined
    ? null
    : failureFrom('failed', { message: null, details: texts.join('\n\n'), type: null });
}

function readAssertion(assertion: unknown, file: string | null, sink: ReportSink): void {
  const outcome = outcomes.get(textAt(assertion, 'status')) ?? 'errored';
  const failures = textsAt(assertion, 'failureMessages');
  // Jest tells of retries apart; Vitest leaves what earlier tries said with a test that passed in the end.
  const retries = [...textsAt(assertion, 'retryReasons'), ...(outcome === 'passed' ? failures : [])];
  sink.test({
    ...blankTestRun,
    suite: suitePath(textsAt(assertion, 'ancestorTitles')),
    name: textAt(assertion, 'title') ?? textAt(assertion, 'fullName') ?? '',
    file,
    line: numberAt(assertion, 'location', 'line'),
    outcome,
    durationSeconds: secondsFrom(numberAt(assertion, 'duration')),
    failure: outcome === 'passed' ? null : failureFromTexts(failures),
    earlierFailures: retries.flatMap((text) => failureFromTexts([text]) ?? []),
  });
}

function readFile(result: unknown, sink: ReportSink): void {
  const file = textAt(result, 'name') ?? textAt(result, 'testFilePath');
  const assertions = [...listAt(result, 'assertionResults'), ...listAt(result, 'testResults')];
  for (const assertion of assertions) readAssertion(assertion, file, sink);
  const message = textAt(result, 'message') ?? textAt(result, 'failureMessage');
  if (
    textAt(result, 'status') !== 'failed' ||
    assertions.some((assertion) => textAt(assertion, 'status') === 'failed')
  )
    return;
  // The file could not be run: no assertion tells it.
  const failure = failureFrom('errored', { message: null, details: message, type: null });
  sink.test({ ...blankTestRun, name: file ?? 'test file', file, outcome: 'errored', failure });
}

/** Jest's and Vitest's JSON. A file that cannot be run counts as one errored test. */
export const jest: JsonFormat = {
  format: 'jest',
  title: 'Jest and Vitest JSON',
  kind: 'tests',
  unit: 'Each assertion result is one test; a file that cannot be run is one errored test.',
  reruns:
    '`retryReasons` and `invocations` of a result (Jest), failure messages of a test that passed (Vitest).',
  wellKnownNames: ['**/jest-results.json', '**/vitest-results.json', '**/test-results.json'],
  specification: 'https://jestjs.io/docs/cli#--json',
  producers: [
    { tool: 'Jest', option: '--json --outputFile=jest-results.json' },
    { tool: 'Vitest', option: '--reporter=json --outputFile=vitest-results.json' },
  ],
  syntax: 'json',
  detect: (value) => has(value, 'testResults', 'list') && has(value, 'numTotalTests', 'number'),
  read(value, sink) {
    for (const result of listAt(value, 'testResults')) readFile(result, sink);
    const pending = numberAt(value, 'numPendingTests');
    sink.declaredTests({
      total: null,
      failed: numberAt(value, 'numFailedTests'),
      errored: null,
      skipped: pending === null ? null : pending + (numberAt(value, 'numTodoTests') ?? 0),
    });
  },
};
