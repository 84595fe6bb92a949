import type { TestOutcome } from '../../model/tests.ts';
import { blankTestRun, failureFrom, secondsFrom, suitePath } from '../blank-test-run.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { listAt, numberAt, objectOf, textAt, textsAt, valueAt } from '../json-value.ts';

// https://ctrf.io/docs/specification/test: pending and other have run to no verdict.
const outcomes = new Map<string | null, TestOutcome>([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['skipped', 'skipped'],
  ['pending', 'skipped'],
  ['other', 'skipped'],
]);

function failureOf(test: unknown, outcome: TestOutcome): ReturnType<typeof failureFrom> {
  return failureFrom(outcome, {
    message: textAt(test, 'message'),
    details: textAt(test, 'trace'),
    type: null,
  });
}

/** Attempts before the last one that failed; a test that is only called flaky has at least one. */
function earlierFailures(
  test: unknown,
  outcome: TestOutcome,
): readonly NonNullable<ReturnType<typeof failureFrom>>[] {
  const attempts = listAt(test, 'retryAttempts').filter((attempt) => textAt(attempt, 'status') === 'failed');
  const told = attempts.flatMap((attempt) => failureOf(attempt, 'failed') ?? []);
  if (told.length > 0) return outcome === 'failed' ? told.slice(0, -1) : told;
  if (valueAt(test, 'flaky') !== true || outcome !== 'passed') return [];
  return [failureOf(test, 'failed') ?? { type: null, message: '', details: '' }];
}

function readTest(test: unknown, sink: ReportSink): void {
  const outcome = outcomes.get(textAt(test, 'status')) ?? 'errored';
  const suite = valueAt(test, 'suite');
  sink.test({
    ...blankTestRun,
    suite: typeof suite === 'string' ? suite : suitePath(textsAt(test, 'suite')),
    name: textAt(test, 'name') ?? '',
    file: textAt(test, 'filePath'),
    line: numberAt(test, 'line'),
    outcome,
    durationSeconds: secondsFrom(numberAt(test, 'duration')),
    failure: outcome === 'passed' ? null : failureOf(test, outcome),
    earlierFailures: earlierFailures(test, outcome),
  });
}

/** The Common Test Report Format. */
export const ctrf: JsonFormat = {
  format: 'ctrf',
  title: 'CTRF JSON',
  kind: 'tests',
  unit: 'Each entry of `tests` is one test.',
  reruns: '`retries` and `retryAttempts` of an entry, and `flaky` where it passed.',
  wellKnownNames: ['**/ctrf-report.json', '**/ctrf/*.json'],
  specification: 'https://ctrf.io/docs/specification/overview',
  producers: [{ tool: 'the CTRF reporters of Playwright, Jest, Cypress, pytest, Go and others', option: '' }],
  syntax: 'json',
  detect: (value) => {
    const results = valueAt(value, 'results');
    return Array.isArray(valueAt(results, 'tests')) && textAt(results, 'tool', 'name') !== null;
  },
  read(value, sink) {
    for (const test of listAt(value, 'results', 'tests')) readTest(test, sink);
    const summary = objectOf(valueAt(value, 'results', 'summary'));
    const skipped = [numberAt(summary, 'skipped'), numberAt(summary, 'pending'), numberAt(summary, 'other')];
    sink.declaredTests({
      total: numberAt(summary, 'tests'),
      failed: numberAt(summary, 'failed'),
      errored: null,
      skipped: skipped.every((count) => count === null)
        ? null
        : skipped.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    });
  },
};
