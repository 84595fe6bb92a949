import { describe, expect, test } from 'vitest';
import type { TestCase } from '../../../src/model/tests.ts';
import { findTwins } from '../../../src/reports/collect/same-run.ts';
import { aTestCase, aTestFailure, aTestsReport } from '../../builders.ts';

type Row = readonly [name: string, outcome: TestCase['outcome'], seconds: number | null];

const rows: readonly Row[] = [
  ['adds up', 'passed', 0.002],
  ['knows the discount', 'failed', 0.51],
  ['opens the basket', 'errored', 0.003],
  ['knows taxes', 'skipped', 0],
];

function report(path: string, format: string, tests: readonly Partial<TestCase>[]) {
  const cases = tests.map((test_) => aTestCase({ className: '', suite: '', file: null, ...test_ }));
  return { path, format, report: aTestsReport({ cases }) };
}

function ofRows(
  list: readonly Row[],
  named: (name: string) => Partial<TestCase>,
): readonly Partial<TestCase>[] {
  return list.map(([name, outcome, durationSeconds]) => ({ outcome, durationSeconds, ...named(name) }));
}

const json = report(
  'report.json',
  'jest',
  ofRows(rows, (name) => ({ suite: 'price', name, file: 'a.test.js' })),
);

describe('one run in two formats', () => {
  test.each([
    [
      'the name has the suite in it',
      (name: string) => ({ name: `price ${name}`, className: `price ${name}` }),
    ],
    ['a sign stands between', (name: string) => ({ name: `price › ${name}`, className: 'a.test.js' })],
    ['the class is the suite', (name: string) => ({ name, className: 'price' })],
    ['the name is alone', (name: string) => ({ name, suite: 'anything' })],
  ])('%s', (_how, named) => {
    expect(findTwins([report('report.xml', 'junit', ofRows(rows, named)), json])).toEqual([
      { path: 'report.xml', of: 'report.json' },
    ]);
  });

  test('a format that leaves out what was skipped has less, and adds nothing', () => {
    const more: readonly Row[] = [...rows, ['reads', 'passed', 0.01], ['writes', 'passed', 0.02]];
    const whole = report(
      'a.json',
      'mocha',
      ofRows(more, (name) => ({ name })),
    );
    const less = report(
      'a.xml',
      'junit',
      ofRows(
        more.filter(([, outcome]) => outcome !== 'skipped'),
        (name) => ({ name }),
      ),
    );
    expect(findTwins([less, whole])).toEqual([{ path: 'a.xml', of: 'a.json' }]);
  });
});

test('the time of a test that ran again says nothing: formats count it in their own ways', () => {
  const again = (seconds: number) => ({
    name: 'again',
    outcome: 'failed' as const,
    runs: 2,
    failedRuns: 2,
    durationSeconds: seconds,
  });
  const first = report('a.xml', 'junit', [again(1), again(1), ...ofRows(rows, (name) => ({ name }))]);
  const all = report('a.json', 'playwright', [again(9), again(9), ...ofRows(rows, (name) => ({ name }))]);
  expect(findTwins([first, all])).toHaveLength(1);
});

describe('not one run', () => {
  const plain = (list: readonly Row[], path = 'report.xml', format = 'junit') =>
    report(
      path,
      format,
      ofRows(list, (name) => ({ name })),
    );

  test.each([
    [
      'a failure that the other report does not have',
      rows.map(([n, o, s]): Row => (n === 'adds up' ? [n, 'failed', s] : [n, o, s])),
    ],
    [
      'a test that the other report does not have',
      rows.map(([n, o, s]): Row => (n === 'adds up' ? ['other', o, s] : [n, o, s])),
    ],
    ['a failure that passed in the other report', rows.map(([n, _o, s]): Row => [n, 'passed', s])],
    ['other durations: a run of its own', rows.map(([n, o, s]): Row => [n, o, (s ?? 0) + 0.4])],
    ['one test only', rows.slice(0, 1)],
  ])('%s', (_why, list) => {
    expect(findTwins([plain(list), json])).toEqual([]);
  });

  test('two files of one format are two runs, as in a matrix', () => {
    expect(findTwins([plain(rows), plain(rows, 'other.xml')])).toEqual([]);
  });

  test('a flaky test is not lost with the report that knows of it', () => {
    const flaky = {
      name: 'adds up',
      flaky: true,
      runs: 2,
      failedRuns: 1,
      failure: aTestFailure(),
      durationSeconds: 0.002,
    };
    const others = ofRows(rows.slice(1), (name) => ({ name }));
    const knowing = report('report.xml', 'junit', [flaky, ...others]);
    const twins = findTwins([
      knowing,
      report(
        'report.json',
        'jest',
        ofRows(rows, (name) => ({ name })),
      ),
    ]);
    expect(twins).toEqual([{ path: 'report.json', of: 'report.xml' }]);
  });
});
