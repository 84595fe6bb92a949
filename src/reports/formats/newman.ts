import type { TestOutcome } from '../../model/tests.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankTestRun, failureFrom, secondsFrom } from './shared/blank-test-run.ts';
import { entriesOf } from './shared/json-entries.ts';
import {
  has,
  isJsonObject,
  itemsAt,
  lengthOf,
  listAt,
  numberAt,
  textAt,
  valueAt,
} from './shared/json-value.ts';
import { tallyTests } from './shared/test-tally.ts';

function outcomeOf(assertion: unknown): TestOutcome {
  if (isJsonObject(valueAt(assertion, 'error'))) return 'failed';
  return valueAt(assertion, 'skipped') === true ? 'skipped' : 'passed';
}

function textsOf(error: unknown): Parameters<typeof failureFrom>[1] {
  return {
    message: textAt(error, 'message'),
    details: textAt(error, 'stack'),
    type: textAt(error, 'name'),
  };
}

/** A request that could not be sent, or a script that threw, is an error of the item. */
function readErrors(execution: unknown, suite: string, sink: ReportSink): void {
  const scripts = [...listAt(execution, 'prerequestScript'), ...listAt(execution, 'testScript')];
  const errors = [valueAt(execution, 'requestError'), ...scripts.map((script) => valueAt(script, 'error'))];
  for (const error of errors.filter(isJsonObject)) {
    const failure = failureFrom('errored', textsOf(error));
    sink.test({ ...blankTestRun, suite, name: 'request', outcome: 'errored', failure });
  }
}

function readExecution(execution: unknown, collection: string, sink: ReportSink): void {
  const suite = textAt(execution, 'item', 'name') ?? collection;
  readErrors(execution, suite, sink);
  for (const assertion of entriesOf(listAt(execution, 'assertions'), 'assertions', sink)) {
    const outcome = outcomeOf(assertion);
    sink.test({
      ...blankTestRun,
      suite,
      className: '',
      name: textAt(assertion, 'assertion') ?? '',
      outcome,
      durationSeconds: secondsFrom(numberAt(execution, 'response', 'responseTime')),
      failure: outcome === 'failed' ? failureFrom('failed', textsOf(valueAt(assertion, 'error'))) : null,
    });
  }
}

/**
 * What the run counts as failed; of a request that was not sent all its parts may be counted, and `failures` lists it
 * once.
 */
const counted = ['requests', 'testScripts', 'prerequestScripts', 'assertions'] as const;

function failuresIn(value: unknown): number {
  const listed = lengthOf(valueAt(value, 'run', 'failures'));
  return Math.max(listed, ...counted.map((part) => numberAt(value, 'run', 'stats', part, 'failed') ?? 0));
}

/** Newman's JSON: what a Postman collection asserts of its answers. */
export const newman: JsonFormat = {
  format: 'newman',
  title: 'Newman JSON',
  kind: 'tests',
  unit: 'Each assertion of each request is one test; a request or script that could not run is one errored test.',
  reruns: 'Nothing: each iteration has tests of its own.',
  wellKnownNames: ['**/newman/*.json', '**/newman*.json'],
  specification: 'https://github.com/postmanlabs/newman#json-reporter',
  producers: [{ tool: 'Newman', option: '-r json --reporter-json-export newman.json' }],
  syntax: 'json',
  lists: ['run.executions[]', 'run.failures[]'],
  detect: (value) => has(value, 'collection', 'object') && Array.isArray(valueAt(value, 'run', 'executions')),
  read(value, target) {
    const { sink, declare } = tallyTests(target);
    const collection =
      textAt(value, 'collection', 'info', 'name') ?? textAt(value, 'collection', 'name') ?? '';
    for (const execution of entriesOf(itemsAt(value, 'run', 'executions'), 'executions', sink))
      readExecution(execution, collection, sink);
    declare({ total: null, failed: failuresIn(value), errored: null, skipped: null });
  },
};
