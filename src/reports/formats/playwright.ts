import { isFailing, type TestOutcome } from '../../model/tests.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankTestRun, failureFrom, secondsFrom, suitePath } from './shared/blank-test-run.ts';
import { entriesOf } from './shared/json-entries.ts';
import { has, isJsonObject, itemsAt, listAt, numberAt, textAt, valueAt } from './shared/json-value.ts';
import { tallyTests } from './shared/test-tally.ts';

// https://playwright.dev/docs/api/class-reporter and https://github.com/microsoft/playwright/blob/main/packages/playwright/types/testReporter.d.ts
const failedStatuses = new Set<string | null>(['failed', 'timedOut', 'interrupted']);

/** Bounds the recursion for hostile nesting. */
const maxDepth = 100;

function resultFailure(result: unknown): ReturnType<typeof failureFrom> {
  const [firstError] = listAt(result, 'errors');
  const error = isJsonObject(valueAt(result, 'error')) ? valueAt(result, 'error') : firstError;
  const status = textAt(result, 'status');
  if (error === undefined && !failedStatuses.has(status)) return null;
  const message =
    textAt(error, 'message') ?? textAt(error, 'value') ?? (status === 'timedOut' ? 'timed out' : null);
  return failureFrom('failed', { message, details: textAt(error, 'stack') ?? message, type: null });
}

/**
 * `status` is the verdict against the expectation: a test marked to fail that failed is expected. Playwright calls a
 * test skipped whose only run was interrupted; it began and did not end.
 */
function outcomeOf(test: unknown, last: unknown): TestOutcome {
  if (textAt(last, 'status') === 'interrupted') return 'errored';
  switch (textAt(test, 'status') ?? textAt(last, 'status')) {
    case 'expected':
    case 'flaky':
    case 'passed':
      return 'passed';
    case 'skipped':
      return 'skipped';
    case null:
    default:
      return 'failed';
  }
}

/**
 * Of a test that did not pass: what its last run said, why it was skipped, or that it passed against its expectation.
 */
function failureOf(test: unknown, outcome: TestOutcome): ReturnType<typeof failureFrom> {
  const last = listAt(test, 'results').at(-1);
  if (outcome === 'skipped') {
    const reasons = listAt(test, 'annotations').flatMap(
      (annotation) => textAt(annotation, 'description') ?? [],
    );
    return failureFrom('skipped', { message: reasons[0] ?? null, details: null, type: null });
  }
  const passed = textAt(last, 'status') === 'passed';
  return passed
    ? failureFrom('failed', { message: 'passed, but is expected to fail', details: null, type: null })
    : resultFailure(last);
}

/** What a run kept as files; the others are within the report. */
function attachmentsOf(result: unknown, outcome: TestOutcome): readonly string[] {
  if (!isFailing(outcome)) return [];
  return listAt(result, 'attachments').flatMap((attachment) => textAt(attachment, 'path') ?? []);
}

interface Place {
  readonly suites: readonly string[];
  readonly file: string | null;
}

function readSpec(spec: unknown, place: Place, sink: ReportSink): void {
  let failing = 0;
  for (const test of entriesOf(listAt(spec, 'tests'), 'tests', sink)) {
    const results = listAt(test, 'results');
    const last = results.at(-1);
    const outcome = outcomeOf(test, last);
    if (isFailing(outcome)) failing += 1;
    const failures = results.slice(0, -1).flatMap((result) => resultFailure(result) ?? []);
    const durations = results.flatMap((result) => numberAt(result, 'duration') ?? []);
    sink.test({
      ...blankTestRun,
      // The project (browser) distinguishes runs of the same test.
      className: textAt(test, 'projectName') ?? '',
      suite: suitePath(place.suites),
      name: textAt(spec, 'title') ?? '',
      file: textAt(spec, 'file') ?? place.file,
      line: numberAt(spec, 'line'),
      outcome,
      durationSeconds: secondsFrom(
        durations.length === 0 ? null : durations.reduce((sum, duration) => sum + duration, 0),
      ),
      failure: outcome === 'passed' ? null : failureOf(test, outcome),
      attachments: attachmentsOf(last, outcome),
      earlierFailures: outcome === 'skipped' ? [] : failures,
    });
  }
  if (valueAt(spec, 'ok') === false && failing === 0)
    sink.failed(`${textAt(spec, 'title') ?? 'a spec'} is not ok, but no test in it failed`);
}

function readSuite(
  suite: unknown,
  place: Place,
  { sink, depth }: { readonly sink: ReportSink; readonly depth: number },
): void {
  if (depth > maxDepth) {
    sink.incomplete(`suites nested more than ${maxDepth} deep are ignored`);
    return;
  }
  const title = textAt(suite, 'title') ?? '';
  const file = textAt(suite, 'file') ?? place.file;
  // The outermost suite is the file itself.
  const inner: Place = { suites: title === file ? place.suites : [...place.suites, title], file };
  for (const spec of entriesOf(itemsAt(suite, 'specs'), 'specs', sink)) readSpec(spec, inner, sink);
  for (const nested of entriesOf(itemsAt(suite, 'suites'), 'suites', sink))
    readSuite(nested, inner, { sink, depth: depth + 1 });
}

/** Playwright's `json` reporter: one test per project, retries merged. */
export const playwright: JsonFormat = {
  format: 'playwright',
  title: 'Playwright JSON',
  kind: 'tests',
  unit: 'Each test of each project is one test; an error outside of tests is one errored test.',
  reruns: 'The `results` of one test before the last.',
  wellKnownNames: [
    '**/playwright-report.json',
    '**/playwright-results.json',
    '**/playwright-report/*.json',
    '**/results.json',
  ],
  specification: 'https://playwright.dev/docs/test-reporters#json-reporter',
  producers: [
    {
      tool: 'Playwright',
      option: '--reporter=json with PLAYWRIGHT_JSON_OUTPUT_NAME=playwright-results.json',
    },
  ],
  syntax: 'json',
  lists: ['suites[]', 'suites[].specs[]', 'suites[].suites[]', 'suites[].suites[].specs[]'],
  detect: (value) =>
    has(value, 'suites', 'list') && (has(value, 'config', 'object') || has(value, 'stats', 'object')),
  read(value, target) {
    const { sink, declare } = tallyTests(target);
    for (const suite of entriesOf(itemsAt(value, 'suites'), 'suites', sink))
      readSuite(suite, { suites: [], file: null }, { sink, depth: 0 });
    const errors = listAt(value, 'errors');
    for (const error of errors) {
      const texts = { message: textAt(error, 'message'), details: textAt(error, 'stack'), type: null };
      sink.test({
        ...blankTestRun,
        name: 'test run',
        outcome: 'errored',
        failure: failureFrom('errored', texts),
      });
    }
    declare({
      total: null,
      failed: numberAt(value, 'stats', 'unexpected'),
      errored: errors.length === 0 ? null : errors.length,
      skipped: null,
    });
  },
};
