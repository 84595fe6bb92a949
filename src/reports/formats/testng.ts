import { isFailing, type TestFailure, type TestOutcome } from '../../model/tests.ts';
import type { DeclaredTotals, ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { blankTestRun, failureFrom, secondsFrom, suitePath } from './shared/blank-test-run.ts';
import { junitSeconds, wholeNumber } from './shared/junit-numbers.ts';
import { type TestTally, tallyTests } from './shared/test-tally.ts';

const outcomes = new Map<string, TestOutcome>([
  ['PASS', 'passed'],
  ['SUCCESS', 'passed'],
  ['SUCCESS_PERCENTAGE_FAILURE', 'passed'],
  ['FAIL', 'failed'],
  ['SKIP', 'skipped'],
]);

const maxTextCharacters = 64 * 1024;
const textElements = new Set(['message', 'full-stacktrace', 'value']);

interface OpenMethod {
  readonly name: string;
  readonly isConfiguration: boolean;
  /** A run that a retry analyser had run again; TestNG calls it skipped. */
  readonly isRetried: boolean;
  readonly outcome: TestOutcome;
  readonly seconds: number | null;
  readonly parameters: string[];
  type: string | null;
  message: string | null;
  trace: string | null;
}

const untold: TestFailure = { type: null, message: '', details: '' };

function nameOf({ name, parameters }: OpenMethod): string {
  return parameters.length === 0 ? name : `${name}(${parameters.join(', ')})`;
}

function failureOf({ message, trace, type }: OpenMethod, outcome: TestOutcome): TestFailure | null {
  return failureFrom(outcome, { message, details: trace, type });
}

class TestngHandler implements XmlHandler {
  readonly #tally: TestTally;
  readonly #suites: string[] = [];
  #className = '';
  #method: OpenMethod | null = null;
  #declared: DeclaredTotals | null = null;
  /** Failures of runs that were retried, until the last run of their test comes. */
  readonly #earlier = new Map<string, TestFailure[]>();

  constructor(sink: ReportSink) {
    this.#tally = tallyTests(sink);
  }

  open(element: XmlElement): void {
    const { name } = element;
    if (name === 'testng-results') {
      const failed = wholeNumber(element.attribute('failed'));
      this.#declared = { total: null, failed, errored: null, skipped: null };
    } else if (name === 'suite' || name === 'test') this.#suites.push(element.attribute('name') ?? '');
    else if (name === 'class') this.#className = element.attribute('name') ?? '';
    else if (name === 'test-method') this.#openMethod(element);
    else if (textElements.has(name)) element.keepText(maxTextCharacters);
    else if (name === 'exception' && this.#method !== null) this.#method.type = element.attribute('class');
  }

  close(name: string, text: string): void {
    if (name === 'suite' || name === 'test') this.#suites.pop();
    else if (this.#method === null) return;
    else if (name === 'test-method') this.#closeMethod();
    else if (name === 'value') this.#method.parameters.push(text.trim());
    else if (name === 'message') this.#method.message = text.trim();
    else if (name === 'full-stacktrace') this.#method.trace = text.trim();
  }

  end(): void {
    this.#closeMethod();
    // The last run of a test that was retried is not there.
    for (const [key, failures] of this.#earlier)
      this.#tally.sink.test({
        ...blankTestRun,
        name: key.split('\n').at(-1) ?? '',
        className: key.split('\n', 1)[0] ?? '',
        outcome: 'failed',
        failure: failures.at(-1) ?? null,
        earlierFailures: failures.slice(0, -1),
      });
    if (this.#declared !== null) this.#tally.declare(this.#declared);
  }

  #openMethod(element: XmlElement): void {
    this.#closeMethod();
    this.#method = {
      name: element.attribute('name') ?? '',
      isConfiguration: element.attribute('is-config') === 'true',
      isRetried: element.attribute('retried') === 'true',
      outcome: outcomes.get(element.attribute('status') ?? '') ?? 'errored',
      seconds: secondsFrom(junitSeconds(element.attribute('duration-ms'))),
      parameters: [],
      type: null,
      message: null,
      trace: null,
    };
  }

  #closeMethod(): void {
    const method = this.#method;
    if (method === null) return;
    this.#method = null;
    // Set-up and tear-down count when they fail.
    if (method.isConfiguration && !isFailing(method.outcome)) return;
    const name = nameOf(method);
    const key = [this.#className, ...this.#suites, name].join('\n');
    const earlier = this.#earlier.get(key) ?? [];
    if (method.isRetried) {
      this.#earlier.set(key, [...earlier, failureOf(method, 'failed') ?? untold]);
      return;
    }
    const outcome = method.isConfiguration ? 'errored' : method.outcome;
    const isSkipped = outcome === 'skipped';
    this.#tally.sink.test({
      ...blankTestRun,
      suite: suitePath(this.#suites),
      className: this.#className,
      name,
      outcome,
      durationSeconds: method.seconds,
      failure: outcome === 'passed' ? null : failureOf(method, outcome),
      earlierFailures: isSkipped ? [] : earlier,
    });
    if (!isSkipped) this.#earlier.delete(key);
  }
}

/** TestNG's own results. */
export const testng: XmlFormat = {
  format: 'testng',
  title: 'TestNG results XML',
  kind: 'tests',
  unit: 'Each `test-method` with its parameters is one test; configuration methods count when they fail.',
  reruns: 'Methods that are `retried`: earlier runs of the method that follows.',
  wellKnownNames: ['**/testng-results.xml'],
  specification: 'https://testng.org/#_xml_reports',
  producers: [{ tool: 'TestNG, Maven Surefire with TestNG', option: '' }],
  syntax: 'xml',
  detect: ({ name }) => name === 'testng-results',
  read: (sink) => new TestngHandler(sink),
};
