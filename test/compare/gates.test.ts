import { describe, expect, test } from 'vitest';
import { gates, judgeGates, parseCondition } from '../../src/compare/gates.ts';
import type { Summary } from '../../src/model/summary.ts';
import {
  aComparison,
  aCoverageComparison,
  aCoverageReport,
  aCoverageTotals,
  aFailedTest,
  aReadFile,
  aSummary,
  aTestCase,
  aTestsComparison,
  aTestsReport,
  noComparison,
} from '../builders.ts';

const red = aTestsReport({ cases: [aFailedTest(), aTestCase({ outcome: 'errored' }), aTestCase()] });
const covered = (lines: number, of: number) => aCoverageReport({ totals: aCoverageTotals(lines, of) });
const before = (lines: number, of: number) =>
  aComparison({ coverage: aCoverageComparison({ before: aCoverageTotals(lines, of) }) });

const cases: readonly {
  name: string;
  condition: string;
  summary: Partial<Summary>;
  outcome: string;
  message: string;
}[] = [
  {
    name: 'failures counts failed and errored tests',
    condition: 'failures',
    summary: { tests: red },
    outcome: 'failed',
    message: '2 tests fail; mend the failing tests',
  },
  {
    name: 'failures with a limit lets fewer pass',
    condition: 'failures>2',
    summary: { tests: red },
    outcome: 'passed',
    message: '2 tests fail',
  },
  {
    name: 'failures is not judged without a test report',
    condition: 'failures',
    summary: { tests: null },
    outcome: 'unknown',
    message: 'not judged: no test report was found',
  },
  {
    name: 'errors leaves failed tests out',
    condition: 'errors',
    summary: { tests: red },
    outcome: 'failed',
    message: '1 test could not run; mend what keeps the tests from running',
  },
  {
    name: 'new-failures passes when the target branch fails the same tests',
    condition: 'new-failures',
    summary: {
      tests: red,
      comparison: aComparison({
        tests: aTestsComparison({ newFailures: [], stillFailing: [aFailedTest()] }),
      }),
    },
    outcome: 'passed',
    message: '0 tests fail that do not fail on the target branch',
  },
  {
    name: 'new-failures counts every failure when there is no baseline, and says so',
    condition: 'new-failures',
    summary: { tests: red, comparison: noComparison },
    outcome: 'failed',
    message: '2 tests fail and there is no baseline to tell old failures from new; mend the new failures',
  },
  {
    name: 'coverage below its limit fails',
    condition: 'coverage<80',
    summary: { coverage: covered(799, 1000) },
    outcome: 'failed',
    message: 'line coverage is 79.9 %; cover more lines',
  },
  {
    name: 'coverage at its limit passes',
    condition: 'coverage < 80%',
    summary: { coverage: covered(80, 100) },
    outcome: 'passed',
    message: 'line coverage is 80 %',
  },
  {
    name: 'coverage of nothing is not judged',
    condition: 'coverage<80',
    summary: { coverage: covered(0, 0) },
    outcome: 'unknown',
    message: 'not judged: no coverage report was found',
  },
  {
    name: 'a coverage drop within its limit passes',
    condition: 'coverage-drop>0.5',
    summary: { coverage: covered(800, 1000), comparison: before(804, 1000) },
    outcome: 'passed',
    message: 'line coverage fell by 0.4 pp',
  },
  {
    name: 'a coverage drop over its limit fails',
    condition: 'coverage-drop>0.5',
    summary: { coverage: covered(800, 1000), comparison: before(810, 1000) },
    outcome: 'failed',
    message: 'line coverage fell by 1 pp; cover the lines that this change adds',
  },
  {
    name: 'risen coverage is no drop',
    condition: 'coverage-drop',
    summary: { coverage: covered(82, 100), comparison: before(80, 100) },
    outcome: 'passed',
    message: 'line coverage did not fall (2 pp up)',
  },
  {
    name: 'a coverage drop is not judged without a baseline',
    condition: 'coverage-drop>0.5',
    summary: { coverage: covered(8, 10), comparison: noComparison },
    outcome: 'unknown',
    message: 'not judged: there is no coverage to compare with',
  },
  {
    name: 'missing-report fails when nothing was found',
    condition: 'missing-report',
    summary: { tests: null, coverage: null, findings: null, metrics: null, files: [] },
    outcome: 'failed',
    message: '1 report is missing or unreadable; see the warnings for the file and the reason',
  },
  {
    name: 'missing-report fails for an unreadable file beside a good one',
    condition: 'missing-report',
    summary: { tests: red, files: [aReadFile(), aReadFile({ error: 'empty file' })] },
    outcome: 'failed',
    message: '1 report is missing or unreadable; see the warnings for the file and the reason',
  },
];

describe('judging', () => {
  test.each(cases)('$name', ({ condition, summary, outcome, message }) => {
    expect(judgeGates([parseCondition(condition)], aSummary(summary))).toEqual([
      { condition, grade: 'fail', outcome, message, override: null },
    ]);
  });

  test('every gate has a judging case', () => {
    for (const gate of gates)
      expect(cases.some(({ condition }) => condition.startsWith(gate.name))).toBe(true);
  });
});

describe('reading conditions', () => {
  test.each(gates.map(({ example }) => example))('the documented example %s is a condition', (example) => {
    expect(parseCondition(example).text).toBe(example);
  });

  test.each([
    '',
    'coverage>=',
    'coverage<eighty',
    'failure',
    'failures; rm -rf',
    'coverage<<80',
    '__proto__',
    'coverage<-1',
  ])('"%s" is refused with examples', (text) => {
    expect(() => parseCondition(text)).toThrow(/is no condition/);
  });

  test('a gate that needs a number says so', () => {
    expect(() => parseCondition('coverage')).toThrow('fail-on: "coverage" needs a number');
  });
});
