import type { TestFailure, TestOutcome } from '../../model/tests.ts';
import type { JsonLinesFormat, ReportSink } from '../format.ts';
import { blankTestRun } from './shared/blank-test-run.ts';
import { oddLine } from './shared/json-entries.ts';
import { has, numberAt, textAt, valueAt } from './shared/json-value.ts';
import { type TestTally, tallyTests } from './shared/test-tally.ts';

// https://github.com/cucumber/messages: the worst status of a step is that of its scenario.
const ranks: readonly (readonly [string, TestOutcome])[] = [
  ['FAILED', 'failed'],
  ['AMBIGUOUS', 'errored'],
  ['UNDEFINED', 'errored'],
  ['UNKNOWN', 'errored'],
  ['PENDING', 'skipped'],
  ['SKIPPED', 'skipped'],
  ['PASSED', 'passed'],
];

interface Pickle {
  readonly name: string;
  readonly file: string | null;
  readonly line: number | null;
}

const unknownPickle: Pickle = { name: 'unnamed scenario', file: null, line: null };

interface Attempt {
  readonly testCase: string;
  rank: number;
  failure: TestFailure | null;
  seconds: number;
}

function secondsAt(value: unknown, ...keys: readonly string[]): number {
  return (numberAt(value, ...keys, 'seconds') ?? 0) + (numberAt(value, ...keys, 'nanos') ?? 0) / 1e9;
}

class Reader {
  readonly #tally: TestTally;
  readonly #features = new Map<string, string>();
  readonly #pickles = new Map<string, Pickle>();
  /** Which pickle a test case runs. */
  readonly #cases = new Map<string, string>();
  readonly #attempts = new Map<string, Attempt>();
  /** Failures of attempts that were repeated, by their test case. */
  readonly #earlier = new Map<string, readonly TestFailure[]>();
  #success: boolean | null = null;

  constructor(sink: ReportSink) {
    this.#tally = tallyTests(sink);
  }

  value(value: unknown): void {
    if (has(value, 'gherkinDocument', 'object')) this.#readDocument(valueAt(value, 'gherkinDocument'));
    else if (has(value, 'pickle', 'object')) this.#readPickle(valueAt(value, 'pickle'));
    else if (has(value, 'testCase', 'object'))
      this.#cases.set(textAt(value, 'testCase', 'id') ?? '', textAt(value, 'testCase', 'pickleId') ?? '');
    else this.#readRun(value);
  }

  badLine(text: string, line: number): void {
    oddLine(text, line, this.#tally.sink);
  }

  end(): void {
    for (const attempt of this.#attempts.values()) this.#emit(attempt, 'errored');
    if (this.#success === null) this.#tally.sink.incomplete('the run did not end');
    else if (!this.#success && this.#tally.failing() === 0) this.#tally.sink.failed('its success is false');
  }

  #readDocument(document: unknown): void {
    this.#features.set(textAt(document, 'uri') ?? '', textAt(document, 'feature', 'name') ?? '');
  }

  #readPickle(pickle: unknown): void {
    const file = textAt(pickle, 'uri');
    const line = numberAt(pickle, 'location', 'line');
    this.#pickles.set(textAt(pickle, 'id') ?? '', { name: textAt(pickle, 'name') ?? '', file, line });
  }

  #readRun(value: unknown): void {
    const started = valueAt(value, 'testCaseStarted');
    const step = valueAt(value, 'testStepFinished');
    const finished = valueAt(value, 'testCaseFinished');
    if (started !== undefined)
      this.#attempts.set(textAt(started, 'id') ?? '', {
        testCase: textAt(started, 'testCaseId') ?? '',
        rank: ranks.length - 1,
        failure: null,
        seconds: 0,
      });
    else if (step !== undefined) this.#readStep(step);
    else if (finished !== undefined) this.#finish(finished);
    else if (has(value, 'testRunFinished', 'object'))
      this.#success = valueAt(value, 'testRunFinished', 'success') === true;
  }

  #readStep(step: unknown): void {
    const attempt = this.#attempts.get(textAt(step, 'testCaseStartedId') ?? '');
    if (attempt === undefined) return;
    attempt.seconds += secondsAt(step, 'testStepResult', 'duration');
    const status = textAt(step, 'testStepResult', 'status') ?? 'UNKNOWN';
    const known = ranks.findIndex(([name]) => name === status);
    const rank = known < 0 ? ranks.findIndex(([name]) => name === 'UNKNOWN') : known;
    if (rank >= attempt.rank) return;
    attempt.rank = rank;
    const details = textAt(step, 'testStepResult', 'message') ?? '';
    const message = details.split('\n', 1)[0] ?? '';
    attempt.failure = { type: null, message: message === '' ? status.toLowerCase() : message, details };
  }

  #finish(finished: unknown): void {
    const id = textAt(finished, 'testCaseStartedId') ?? '';
    const attempt = this.#attempts.get(id);
    if (attempt === undefined) return;
    this.#attempts.delete(id);
    if (valueAt(finished, 'willBeRetried') === true) {
      const untold = { type: null, message: '', details: '' };
      const before = this.#earlier.get(attempt.testCase) ?? [];
      this.#earlier.set(attempt.testCase, [...before, attempt.failure ?? untold]);
      return;
    }
    this.#emit(attempt, ranks[attempt.rank]?.[1] ?? 'errored');
  }

  #emit({ testCase, failure, seconds }: Attempt, outcome: TestOutcome): void {
    const { name, file, line } = this.#pickles.get(this.#cases.get(testCase) ?? '') ?? unknownPickle;
    this.#tally.sink.test({
      ...blankTestRun,
      suite: this.#features.get(file ?? '') ?? '',
      name,
      file,
      line,
      outcome,
      durationSeconds: seconds,
      failure: outcome === 'passed' ? null : failure,
      earlierFailures: outcome === 'skipped' ? [] : (this.#earlier.get(testCase) ?? []),
    });
  }
}

/** Cucumber's stream of messages. */
export const cucumberMessages: JsonLinesFormat = {
  format: 'cucumber-messages',
  title: 'Cucumber messages',
  kind: 'tests',
  unit: 'Each scenario, and each row of an outline, is one test.',
  reruns: 'Attempts that end with `willBeRetried`.',
  wellKnownNames: ['**/cucumber*.ndjson', '**/messages.ndjson'],
  specification: 'https://github.com/cucumber/messages',
  producers: [{ tool: 'Cucumber', option: '--format message:cucumber.ndjson' }],
  syntax: 'json-lines',
  detect: (first) => first.some((value) => has(valueAt(value, 'meta'), 'protocolVersion', 'string')),
  read: (sink) => new Reader(sink),
};
