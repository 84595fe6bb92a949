import { isFailing, type TestOutcome } from '../../model/tests.ts';
import type { ReportSink, TestRun, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { blankTestRun, failureFrom } from './shared/blank-test-run.ts';
import { junitSeconds, wholeNumber } from './shared/junit-numbers.ts';
import { failuresOf, StatedFailures } from './shared/stated-failures.ts';

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

/** Counters of results that failed. */
const failingCounters = ['failed', 'error', 'timeout', 'aborted', 'disconnected'] as const;
const unrunCounters = ['notExecuted', 'notRunnable', 'pending', 'inProgress'] as const;

/** Children of a run that no other XML with a root of this name has. */
const children = new Set<string | null>([
  'Results',
  'ResultSummary',
  'TestDefinitions',
  'TestEntries',
  'TestLists',
  'TestRunConfiguration',
  'TestSettings',
  'TestRunSettings',
  'Times',
]);

interface Result {
  readonly testId: string;
  readonly name: string;
  readonly outcome: string;
  readonly duration: string | null;
  message: string | null;
  stack: string | null;
  /** True when it holds the results of its data rows, which are counted instead. */
  hasRows: boolean;
  hasFailingRow: boolean;
}

/** `[days.]hours:minutes:seconds[.fraction]` in seconds. */
function secondsOf(text: string | null): number | null {
  const match = /^(\d{1,6})\.(\d+:.*)$/.exec(text ?? '');
  const time = junitSeconds(match?.[2] ?? text);
  return time === null ? null : Number(match?.[1] ?? 0) * 86_400 + time;
}

interface Method {
  readonly className: string;
  readonly name: string;
}

/** What the run says of itself. */
interface Summary {
  outcome: TestOutcome;
  total: number | null;
  failing: number | null;
  /** Tests that it says have not run. */
  unrun: number;
}

function sumOf(element: XmlElement, names: readonly string[]): number | null {
  return failuresOf(...names.map((name) => wholeNumber(element.attribute(name))));
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
    hasFailingRow: false,
  };
}

/** Adapters of xUnit and others write `Namespace.Class.Method(arguments)`. */
function withoutClass(name: string, className: string): string {
  return className !== '' && name.startsWith(`${className}.`) ? name.slice(className.length + 1) : name;
}

/**
 * The writer omits the first outcome of its list, which is `Error`:
 * https://github.com/microsoft/vstest/blob/main/src/Microsoft.TestPlatform.Extensions.TrxLogger/ObjectModel/TestOutcome.cs
 */
function outcomeOf({ outcome }: Result): TestOutcome {
  return outcomes.get(outcome.toLowerCase()) ?? 'errored';
}

