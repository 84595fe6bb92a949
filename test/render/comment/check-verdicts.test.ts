import { describe, expect, test } from 'vitest';
import { gates } from '../../../src/compare/gates.ts';
import { checksOfGates, checkVerdicts } from '../../../src/render/comment/check-verdicts.ts';
import { english } from '../../../src/render/words/english.ts';
import {
  aComparison,
  aCoverageReport,
  aFailedTest,
  aFinding,
  aFindingsReport,
  aGateVerdict,
  aMetricsReport,
  aSummary,
  aTestCase,
  aTestsComparison,
  aTestsReport,
} from '../../builders.ts';

const failing = aFailedTest();
const flaky = aTestCase({ id: '00000000000000a2', flaky: true });
const nothing = aSummary({ tests: null, coverage: null, findings: null, metrics: null, gates: [] });

test('every gate speaks of a check', () => {
  expect(Object.keys(checksOfGates).sort()).toEqual(gates.map(({ name }) => name).sort());
});

test('nothing found and nothing asked: no status', () => {
  expect(checkVerdicts(nothing, english)).toEqual([]);
});

describe('words', () => {
  test('new failures and flaky tests are both told, and fail nothing without a gate', () => {
    const summary = {
      ...nothing,
      tests: aTestsReport({ cases: [failing, flaky] }),
      comparison: aComparison({ tests: aTestsComparison({ newFailures: [failing] }) }),
    };
    expect(checkVerdicts(summary, english)).toEqual([
      { check: 'tests', state: 'success', words: '1 new test failure, 1 passed on retry' },
    ]);
  });

  test.each([
    {
      name: 'coverage of statements, with branches',
      summary: {
        ...nothing,
        coverage: aCoverageReport({
          unit: 'statements',
          totals: { lines: { covered: 3, total: 5 }, branches: { covered: 2, total: 2 }, functions: null },
        }),
      },
      said: ['coverage: 60.0\u00A0% of statements, branches 100.0\u00A0%'],
    },
    {
      name: 'coverage',
      summary: { ...nothing, coverage: aCoverageReport() },
      said: ['coverage: 84.2\u00A0%'],
    },
    { name: 'metrics', summary: { ...nothing, metrics: aMetricsReport() }, said: ['metrics: 1'] },
    {
      name: 'findings of both kinds are two checks',
      summary: {
        ...nothing,
        findings: aFindingsReport({ findings: [aFinding(), aFinding({ id: 'b', category: 'security' })] }),
      },
      said: ['quality: 1', 'security: 1'],
    },
    {
      name: 'no finding at all is a clean quality check',
      summary: { ...nothing, findings: aFindingsReport({ findings: [] }) },
      said: ['quality: none'],
    },
  ])('$name', ({ summary, said }) => {
    const told = checkVerdicts(summary, english).map(({ check, words }) => `${check}: ${words}`);
    expect(told).toHaveLength(said.length);
    for (const [index, start] of said.entries()) expect(told[index]).toContain(start.split(': ')[1] ?? '');
    expect(told.map((line) => line.split(':')[0])).toEqual(said.map((line) => line.split(':')[0]));
  });
});

describe('gates', () => {
  const failed = aGateVerdict({ outcome: 'failed', condition: 'new-failures', message: '2 tests fail' });

  test('a failed gate fails its own check only, and its message is what is said', () => {
    const summary = {
      ...nothing,
      tests: aTestsReport({ cases: [failing] }),
      coverage: aCoverageReport(),
      gates: [failed],
    };
    expect(checkVerdicts(summary, english).map(({ check, state }) => [check, state])).toEqual([
      ['tests', 'failed'],
      ['coverage', 'success'],
    ]);
    expect(checkVerdicts(summary, english)[0]?.words).toBe('2 tests fail');
  });

  test.each([
    { name: 'a warning', gate: { ...failed, grade: 'warn' as const } },
    { name: 'one that a label allows', gate: { ...failed, override: { label: 'x', setBy: null } } },
  ])('$name fails nothing', ({ gate }) => {
    const summary = { ...nothing, tests: aTestsReport(), gates: [gate] };
    expect(checkVerdicts(summary, english)[0]?.state).toBe('success');
  });

  test('a gate without a report of its kind still has its status', () => {
    const gate = aGateVerdict({ outcome: 'failed', condition: 'tests<1', message: 'there are no tests' });
    expect(checkVerdicts({ ...nothing, gates: [gate] }, english)).toEqual([
      { check: 'tests', state: 'failed', words: 'there are no tests' },
    ]);
  });

  test('a gate of all findings counts for the kinds that there are', () => {
    const gate = aGateVerdict({ outcome: 'failed', condition: 'new-findings>=high', message: 'no' });
    const findings = aFindingsReport({ findings: [aFinding({ category: 'security' })] });
    expect(checkVerdicts({ ...nothing, findings, gates: [gate] }, english)).toEqual([
      { check: 'security', state: 'failed', words: 'no' },
    ]);
  });
});
