import { blankTestRun, failureFrom, secondsFrom } from '../blank-test-run.ts';
import type { JsonFormat, ReportSink, TestRun } from '../format.ts';
import { has, isJsonObject, listAt, numberAt, textAt, valueAt } from '../json-value.ts';

/** Mocha writes the full title only: what stands before the title is the path of suites. */
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

function runOf(test: unknown, pending: ReadonlySet<string>): TestRun {
  const title = textAt(test, 'title') ?? '';
  const error = valueAt(test, 'err');
  const failed = isJsonObject(error) && Object.keys(error).length > 0;
  const skipped = !failed && pending.has(keyOf(test));
  const outcome = failed ? (isAssertion(error) ? 'failed' : 'errored') : skipped ? 'skipped' : 'passed';
  const texts = {
    message: textAt(error, 'message'),
    details: textAt(error, 'stack'),
    type: textAt(error, 'name'),
  };
  const retries = Math.min(numberAt(test, 'currentRetry') ?? 0, 100);
  return {
    ...blankTestRun,
    suite: suiteOf(test, title),
    name: title,
    file: textAt(test, 'file'),
    outcome,
    durationSeconds: secondsFrom(numberAt(test, 'duration')),
    failure: failureFrom(outcome, texts),
    earlierFailures: Array.from({ length: retries }, () => ({ type: null, message: '', details: '' })),
  };
}

function keyOf(test: unknown): string {
  return `${textAt(test, 'file') ?? ''}\n${textAt(test, 'fullTitle') ?? ''}`;
}

function readAll(value: unknown, sink: ReportSink): void {
  const pending = new Set(listAt(value, 'pending').map(keyOf));
  const tests = listAt(value, 'tests');
  const known = new Set(tests.map(keyOf));
  for (const test of tests) sink.test(runOf(test, pending));
  // A hook that failed is among the failures only: its tests never ran.
  for (const hook of listAt(value, 'failures'))
    if (!known.has(keyOf(hook))) sink.test({ ...runOf(hook, pending), outcome: 'errored' });
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
  detect: (value) =>
    has(value, 'stats', 'object') &&
    has(value, 'tests', 'list') &&
    has(value, 'passes', 'list') &&
    has(value, 'failures', 'list'),
  read(value, sink) {
    readAll(value, sink);
    sink.declaredTests({
      total: null,
      failed: null,
      errored: null,
      skipped: numberAt(value, 'stats', 'pending'),
    });
  },
};
