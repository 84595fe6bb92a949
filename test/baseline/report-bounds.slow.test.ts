import { describe, expect, test } from 'vitest';
import { detailsPartOf } from '../../src/baseline/details/details-part.ts';
import { heraldReportOf, parseHeraldReport } from '../../src/baseline/herald-report.ts';
import { parseReportWithDetails } from '../../src/baseline/read-details.ts';
import { heraldReportSchema } from '../../src/baseline/report-with-details.ts';
import type { UnexplainedSign } from '../../src/model/evidence.ts';
import { maxDetailsBytes, maxReportBytes } from '../../src/model/report-bounds.ts';
import type { Summary } from '../../src/model/summary.ts';
import { createTestIndex, findTest } from '../../src/model/test-index.ts';
import { collectFindings } from '../../src/reports/collect/findings.ts';
import { mergeFindings } from '../../src/reports/collect/merge-findings.ts';
import { mergeTests } from '../../src/reports/collect/merge-tests.ts';
import { createTestsCollector } from '../../src/reports/collect/tests.ts';
import { blankTestRun } from '../../src/reports/formats/shared/blank-test-run.ts';
import {
  aCoverageReport,
  aFailedTest,
  aFileCoverage,
  aFinding,
  aFindingsReport,
  aGateVerdict,
  aJob,
  aMetric,
  aMetricsReport,
  aPipelineWithJobs,
  aSummary,
  aTestsReport,
} from '../builders.ts';

const now = new Date('2026-03-04T10:00:00Z');
/** Characters that take three bytes in UTF-8 and one in memory. */
const wide = '漢'.repeat(300);

function times<T>(count: number, make: (n: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, n) => make(n));
}

function id(n: number): string {
  return n.toString(16).padStart(16, '0');
}

/** The halves of the nth id, spread as hashes are. */
function halves(n: number): readonly [number, number] {
  return [Math.imul(n, 0x9e3779b1) >>> 0, Math.imul(n + 1, 0x85ebca6b) >>> 0];
}

function idOf(n: number): string {
  return halves(n)
    .map((half) => half.toString(16).padStart(8, '0'))
    .join('');
}

/** As it is written for a run that publishes itself, and for one that another pipeline publishes. */
function written(summary: Summary) {
  const kept = heraldReportOf(summary, now, null);
  return {
    kept,
    json: JSON.stringify(kept),
    withDetails: JSON.stringify({ ...kept, details: detailsPartOf(summary) }),
  };
}

/** More of everything than any project has, in the characters that take the most bytes. */
function everythingAtOnce(tests: number): Summary {
  const index = createTestIndex();
  for (let n = 0; n < tests; n += 1)
    index.set(...halves(n), { outcome: n % 10 === 0 ? 'failed' : 'passed', durationSeconds: 1 });
  const totals = {
    total: tests,
    passed: tests * 0.9,
    failed: tests * 0.1,
    errored: 0,
    skipped: 0,
    flaky: 0,
    durationSeconds: 1,
  };
  return aSummary({
    tests: aTestsReport({
      totals,
      cases: times(30_000, (n) =>
        aFailedTest({
          id: idOf(n * 10),
          suite: wide,
          className: `${n} ${wide}`,
          name: `${n} ${wide}`,
        }),
      ),
      index: index.finish(),
    }),
    findings: aFindingsReport({
      findings: times(60_000, (n) =>
        aFinding({ id: id(n), rule: wide, message: wide, tool: wide, path: `${n} ${wide}` }),
      ),
    }),
    coverage: aCoverageReport({
      files: times(29_000, (n) => aFileCoverage({ path: `${wide.slice(0, 60)}${n}.ts` })),
    }),
    metrics: aMetricsReport({ metrics: times(3_000, (n) => aMetric({ name: `${n} ${wide}` })) }),
    pipeline: aPipelineWithJobs(
      times(700, (n) => aJob({ id: n + 1, name: `${n} ${wide.slice(0, 240)}`, status: 'success' })),
    ),
    gates: times(2_000, (n) => aGateVerdict({ condition: `failures>${n}`, message: wide.repeat(3) })),
    unexplained: times(
      900,
      (n): UnexplainedSign => ({
        kind: 'missing',
        path: `${n} ${wide.repeat(3)}`,
        count: 2_000_000,
        reason: wide.repeat(3),
      }),
    ),
    warnings: times(900, (n) => ({ path: `${n} ${wide}`, message: wide.repeat(30) })),
  });
}

