import { describe, expect, test } from 'vitest';
import type { Summary } from '../../../src/model/summary.ts';
import type { TestCase } from '../../../src/model/tests.ts';
import { plainLayout } from '../../../src/render/comment/section.ts';
import { failedTests } from '../../../src/render/comment/sections/failed-tests.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';
import { english } from '../../../src/render/words/english.ts';
import {
  aComparison,
  aFailedTest,
  aSummary,
  aTestFailure,
  aTestsComparison,
  aTestsReport,
  aTestTotals,
} from '../../builders.ts';

function failing(
  count: number,
  from: number,
  overrides: (at: number) => Partial<TestCase> = () => ({}),
): readonly TestCase[] {
  return Array.from({ length: count }, (_, at) =>
    aFailedTest({
      id: (from + at).toString(16).padStart(16, '0'),
      name: `test ${from + at}`,
      failure: aTestFailure({ message: `expected ${at}, got ${at + 1}` }),
      ...overrides(at),
    }),
  );
}

function rendered(
  summary: Summary,
  maxDetails = 100,
  layout = plainLayout,
): { readonly full: string; readonly short: string } {
  const options = { title: null, maxDetails, max: null, version: '1.0.0', layout };
  const section = failedTests(summary, english, options);
  return { full: renderMarkdown(section?.full ?? []), short: renderMarkdown(section?.short ?? []) };
}

function withFailures(newFailures: readonly TestCase[], stillFailing: readonly TestCase[] = []): Summary {
  return aSummary({
    tests: aTestsReport({ cases: [...newFailures, ...stillFailing] }),
    comparison: aComparison({ tests: aTestsComparison({ newFailures, stillFailing }) }),
  });
}

describe('counts of what is folded', () => {
  test('known failures are not among the new ones that are left out', () => {
    const { full, short } = rendered(withFailures(failing(2, 1), failing(20, 100)));
    expect(full).not.toContain('in the full report');
    expect(short).not.toContain('in the full report');
    expect(full).toContain('Failing on the target branch too (20)');
    expect(short).toContain('Failing on the target branch too (20)');
  });

  test('new ones that have no room are counted, and no other', () => {
    const { full, short } = rendered(withFailures(failing(12, 1), failing(20, 100)), 5);
    expect(full).toContain('7 more are in the full report.');
    expect(short).toContain('7 more are in the full report.');
  });

  test('failures that no case tells are counted', () => {
    const tests = aTestsReport({
      cases: failing(2, 1),
      totals: aTestTotals({ total: 9, failed: 5, passed: 4 }),
    });
    expect(rendered(aSummary({ tests })).full).toContain('3 more are in the full report.');
  });
});

test('of twelve failures the first three are open, and each line says why and where', () => {
  const { full } = rendered(
    withFailures(failing(12, 1, (at) => ({ failedAt: { path: 'src/till.ts', line: at + 1 } }))),
  );
  expect(full.match(/<details open>/g)).toHaveLength(3);
  const lines = full.split('\n').filter((line) => line.includes('<summary>'));
  expect(lines).toHaveLength(12);
  for (const [at, line] of lines.entries()) expect(line).toContain(`expected ${at}, got ${at + 1}`);
  expect(lines[11]).toContain('· <code>src/till.ts:12</code>');
});

test('the place where it failed leads to that line, and not to the line of the test', () => {
  const failedAt = { path: 'conftest.py', line: 18 };
  const { full } = rendered(withFailures(failing(1, 1, () => ({ failedAt }))));
  expect(full).toContain('[`conftest.py:18`](');
  expect(full).toContain('/conftest.py#L18)');
});

test('details that differ within a group are counted, with a way to them', () => {
  const alike = failing(4, 1, (at) => ({
    failure: {
      type: 'Error',
      message: 'connection refused',
      details: at < 2 ? 'at a.ts:1:1' : `at b.ts:${at}:1`,
    },
  }));
  const { full } = rendered(withFailures(alike));
  expect(full).toContain('4 tests fail in the same way: <code>connection refused</code>');
  expect(full).toMatch(/2 others have the same message with different details: \[full report\]\(http/);
  const whole = rendered(withFailures(alike), 100, { ...plainLayout, detail: 'full' }).full;
  for (const body of ['at a.ts:1:1', 'at b.ts:2:1', 'at b.ts:3:1']) expect(whole).toContain(body);
});

test('parents of failing subtests are named once, and count as their tool counts them', () => {
  const silent = { failure: { type: null, message: '', details: '' }, className: 'example.com/shop' };
  const { full } = rendered(
    withFailures([
      ...failing(1, 1, () => ({ ...silent, name: 'TestOf' })),
      ...failing(1, 2, () => ({ className: 'example.com/shop', name: 'TestOf/two' })),
      ...failing(1, 3, () => ({ ...silent, name: 'TestOther' })),
    ]),
  );
  expect(full.match(/<summary>/g)).toHaveLength(2);
  expect(full).toContain('❌ `TestOf` fails only because a subtest of it fails');
  expect(full).not.toContain('in the full report');
});

test.each([
  ['a class that the name says', { className: 'takes a voucher', name: 'takes a voucher' }],
  ['a class that is the file', { className: 'tests/checkout.test.ts' }],
  ['the class that Node gives to all', { className: 'test' }],
])('%s is not said', (_what, overrides) => {
  expect(rendered(withFailures(failing(1, 1, () => overrides))).full).not.toMatch(/\bin `/);
});
