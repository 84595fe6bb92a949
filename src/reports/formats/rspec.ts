import type { TestOutcome } from '../../model/tests.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankTestRun, failureFrom } from './shared/blank-test-run.ts';
import { entriesOf } from './shared/json-entries.ts';
import { has, itemsAt, numberAt, textAt, textsAt } from './shared/json-value.ts';
import { tallyTests } from './shared/test-tally.ts';

const outcomes = new Map<string | null, TestOutcome>([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['pending', 'skipped'],
]);

function readExample(example: unknown, sink: ReportSink): void {
  const outcome = outcomes.get(textAt(example, 'status')) ?? 'errored';
  const description = textAt(example, 'description') ?? '';
  const full = textAt(example, 'full_description') ?? description;
  const exception = {
    message: textAt(example, 'exception', 'message') ?? textAt(example, 'pending_message'),
    details: textsAt(example, 'exception', 'backtrace').join('\n'),
    type: textAt(example, 'exception', 'class'),
  };
  sink.test({
    ...blankTestRun,
    suite: full.endsWith(description) ? full.slice(0, full.length - description.length).trim() : full,
    name: description === '' ? full : description,
    file: textAt(example, 'file_path'),
    line: numberAt(example, 'line_number'),
    outcome,
    durationSeconds: numberAt(example, 'run_time'),
    failure: failureFrom(outcome, exception),
  });
}

/**
 * RSpec's `json` formatter. Errors outside of examples (a file that cannot be loaded) count as one errored test each.
 */
export const rspec: JsonFormat = {
  format: 'rspec',
  title: 'RSpec JSON',
  kind: 'tests',
  unit: 'Each example is one test; an error outside of examples is one errored test.',
  reruns: 'Nothing: the format has no reruns.',
  wellKnownNames: ['**/rspec.json', '**/rspec-results.json'],
  specification: 'https://rspec.info/features/3-13/rspec-core/formatters/json-formatter/',
  producers: [{ tool: 'RSpec', option: '--format json --out rspec.json' }],
  syntax: 'json',
  lists: ['examples[]'],
  detect: (value) =>
    has(value, 'examples', 'list') &&
    (has(value, 'summary', 'object') || has(value, 'summary_line', 'string')),
  read(value, target) {
    const { sink, declare } = tallyTests(target);
    for (const example of entriesOf(itemsAt(value, 'examples'), 'examples', sink)) readExample(example, sink);
    const outside = Math.min(numberAt(value, 'summary', 'errors_outside_of_examples_count') ?? 0, 1_000);
    const message = textsAt(value, 'messages').join('\n');
    for (let index = 1; index <= outside; index += 1) {
      const failure = failureFrom('errored', { message: null, details: message, type: null });
      sink.test({ ...blankTestRun, name: `error outside of examples ${index}`, outcome: 'errored', failure });
    }
    declare({
      total: null,
      failed: numberAt(value, 'summary', 'failure_count'),
      errored: outside,
      skipped: numberAt(value, 'summary', 'pending_count'),
    });
  },
};
