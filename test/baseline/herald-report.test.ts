import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heraldReportOf, heraldReportSchema, parseHeraldReport } from '../../src/baseline/herald-report.ts';
import { createTestIndex, findByHalves } from '../../src/model/test-index.ts';
import { aCoverageReport, aCoverageTotals, aFailedTest, aSummary, aTestsReport } from '../builders.ts';

const now = new Date('2026-03-04T10:00:00Z');

function withTests(count: number) {
  const index = createTestIndex();
  for (let n = 0; n < count; n += 1)
    index.set(Math.imul(n, 2_654_435_761) >>> 0, n, n % 50 === 0 ? 'failed' : 'passed');
  return aTestsReport({ cases: [aFailedTest()], index: index.finish() });
}

describe('herald-report.json', () => {
  test('what is written fits its schema', () => {
    const report = heraldReportOf(aSummary({ tests: withTests(10), coverage: aCoverageReport() }), now, null);
    expect(heraldReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  test('what is written is read back: totals, every outcome, coverage, origin', () => {
    const summary = aSummary({
      tests: withTests(1_000),
      coverage: aCoverageReport({ totals: aCoverageTotals(8, 10) }),
    });
    const baseline = parseHeraldReport(JSON.stringify(heraldReportOf(summary, now, null)));
    if ('unusable' in baseline) throw new Error(baseline.unusable);
    expect(baseline).toMatchObject({
      sha: summary.context.commit.sha,
      pipelineId: summary.context.pipeline.id,
    });
    expect(baseline.coverage?.totals.lines).toEqual({ covered: 8, total: 10 });
    expect(baseline.tests?.totals).toEqual(summary.tests?.totals);
    const { index } = baseline.tests ?? {};
    expect(index?.size).toBe(1_000);
    if (index !== undefined)
      expect([0, 1, 49, 50].map((n) => findByHalves(index, Math.imul(n, 2_654_435_761) >>> 0, n))).toEqual([
        'failed',
        'passed',
        'passed',
        'failed',
      ]);
  });

  test('10,000 tests stay under 1 MB', () => {
    expect(
      JSON.stringify(heraldReportOf(aSummary({ tests: withTests(10_000) }), now, null)).length,
    ).toBeLessThan(1_000_000);
  });

  test('equal findings give equal bytes, whatever the order they were read in', () => {
    const forwards = createTestIndex();
    const backwards = createTestIndex();
    for (let n = 0; n < 300; n += 1) forwards.set(n, 7, 'passed');
    for (let n = 299; n >= 0; n -= 1) backwards.set(n, 7, 'passed');
    const json = [forwards, backwards].map(
      (index) =>
        heraldReportOf(aSummary({ tests: aTestsReport({ index: index.finish() }) }), now, null).tests?.index,
    );
    expect(json[0]).toBe(json[1]);
  });

  test('the published JSON Schema is that of the code', () => {
    const published = JSON.parse(
      readFileSync(new URL('../../docs/reference/herald-report.schema.json', import.meta.url), 'utf8'),
    ) as { title: string };
    expect(published.title).toBe('herald-report.json');
  });
});

describe('a baseline that cannot serve says why', () => {
  test.each([
    { name: 'no JSON', json: 'nope', reason: 'it is no valid JSON' },
    { name: 'a newer schema', json: '{"schema": 99}', reason: 'its schema is 99, this Herald reads 1' },
    { name: 'no schema', json: '{}', reason: 'its schema is undefined, this Herald reads 1' },
    { name: 'a field of another type', json: '{"schema": 1}', reason: 'it does not fit the schema: herald' },
    { name: 'a list', json: '[1]', reason: 'its schema is undefined, this Herald reads 1' },
  ])('$name', ({ json, reason }) => {
    expect(parseHeraldReport(json)).toEqual({ unusable: reason });
  });

  test('no input makes it throw', () => {
    const whole = JSON.stringify(heraldReportOf(aSummary({ tests: withTests(3) }), now, null));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.nat(whole.length).map((cut) => whole.slice(0, cut)),
        ),
        (json) => {
          expect(parseHeraldReport(json)).toBeTypeOf('object');
        },
      ),
    );
  });
});
