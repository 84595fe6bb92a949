import type { JsonFormat, ReportSink, TestRun } from '../format.ts';
import { blankTestRun, failureFrom, secondsFrom } from './shared/blank-test-run.ts';
import { entriesOf, withUntold } from './shared/json-entries.ts';
import { has, isJsonObject, itemsAt, numberAt, textAt, valueAt } from './shared/json-value.ts';
import { tallyTests } from './shared/test-tally.ts';

/** Mocha writes the full title only: what is before the title is the path of suites. */
function suiteOf(test: unknown, title: string): string {
  const full = textAt(test, 'fullTitle') ?? '';
  return full.endsWith(title) ? full.slice(0, full.length - title.length).trim() : full;
}

/** An assertion that says no is a failure; any other exception is an error, as xunit-style reporters count them. */
function isAssertion(error: unknown): boolean {
  return (
    has(error, 'generatedMessage', 'boolean') ||
    has(error, 'operator', 'string') ||
    /assert|(?<![a-z])expect/i.test(
      `${textAt(error, 'name') ?? ''} ${textAt(error, 'code') ?? ''} ${textAt(error, 'stack')?.slice(0, 60) ?? ''}`,
    ) ||
    valueAt(error, 'showDiff') === true
  );
}

function hasError(test: unknown): boolean {
  const error = valueAt(test, 'err');
  return isJsonObject(error) && Object.keys(error).length > 0;
}

function* keysOf(tests: Iterable<unknown>): Iterable<string> {
  for (const test of tests) yield keyOf(test);
}

function keyOf(test: unknown): string {
  return `${textAt(test, 'file') ?? ''}\n${textAt(test, 'fullTitle') ?? ''}`;
}

/** Names in the list of those that were skipped, and in that of those that passed. */
interface Lists {
  readonly pending: ReadonlySet<string>;
  readonly passes: ReadonlySet<string>;
}

/** Namesakes are in both lists: one that was skipped has taken no time. */
function isPending(test: unknown, { pending, passes }: Lists): boolean {
  const key = keyOf(test);
  return pending.has(key) && (!passes.has(key) || numberAt(test, 'duration') === null);
}

function runOf(test: unknown, lists: Lists): TestRun {
  const title = textAt(test, 'title') ?? '';
  const error = valueAt(test, 'err');
  const failed = hasError(test);
  const skipped = !failed && isPending(test, lists);
  const outcome = failed ? (isAssertion(error) ? 'failed' : 'errored') : skipped ? 'skipped' : 'passed';
  const texts = {
    message: textAt(error, 'message'),
    details: textAt(error, 'stack'),
    type: textAt(error, 'name'),
  };
  return {
    ...blankTestRun,
    suite: suiteOf(test, title),
    name: title,
    file: textAt(test, 'file'),
    outcome,
    durationSeconds: secondsFrom(numberAt(test, 'duration')),
    failure: failureFrom(outcome, texts),
    earlierFailures: withUntold([], numberAt(test, 'currentRetry')),
  };
}

function readAll(value: unknown, sink: ReportSink): void {
  const keysIn = (list: string): ReadonlySet<string> => new Set(keysOf(itemsAt(value, list)));
  const lists = { pending: keysIn('pending'), passes: keysIn('passes') };
  /** Failures of a name that are still to be found among the tests. */
  const failing = new Map<string, number>();
  for (const test of entriesOf(itemsAt(value, 'tests'), 'tests', sink)) {
    sink.test(runOf(test, lists));
    if (hasError(test)) failing.set(keyOf(test), (failing.get(keyOf(test)) ?? 0) + 1);
  }
  // A hook that failed, and a test that failed after it had passed, are among the failures only.
  for (const failure of entriesOf(itemsAt(value, 'failures'), 'failures', sink)) {
    const told = failing.get(keyOf(failure)) ?? 0;
    failing.set(keyOf(failure), told - 1);
    if (told <= 0) sink.test({ ...runOf(failure, lists), outcome: 'errored' });
  }
}

/** Mocha's `json` reporter. A failing hook counts as an errored test of its own. */
export const mocha: JsonFormat = {
  format: 'mocha',
  title: 'Mocha JSON',
  kind: 'tests',
  unit: 'Each entry of `tests` is one test; a hook that failed is one errored test.',
  reruns: '`currentRetry` of an entry: as many runs before it failed.',
  wellKnownNames: ['**/mocha-results.json'],
  specification: 'https://mochajs.org/#json',
  producers: [{ tool: 'Mocha', option: '--reporter json --reporter-option output=mocha-results.json' }],
  syntax: 'json',
  lists: ['tests[]', 'passes[]', 'pending[]', 'failures[]'],
  detect: (value) =>
    has(value, 'stats', 'object') &&
    has(value, 'tests', 'list') &&
    (has(value, 'passes', 'list') || has(value, 'failures', 'list')),
  read(value, target) {
    const { sink, declare } = tallyTests(target);
    readAll(value, sink);
    declare({
      total: null,
      failed: numberAt(value, 'stats', 'failures'),
      errored: null,
      skipped: numberAt(value, 'stats', 'pending'),
    });
  },
};
