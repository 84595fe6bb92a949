import type { TestFailure } from '../../model/tests.ts';
import { blankTestRun, suitePath } from '../blank-test-run.ts';
import type { JsonLinesFormat, ReportSink } from '../format.ts';
import { has, listAt, numberAt, objectOf, textAt, valueAt } from '../json-value.ts';

// https://github.com/dart-lang/test/blob/master/pkgs/test/doc/json_reporter.md
interface OpenTest {
  readonly name: string;
  readonly suite: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly startedAt: number;
  readonly skipReason: string | null;
  failure: TestFailure | null;
  isError: boolean;
}

interface State {
  readonly files: Map<number, string>;
  readonly groups: Map<number, string>;
  readonly open: Map<number, OpenTest>;
  readonly sink: ReportSink;
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
    isError: false,
  });
}

function addError(value: unknown, { open }: State): void {
  const test = open.get(numberAt(value, 'testID') ?? -1);
  if (test === undefined) return;
  const message = textAt(value, 'error') ?? '';
  test.failure ??= { type: null, message, details: textAt(value, 'stackTrace') ?? '' };
  if (valueAt(value, 'isFailure') !== true) test.isError = true;
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
  const { name, suite, file, line } = test;
  const failure = skipped
    ? test.skipReason === null
      ? null
      : { type: null, message: test.skipReason, details: '' }
    : test.failure;
  const durationSeconds = Math.max(0, (numberAt(value, 'time') ?? test.startedAt) - test.startedAt) / 1000;
  sink.test({ ...blankTestRun, name, suite, file, line, outcome, durationSeconds, failure });
}

function readEvent(value: unknown, state: State): void {
  switch (textAt(value, 'type')) {
    case 'suite':
      state.files.set(numberAt(value, 'suite', 'id') ?? -1, textAt(value, 'suite', 'path') ?? '');
      break;
    case 'group':
      state.groups.set(numberAt(value, 'group', 'id') ?? -1, textAt(value, 'group', 'name') ?? '');
      break;
    case 'testStart':
      startTest(value, state);
      break;
    case 'error':
      addError(value, state);
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
  read(sink) {
    const state: State = { files: new Map(), groups: new Map(), open: new Map(), sink };
    return {
      value: (value) => {
        readEvent(value, state);
      },
      badLine(text, line) {
        if (text.trim() !== '') sink.warn(`line ${line} is no JSON: ${text.trim().slice(0, 200)}`);
      },
      end() {
        for (const { name, suite, file, line, failure } of state.open.values()) {
          sink.test({ ...blankTestRun, name, suite, file, line, outcome: 'errored', failure });
        }
      },
    };
  },
};
