import type { TestOutcome } from '../../model/tests.ts';
import { blankTestRun, failureFrom } from '../blank-test-run.ts';
import type { ReportSink, TestRun, XmlElement, XmlFormat, XmlHandler } from '../format.ts';

// https://learn.microsoft.com/en-us/dotnet/api/microsoft.visualstudio.testtools.testmanagement.testoutcome
const outcomes = new Map<string, TestOutcome>([
  ['passed', 'passed'],
  ['passedbutrunaborted', 'passed'],
  ['completed', 'passed'],
  ['warning', 'passed'],
  ['failed', 'failed'],
  ['timeout', 'errored'],
  ['aborted', 'errored'],
  ['error', 'errored'],
  ['disconnected', 'errored'],
  ['notexecuted', 'skipped'],
  ['notrunnable', 'skipped'],
  ['inconclusive', 'skipped'],
  ['pending', 'skipped'],
  ['inprogress', 'skipped'],
]);

const maxTextCharacters = 64 * 1024;
const failing = new Set<TestOutcome>(['failed', 'errored']);

interface Result {
  readonly testId: string;
  readonly name: string;
  readonly outcome: string;
  readonly duration: string | null;
  message: string | null;
  stack: string | null;
  /** True when it holds the results of its data rows, which are counted instead. */
  hasRows: boolean;
}

/** `[days.]hours:minutes:seconds[.fraction]` in seconds. */
function secondsOf(text: string | null): number | null {
  const match = /^(?:(\d+)\.)?(\d+):(\d+):(\d+(?:[.,]\d+)?)$/.exec(text ?? '');
  if (match === null) return null;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return (
    ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds.replace(',', '.'))
  );
}

function count(element: XmlElement, name: string): number | null {
  const value = Number(element.attribute(name) ?? Number.NaN);
  return Number.isInteger(value) ? value : null;
}

interface Method {
  readonly className: string;
  readonly name: string;
}

function isResult(name: string): boolean {
  return name.endsWith('TestResult') && name !== 'TestResult';
}

function openedResult(element: XmlElement): Result {
  return {
    testId: element.attribute('testId') ?? '',
    name: element.attribute('testName') ?? '',
    outcome: element.attribute('outcome') ?? '',
    duration: element.attribute('duration'),
    message: null,
    stack: null,
    hasRows: false,
  };
}

/** Adapters of xUnit and others write `Namespace.Class.Method(arguments)`. */
function withoutClass(name: string, className: string): string {
  return className !== '' && name.startsWith(`${className}.`) ? name.slice(className.length + 1) : name;
}

function runOf(result: Result, method: Method | undefined): TestRun {
  const failed = result.message !== null || result.stack !== null;
  const outcome = outcomes.get(result.outcome.toLowerCase()) ?? (failed ? 'failed' : 'skipped');
  // `Namespace.Class, Assembly, Version=…` in older files.
  const className = method?.className.split(',', 1)[0] ?? '';
  return {
    ...blankTestRun,
    className,
    name: result.name === '' ? (method?.name ?? '') : withoutClass(result.name, className),
    outcome,
    durationSeconds: secondsOf(result.duration),
    failure:
      outcome === 'passed'
        ? null
        : failureFrom(outcome, { message: result.message, details: result.stack, type: null }),
  };
}

class TrxHandler implements XmlHandler {
  readonly #sink: ReportSink;
  readonly #open: Result[] = [];
  readonly #results: Result[] = [];
  readonly #methods = new Map<string, Method>();
  #definition: string | null = null;
  #hasRows = false;
  #total: number | null = null;
  #isRunError = false;
  #runError: string | null = null;

  constructor(sink: ReportSink) {
    this.#sink = sink;
  }

  open(element: XmlElement): void {
    const { name } = element;
    if (isResult(name)) {
      const parent = this.#open.at(-1);
      if (parent !== undefined) {
        parent.hasRows = true;
        this.#hasRows = true;
      }
      this.#open.push(openedResult(element));
    } else this.#openOther(element);
  }

  #openOther(element: XmlElement): void {
    const { name } = element;
    if (name === 'UnitTest') this.#definition = element.attribute('id');
    else if (name === 'TestMethod' && this.#definition !== null) {
      const method = {
        className: element.attribute('className') ?? '',
        name: element.attribute('name') ?? '',
      };
      this.#methods.set(this.#definition, method);
    } else if (name === 'Message' || name === 'StackTrace' || name === 'Text')
      element.keepText(maxTextCharacters);
    else if (name === 'Counters') this.#total = count(element, 'total');
    else if (name === 'RunInfo') this.#isRunError = element.attribute('outcome') === 'Error';
  }

  close(name: string, text: string): void {
    const current = this.#open.at(-1);
    if (isResult(name)) this.#closeResult();
    else if (current === undefined) this.#runText(name, text);
    else if (name === 'Message') current.message ??= text;
    else if (name === 'StackTrace') current.stack ??= text;
  }

  /** Class names stand in the definitions, which come after the results. */
  end(): void {
    const cutOff = this.#open.filter(({ hasRows }) => !hasRows);
    const runs = [...this.#results, ...cutOff].map((result) =>
      runOf(result, this.#methods.get(result.testId)),
    );
    for (const run of runs) this.#sink.test(run);
    const hasFailures = runs.some(({ outcome }) => failing.has(outcome));
    if (this.#runError !== null && !hasFailures) this.#endWithError(this.#runError);
    // Tools differ in whether they count a test beside its rows.
    else if (!this.#hasRows && this.#total !== null)
      this.#sink.declaredTests({ total: this.#total, failed: null, errored: null, skipped: null });
  }

  /** A test host that crashed leaves no failing test, only what the run says of it. */
  #endWithError(details: string): void {
    const failure = failureFrom('errored', { message: null, details, type: null });
    this.#sink.test({ ...blankTestRun, name: 'test run', outcome: 'errored', failure });
  }

  #closeResult(): void {
    const result = this.#open.pop();
    if (result !== undefined && !result.hasRows) this.#results.push(result);
  }

  #runText(name: string, text: string): void {
    if (name !== 'Text' || text.trim() === '') return;
    if (this.#isRunError) this.#runError ??= text.trim();
    this.#sink.warn(`the run says: ${text.trim().slice(0, 300)}`);
  }
}

/** Visual Studio's test results, as `dotnet test` and MSTest write them. Rows of a data-driven test count each. */
export const trx: XmlFormat = {
  format: 'trx',
  title: 'Visual Studio TRX',
  kind: 'tests',
  unit: 'Each `UnitTestResult` is one test; of a data-driven test its rows count and not the test that holds them.',
  reruns: 'Nothing: every execution is a test of its own.',
  wellKnownNames: ['**/*.trx'],
  specification: 'https://learn.microsoft.com/en-us/dotnet/core/tools/dotnet-test',
  producers: [{ tool: 'dotnet test', option: '--logger trx' }],
  syntax: 'xml',
  detect: ({ name, namespace, firstChild }) =>
    name === 'TestRun' && (namespace?.includes('VisualStudio') === true || firstChild !== null),
  read: (sink) => new TrxHandler(sink),
};
