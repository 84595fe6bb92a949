import { describe, expect, test } from 'vitest';
import type { FindingsReport } from '../../../src/model/findings.ts';
import { collectFindings, type RawFinding } from '../../../src/reports/collect/findings.ts';
import { mergeFindings } from '../../../src/reports/collect/merge-findings.ts';
import { blankFinding } from '../../../src/reports/formats/shared/blank-finding.ts';

function report(path: string, ...found: readonly Partial<RawFinding>[]): FindingsReport {
  const collector = collectFindings(path);
  for (const values of found)
    collector.finding(
      { ...blankFinding, rule: 'r', path: 'a.js', message: 'm', severity: 'low', ...values },
      null,
    );
  return collector.report();
}

describe('mergeFindings', () => {
  test('no reports make a report without findings', () => {
    expect(mergeFindings([])).toMatchObject({ kind: 'findings', total: 0, findings: [], omittedFindings: 0 });
  });

  test('counts a finding of two files once, and what differs each', () => {
    const merged = mergeFindings([report('one.json', {}, { message: 'n' }), report('two.json', {})]);
    expect(merged.total).toBe(2);
    expect(merged.bySeverity.low).toBe(2);
    expect(merged.findings.map(({ report: path }) => path)).toEqual(['one.json', 'one.json']);
  });

  test('equal findings of one file stay apart, and meet their equals of the other', () => {
    const merged = mergeFindings([report('one.json', {}, {}), report('two.json', {}, {}, {})]);
    expect(merged.total).toBe(3);
  });

  test('of two severities the higher one counts', () => {
    const merged = mergeFindings([
      report('one.json', { severity: 'low' }),
      report('two.json', { severity: 'high' }),
    ]);
    expect(merged.total).toBe(1);
    expect(merged.bySeverity).toMatchObject({ high: 1, low: 0 });
  });

  test('a finding is suppressed only when every report says so', () => {
    const suppressed = report('one.json', { suppressed: true });
    expect(mergeFindings([suppressed, report('two.json', {})])).toMatchObject({ total: 1 });
    expect(mergeFindings([suppressed, suppressed])).toMatchObject({ total: 0, omittedFindings: 0 });
  });

  test('adds what the reports omitted', () => {
    const omitting = (path: string): FindingsReport => ({
      ...report(path, { severity: 'high' }),
      total: 8,
      bySeverity: { critical: 0, high: 1, medium: 0, low: 0, info: 0, unknown: 7 },
      omittedFindings: 7,
    });
    const merged = mergeFindings([omitting('one.json'), omitting('two.json')]);
    expect(merged).toMatchObject({ total: 15, omittedFindings: 14, bySeverity: { high: 1, unknown: 14 } });
  });

  test('keeps the 10,000 most severe of all', () => {
    const many = Array.from({ length: 6_000 }, (_, number) => ({ message: 'x', rule: `r${number}` }));
    const merged = mergeFindings([
      report('one.json', ...many),
      report('two.json', ...many.map((finding) => ({ ...finding, path: 'b.js', severity: 'high' as const }))),
    ]);
    expect([merged.total, merged.findings.length, merged.omittedFindings]).toEqual([12_000, 10_000, 2_000]);
    expect(merged.findings.filter(({ severity }) => severity === 'high')).toHaveLength(6_000);
  });
});