function runOf(result: Result, method: Method | undefined): TestRun {
  const outcome = outcomeOf(result);
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
  readonly #withResult = new Set<string>();
  readonly #stated = new StatedFailures();
  readonly #summary: Summary = { outcome: 'passed', total: null, failing: null, unrun: 0 };
  #definition: string | null = null;
  #definitionName = '';
  #hasRows = false;
  #rowParents = 0;
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
    if (name === 'UnitTest') {
      this.#definition = element.attribute('id');
      this.#definitionName = element.attribute('name') ?? '';
      if (this.#definition !== null)
        this.#methods.set(this.#definition, { className: '', name: this.#definitionName });
    } else if (name === 'TestMethod' && this.#definition !== null) {
      const method = {
        className: element.attribute('className') ?? '',
        name: element.attribute('name') ?? this.#definitionName,
      };
      this.#methods.set(this.#definition, method);
    } else if (name === 'Message' || name === 'StackTrace' || name === 'Text')
      element.keepText(maxTextCharacters);
    else this.#openSummary(element);
  }

  #openSummary(element: XmlElement): void {
    const { name } = element;
    const outcome = outcomes.get(element.attribute('outcome')?.toLowerCase() ?? '') ?? 'errored';
    if (name === 'ResultSummary') this.#summary.outcome = outcome;
    else if (name === 'RunInfo') this.#isRunError = isFailing(outcome);
    else if (name === 'Counters') {
      this.#summary.total = wholeNumber(element.attribute('total'));
      this.#summary.failing = sumOf(element, failingCounters);
      this.#summary.unrun = sumOf(element, unrunCounters) ?? 0;
    }
  }

  close(name: string, text: string): void {
    const current = this.#open.at(-1);
    if (isResult(name)) this.#closeResult();
    else if (current === undefined) this.#runText(name, text);
    else if (name === 'Message') current.message ??= text;
    else if (name === 'StackTrace') current.stack ??= text;
  }

  /** Class names are in the definitions, which come after the results. */
  end(): void {
    while (this.#open.length > 0) this.#closeResult();
    this.#stated.open(this.#summary.failing);
    const runs = this.#results.map((result) => runOf(result, this.#methods.get(result.testId)));
    for (const run of runs) this.#emit(run);
    this.#stated.failed(this.#rowParents, 0);
    const added = this.#addWhatHasNoResult(runs);
    const failed = this.#stated.declared();
    // Tools differ in whether they count a test beside its rows.
    const total = this.#hasRows || added > 0 ? null : this.#summary.total;
    if (total !== null || failed !== null)
      this.#sink.declaredTests({ total, failed, errored: null, skipped: null });
  }

  /**
   * What failed and is not a result: tests that are lost, the test host, the run as a whole. Gives how many tests that
   * makes.
   */
  #addWhatHasNoResult(runs: readonly TestRun[]): number {
    const hasFailures = runs.some(({ outcome }) => isFailing(outcome));
    const isFailed = isFailing(this.#summary.outcome);
    const skipped = runs.filter(({ outcome }) => outcome === 'skipped').length;
    const lost = this.#withoutResult(isFailed, this.#summary.unrun - skipped);
    if (hasFailures) return lost;
    if (this.#runError !== null) {
      this.#endWithError(this.#runError);
      return lost + 1;
    }
    if (isFailed && lost === 0) this.#sink.failed('the run failed, but no test in it failed');
    return lost;
  }

  #emit(run: TestRun): void {
    if (isFailing(run.outcome)) this.#stated.failed(1, 1);
    this.#sink.test(run);
  }

  /**
   * Tests that were to run and have no result: where the run failed, they are among the reasons. Gives how many were
   * added.
   */
  #withoutResult(isFailed: boolean, unrun: number): number {
    const lost = [...this.#methods].filter(([id]) => !this.#withResult.has(id));
    if (lost.length === 0) return 0;
    if (!isFailed || lost.length <= unrun) {
      this.#sink.warn(`tests without a result: ${lost.length}`);
      return 0;
    }
    for (const [, { className, name }] of lost) {
      const message = 'the run failed, and this test has no result';
      this.#emit({
        ...blankTestRun,
        className: className.split(',', 1)[0] ?? '',
        name: withoutClass(name, className),
        outcome: 'errored',
        failure: { type: null, message, details: '' },
      });
    }
    return lost.length;
  }

  /** A test host that crashed leaves no failing test, only what the run says of it. */
  #endWithError(details: string): void {
    const failure = failureFrom('errored', { message: null, details, type: null });
    this.#emit({ ...blankTestRun, name: 'test run', outcome: 'errored', failure });
  }

  /** A test counts beside its rows only when it failed and none of them did. */
  #closeResult(): void {
    const result = this.#open.pop();
    if (result === undefined) return;
    this.#withResult.add(result.testId);
    const failed = isFailing(outcomeOf(result)) || result.hasFailingRow;
    const parent = this.#open.at(-1);
    if (parent !== undefined && failed) parent.hasFailingRow = true;
    if (!result.hasRows || (failed && !result.hasFailingRow)) this.#results.push(result);
    // Its own failure may be counted beside those of its rows.
    else if (failed) this.#rowParents += 1;
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
    name === 'TestRun' && (namespace?.includes('VisualStudio') === true || children.has(firstChild)),
  read: (sink) => new TrxHandler(sink),
};
