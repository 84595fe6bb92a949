import type { TestOutcome } from '../../model/tests.ts';
import type { ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { blankTestRun, failureFrom } from './shared/blank-test-run.ts';
import { junitSeconds } from './shared/junit-numbers.ts';

const maxTextCharacters = 64 * 1024;
const textElements = new Set(['Name', 'FullName', 'Value']);

interface OpenTest {
  readonly status: string;
  name: string;
  fullName: string;
  /** Texts of its measurements, by their names. */
  readonly measured: Map<string, string>;
  measurement: string;
}

/** `notrun` is a failure to CTest, but for tests that are disabled or skip themselves. */
function outcomeOf({ status, measured }: OpenTest): TestOutcome {
  switch (status.toLowerCase()) {
    case 'passed':
      return 'passed';
    case 'failed':
      return 'failed';
    case 'notrun':
      return /disabled|skip/i.test(measured.get('Completion Status') ?? '') ? 'skipped' : 'errored';
    default:
      return 'errored';
  }
}

class CtestHandler implements XmlHandler {
  readonly #sink: ReportSink;
  /** Full names of tests that were to run. */
  readonly #listed = new Set<string>();
  #isList = false;
  #test: OpenTest | null = null;

  constructor(sink: ReportSink) {
    this.#sink = sink;
  }

  open(element: XmlElement): void {
    const { name } = element;
    if (name === 'TestList') this.#isList = true;
    else if (textElements.has(name) || (name === 'Test' && this.#isList)) element.keepText(maxTextCharacters);
    else if (name === 'Test') {
      this.#closeTest();
      const status = element.attribute('Status') ?? '';
      this.#test = { status, name: '', fullName: '', measured: new Map(), measurement: '' };
    } else if (this.#test !== null) this.#openMeasurement(element, this.#test);
  }

  #openMeasurement(element: XmlElement, test: OpenTest): void {
    if (element.name === 'NamedMeasurement') test.measurement = element.attribute('name') ?? '';
    else if (element.name === 'Measurement') test.measurement = 'output';
  }

  close(name: string, text: string): void {
    if (name === 'TestList') this.#isList = false;
    else if (name === 'Test' && this.#isList) this.#listed.add(text.trim());
    else if (this.#test === null) return;
    else if (name === 'Test') this.#closeTest();
    else if (name === 'Name') this.#test.name = text.trim();
    else if (name === 'FullName') this.#test.fullName = text.trim();
    else if (name === 'Value') this.#test.measured.set(this.#test.measurement, text.trim());
  }

  end(): void {
    this.#closeTest();
    for (const name of this.#listed) {
      const message = 'the test was to run and has no result';
      const failure = { type: null, message, details: '' };
      this.#sink.test({ ...blankTestRun, name: name.replace(/^\.\//, ''), outcome: 'errored', failure });
    }
  }

  #closeTest(): void {
    const test = this.#test;
    if (test === null) return;
    this.#test = null;
    this.#listed.delete(test.fullName);
    const { measured } = test;
    const outcome = outcomeOf(test);
    const completion = measured.get('Completion Status') ?? '';
    const reason = measured.get('Fail Reason') ?? measured.get('Exit Code') ?? '';
    const message = [reason, completion].find((text) => text !== '' && text !== 'Completed') ?? null;
    this.#sink.test({
      ...blankTestRun,
      name: test.name === '' ? test.fullName : test.name,
      suite: test.fullName.replace(/^\.\//, '').replace(/\/?[^/]*$/, ''),
      outcome,
      durationSeconds: junitSeconds(measured.get('Execution Time') ?? null),
      failure:
        outcome === 'passed'
          ? null
          : failureFrom(outcome, { message, details: measured.get('output') ?? null, type: null }),
    });
  }
}

/** CTest's `Test.xml`. A test of the list without a result counts as errored. */
export const ctest: XmlFormat = {
  format: 'ctest',
  title: 'CTest XML',
  kind: 'tests',
  unit: 'Each `Test` is one test; one that was to run and has no result is an errored test.',
  reruns: 'Nothing: CTest writes the last try of `--repeat` only.',
  wellKnownNames: ['**/Testing/*/Test.xml'],
  specification: 'https://cmake.org/cmake/help/latest/manual/ctest.1.html#ctest-test-step',
  producers: [{ tool: 'CTest', option: '-T Test' }],
  syntax: 'xml',
  detect: ({ name, firstChild }) => name === 'Site' && firstChild === 'Testing',
  read: (sink) => new CtestHandler(sink),
};
