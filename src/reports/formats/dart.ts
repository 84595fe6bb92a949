import type { TestFailure } from '../../model/tests.ts';
import type { JsonLinesFormat, ReportSink } from '../format.ts';
import { blankTestRun, suitePath } from './shared/blank-test-run.ts';
import { oddLine } from './shared/json-entries.ts';
import { has, listAt, numberAt, objectOf, textAt, valueAt } from './shared/json-value.ts';
import { tallyTests } from './shared/test-tally.ts';

// https://github.com/dart-lang/test/blob/master/pkgs/test/doc/json_reporter.md
interface OpenTest {
  readonly name: string;
  readonly suite: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly startedAt: number;
  readonly skipReason: string | null;
  failure: TestFailure | null;
  /** Of tries that the runner began again. */
  readonly earlier: TestFailure[];
}

interface State {
  readonly files: Map<number, string>;
  readonly groups: Map<number, string>;
  readonly open: Map<number, OpenTest>;
  readonly sink: ReportSink;
  /** What the last event says of the run: null before it, or when the run was stopped. */
  success: boolean | null;
}

/** Names of groups repeat those around them: `basket`, `basket total`. */
function nameWithin(name: string, outer: string): string {
  return outer !== '' && name.startsWith(`${outer} `) ? name.slice(outer.length + 1) : name;
}

function startTest(value: unknown, { files, groups, open }: State): void {
  const test = objectOf(valueAt(value, 'test'));
  const id = numberAt(test, 'id');
  if (id === null) return;
  const ids = listAt(test, 'groupIDs');
  const titles = ids.map((group) => groups.get(Number(group)) ?? '').filter((title) => title !== '');
  const outer = titles.at(-1) ?? '';
  open.set(id, {
    name: nameWithin(textAt(test, 'name') ?? '', outer),
    suite: suitePath(titles.map((title, index) => nameWithin(title, titles[index - 1] ?? ''))),
    file: files.get(numberAt(test, 'suiteID') ?? -1) ?? null,
    line: numberAt(test, 'root_line') ?? numberAt(test, 'line'),
    startedAt: numberAt(value, 'time') ?? 0,
    skipReason: textAt(test, 'metadata', 'skipReason'),
    failure: null,
    earlier: [],
  });
}

function addError(value: unknown, { open, sink }: State): void {
  const test = open.get(numberAt(value, 'testID') ?? -1);
  const message = textAt(value, 'error') ?? '';
  if (test === undefined) {
    sink.failed(`an error after the end of a test: ${message}`);
    return;
  }
  test.failure ??= { type: null, message, details: textAt(value, 'stackTrace') ?? '' };
}

/** The runner begins a test again, which it only prints: https://github.com/dart-lang/test/blob/master/pkgs/test_api/lib/src/backend/invoker.dart */
function addMessage(value: unknown, { open }: State): void {
  const test = open.get(numberAt(value, 'testID') ?? -1);
  if (test === undefined || textAt(value, 'message')?.startsWith('Retry: ') !== true) return;
  test.earlier.push(test.failure ?? { type: null, message: '', details: '' });
  test.failure = null;
}

function endTest(value: unknown, { open, sink }: State): void {
  const id = numberAt(value, 'testID') ?? -1;
  const test = open.get(id);
  open.delete(id);
  // Hidden tests are the runner's own: loading a file, set-up and tear-down. They count only when they go wrong.
  const result = textAt(value, 'result');
  if (test === undefined || (valueAt(value, 'hidden') === true && result === 'success')) return;
  const skipped = valueAt(value, 'skipped') === true;
  const outcome = skipped
    ? 'skipped'
    : result === 'success'
      ? 'passed'
      : result === 'failure'
        ? 'failed'
        : 'errored';
  const { name, suite, file, line, earlier } = test;
  const failure = skipped
    ? test.skipReason === null
      ? null
      : { type: null, message: test.skipReason, details: '' }
    : test.failure;
  const durationSeconds = Math.max(0, (numberAt(value, 'time') ?? test.startedAt) - test.startedAt) / 1000;
  const place = { name, suite, file, line };
  const earlierFailures = skipped ? [] : earlier;
  sink.test({ ...blankTestRun, ...place, outcome, durationSeconds, failure, earlierFailures });
}

function successOf(value: unknown): boolean | null {
  const success = valueAt(value, 'success');
  return typeof success === 'boolean' ? success : null;
}

function addName(names: Map<number, string>, value: unknown, [what, key]: readonly [string, string]): void {
  names.set(numberAt(value, what, 'id') ?? -1, textAt(value, what, key) ?? '');
}

function readEvent(value: unknown, state: State): void {
  switch (textAt(value, 'type')) {
    case 'suite':
      addName(state.files, value, ['suite', 'path']);
      break;
    case 'group':
      addName(state.groups, value, ['group', 'name']);
      break;
    case 'testStart':
      startTest(value, state);
      break;
    case 'error':
      addError(value, state);
      break;
    case 'print':
      addMessage(value, state);
      break;
    case 'done':
      state.success = successOf(value);
      break;
    case 'testDone':
      endTest(value, state);
      break;
    case null:
    default:
  }
}

/** The JSON reporter of `dart test` and `flutter test`. */
export const dart: JsonLinesFormat = {
  format: 'dart',
  title: 'Dart and Flutter JSON',
  kind: 'tests',
  unit: 'Each test that is not hidden is one test; hidden ones count when they go wrong.',
  reruns: 'The message `Retry: …` of the runner, after a try that failed.',
  wellKnownNames: ['**/dart-test*.json', '**/flutter-test*.json', '**/tests.json'],
  specification: 'https://github.com/dart-lang/test/blob/master/pkgs/test/doc/json_reporter.md',
  producers: [
    { tool: 'dart test', option: '--file-reporter json:dart-test.json' },
    { tool: 'flutter test', option: '--file-reporter json:flutter-test.json' },
  ],
  syntax: 'json-lines',
  detect: (first) =>
    first.some((value) => has(value, 'protocolVersion', 'string') && textAt(value, 'type') === 'start'),
  read(target) {
    const { sink, failing } = tallyTests(target);
    const state: State = { files: new Map(), groups: new Map(), open: new Map(), sink, success: null };
    return {
      value: (value) => {
        readEvent(value, state);
      },
      badLine(text, line) {
        oddLine(text, line, sink);
      },
      end() {
        for (const { name, suite, file, line, failure } of state.open.values()) {
          sink.test({ ...blankTestRun, name, suite, file, line, outcome: 'errored', failure });
        }
        if (state.success === null) sink.incomplete('the run did not end');
        else if (!state.success && failing() === 0) sink.failed('its success is false');
      },
    };
  },
};
