import { expect, test } from 'vitest';
import { labelsOfResults, labelsOfRules, parseLabelRules } from '../../src/compare/result-labels.ts';
import { UsageError } from '../../src/errors.ts';
import {
  aComparison,
  aCoverageComparison,
  aCoverageReport,
  aCoverageTotals,
  aFailedTest,
  aSummary,
  aTestsReport,
} from '../builders.ts';

const covered = (lines: number) => aCoverageReport({ totals: aCoverageTotals(lines, 1000) });
const before = aComparison({ coverage: aCoverageComparison({ before: aCoverageTotals(800, 1000) }) });

test.each([
  { name: 'passing tests', summary: aSummary({ tests: aTestsReport() }), labels: ['tests::passing'] },
  {
    name: 'a failing test',
    summary: aSummary({ tests: aTestsReport({ cases: [aFailedTest()] }) }),
    labels: ['tests::failing'],
  },
  {
    name: 'a report without a test says neither',
    summary: aSummary({ tests: aTestsReport({ cases: [] }) }),
    labels: [],
  },
  {
    name: 'coverage that fell',
    summary: aSummary({ tests: null, coverage: covered(790), comparison: before }),
    labels: ['coverage::down'],
  },
  {
    name: 'coverage that rose',
    summary: aSummary({ tests: null, coverage: covered(810), comparison: before }),
    labels: ['coverage::up'],
  },
  {
    name: 'coverage without a baseline says neither',
    summary: aSummary({ tests: null, coverage: covered(810) }),
    labels: [],
  },
])('$name', ({ summary, labels }) => {
  const present = labelsOfResults(summary).filter((label) => label.present);
  expect(present.map(({ label }) => label)).toEqual(labels);
});

test('a rule asks for its label while its condition holds, and says nothing of what cannot be measured', () => {
  const rules = parseLabelRules({ failures: 'broken', 'tests<5': 'few', 'coverage<80': 'bare' });
  const summary = aSummary({ tests: aTestsReport(), coverage: null });
  expect(labelsOfRules(rules, summary)).toEqual([
    { label: 'broken', present: false },
    { label: 'few', present: true },
    { label: 'bare', present: null },
  ]);
});

test('a condition that is none is named with its option', () => {
  expect(() => parseLabelRules({ 'failure>0': 'broken' })).toThrow(UsageError);
  expect(() => parseLabelRules({ 'failure>0': 'broken' })).toThrow(/label-rules.*failure>0/);
});
