import { expect, test } from 'vitest';
import { compareTests } from '../../src/compare/compare-tests.ts';
import { createTestIndex, halvesOf } from '../../src/model/test-index.ts';
import type { TestIndex, TestOutcome } from '../../src/model/tests.ts';
import { aTestCase, aTestsReport, theEarlierTests } from '../builders.ts';

const ids = { a: '00000000000000a1', b: '00000000000000b2', c: '00000000000000c3', d: 'ffffffffffffffd4' };

function index(outcomes: Readonly<Record<string, TestOutcome>>): TestIndex {
  const table = createTestIndex();
  for (const [id, outcome] of Object.entries(outcomes)) {
    const halves = halvesOf(id);
    if (halves !== null) table.set(halves.high, halves.low, outcome);
  }
  return table.finish();
}

function report(outcomes: Readonly<Record<string, TestOutcome>>) {
  const cases = Object.entries(outcomes).map(([id, outcome]) => aTestCase({ id, name: id, outcome }));
  return aTestsReport({ cases, index: index(outcomes) });
}

const rules: readonly {
  name: string;
  before: Record<string, TestOutcome>;
  now: Record<string, TestOutcome>;
  expected: object;
}[] = [
  {
    name: 'a test that passed before and fails now is a new failure',
    before: { [ids.a]: 'passed' },
    now: { [ids.a]: 'failed' },
    expected: { newFailures: [ids.a], stillFailing: [], fixed: 0, added: 0, removed: 0 },
  },
  {
    name: 'a test that did not exist and fails is a new failure and an added test',
    before: {},
    now: { [ids.a]: 'errored' },
    expected: { newFailures: [ids.a], stillFailing: [], fixed: 0, added: 1, removed: 0 },
  },
  {
    name: 'a test that was skipped and fails now is a new failure: somebody turned it on',
    before: { [ids.a]: 'skipped' },
    now: { [ids.a]: 'failed' },
    expected: { newFailures: [ids.a], stillFailing: [], fixed: 0, added: 0, removed: 0 },
  },
  {
    name: 'a test that fails on the target branch too is not the fault of this change',
    before: { [ids.a]: 'errored' },
    now: { [ids.a]: 'failed' },
    expected: { newFailures: [], stillFailing: [ids.a], fixed: 0, added: 0, removed: 0 },
  },
  {
    name: 'a test that failed and passes is fixed',
    before: { [ids.a]: 'failed', [ids.b]: 'errored' },
    now: { [ids.a]: 'passed', [ids.b]: 'passed' },
    expected: { newFailures: [], stillFailing: [], fixed: 2, added: 0, removed: 0 },
  },
  {
    name: 'a failing test that is skipped now is not fixed',
    before: { [ids.a]: 'failed' },
    now: { [ids.a]: 'skipped' },
    expected: { newFailures: [], stillFailing: [], fixed: 0, added: 0, removed: 0 },
  },
  {
    name: 'a test that is gone is removed, whatever it did',
    before: { [ids.a]: 'failed', [ids.b]: 'passed', [ids.c]: 'passed' },
    now: { [ids.c]: 'passed', [ids.d]: 'passed' },
    expected: { newFailures: [], stillFailing: [], fixed: 0, added: 1, removed: 2 },
  },
];

test.each(rules)('$name', ({ before, now, expected }) => {
  const result = compareTests(report(now), theEarlierTests({ index: index(before) }));
  expect({
    newFailures: result.newFailures.map(({ id }) => id),
    stillFailing: result.stillFailing.map(({ id }) => id),
    fixed: result.fixed.count,
    added: result.added.count,
    removed: result.removed.count,
  }).toEqual(expected);
});
