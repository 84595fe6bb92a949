import { isFailing, type TestFailure, type TestOutcome } from '../../model/tests.ts';
import type { ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { blankTestRun, suitePath } from './shared/blank-test-run.ts';
import { wholeNumber } from './shared/junit-numbers.ts';
import { failuresOf, StatedFailures } from './shared/stated-failures.ts';

// https://www.boost.org/doc/libs/release/libs/test/doc/html/boost_test/test_output/log_formats.html
const entries = new Map<string, 'failed' | 'errored'>([
  ['Error', 'failed'],
  ['FatalError', 'errored'],
  ['Exception', 'errored'],
]);

/** `result` of the report. */
const results = new Map<string, TestOutcome>([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['aborted', 'errored'],
  ['skipped', 'skipped'],
]);

const maxTextCharacters = 64 * 1024;
const microsecondsPerSecond = 1e6;

interface OpenTest {
  readonly name: string;
  readonly isCase: boolean;
  readonly file: string | null;
  readonly line: number | null;
  outcome: TestOutcome;
  failure: TestFailure | null;
  seconds: number | null;
}

function placeIn(element: XmlElement): string {
  const file = element.attribute('file') ?? '';
  const line = element.attribute('line') ?? '';
  return file === '' || line === '0' ? '' : `${file}:${line}: `;
}

function openedTest(element: XmlElement, isCase: boolean): OpenTest {
  const reason = element.attribute('reason');
  const isSkipped = element.attribute('skipped') === 'yes';
  const result = results.get(element.attribute('result') ?? '');
  return {
    name: element.attribute('name') ?? '',
    isCase,
    file: element.attribute('file'),
    line: wholeNumber(element.attribute('line')),
    outcome: isSkipped ? 'skipped' : isCase ? (result ?? 'passed') : 'passed',
    failure: reason === null ? null : { type: null, message: reason, details: '' },
    seconds: null,
  };
}

class BoostHandler implements XmlHandler {
  readonly #sink: ReportSink;
  readonly #stated = new StatedFailures();
  readonly #suites: OpenTest[] = [];
  #isReport = false;
  #hasLog = false;
  #case: OpenTest | null = null;
  #place = '';
  #failedTests = 0;

  constructor(sink: ReportSink) {
    this.#sink = sink;
  }

  open(element: XmlElement): void {
    const { name } = element;
    if (name === 'TestLog') this.#hasLog = true;
    else if (name === 'TestResult') this.#isReport = true;
    else if (name === 'TestSuite') this.#openSuite(element);
    else if (name === 'TestCase') this.#case = openedTest(element, true);
    else if (entries.has(name)) {
      this.#place = placeIn(element);
      element.keepText(maxTextCharacters);
    } else if (name === 'TestingTime') element.keepText(maxTextCharacters);
  }

  close(name: string, text: string): void {
    const outcome = entries.get(name);
    if (outcome !== undefined) this.#addFailure(outcome, `${this.#place}${text.trim()}`);
    else if (name === 'TestingTime' && this.#case !== null) {
      const microseconds = wholeNumber(text);
      this.#case.seconds = microseconds === null ? null : microseconds / microsecondsPerSecond;
    } else if (name === 'TestCase') this.#closeCase();
    else if (name === 'TestSuite') this.#closeSuite();
    else if (name === 'TestResult') this.#isReport = false;
  }

  end(): void {
    this.#closeCase();
    while (this.#suites.length > 0) this.#closeSuite();
    const failed = this.#stated.declared();
    if (failed !== null) this.#sink.declaredTests({ total: null, failed, errored: null, skipped: null });
  }

  #openSuite(element: XmlElement): void {
    this.#suites.push(openedTest(element, false));
    const counts = ['test_cases_failed', 'test_cases_aborted', 'test_cases_timed_out'];
    const stated = failuresOf(...counts.map((name) => wholeNumber(element.attribute(name))));
    this.#stated.open(stated);
    // A report behind a log counts what the log has shown.
    if (this.#isReport && this.#hasLog) {
      this.#stated.failed(this.#suites.length === 1 ? this.#failedTests : (stated ?? 0), 0);
      return;
    }
    const result = element.attribute('result') ?? 'passed';
    if (this.#suites.length === 1 && result !== 'passed' && result !== 'skipped' && (stated ?? 0) === 0)
      this.#sink.failed(`suite ${element.attribute('name') ?? ''} is ${result}`);
  }

  #addFailure(outcome: 'failed' | 'errored', text: string): void {
    const holder = this.#case ?? this.#suites.at(-1);
    if (holder === undefined) {
      this.#sink.failed(text);
      return;
    }
    const before = holder.failure;
    if (holder.outcome !== 'errored') holder.outcome = outcome;
    holder.failure =
      before === null
        ? { type: null, message: text, details: '' }
        : { ...before, details: [before.details, text].filter((part) => part !== '').join('\n') };
  }

  #emit(test: OpenTest): void {
    if (this.#isReport && this.#hasLog) return;
    const { name, file, line, outcome, failure, seconds } = test;
    if (isFailing(outcome)) {
      this.#failedTests += 1;
      this.#stated.failed(1, 1);
    }
    this.#sink.test({
      ...blankTestRun,
      suite: suitePath(this.#suites.map((suite) => suite.name)),
      name,
      file,
      line,
      outcome,
      durationSeconds: seconds,
      failure: failure ?? (isFailing(outcome) ? { type: null, message: '', details: '' } : null),
    });
  }

  #closeCase(): void {
    const test = this.#case;
    this.#case = null;
    if (test === null) return;
    // The log says of every case that ended how long it took.
    if (!this.#isReport && test.seconds === null && test.outcome === 'passed') {
      test.outcome = 'errored';
      test.failure = { type: null, message: 'the test did not end', details: '' };
    }
    this.#emit(test);
  }

  /** What failed in a suite and in no case of it: a fixture. */
  #closeSuite(): void {
    this.#closeCase();
    const suite = this.#suites.at(-1);
    if (suite !== undefined && isFailing(suite.outcome)) this.#emit(suite);
    this.#suites.pop();
    this.#stated.close();
  }
}

/** Boost.Test's log and its report, in XML: the log has the texts, the report counts. */
export const boostTest: XmlFormat = {
  format: 'boost-test',
  title: 'Boost.Test XML',
  kind: 'tests',
  unit: 'Each `TestCase` is one test, however many of its checks failed; a suite whose fixture failed is one more.',
  reruns: 'Nothing: the format has no reruns.',
  wellKnownNames: ['**/boost-test*.xml', '**/boost_test*.xml'],
  specification: 'https://www.boost.org/doc/libs/release/libs/test/doc/html/boost_test/test_output.html',
  producers: [{ tool: 'Boost.Test', option: '--log_format=XML --log_sink=boost-test.xml' }],
  syntax: 'xml',
  detect: ({ name, firstChild }) =>
    name === 'TestLog' || (name === 'TestResult' && (firstChild === 'TestSuite' || firstChild === null)),
  read: (sink) => new BoostHandler(sink),
};
