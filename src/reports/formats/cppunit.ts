import type { TestOutcome } from '../../model/tests.ts';
import type { ReportSink, XmlFormat, XmlHandler } from '../format.ts';
import { blankTestRun, failureFrom } from './shared/blank-test-run.ts';
import { wholeNumber } from './shared/junit-numbers.ts';
import { failuresOf } from './shared/stated-failures.ts';
import { tallyTests } from './shared/test-tally.ts';

const maxTextCharacters = 64 * 1024;
const textElements = new Set([
  'Name',
  'FailureType',
  'File',
  'Line',
  'Message',
  'Tests',
  'Errors',
  'Failures',
  'FailuresTotal',
]);

class CppunitHandler implements XmlHandler {
  readonly #tally: ReturnType<typeof tallyTests>;
  /** Texts of the test that is open, or of the statistics. */
  #texts = new Map<string, string>();
  #statistics: ReadonlyMap<string, string> = new Map();
  #outcome: 'passed' | 'failed' | null = null;

  constructor(sink: ReportSink) {
    this.#tally = tallyTests(sink);
  }

  open(element: Parameters<XmlHandler['open']>[0]): void {
    const { name } = element;
    if (name === 'FailedTest' || name === 'Test') {
      this.#closeTest();
      this.#texts = new Map();
      this.#outcome = name === 'Test' ? 'passed' : 'failed';
    } else if (name === 'Statistics') this.#texts = new Map();
    else if (textElements.has(name)) element.keepText(maxTextCharacters);
  }

  close(name: string, text: string): void {
    if (name === 'FailedTest' || name === 'Test') this.#closeTest();
    else if (name === 'Statistics') this.#statistics = this.#texts;
    else if (textElements.has(name)) this.#texts.set(name, text.trim());
  }

  end(): void {
    this.#closeTest();
    const count = (name: string): number | null => wholeNumber(this.#statistics.get(name) ?? null);
    const parts = failuresOf(count('Failures'), count('Errors'));
    const whole = count('FailuresTotal');
    // The total is that of the parts; where they contradict each other, the one that says of more failures is heard.
    const failed = whole === null || parts === null ? (whole ?? parts) : Math.max(whole, parts);
    this.#tally.declare({ total: count('Tests'), failed, errored: null, skipped: null });
  }

  #closeTest(): void {
    if (this.#outcome === null) return;
    const texts = this.#texts;
    const isError = this.#outcome === 'failed' && texts.get('FailureType') === 'Error';
    const outcome: TestOutcome = isError ? 'errored' : this.#outcome;
    const message = texts.get('Message') ?? null;
    this.#tally.sink.test({
      ...blankTestRun,
      name: texts.get('Name') ?? '',
      file: texts.get('File') ?? null,
      line: wholeNumber(texts.get('Line') ?? null),
      isFileOfFailure: true,
      outcome,
      failure: outcome === 'passed' ? null : failureFrom(outcome, { message, details: null, type: null }),
    });
    this.#outcome = null;
  }
}

/** The XML outputter of CppUnit; its root has the name of TRX's. */
export const cppunit: XmlFormat = {
  format: 'cppunit',
  title: 'CppUnit XML',
  kind: 'tests',
  unit: 'Each `FailedTest` and each `Test` of the successful ones is one test.',
  reruns: 'Nothing: the format has no reruns.',
  wellKnownNames: ['**/cppunit*.xml'],
  specification:
    'https://sourceforge.net/p/cppunit/code/HEAD/tree/trunk/cppunit/src/cppunit/XmlOutputter.cpp',
  producers: [{ tool: 'CppUnit', option: 'XmlOutputter' }],
  syntax: 'xml',
  detect: ({ name, firstChild }) =>
    name === 'TestRun' && ['FailedTests', 'SuccessfulTests', 'Statistics'].includes(firstChild ?? ''),
  read: (sink) => new CppunitHandler(sink),
};
