import { describe, expect, test } from 'vitest';
import type { Finding, Severity } from '../../../src/model/findings.ts';
import { mostSevereFindings } from '../../../src/reports/collect/most-severe-findings.ts';
import { blankFinding } from '../../../src/reports/formats/shared/blank-finding.ts';

function finding(id: string, severity: Severity, values: Partial<Finding> = {}): Finding {
  return { ...blankFinding, id, severity, report: 'r', ...values };
}

function kept(found: readonly Finding[], ...limits: readonly [number, number?]): readonly string[] {
  const keeper = mostSevereFindings(...limits);
  for (const one of found) keeper.add(one);
  return keeper.list().map(({ id }) => id);
}

describe('mostSevereFindings', () => {
  const mixed = [
    finding('a', 'low'),
    finding('b', 'critical'),
    finding('c', 'unknown'),
    finding('d', 'high'),
  ];

  test('keeps the order of the report while there is room', () => {
    expect(kept(mixed, 4)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('drops the least severe, then lists the most severe first', () => {
    expect(kept(mixed, 3)).toEqual(['b', 'd', 'a']);
    expect(kept(mixed, 1)).toEqual(['b']);
  });

  test('of equals it keeps the earliest', () => {
    expect(kept([finding('a', 'low'), finding('b', 'low'), finding('c', 'low')], 2)).toEqual(['a', 'b']);
  });

  test('drops suppressed findings before all others', () => {
    expect(kept([finding('a', 'critical', { suppressed: true }), finding('b', 'unknown')], 1)).toEqual(['b']);
  });

  test('drops until the texts fit', () => {
    const long = (id: string, severity: Severity): Finding =>
      finding(id, severity, { description: 'x'.repeat(600) });
    expect(kept([long('a', 'low'), long('b', 'high'), finding('c', 'info')], 10, 1_000)).toEqual(['b', 'c']);
    expect(kept([long('a', 'critical')], 10, 100)).toEqual([]);
  });
});
