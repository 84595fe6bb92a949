import type { TestOutcome } from '../../model/tests.ts';
import { blankTestRun, failureFrom, suitePath } from '../blank-test-run.ts';
import type { ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';

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

function createHandler(sink: ReportSink): XmlHandler {
  const suites: Suite[] = [];
  let test: OpenTest | null = null;
  let statusDepth = -1;

  function openTest(element: XmlElement): void {
    const line = Number(element.attribute('line') ?? Number.NaN);
    const name = element.attribute('name') ?? '';
    test = {
      name,
      line: Number.isInteger(line) ? line : null,
      depth: element.depth,
      outcome: 'errored',
      seconds: null,
      message: '',
    };
  }

  function emit(finished: OpenTest): void {
    const { name, line, outcome, seconds: durationSeconds, message } = finished;
    const failure =
      outcome === 'passed' ? null : failureFrom(outcome, { message, details: null, type: null });
    const file = suites.findLast((suite) => suite.file !== null)?.file ?? null;
    sink.test({
      ...blankTestRun,
      suite: suitePath(suites.map((suite) => suite.name)),
      name,
      file,
      line,
      outcome,
      durationSeconds,
      failure,
    });
  }

  return {
    open(element) {
      if (element.name === 'suite')
        suites.push({ name: element.attribute('name') ?? '', file: element.attribute('source') });
      else if (element.name === 'test') openTest(element);
      else if (element.name === 'status' && test?.depth === element.depth - 1) {
        // The test's own status stands right below it; those of its keywords lie deeper.
        test.outcome = outcomes.get(element.attribute('status') ?? '') ?? 'errored';
        test.seconds = secondsOf(element);
        statusDepth = element.depth;
        element.keepText(maxTextCharacters);
      }
    },
    close(name, text) {
      if (name === 'status' && test !== null && statusDepth >= 0 && text !== '') test.message = text.trim();
      else if (name === 'suite') suites.pop();
      else if (name === 'test' && test !== null) {
        emit(test);
        test = null;
        statusDepth = -1;
      }
    },
    end() {
      if (test !== null) emit(test);
    },
  };
}

/** Robot Framework's `output.xml`. */
export const robot: XmlFormat = {
  format: 'robot',
  title: 'Robot Framework output.xml',
  kind: 'tests',
  wellKnownNames: ['**/output.xml'],
  specification: 'https://robotframework.org/robotframework/latest/RobotFrameworkUserGuide.html#output-file',
  producers: [{ tool: 'Robot Framework', option: '--output output.xml' }],
  syntax: 'xml',
  detect: ({ name }) => name === 'robot',
  read: createHandler,
};
