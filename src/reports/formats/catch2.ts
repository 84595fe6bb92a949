import { isFailing, type TestOutcome } from '../../model/tests.ts';
import type { DeclaredTotals, ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { blankTestRun } from './shared/blank-test-run.ts';
import { junitSeconds, wholeNumber } from './shared/junit-numbers.ts';
import { type TestTally, tallyTests } from './shared/test-tally.ts';

const maxTextCharacters = 64 * 1024;

/** Elements whose text is a failure, whatever the assertions say. */
const failureElements = new Set(['Failure', 'FatalErrorCondition', 'Exception']);

interface OpenTest {
  readonly suite: string;
  readonly name: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly isSkipped: boolean;
  /** By its own result; null when it has not come: the program died. */
  success: boolean | null;
  hasSkips: boolean;
  seconds: number | null;
  readonly texts: string[];
}

function says(element: XmlElement, name: string): boolean | null {
  const value = element.attribute(name);
  return value === null ? null : value === 'true';
}

function outcomeOf({ isSkipped, success, hasSkips }: OpenTest): TestOutcome {
  if (isSkipped) return 'skipped';
  if (success === null) return 'errored';
  if (!success) return 'failed';
  return hasSkips ? 'skipped' : 'passed';
}

class CatchHandler implements XmlHandler {
  readonly #tally: TestTally;
  #suite = '';
  #test: OpenTest | null = null;
  #isFailedExpression = false;
  #place = '';
  #expression = '';
  #declared: DeclaredTotals | null = null;

  constructor(sink: ReportSink) {
    this.#tally = tallyTests(sink);
  }

  open(element: XmlElement): void {
    const { name } = element;
    if (name === 'Group' || name === 'TestSuite') this.#suite = element.attribute('name') ?? '';
    else if (name === 'TestCase') this.#openTest(element);
    else if (this.#test !== null) this.#openWithin(element, this.#test);
    else if (name === 'OverallResultsCases' || name === 'OverallResultsTestCases') this.#declareBy(element);
  }

  close(name: string, text: string): void {
    const test = this.#test;
    if (test === null) return;
    if (name === 'TestCase') this.#closeTest();
    else if (name === 'Expression') this.#isFailedExpression = false;
    else if (failureElements.has(name)) test.texts.push(`${this.#place}${text.trim()}`);
    else if (name === 'Original') this.#expression = text.trim();
    else if (name === 'Expanded' && this.#isFailedExpression)
      test.texts.push(`${this.#place}${this.#expression} (${text.trim()})`);
  }

  end(): void {
    this.#closeTest();
    if (this.#declared !== null) this.#tally.declare(this.#declared);
  }

  /** The last one counts all groups. */
  #declareBy(element: XmlElement): void {
    const failed = wholeNumber(element.attribute('failures'));
    this.#declared = { total: null, failed, errored: null, skipped: null };
  }

  #openTest(element: XmlElement): void {
    this.#closeTest();
    this.#test = {
      suite: this.#suite,
      name: element.attribute('name') ?? '',
      file: element.attribute('filename'),
      line: wholeNumber(element.attribute('line')),
      isSkipped: says(element, 'skipped') === true,
      success: null,
      hasSkips: false,
      seconds: null,
      texts: [],
    };
  }

  #openWithin(element: XmlElement, test: OpenTest): void {
    const { name } = element;
    if (name === 'Expression') this.#isFailedExpression = says(element, 'success') === false;
    else if (name === 'OverallResult') {
      test.success = says(element, 'success');
      test.hasSkips = (wholeNumber(element.attribute('skips')) ?? 0) > 0;
      test.seconds = junitSeconds(element.attribute('durationInSeconds'));
    } else if (name === 'OverallResultsAsserts') {
      test.success = says(element, 'test_case_success') ?? element.attribute('failures') === '0';
      test.seconds = junitSeconds(element.attribute('duration'));
    } else if (failureElements.has(name) || name === 'Original' || name === 'Expanded')
      element.keepText(maxTextCharacters);
    if (element.attribute('filename') !== null)
      this.#place = `${element.attribute('filename') ?? ''}:${element.attribute('line') ?? ''}: `;
  }

  #closeTest(): void {
    const test = this.#test;
    if (test === null) return;
    this.#test = null;
    const outcome = outcomeOf(test);
    const [message = '', ...more] = test.texts;
    this.#tally.sink.test({
      ...blankTestRun,
      suite: test.suite,
      name: test.name,
      file: test.file,
      line: test.line,
      outcome,
      durationSeconds: test.seconds,
      failure: isFailing(outcome) ? { type: null, message, details: more.join('\n') } : null,
    });
  }
}

/** The XML reporter of Catch2, versions 1 to 3, and that of doctest, which is built alike. */
export const catch2: XmlFormat = {
  format: 'catch2',
  title: 'Catch2 and doctest XML',
  kind: 'tests',
  unit: 'Each `TestCase` is one test, however many of its sections or assertions failed.',
  reruns: 'Nothing: the format has no reruns.',
  wellKnownNames: ['**/catch2*.xml', '**/doctest*.xml'],
  specification: 'https://github.com/catchorg/Catch2/blob/devel/docs/reporters.md',
  producers: [
    { tool: 'Catch2', option: '--reporter xml::out=catch2.xml' },
    { tool: 'doctest', option: '--reporters=xml --out=doctest.xml' },
  ],
  syntax: 'xml',
  detect: ({ name }) => name === 'Catch' || name === 'Catch2TestRun' || name === 'doctest',
  read: (sink) => new CatchHandler(sink),
};
