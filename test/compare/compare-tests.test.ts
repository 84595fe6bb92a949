import { describe, expect, test } from 'vitest';
import { compareTests, recordsOf } from '../../src/compare/compare-tests.ts';
import type { NamedTest } from '../../src/model/comparison.ts';
import { createTestIndex, halvesOf } from '../../src/model/test-index.ts';
import type { TestIndex, TestOutcome } from '../../src/model/tests.ts';
import { hashDigits, stableHash } from '../../src/reports/collect/stable-hash.ts';
import { aTestCase, aTestsReport, theEarlierTests } from '../builders.ts';

const ids = { a: '00000000000000a1', b: '00000000000000b2', c: '00000000000000c3', d: 'ffffffffffffffd4' };

function index(outcomes: Readonly<Record<string, TestOutcome>>): TestIndex {
  const table = createTestIndex();
  for (const [id, outcome] of Object.entries(outcomes)) {
    const halves = halvesOf(id);
    if (halves !== null) table.set(halves.high, halves.low, { outcome, durationSeconds: null });
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

describe('tests that moved', () => {
  const named = (id: string, className: string, name: string): NamedTest => ({
    id,
    suite: className,
    className,
    name,
  });
  interface Move {
    readonly name: string;
    readonly before: readonly (readonly [string, string])[];
    readonly now: readonly (readonly [string, string])[];
    /** Names of the tests that are taken for moved. */
    readonly moved: readonly string[];
  }
  const shop = ['adds', 'removes', 'empties'] as const;
  const rows_: readonly Move[] = [
    {
      name: 'to another package, class and name the same: moved',
      before: [['com.old.CartTest', 'adds']],
      now: [['com.neu.CartTest', 'adds']],
      moved: ['adds'],
    },
    {
      name: 'a class that was renamed with all of its tests, three of them: moved',
      before: shop.map((name) => ['CartTest', name] as const),
      now: shop.map((name) => ['BasketTest', name] as const),
      moved: ['adds', 'empties', 'removes'],
    },
    {
      name: 'two tests are too few to know a class by',
      before: shop.slice(0, 2).map((name) => ['CartTest', name] as const),
      now: shop.slice(0, 2).map((name) => ['BasketTest', name] as const),
      moved: [],
    },
    {
      name: 'a renamed class that lost a test is not certain',
      before: shop.map((name) => ['CartTest', name] as const),
      now: [...shop.slice(0, 2), 'other'].map((name) => ['BasketTest', name] as const),
      moved: [],
    },
    {
      name: 'a class that is still there did not move, although all these tests left it',
      before: [...shop.map((name) => ['CartTest', name] as const), ['CartTest', 'stays']],
      now: [...shop.map((name) => ['BasketTest', name] as const), ['CartTest', 'stays']],
      moved: [],
    },
    {
      name: 'the same test in two new packages: which one it is, nobody knows',
      before: [['com.old.CartTest', 'adds']],
      now: [
        ['com.neu.CartTest', 'adds'],
        ['com.new.CartTest', 'adds'],
      ],
      moved: [],
    },
    {
      name: 'the same name in a class of another name is another test',
      before: [['CartTest', 'works']],
      now: [['BasketTest', 'works']],
      moved: [],
    },
  ];

  function sides(
    { before, now }: Pick<Move, 'before' | 'now'>,
    outcomes: readonly [TestOutcome, TestOutcome],
  ) {
    const idOf = (className: string, name: string) => hashDigits(stableHash(`${className} ${name}`));
    const cases = now.map(([className, name]) =>
      aTestCase({ id: idOf(className, name), suite: className, className, name, outcome: outcomes[1] }),
    );
    const names = before.map(([className, name]) => named(idOf(className, name), className, name));
    return {
      now: aTestsReport({
        cases,
        index: index(Object.fromEntries(cases.map(({ id }) => [id, outcomes[1]]))),
      }),
      before: theEarlierTests({
        index: index(Object.fromEntries(names.map(({ id }) => [id, outcomes[0]]))),
        names: new Map(names.map((test_) => [test_.id, test_])),
      }),
    };
  }

  test.each(rows_)('$name', ({ before, now, moved }) => {
    const { now: report_, before: earlier } = sides({ before, now }, ['passed', 'passed']);
    const result = compareTests(report_, earlier);
    expect(result.moved.items.map(({ to }) => to.name).sort()).toEqual(moved);
    const gone = before.filter(([className, name]) => !now.some(([a, b]) => a === className && b === name));
    expect(result.removed.count).toBe(gone.length - moved.length);
  });

  test('a failing test that moved is an old failure', () => {
    const { now, before } = sides(
      { before: [['com.old.CartTest', 'adds']], now: [['com.neu.CartTest', 'adds']] },
      ['failed', 'failed'],
    );
    const result = compareTests(now, before);
    expect([result.newFailures.length, result.stillFailing.length]).toEqual([0, 1]);
  });

  test('a failing test that moved and passes is fixed', () => {
    const { now, before } = sides(
      { before: [['com.old.CartTest', 'adds']], now: [['com.neu.CartTest', 'adds']] },
      ['failed', 'passed'],
    );
    expect(compareTests(now, before).fixed.items.map(({ name }) => name)).toEqual(['adds']);
  });

  test('where not every test that came or went is known by name, no move is certain', () => {
    const { now, before } = sides(
      { before: [['com.old.CartTest', 'adds']], now: [['com.neu.CartTest', 'adds']] },
      ['passed', 'passed'],
    );
    expect(compareTests(now, { ...before, names: new Map() }).moved.count).toBe(0);
  });
});

describe('tests that are skipped or slower', () => {
  test('one that ran before and is skipped now is newly skipped; one that was skipped is not', () => {
    const result = compareTests(
      report({ [ids.a]: 'skipped', [ids.b]: 'skipped' }),
      theEarlierTests({ index: index({ [ids.a]: 'passed', [ids.b]: 'skipped' }) }),
    );
    expect(result.newlySkipped.items.map(({ id }) => id)).toEqual([ids.a]);
  });

  function timed(seconds: number): TestIndex {
    const table = createTestIndex();
    const halves = halvesOf(ids.a);
    if (halves !== null) table.set(halves.high, halves.low, { outcome: 'passed', durationSeconds: seconds });
    return table.finish();
  }

  test.each([
    { name: 'twice its usual time is slower', now: 4, timing: { seconds: 2, spread: 0.1 }, slower: 1 },
    { name: 'a third more is not', now: 2.7, timing: { seconds: 2, spread: 0.1 }, slower: 0 },
    {
      name: 'twice is nothing to a test that varies by half',
      now: 4,
      timing: { seconds: 2, spread: 0.5 },
      slower: 0,
    },
    { name: 'less than a second nobody notices', now: 1.5, timing: { seconds: 0.6, spread: 0 }, slower: 0 },
    { name: 'with one earlier run twice may be the machine', now: 20, timing: null, slower: 0 },
    { name: 'with one earlier run ten times is not the machine', now: 100, timing: null, slower: 1 },
  ])('$name', ({ now, timing, slower }) => {
    const earlier = theEarlierTests({ index: timed(10), timingOf: () => timing });
    const cases = [aTestCase({ id: ids.a })];
    expect(compareTests(aTestsReport({ cases, index: timed(now) }), earlier).slower.count).toBe(slower);
  });
});

describe('what the history says of tests that fail or were flaky', () => {
  const record = { runs: 50, failedRuns: 3, retriedRuns: 0, flaky: true };
  test.each([
    {
      name: 'of one that fails',
      test_: aTestCase({ id: ids.a, outcome: 'failed' }),
      known: record,
      told: true,
    },
    {
      name: 'of one that was flaky',
      test_: aTestCase({ id: ids.a, flaky: true }),
      known: record,
      told: true,
    },
    { name: 'nothing of one that passes', test_: aTestCase({ id: ids.a }), known: record, told: false },
    {
      name: 'nothing of one that no run had',
      test_: aTestCase({ id: ids.a, outcome: 'failed' }),
      known: { ...record, runs: 0 },
      told: false,
    },
  ])('$name', ({ test_, known, told }) => {
    const records = recordsOf(aTestsReport({ cases: [test_] }), theEarlierTests({ recordOf: () => known }));
    expect(records.has(ids.a)).toBe(told);
  });
});