describe('herald-report.json has at most 32 MiB', () => {
  test('whatever a run found, and what has no room is counted', () => {
    const summary = everythingAtOnce(2_400_000);
    const { kept, json, withDetails } = written(summary);
    expect(Buffer.byteLength(withDetails)).toBeLessThanOrEqual(maxReportBytes);
    expect(Buffer.byteLength(withDetails) - Buffer.byteLength(json)).toBeLessThanOrEqual(
      maxDetailsBytes + 20,
    );
    // The bound is used: a test would else hold that keeps nothing.
    expect(Buffer.byteLength(json)).toBeGreaterThan(maxReportBytes - maxDetailsBytes - 100_000);

    const { omitted, tests, coverage, findings, metrics, durations } = kept;
    expect((tests?.size ?? 0) + omitted.tests).toBe(2_400_000);
    expect((tests?.names.split('\n').length ?? 0) + omitted.testNames).toBe(2_400_000);
    expect((tests?.records.length ?? 0) + omitted.testRecords).toBe(240_000);
    expect((coverage?.paths === '' ? 0 : 29_000) + omitted.coveredFiles).toBe(29_000);
    expect(Buffer.from(findings?.ids ?? '', 'base64').length / 8 + omitted.findings).toBe(60_000);
    expect((findings?.findings.length ?? 0) + omitted.findingTexts).toBe(60_000);
    expect((metrics?.length ?? 0) + omitted.metrics).toBe(3_000);
    expect((durations?.jobs.length ?? 0) + omitted.jobs).toBe(700);
    expect(kept.gates.length + omitted.gates).toBe(2_000);
    expect(kept.unexplained.length + omitted.unexplained).toBe(900);
    expect(kept.warnings.length + omitted.warnings).toBe(900);

    expect(heraldReportSchema.parse(JSON.parse(withDetails)).omitted).toEqual(omitted);
    const read = parseHeraldReport(json);
    if ('unusable' in read) throw new Error(read.unusable.kind);
    const failing = times(240_000, (n) => idOf(n * 10));
    const known = failing.filter(
      (one) => read.tests !== null && findTest(read.tests.index, one) === 'failed',
    );
    expect(known.length, 'failing tests that the next run knows').toBe(240_000);
    expect(parseReportWithDetails(withDetails)).toHaveProperty('told');
  });

  test('with 1,000 files of 200 failures and 200 findings each, and the next run knows every test', () => {
    const tests = mergeTests(
      times(1_000, (file) => {
        const collector = createTestsCollector(`${file}.xml`, () => undefined);
        for (let n = 0; n < 200; n += 1)
          collector.add({
            ...blankTestRun,
            className: `Suite${file}`,
            name: `${n} ${wide}`,
            outcome: 'failed',
            failure: { type: null, message: wide, details: wide.repeat(10) },
          });
        return collector.finish();
      }),
    );
    const findings = mergeFindings(
      times(1_000, (file) => {
        const collector = collectFindings(`${file}.json`);
        for (let n = 0; n < 200; n += 1)
          collector.finding(aFinding({ path: `src/${file}.ts`, rule: `rule ${n}`, message: wide }), null);
        return collector.report();
      }),
    );
    const { kept, json, withDetails } = written(aSummary({ tests, findings }));
    // Far below the bound: names, words and records are bounded by themselves.
    expect(Buffer.byteLength(json)).toBeLessThan(16_000_000);
    expect(Buffer.byteLength(withDetails)).toBeLessThan(21_000_000);
    expect(kept.omitted).toMatchObject({ tests: 0, findings: 190_000 });
    expect(kept.tests?.totals.failed).toBe(200_000);
    expect(kept.findings).toMatchObject({ total: 200_000, complete: false });
    const read = parseHeraldReport(json);
    expect('unusable' in read ? read : read.tests?.index.size).toBe(200_000);
  });
});
