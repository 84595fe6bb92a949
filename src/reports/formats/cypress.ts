import type { TestFailure, TestOutcome } from '../../model/tests.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankTestRun, failureFrom, secondsFrom, suitePath } from './shared/blank-test-run.ts';
import { entriesOf } from './shared/json-entries.ts';
import { has, itemsAt, listAt, numberAt, textAt, textsAt } from './shared/json-value.ts';
import { tallyTests } from './shared/test-tally.ts';

// https://docs.cypress.io/app/references/module-api#Results
const outcomes = new Map<string | null, TestOutcome>([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['pending', 'skipped'],
  // What a failed hook kept from running; the test whose hook it was is the one that failed.
  ['skipped', 'skipped'],
]);

function failureOf(source: unknown, test: unknown): TestFailure {
  const message = textAt(source, 'error', 'message') ?? textAt(source, 'displayError');
  const details = textAt(source, 'error', 'stack') ?? textAt(test, 'displayError');
  const type = textAt(source, 'error', 'name');
  return failureFrom('failed', { message, details, type }) ?? { type: null, message: '', details: '' };
}

function readTest(test: unknown, file: string | null, sink: ReportSink): void {
  const titles = textsAt(test, 'title');
  const attempts = listAt(test, 'attempts');
  const outcome = outcomes.get(textAt(test, 'state')) ?? 'errored';
  const failed = attempts.slice(0, -1).filter((attempt) => textAt(attempt, 'state') === 'failed');
  const duration =
    numberAt(test, 'duration') ??
    numberAt(attempts.at(-1), 'wallClockDuration') ??
    numberAt(attempts.at(-1), 'duration');
  sink.test({
    ...blankTestRun,
    suite: suitePath(titles.slice(0, -1)),
    name: titles.at(-1) ?? textAt(test, 'title') ?? '',
    file,
    outcome,
    durationSeconds: secondsFrom(duration),
    failure: outcome === 'failed' ? failureOf(attempts.at(-1) ?? test, test) : null,
    earlierFailures: outcome === 'skipped' ? [] : failed.map((attempt) => failureOf(attempt, test)),
  });
}

function readRun(run: unknown, target: ReportSink): void {
  const { sink, failing } = tallyTests(target);
  const file = textAt(run, 'spec', 'relative') ?? textAt(run, 'spec', 'name');
  for (const test of entriesOf(itemsAt(run, 'tests'), 'tests', sink)) readTest(test, file, sink);
  const error = textAt(run, 'error');
  if (error === null || failing() > 0) return;
  // The file could not be run.
  const failure = failureFrom('errored', { message: null, details: error, type: null });
  sink.test({ ...blankTestRun, name: file ?? 'test file', file, outcome: 'errored', failure });
}

/** What `cypress.run()` gives, written as JSON. */
export const cypress: JsonFormat = {
  format: 'cypress',
  title: 'Cypress results JSON',
  kind: 'tests',
  unit: 'Each test of each spec file is one test; a file that cannot be run is one errored test.',
  reruns: 'The `attempts` of one test before the last.',
  wellKnownNames: ['**/cypress-results.json', '**/cypress/results/*.json'],
  specification: 'https://docs.cypress.io/app/references/module-api#Results',
  producers: [{ tool: 'Cypress', option: 'the result of `cypress.run()`' }],
  syntax: 'json',
  lists: ['runs[]', 'runs[].tests[]'],
  detect: (value) => has(value, 'runs', 'list') && has(value, 'totalTests', 'number'),
  read(value, target) {
    const { sink, declare, failing } = tallyTests(target);
    for (const run of entriesOf(itemsAt(value, 'runs'), 'runs', sink)) readRun(run, sink);
    declare({ total: null, failed: numberAt(value, 'totalFailed'), errored: null, skipped: null });
    const status = textAt(value, 'status');
    if (status === 'failed' && failing() === 0)
      sink.failed(textAt(value, 'message') ?? 'its status is failed');
  },
};
