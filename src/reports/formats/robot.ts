import type { TestFailure, TestOutcome } from '../../model/tests.ts';
import type { ReportSink, TestRun, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { blankTestRun, failureFrom, suitePath } from './shared/blank-test-run.ts';
import { wholeNumber } from './shared/junit-numbers.ts';
import { type TestTally, tallyTests } from './shared/test-tally.ts';

// https://robotframework.org/robotframework/latest/RobotFrameworkUserGuide.html#output-file
const outcomes = new Map<string, TestOutcome>([
  ['PASS', 'passed'],
  ['FAIL', 'failed'],
  ['SKIP', 'skipped'],
  ['NOT RUN', 'skipped'],
]);

const maxTextCharacters = 64 * 1024;

interface Suite {
  readonly name: string;
  readonly file: string | null;
  /** Tests that had failed when it began. */
  readonly failedBefore: number;
}

interface OpenTest {
  readonly name: string;
  readonly line: number | null;
  readonly depth: number;
  outcome: TestOutcome;
  seconds: number | null;
  message: string;
}

/** `20230101 12:00:00.123` in milliseconds. */
function instantOf(text: string | null): number | null {
  const match = /^(\d{4})(\d\d)(\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)$/.exec(text ?? '');
  if (match === null) return null;
  const time = Date.parse(`${match[1] ?? ''}-${match[2] ?? ''}-${match[3] ?? ''}T${match[4] ?? ''}Z`);
  return Number.isNaN(time) ? null : time;
}

/** Robot Framework 7 writes `elapsed` in seconds, older versions start and end. */
function secondsOf(status: XmlElement): number | null {
  const elapsed = status.attribute('elapsed');
  if (elapsed !== null) return Number.isFinite(Number(elapsed)) ? Number(elapsed) : null;
  const start = instantOf(status.attribute('starttime'));
  const end = instantOf(status.attribute('endtime'));
  return start === null || end === null ? null : (end - start) / 1000;
}

function openedTest(element: XmlElement): OpenTest {
  const line = Number(element.attribute('line') ?? Number.NaN);
  return {
    name: element.attribute('name') ?? '',
    line: Number.isInteger(line) ? line : null,
    depth: element.depth,
    outcome: 'errored',
    seconds: null,
    message: '',
  };
}

/** The texts of HTML, as plain text. */
function withoutMarkup(html: string): string {
  return html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<[^<>]{0,2000}>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();
}

interface Merged {
  readonly message: string;
  readonly earlier: readonly TestFailure[];
}

/**
 * What `rebot --merge` writes into the message of a test that ran again: its status and message, then those of the runs
 * before, the last first, each after a rule: https://github.com/robotframework/robotframework/blob/master/src/robot/result/merger.py
 */
function readMerged(message: string): Merged {
  if (!/^\*HTML\*.{0,80}(?:has been re-executed|re-executed test has been)/is.test(message))
    return { message, earlier: [] };
  const parts = message.split(/<hr\s*\/?>/i).map(withoutMarkup);
  const textOf = (part: string): string => /(?:New|Old) message:\s*(.*)$/s.exec(part)?.[1]?.trim() ?? '';
  const failed = parts.filter((part) => /^Old status:\s*FAIL\b/.test(part));
  return {
    message: textOf(parts.find((part) => part.startsWith('New status:')) ?? ''),
    earlier: failed.reverse().map((part) => ({ type: null, message: textOf(part), details: '' })),
  };
}

function runOf(
  { name, line, outcome, seconds, message: written }: OpenTest,
  suites: readonly Suite[],
): TestRun {
  const { message, earlier } = readMerged(written);
  return {
    ...blankTestRun,
    suite: suitePath(suites.map((suite) => suite.name)),
    name,
    file: suites.findLast((suite) => suite.file !== null)?.file ?? null,
    line,
    outcome,
    durationSeconds: seconds,
    failure: outcome === 'passed' ? null : failureFrom(outcome, { message, details: null, type: null }),
    earlierFailures: outcome === 'skipped' ? [] : earlier,
  };
}

interface End {
  open(element: XmlElement): void;
  close(name: string, text: string): void;
  /** Failing tests by the statistics; each counts all tests, or those of a tag or a suite. */
  stated(): number | null;
}

/** Reads what comes after the suites: statistics and the errors of the run itself, which fail no test. */
function createEnd(sink: ReportSink): End {
  let stated: number | null = null;
  let isErrors = false;
  let isError = false;
  return {
    open(element) {
      if (element.name === 'stat')
        stated = Math.max(stated ?? 0, wholeNumber(element.attribute('fail')) ?? 0);
      else if (element.name === 'errors') isErrors = true;
      isError = isErrors && element.name === 'msg' && element.attribute('level') === 'ERROR';
      if (isError) element.keepText(maxTextCharacters);
    },
    close(name, text) {
      if (name === 'msg' && isError) sink.warn(`Robot Framework says: ${text.trim()}`);
      isError = false;
    },
    stated: () => stated,
  };
}

class RobotHandler implements XmlHandler {
  readonly #tally: TestTally;
  readonly #end: End;
  readonly #suites: Suite[] = [];
  #test: OpenTest | null = null;
  #hasStatus = false;
  #isSuiteFailure = false;
  #hasFailedTeardown = false;

  constructor(sink: ReportSink) {
    this.#tally = tallyTests(sink);
    this.#end = createEnd(sink);
  }

  open(element: XmlElement): void {
    const { name, depth } = element;
    if (name === 'suite') this.#openSuite(element);
    else if (name === 'test') this.#test = openedTest(element);
    else if (name === 'status') this.#openStatus(element);
    else if (this.#test === null && depth > 0) this.#end.open(element);
  }

  close(name: string, text: string): void {
    if (name === 'status' && this.#isSuiteFailure) this.#closeSuiteStatus(text.trim());
    else if (name === 'status' && this.#test !== null && this.#hasStatus && text !== '')
      this.#test.message = text.trim();
    else if (name === 'suite') this.#suites.pop();
    else if (name === 'test') this.#closeTest();
    else this.#end.close(name, text);
  }

  end(): void {
    this.#closeTest();
    // The statistics count every test of a suite whose teardown failed.
    const stated = this.#hasFailedTeardown ? null : this.#end.stated();
    if (stated !== null) this.#tally.declare({ total: null, failed: stated, errored: null, skipped: null });
  }

  #openSuite(element: XmlElement): void {
    this.#suites.push({
      name: element.attribute('name') ?? '',
      file: element.attribute('source'),
      failedBefore: this.#tally.failing(),
    });
  }

  /** The test's own status is right below it; those of its keywords lie deeper. */
  #openStatus(element: XmlElement): void {
    const test = this.#test;
    if (test?.depth === element.depth - 1) {
      test.outcome = outcomes.get(element.attribute('status') ?? '') ?? 'errored';
      test.seconds = secondsOf(element);
      this.#hasStatus = true;
      element.keepText(maxTextCharacters);
      // Below the outermost suite are its suites: a status of a suite is as deep as they are.
    } else if (test === null && element.depth === this.#suites.length + 1) {
      this.#isSuiteFailure = element.attribute('status') === 'FAIL';
      if (this.#isSuiteFailure) element.keepText(maxTextCharacters);
    }
  }

  #closeTest(): void {
    if (this.#test !== null) this.#tally.sink.test(runOf(this.#test, this.#suites));
    this.#test = null;
    this.#hasStatus = false;
  }

  /**
   * A suite whose teardown fails says so after its tests, which are as they ended:
   * https://robotframework.org/robotframework/latest/RobotFrameworkUserGuide.html#suite-setup-and-teardown
   */
  #closeSuiteStatus(message: string): void {
    this.#isSuiteFailure = false;
    const suite = this.#suites.at(-1);
    const { sink, failing } = this.#tally;
    if (/^suite teardown failed/i.test(message)) {
      this.#hasFailedTeardown = true;
      const failed = { name: 'suite teardown', line: null, depth: 0, seconds: null, message };
      sink.test(runOf({ ...failed, outcome: 'errored' }, this.#suites));
    } else if (suite?.failedBefore === failing())
      sink.failed(`suite ${suite.name} failed, but no test in it failed ${message}`);
  }
}

/** Robot Framework's `output.xml`. */
export const robot: XmlFormat = {
  format: 'robot',
  title: 'Robot Framework output.xml',
  kind: 'tests',
  unit: 'Each `test` is one test; a suite whose teardown failed is one errored test more.',
  reruns: 'The old status in the message that `rebot --merge` leaves with a test that ran again.',
  wellKnownNames: ['**/output.xml'],
  specification: 'https://robotframework.org/robotframework/latest/RobotFrameworkUserGuide.html#output-file',
  producers: [{ tool: 'Robot Framework', option: '--output output.xml' }],
  syntax: 'xml',
  detect: ({ name }) => name === 'robot',
  read: (sink) => new RobotHandler(sink),
};
