import { describe, expect, test } from 'vitest';
import { honourFlakyMarks, possibleNews } from '../../src/compare/honour-flaky-marks.ts';
import { judgeGates } from '../../src/compare/judge-gates.ts';
import { parseCondition } from '../../src/compare/parse-condition.ts';
import { type FlakyMarks, findFlakyMark, flakyKey } from '../../src/model/flaky-mark.ts';
import { englishGates } from '../../src/render/words/english-gates.ts';
import {
  aComparison,
  aFailedTest,
  aSummary,
  aTestCase,
  aTestsComparison,
  aTestsReport,
  noComparison,
} from '../builders.ts';

const cart = aFailedTest({ id: '0000000000000001', className: 'till.Cart', name: 'sums' });
const print = aFailedTest({ id: '0000000000000002', className: 'till.Print', name: 'prints' });
const bare = aFailedTest({ id: '0000000000000003', className: '', name: 'sums' });
const passing = aTestCase({ id: '0000000000000004', className: 'till.Cart', name: 'opens' });

function marksOf(...labels: readonly string[]): FlakyMarks {
  const at = '2026-03-04T10:00:00Z';
  return {
    on: { kind: 'issue', project: 42, iid: 9 },
    byKey: new Map(labels.map((label) => [flakyKey(label), { test: label, by: 'ada', at }])),
  };
}

describe('a mark', () => {
  test.each([
    { name: 'is of class and name', label: 'till.Cart: sums', marks: [cart] },
    { name: 'of a name alone is of every test of that name', label: 'sums', marks: [cart, bare] },
    { name: 'of another class is none', label: 'shop.Cart: sums', marks: [] },
    { name: 'of a part of the name is none', label: 'till.Cart: sum', marks: [] },
    { name: 'is told apart by case', label: 'Till.Cart: sums', marks: [] },
  ])('$name', ({ label, marks }) => {
    const found = [cart, bare, print].filter((one) => findFlakyMark(one, marksOf(label)) !== null);
    expect(found).toEqual(marks);
  });

  test('of a very long name is that of this name alone', () => {
    const long = 'ä'.repeat(900);
    expect(flakyKey(`${long}1`)).not.toBe(flakyKey(`${long}2`));
    expect(flakyKey(long).length).toBeLessThan(200);
  });
});

describe('marks take failing tests from the news', () => {
  const tests = aTestsReport({ cases: [cart, print, passing] });

  test('those that were new with a baseline; what fails on the target branch too stays there', () => {
    const compared = aTestsComparison({ newFailures: [cart], stillFailing: [print] });
    const honoured = honourFlakyMarks(
      aComparison({ tests: compared }),
      tests,
      marksOf('till.Cart: sums', 'till.Print: prints'),
    );
    expect(honoured.tests).toMatchObject({ newFailures: [], stillFailing: [print] });
    expect([...honoured.flakyMarks.keys()]).toEqual([cart.id, print.id]);
    expect(honoured.flakyMarks.get(cart.id)).toMatchObject({ by: 'ada' });
  });

  test('a test that passes has nothing to excuse', () => {
    const before = aComparison({ tests: aTestsComparison({ newFailures: [cart, print] }) });
    expect(honourFlakyMarks(before, tests, marksOf('till.Cart: opens'))).toBe(before);
  });

  test('all that fails could be news without a baseline, and only what is new with one', () => {
    expect(possibleNews(noComparison.tests, tests)).toEqual([cart, print]);
    expect(possibleNews(aTestsComparison({ newFailures: [print] }), tests)).toEqual([print]);
    expect(possibleNews(aTestsComparison(), tests)).toEqual([]);
  });

  test.each([
    { gate: 'new-failures', baseline: true, marks: ['till.Cart: sums'], value: 1 },
    { gate: 'new-failures', baseline: false, marks: ['till.Cart: sums'], value: 1 },
    { gate: 'new-failures', baseline: false, marks: ['till.Cart: sums', 'prints'], value: 0 },
    { gate: 'new-stable-failures', baseline: true, marks: ['till.Cart: sums', 'prints'], value: 0 },
    { gate: 'new-failures', baseline: true, marks: [], value: 2 },
    { gate: 'failures', baseline: true, marks: ['till.Cart: sums', 'prints'], value: 2 },
  ])(
    'the gate $gate counts $value (baseline: $baseline, marked: $marks)',
    ({ gate, baseline, marks, value }) => {
      const compared = baseline
        ? aComparison({ tests: aTestsComparison({ newFailures: [cart, print] }) })
        : noComparison;
      const comparison = honourFlakyMarks(compared, tests, marksOf(...marks));
      const [verdict] = judgeGates(
        [parseCondition(gate, 'fail')],
        aSummary({ tests, comparison }),
        englishGates,
      );
      expect(verdict?.outcome).toBe(value === 0 ? 'passed' : 'failed');
      expect(verdict?.message).toMatch(new RegExp(`^${value} tests?`));
    },
  );
});
