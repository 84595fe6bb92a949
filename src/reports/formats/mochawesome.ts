import { isFailing, type TestOutcome } from '../../model/tests.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankTestRun, failureFrom, secondsFrom, suitePath } from './shared/blank-test-run.ts';
import { entriesOf, someLookLike, withUntold } from './shared/json-entries.ts';
import { has, itemsAt, type JsonObject, listAt, numberAt, textAt, valueAt } from './shared/json-value.ts';
import { tallyTests } from './shared/test-tally.ts';

/** Bounds the recursion for hostile nesting. */
const maxDepth = 100;

function outcomeOf(test: unknown): TestOutcome {
  if (valueAt(test, 'fail') === true || textAt(test, 'state') === 'failed') return 'failed';
  if (valueAt(test, 'pass') === true || textAt(test, 'state') === 'passed') return 'passed';
  return 'skipped';
}

const maxContextCharacters = 20_000;
const fileName = /^(?![a-z]+:)[^\n]+\.(?:png|jpe?g|gif|webp|mp4|webm|zip|txt|log|html)$/i;

/** Files among what a test said by `addContext`: a text, a list, or `{ title, value }`, written as JSON within JSON. */
function filesIn(context: unknown): readonly string[] {
  if (typeof context === 'string') return fileName.test(context) ? [context] : [];
  if (Array.isArray(context)) return context.flatMap((one) => filesIn(one));
  return has(context, 'value', 'string') || has(context, 'value', 'list')
    ? filesIn(valueAt(context, 'value'))
    : [];
}

function attachmentsOf(test: unknown): readonly string[] {
  const written = textAt(test, 'context') ?? '';
  if (written === '' || written.length > maxContextCharacters) return [];
  try {
    return filesIn(JSON.parse(written));
  } catch {
    return filesIn(written);
  }
}

interface Place {
  readonly suites: readonly string[];
  readonly file: string | null;
}

function readTest(test: unknown, { suites, file }: Place, sink: ReportSink): void {
  const outcome = outcomeOf(test);
  const message = textAt(test, 'err', 'message');
  const details = textAt(test, 'err', 'estack') ?? textAt(test, 'err', 'stack');
  sink.test({
    ...blankTestRun,
    suite: suitePath(suites),
    name: textAt(test, 'title') ?? '',
    file,
    outcome,
    durationSeconds: secondsFrom(numberAt(test, 'duration')),
    failure: outcome === 'passed' ? null : failureFrom(outcome, { message, details, type: null }),
    attachments: isFailing(outcome) ? attachmentsOf(test) : [],
    earlierFailures: outcome === 'skipped' ? [] : withUntold([], numberAt(test, 'currentRetry')),
  });
}

function readSuite(
  suite: JsonObject,
  place: Place,
  { sink, depth }: { readonly sink: ReportSink; readonly depth: number },
): void {
  if (depth > maxDepth) {
    sink.incomplete(`suites nested more than ${maxDepth} deep are ignored`);
    return;
  }
  const inner: Place = {
    suites: [...place.suites, textAt(suite, 'title') ?? ''],
    file: textAt(suite, 'file') ?? place.file,
  };
  for (const test of entriesOf(itemsAt(suite, 'tests'), 'tests', sink)) readTest(test, inner, sink);
  const hooks = [...listAt(suite, 'beforeHooks'), ...listAt(suite, 'afterHooks')];
  // A hook counts when it fails: its tests never ran.
  for (const hook of entriesOf(hooks, 'hooks', sink))
    if (outcomeOf(hook) === 'failed') readTest(hook, inner, sink);
  for (const nested of entriesOf(itemsAt(suite, 'suites'), 'suites', sink))
    readSuite(nested, inner, { sink, depth: depth + 1 });
}

/** Mochawesome's JSON, as Mocha and Cypress write it. */
export const mochawesome: JsonFormat = {
  format: 'mochawesome',
  title: 'Mochawesome JSON',
  kind: 'tests',
  unit: 'Each entry of `tests` is one test; a hook that failed is one more.',
  reruns: '`currentRetry` of an entry: as many runs before it failed.',
  wellKnownNames: ['**/mochawesome*.json', '**/mochawesome-report/*.json'],
  specification: 'https://github.com/adamgruber/mochawesome#mochawesome',
  producers: [{ tool: 'Mocha and Cypress', option: '--reporter mochawesome' }],
  syntax: 'json',
  lists: [
    'results[]',
    'results[].tests[]',
    'results[].suites[]',
    'results[].suites[].tests[]',
    'results[].suites[].suites[]',
  ],
  detect: (value) =>
    has(value, 'stats', 'object') &&
    someLookLike(
      listAt(value, 'results'),
      (result) => has(result, 'suites', 'list') && has(result, 'tests', 'list'),
    ),
  read(value, target) {
    const { sink, declare } = tallyTests(target);
    for (const result of entriesOf(itemsAt(value, 'results'), 'results', sink))
      readSuite(result, { suites: [], file: null }, { sink, depth: 0 });
    const failed = numberAt(value, 'stats', 'failures');
    declare({ total: null, failed, errored: null, skipped: null });
  },
};
