import { isFailing, type TestFailure, type TestOutcome } from '../../model/tests.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankTestRun, failureFrom, secondsFrom, suitePath } from './shared/blank-test-run.ts';
import { entriesOf, withUntold } from './shared/json-entries.ts';
import { has, itemsAt, listAt, numberAt, objectOf, textAt, textsAt, valueAt } from './shared/json-value.ts';
import { tallyTests } from './shared/test-tally.ts';

// https://ctrf.io/docs/specification/test: pending and other have run to no verdict.
const outcomes = new Map<string | null, TestOutcome>([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['skipped', 'skipped'],
  ['pending', 'skipped'],
  ['other', 'skipped'],
]);

/** What tools call a test that CTRF has no status for, where it is a failure all the same. */
const failingRawStatus = /^(?:fail|err|broken|time-?d?-?out|interrupted|aborted|crash|unexpected|cancel)/i;

function outcomeOf(test: unknown): TestOutcome {
  const status = textAt(test, 'status');
  const isUnclear = status === 'other' || status === 'pending';
  if (isUnclear && failingRawStatus.test(textAt(test, 'rawStatus') ?? '')) return 'errored';
  return outcomes.get(status) ?? 'errored';
}

function failureOf(test: unknown, outcome: TestOutcome): ReturnType<typeof failureFrom> {
  return failureFrom(outcome, {
    message: textAt(test, 'message'),
    details: textAt(test, 'trace'),
    type: null,
  });
}

/** Attempts before the last one that failed; a test that is only called flaky has at least one. */
function earlierFailures(test: unknown, outcome: TestOutcome): readonly TestFailure[] {
  const attempts = listAt(test, 'retryAttempts').filter((attempt) => textAt(attempt, 'status') === 'failed');
  const failures = attempts.flatMap((attempt) => failureOf(attempt, 'failed') ?? []);
  const told = outcome === 'failed' ? failures.slice(0, -1) : failures;
  if (outcome === 'skipped') return told;
  const isFlaky = valueAt(test, 'flaky') === true && outcome === 'passed';
  const own = told.length === 0 && outcome === 'passed' ? failureOf(test, 'passed') : null;
  const earlier = own === null || !(isFlaky || (numberAt(test, 'retries') ?? 0) > 0) ? told : [own];
  return withUntold(earlier, Math.max(numberAt(test, 'retries') ?? 0, isFlaky ? 1 : 0));
}

function readTest(test: unknown, sink: ReportSink): void {
  const outcome = outcomeOf(test);
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
    attachments: isFailing(outcome)
      ? listAt(test, 'attachments').flatMap((attachment) => textAt(attachment, 'path') ?? [])
      : [],
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
  lists: ['results.tests[]'],
  detect: (value) => {
    const results = valueAt(value, 'results');
    return (
      Array.isArray(valueAt(results, 'tests')) &&
      (has(results, 'tool', 'object') || has(results, 'summary', 'object'))
    );
  },
  read(value, target) {
    const { sink, declare } = tallyTests(target);
    for (const test of entriesOf(itemsAt(value, 'results', 'tests'), 'tests', sink)) readTest(test, sink);
    const summary = objectOf(valueAt(value, 'results', 'summary'));
    const skipped = [numberAt(summary, 'skipped'), numberAt(summary, 'pending'), numberAt(summary, 'other')];
    declare({
      total: numberAt(summary, 'tests'),
      failed: numberAt(summary, 'failed'),
      errored: null,
      skipped: skipped.every((count) => count === null)
        ? null
        : skipped.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    });
  },
};
