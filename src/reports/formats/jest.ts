import { counted } from '../../model/plural.ts';
import type { TestFailure, TestOutcome } from '../../model/tests.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankTestRun, failureFrom, secondsFrom, suitePath } from './shared/blank-test-run.ts';
import { entriesOf, withUntold } from './shared/json-entries.ts';
import { has, isJsonObject, itemsAt, numberAt, textAt, textsAt, valueAt } from './shared/json-value.ts';
import { tallyTests } from './shared/test-tally.ts';

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

function failuresOf(texts: readonly string[]): readonly TestFailure[] {
  return texts.flatMap((text) => failureFromTexts([text]) ?? []);
}

/**
 * Jest reports retries apart, by `retryErrors` in older versions; Vitest leaves what earlier tries said with a test
 * that passed.
 */
function earlierFailures(assertion: unknown, outcome: TestOutcome): readonly TestFailure[] {
  if (outcome === 'skipped') return [];
  const retries = [...textsAt(assertion, 'retryReasons'), ...textsAt(assertion, 'retryErrors')];
  const left = outcome === 'passed' ? textsAt(assertion, 'failureMessages') : [];
  const invocations = numberAt(assertion, 'invocations');
  return withUntold(failuresOf([...retries, ...left]), invocations === null ? null : invocations - 1);
}

function readAssertion(assertion: unknown, file: string | null, sink: ReportSink): void {
  const outcome = outcomes.get(textAt(assertion, 'status')) ?? 'errored';
  sink.test({
    ...blankTestRun,
    suite: suitePath(textsAt(assertion, 'ancestorTitles')),
    // jest-junit puts an assertion without a title into the results of a file that does not load.
    name: textAt(assertion, 'title') ?? textAt(assertion, 'fullName') ?? file ?? '',
    file,
    line: numberAt(assertion, 'location', 'line'),
    outcome,
    durationSeconds: secondsFrom(numberAt(assertion, 'duration')),
    failure: outcome === 'passed' ? null : failureFromTexts(textsAt(assertion, 'failureMessages')),
    earlierFailures: earlierFailures(assertion, outcome),
  });
}

function* assertionsOf(result: unknown): Iterable<unknown> {
  yield* itemsAt(result, 'assertionResults');
  yield* itemsAt(result, 'testResults');
}

/**
 * True for a test of Vitest that was to run and has no result: it writes `skipped` for one that was not to run, and
 * Jest, which writes `pending` for that, has no `meta`.
 * https://github.com/vitest-dev/vitest/blob/main/packages/vitest/src/node/reporters/json.ts
 */
function isUnfinished(assertion: unknown): boolean {
  return textAt(assertion, 'status') === 'pending' && isJsonObject(valueAt(assertion, 'meta'));
}

interface FileRead {
  /** 1 for a file that could not be run, or failed beside its tests: no assertion shows it. */
  readonly unrun: number;
  /** Tests without a result, though nothing in the file failed: its worker died. */
  readonly unfinished: number;
}

function readFile(result: unknown, sink: ReportSink): FileRead {
  const file = textAt(result, 'name') ?? textAt(result, 'testFilePath');
  const tally = tallyTests(sink);
  let unfinished = 0;
  for (const assertion of entriesOf(assertionsOf(result), 'assertion results', sink)) {
    readAssertion(assertion, file, tally.sink);
    if (isUnfinished(assertion)) unfinished += 1;
  }
  const failed = textAt(result, 'status') === 'failed' || isJsonObject(valueAt(result, 'testExecError'));
  if (tally.failing() > 0) return { unrun: 0, unfinished: 0 };
  if (!failed) return { unrun: 0, unfinished };
  const details = textAt(result, 'message') ?? textAt(result, 'failureMessage');
  const message = textAt(result, 'testExecError', 'message');
  const failure = failureFrom('errored', { message, details, type: null });
  sink.test({ ...blankTestRun, name: file ?? 'test file', file, outcome: 'errored', failure });
  return { unrun: 1, unfinished: 0 };
}

/** What the tool says of the run, where no test failed. */
function readVerdict(value: unknown, sink: ReportSink): void {
  const failedFiles = numberAt(value, 'numFailedTestSuites') ?? 0;
  if (failedFiles > 0) sink.failed(`test files that failed: ${failedFiles}`);
  else if (valueAt(value, 'success') === false) sink.failed('its success is false');
}

function readAll(value: unknown, target: ReportSink): void {
  const { sink, failing, declare } = tallyTests(target);
  let unrun = 0;
  let unfinished = 0;
  for (const result of entriesOf(itemsAt(value, 'testResults'), 'test files', sink)) {
    const read = readFile(result, sink);
    unrun += read.unrun;
    unfinished += read.unfinished;
  }
  const pending = numberAt(value, 'numPendingTests');
  const runtimeErrors = numberAt(value, 'numRuntimeErrorTestSuites');
  declare({
    total: null,
    failed: numberAt(value, 'numFailedTests'),
    // Files that failed are counted beside the tests.
    errored: runtimeErrors === null && unrun === 0 ? null : Math.max(runtimeErrors ?? 0, unrun),
    skipped: pending === null ? null : pending + (numberAt(value, 'numTodoTests') ?? 0),
  });
  if (valueAt(value, 'wasInterrupted') === true) sink.incomplete('the run was interrupted');
  if (unfinished > 0) {
    const tests = counted(unfinished, { one: 'test has', other: 'tests have' });
    sink.incomplete(`${tests} no result: the run of their files did not end`);
  }
  if (failing() === 0) readVerdict(value, sink);
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
  lists: ['testResults[]', 'testResults[].assertionResults[]'],
  detect: (value) =>
    has(value, 'testResults', 'list') &&
    ['numTotalTests', 'numFailedTests', 'numTotalTestSuites'].some((key) => has(value, key, 'number')),
  read: readAll,
};
