import type { TestOutcome } from '../../model/tests.ts';
import { blankTestRun, failureFrom, suitePath } from '../blank-test-run.ts';
import type { ReportSink, TestRun, XmlElement, XmlFormat, XmlHandler } from '../format.ts';

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

function runOf({ name, line, outcome, seconds, message }: OpenTest, suites: readonly Suite[]): TestRun {
  return {
    ...blankTestRun,
    suite: suitePath(suites.map((suite) => suite.name)),
    name,
    file: suites.findLast((suite) => suite.file !== null)?.file ?? null,
    line,
    outcome,
    durationSeconds: seconds,
    failure: outcome === 'passed' ? null : failureFrom(outcome, { message, details: null, type: null }),
  };
}

function createHandler(sink: ReportSink): XmlHandler {
  const suites: Suite[] = [];
  let test: OpenTest | null = null;
  let hasStatus = false;
  let isSuiteFailure = false;

  /** The test's own status stands right below it; those of its keywords lie deeper. */
  function openStatus(element: XmlElement, open: OpenTest): void {
    open.outcome = outcomes.get(element.attribute('status') ?? '') ?? 'errored';
    open.seconds = secondsOf(element);
    hasStatus = true;
    element.keepText(maxTextCharacters);
  }

  function closeTest(): void {
    if (test !== null) sink.test(runOf(test, suites));
    test = null;
    hasStatus = false;
  }

  /**
   * A suite whose teardown fails says so after its tests, which stand as they ended:
   * https://robotframework.org/robotframework/latest/RobotFrameworkUserGuide.html#suite-setup-and-teardown
   */
  function closeSuiteStatus(text: string): void {
    isSuiteFailure = false;
    if (!/^\s*suite teardown failed/i.test(text)) return;
    const failed = { name: 'suite teardown', line: null, depth: 0, seconds: null, message: text.trim() };
    sink.test(runOf({ ...failed, outcome: 'errored' }, suites));
  }

  return {
    open(element) {
      if (element.name === 'suite') {
        suites.push({ name: element.attribute('name') ?? '', file: element.attribute('source') });
      } else if (element.name === 'test') test = openedTest(element);
      else if (element.name === 'status' && test?.depth === element.depth - 1) openStatus(element, test);
      // Below the outermost suite stand its suites: a status of a suite is as deep as they are.
      else if (element.name === 'status' && test === null && element.depth === suites.length + 1) {
        isSuiteFailure = element.attribute('status') === 'FAIL';
        if (isSuiteFailure) element.keepText(maxTextCharacters);
      }
    },
    close(name, text) {
      if (name === 'status' && isSuiteFailure) closeSuiteStatus(text);
      else if (name === 'status' && test !== null && hasStatus && text !== '') test.message = text.trim();
      else if (name === 'suite') suites.pop();
      else if (name === 'test') closeTest();
    },
    end: closeTest,
  };
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
  read: createHandler,
};
