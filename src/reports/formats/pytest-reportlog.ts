import { isFailing, type TestFailure, type TestOutcome } from '../../model/tests.ts';
import type { JsonLinesFormat, ReportSink, TestRun } from '../format.ts';
import { blankTestRun, failureFrom } from './shared/blank-test-run.ts';
import { oddLine } from './shared/json-entries.ts';
import { has, listAt, numberAt, textAt, valueAt } from './shared/json-value.ts';
import { pytestExitFailure, splitNodeId } from './shared/pytest-node.ts';
import { type TestTally, tallyTests } from './shared/test-tally.ts';

function messageOf(report: unknown): { readonly message: string | null; readonly details: string | null } {
  const longText = textAt(report, 'longrepr');
  if (longText !== null) return { message: null, details: longText };
  // Of a skipped test: file, line, reason.
  const reason = listAt(report, 'longrepr').at(2);
  return {
    message:
      textAt(report, 'longrepr', 'reprcrash', 'message') ?? (typeof reason === 'string' ? reason : null),
    details: textAt(report, 'longrepr', 'reprcrash', 'message'),
  };
}

/** An expected failure is skipped to pytest; one that passes is failed where it is strict. */
function outcomeOf(report: unknown): TestOutcome {
  switch (textAt(report, 'outcome')) {
    case 'passed':
      return 'passed';
    case 'skipped':
      return 'skipped';
    case 'rerun':
      return 'failed';
    case 'failed':
      return textAt(report, 'when') === 'call' ? 'failed' : 'errored';
    case null:
    default:
      return 'errored';
  }
}

/** A test with one more of its reports. */
function withReport(test: TestRun, report: unknown): TestRun {
  const outcome = outcomeOf(report);
  const durationSeconds = (test.durationSeconds ?? 0) + (numberAt(report, 'duration') ?? 0);
  if (outcome === 'passed') return { ...test, durationSeconds };
  const failure = failureFrom(outcome, { ...messageOf(report), type: null });
  if (textAt(report, 'outcome') === 'rerun')
    return { ...test, durationSeconds, earlierFailures: [...test.earlierFailures, failure ?? untold] };
  // A teardown that fails behind a failed call adds nothing to the verdict.
  if (isFailing(test.outcome)) return { ...test, durationSeconds };
  return { ...test, durationSeconds, outcome, failure };
}

const untold: TestFailure = { type: null, message: '', details: '' };

class Reader {
  readonly #tally: TestTally;
  /** Tests whose teardown has not come; runs that were repeated are in them as earlier failures. */
  readonly #open = new Map<string, TestRun>();
  /** Tests whose run will be repeated: the teardown that comes next is not their last. */
  readonly #repeated = new Set<string>();
  #exit: number | null = null;
  #hasEnded = false;

  constructor(sink: ReportSink) {
    this.#tally = tallyTests(sink);
  }

  value(value: unknown): void {
    const type = textAt(value, '$report_type');
    if (type === 'TestReport') this.#addReport(value);
    else if (type === 'CollectReport' && textAt(value, 'outcome') === 'failed') {
      const failure = failureFrom('errored', { ...messageOf(value), type: null });
      const name = textAt(value, 'nodeid') ?? 'collection';
      this.#tally.sink.test({ ...blankTestRun, name, outcome: 'errored', failure });
    } else if (type === 'SessionFinish') {
      this.#hasEnded = true;
      this.#exit = numberAt(value, 'exitstatus');
    }
  }

  badLine(text: string, line: number): void {
    oddLine(text, line, this.#tally.sink);
  }

  end(): void {
    // They began and did not end.
    for (const test of this.#open.values())
      this.#tally.sink.test(isFailing(test.outcome) ? test : { ...test, outcome: 'errored' });
    if (!this.#hasEnded) this.#tally.sink.incomplete('the run did not end');
    const reason = pytestExitFailure(this.#exit);
    if (reason !== null && this.#tally.failing() === 0) this.#tally.sink.failed(reason);
  }

  #addReport(report: unknown): void {
    const id = textAt(report, 'nodeid') ?? '';
    const when = textAt(report, 'when');
    if (when === 'setup') this.#repeated.delete(id);
    if (textAt(report, 'outcome') === 'rerun') this.#repeated.add(id);
    const test = this.#open.get(id) ?? { ...blankTestRun, ...splitNodeId(id), line: lineOf(report) };
    this.#open.set(id, withReport(test, report));
    if (when === 'teardown' && !this.#repeated.has(id)) this.#close(id);
  }

  #close(id: string): void {
    const test = this.#open.get(id);
    if (test === undefined) return;
    this.#open.delete(id);
    this.#tally.sink.test({
      ...test,
      earlierFailures: test.outcome === 'skipped' ? [] : test.earlierFailures,
    });
  }
}

function lineOf(report: unknown): number | null {
  const line = listAt(report, 'location').at(1);
  // pytest counts lines from 0.
  return typeof line === 'number' ? line + 1 : null;
}

/** What the plugin pytest-reportlog writes: one report for set-up, call and teardown of each test. */
export const pytestReportlog: JsonLinesFormat = {
  format: 'pytest-reportlog',
  title: 'pytest-reportlog',
  kind: 'tests',
  unit: 'Each test with its set-up, call and teardown is one test; a file that could not be collected is one errored test.',
  reruns: 'Reports whose outcome is `rerun` (pytest-rerunfailures).',
  wellKnownNames: ['**/pytest-reportlog*.json', '**/reportlog.json', '**/pytest-log.jsonl'],
  specification: 'https://github.com/pytest-dev/pytest-reportlog',
  producers: [{ tool: 'pytest', option: '--report-log=reportlog.json' }],
  syntax: 'json-lines',
  detect: (first) =>
    first.some((value) => has(value, '$report_type', 'string') && valueAt(value, '$report_type') !== ''),
  read: (sink) => new Reader(sink),
};
