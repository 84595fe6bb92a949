import { expect, test } from 'vitest';
import { heraldReportOf, parseHeraldReport } from '../../src/baseline/herald-report.ts';
import { heraldReportSchema } from '../../src/baseline/report-with-details.ts';
import { aGateVerdict, aSummary } from '../builders.ts';

const now = new Date('2026-03-04T10:00:00Z');

test('a gate that fails the job is kept before others, wherever it is in the list', () => {
  const gates = [
    ...Array.from({ length: 1_500 }, (_, n) =>
      aGateVerdict({ condition: `coverage<${n}`, outcome: 'passed' }),
    ),
    aGateVerdict({ condition: 'failures', outcome: 'failed' }),
  ];
  const kept = heraldReportOf(aSummary({ gates }), now, null);
  expect(kept.gates.at(-1)?.condition).toBe('failures');
  expect(kept.gates.length).toBeLessThan(gates.length);
  expect(kept.omitted.gates).toBe(gates.length - kept.gates.length);
});

test('a report of an older version is read: nothing is said to be omitted, and no verdict', () => {
  const { omitted, unexplained, ...older } = heraldReportOf(aSummary(), now, null);
  expect(omitted.tests + unexplained.length).toBe(0);
  const read = heraldReportSchema.parse(JSON.parse(JSON.stringify(older)));
  expect(read).toMatchObject({ unexplained: [], omitted: { tests: 0, warnings: 0 } });
  expect(read.verdict).toBeUndefined();
  expect(parseHeraldReport(JSON.stringify(older))).not.toHaveProperty('unusable');
});
