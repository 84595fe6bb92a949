import { isFailing, type TestOutcome } from '../../model/tests.ts';
import type { JsonLinesFormat, ReportSink } from '../format.ts';
import { blankTestRun, failureFrom } from './shared/blank-test-run.ts';
import { oddLine } from './shared/json-entries.ts';
import { has, isJsonObject, numberAt, textAt, valueAt } from './shared/json-value.ts';
import { StatedFailures } from './shared/stated-failures.ts';

// https://doc.rust-lang.org/nightly/rustc/tests/index.html#--format-format
const outcomes = new Map<string | null, TestOutcome>([
  ['ok', 'passed'],
  ['failed', 'failed'],
  ['ignored', 'skipped'],
]);

/** What a panic says: on the line after its place, or in older versions between quotes before it. */
function panicIn(output: string): string | undefined {
  const said = output.split('panicked at ', 2)[1];
  if (said === undefined) return undefined;
  const [line = '', next = ''] = said.split('\n', 2);
  if (next !== '') return next;
  const end = line.lastIndexOf("'");
  return line.startsWith("'") && end > 0 ? line.slice(1, end) : undefined;
}

/** Attempts of nextest, which alone runs tests again: `shop::till$pays#2`. */
const attempt = /#([2-9]|\d{2,3})$/;

class Reader {
  readonly #sink: ReportSink;
  readonly #stated = new StatedFailures();
  /** Tests that began and have not ended. */
  readonly #running = new Set<string>();
  /** Suites have no names: their order distinguishes those of one file. */
  #suites = 0;
  #isOpen = false;
  #isNextest = false;
  #failing = 0;

  constructor(sink: ReportSink) {
    this.#sink = sink;
  }

  value(value: unknown): void {
    const type = textAt(value, 'type');
    if (type === 'suite') this.#readSuite(value);
    else if (type === 'test') this.#readTest(value);
    else if (type === 'bench') this.#add(textAt(value, 'name') ?? '', 'passed', value);
  }

  badLine(text: string, line: number): void {
    // Cargo prints what it compiles, and which test program failed.
    if (/^error(?:\[\w+\])?: /.test(text)) this.#sink.failed(text);
    else oddLine(text, line, this.#sink);
  }

  end(): void {
    this.#endRunning();
    if (this.#isOpen) this.#sink.incomplete('the last test program did not end');
    if (this.#isOpen) this.#stated.failed(this.#failing, this.#failing);
    const failed = this.#stated.declared();
    if (failed !== null) this.#sink.declaredTests({ total: null, failed, errored: null, skipped: null });
  }

  #readSuite(value: unknown): void {
    if (textAt(value, 'event') === 'started') {
      this.#endRunning();
      if (this.#isOpen) this.#sink.incomplete('a test program did not end');
      this.#suites += 1;
      this.#isOpen = true;
      this.#failing = 0;
      this.#isNextest = isJsonObject(valueAt(value, 'nextest'));
      return;
    }
    this.#isOpen = false;
    this.#endRunning();
    this.#stated.open(numberAt(value, 'failed'));
    this.#stated.failed(this.#failing, this.#failing);
    this.#stated.close();
    if (textAt(value, 'event') === 'failed' && this.#failing === 0)
      this.#sink.failed('a test program failed, but no test in it failed');
  }

  /** A test that takes long times out in the words of libtest, and goes on. */
  #readTest(value: unknown): void {
    const name = textAt(value, 'name') ?? '';
    const event = textAt(value, 'event');
    if (event === 'started') this.#running.add(name);
    else if (event !== 'timeout') this.#add(name, outcomes.get(event) ?? 'errored', value);
  }

  #add(name: string, outcome: TestOutcome, value: unknown): void {
    this.#running.delete(name);
    if (isFailing(outcome)) this.#failing += 1;
    const output = textAt(value, 'stdout');
    const panic = panicIn(output ?? '');
    this.#sink.test({
      ...blankTestRun,
      scope: String(this.#suites),
      name: this.#isNextest ? name.replace(attempt, '') : name,
      isRerun: this.#isNextest && attempt.test(name),
      outcome,
      durationSeconds: numberAt(value, 'exec_time'),
      failure:
        outcome === 'passed'
          ? null
          : failureFrom(outcome, { message: panic ?? textAt(value, 'message'), details: output, type: null }),
    });
  }

  #endRunning(): void {
    for (const name of [...this.#running]) this.#add(name, 'errored', { message: 'the test did not end' });
  }
}

/** What Rust's test programs and nextest print as JSON. */
export const libtest: JsonLinesFormat = {
  format: 'libtest',
  title: 'Rust libtest JSON',
  kind: 'tests',
  unit: 'Each test of each test program is one test.',
  reruns: 'Names that end with the number of an attempt in the output of nextest: `pays#2`.',
  wellKnownNames: ['**/cargo-test*.json', '**/libtest*.json'],
  specification: 'https://doc.rust-lang.org/nightly/rustc/tests/index.html#--format-format',
  producers: [
    { tool: 'cargo test', option: '-- -Z unstable-options --format json' },
    { tool: 'cargo nextest', option: '--message-format libtest-json' },
  ],
  syntax: 'json-lines',
  detect: (first) =>
    first.some(
      (value) =>
        textAt(value, 'type') === 'suite' &&
        has(value, 'event', 'string') &&
        has(value, 'test_count', 'number'),
    ),
  read: (sink) => new Reader(sink),
};
