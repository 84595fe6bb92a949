import type { TestFailure, TestOutcome } from '../../model/tests.ts';
import type { JsonFormat, ReportSink, TestRun } from '../format.ts';
import { blankTestRun, failureFrom } from './shared/blank-test-run.ts';
import { entriesOf } from './shared/json-entries.ts';
import { has, itemsAt, type JsonObject, numberAt, textAt, valueAt } from './shared/json-value.ts';
import { pytestExitFailure, splitNodeId } from './shared/pytest-node.ts';
import { tallyTests } from './shared/test-tally.ts';

// https://github.com/numirias/pytest-json-report#format
const outcomes = new Map<string | null, TestOutcome>([
  ['passed', 'passed'],
  ['xpassed', 'passed'],
  ['failed', 'failed'],
  ['error', 'errored'],
  ['skipped', 'skipped'],
  ['xfailed', 'skipped'],
]);

const stages = ['setup', 'call', 'teardown'] as const;

function failureOf(test: unknown, outcome: TestOutcome): ReturnType<typeof failureFrom> {
  const stage = stages
    .map((name) => valueAt(test, name))
    .find((value) => ![null, 'passed'].includes(textAt(value, 'outcome')));
  return failureFrom(outcome, {
    message: textAt(stage, 'crash', 'message'),
    details: textAt(stage, 'longrepr'),
    type: null,
  });
}

/** A test is only as good as its stages. */
function outcomeOf(test: JsonObject): TestOutcome {
  const outcome = outcomes.get(textAt(test, 'outcome')) ?? 'errored';
  const hasFailed = stages.some((stage) => textAt(test, stage, 'outcome') === 'failed');
  return outcome === 'passed' && hasFailed ? 'failed' : outcome;
}

function readTest(test: JsonObject, earlierFailures: readonly TestFailure[]): TestRun {
  const outcome = outcomeOf(test);
  const line = numberAt(test, 'lineno');
  const seconds = stages.flatMap((stage) => numberAt(test, stage, 'duration') ?? []);
  return {
    ...blankTestRun,
    ...splitNodeId(textAt(test, 'nodeid') ?? ''),
    // pytest counts lines from 0.
    line: line === null ? null : line + 1,
    outcome,
    durationSeconds: seconds.length === 0 ? null : seconds.reduce((sum, part) => sum + part, 0),
    failure: outcome === 'passed' ? null : failureOf(test, outcome),
    earlierFailures: outcome === 'skipped' ? [] : earlierFailures,
  };
}

const untold: TestFailure = { type: null, message: '', details: '' };

/** Runs that were repeated come before the last run of their test. */
function readTests(value: unknown, sink: ReportSink): void {
  const earlier = new Map<string, { readonly test: JsonObject; readonly failures: readonly TestFailure[] }>();
  for (const test of entriesOf(itemsAt(value, 'tests'), 'tests', sink)) {
    const id = textAt(test, 'nodeid') ?? '';
    const failures = earlier.get(id)?.failures ?? [];
    if (textAt(test, 'outcome') === 'rerun') {
      earlier.set(id, { test, failures: [...failures, failureOf(test, 'failed') ?? untold] });
      continue;
    }
    sink.test(readTest(test, failures));
    earlier.delete(id);
  }
  for (const { test, failures } of earlier.values()) sink.test(readTest(test, failures.slice(0, -1)));
}

/** A file that could not be collected is an errored test. */
function readCollectors(value: unknown, sink: ReportSink): number {
  let failed = 0;
  for (const collector of entriesOf(itemsAt(value, 'collectors'), 'collectors', sink)) {
    if (textAt(collector, 'outcome') !== 'failed') continue;
    failed += 1;
    const name = textAt(collector, 'nodeid') ?? 'collection';
    const texts = { message: null, details: textAt(collector, 'longrepr'), type: null };
    sink.test({ ...blankTestRun, name, outcome: 'errored', failure: failureFrom('errored', texts) });
  }
  return failed;
}

/** What the plugin pytest-json-report writes. */
export const pytestJsonReport: JsonFormat = {
  format: 'pytest-json-report',
  title: 'pytest-json-report',
  kind: 'tests',
  unit: 'Each entry of `tests` is one test; a file that could not be collected is one errored test.',
  reruns: 'Entries whose outcome is `rerun` (pytest-rerunfailures).',
  wellKnownNames: ['**/.report.json', '**/pytest-report.json'],
  specification: 'https://github.com/numirias/pytest-json-report#format',
  producers: [{ tool: 'pytest', option: '--json-report --json-report-file=pytest-report.json' }],
  syntax: 'json',
  lists: ['tests[]', 'collectors[]'],
  detect: (value) =>
    has(value, 'exitcode', 'number') && has(value, 'summary', 'object') && has(value, 'root', 'string'),
  read(value, target) {
    const { sink, declare, failing } = tallyTests(target);
    readTests(value, sink);
    const uncollected = readCollectors(value, sink);
    declare({
      total: null,
      failed: numberAt(value, 'summary', 'failed'),
      errored: (numberAt(value, 'summary', 'error') ?? 0) + uncollected,
      skipped: null,
    });
    const reason = pytestExitFailure(numberAt(value, 'exitcode'));
    if (reason !== null && failing() === 0) sink.failed(reason);
  },
};
