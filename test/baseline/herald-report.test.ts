import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heraldReportOf, parseHeraldReport } from '../../src/baseline/herald-report.ts';
import { heraldReportSchema } from '../../src/baseline/report-with-details.ts';
import type { EarlierRun } from '../../src/model/earlier-run.ts';
import type { Summary } from '../../src/model/summary.ts';
import { createTestIndex, findTest } from '../../src/model/test-index.ts';
import type { TestOutcome, TestsReport } from '../../src/model/tests.ts';
import { english } from '../../src/render/words/english.ts';
import { createTestsCollector } from '../../src/reports/collect/tests.ts';
import { blankTestRun } from '../../src/reports/formats/shared/blank-test-run.ts';
import {
  aContext,
  aCoverageReport,
  aCoverageTotals,
  aFileCoverage,
  aFinding,
  aFindingsReport,
  aJob,
  aMetric,
  aMetricsReport,
  aPipelineWithJobs,
  aSummary,
  aTestsReport,
} from '../builders.ts';

const now = new Date('2026-03-04T10:00:00Z');

interface Run {
  readonly outcome?: TestOutcome;
  readonly seconds?: number;
  readonly retried?: boolean;
}

/** A report of tests of some classes, as a parser gives it. */
function testsOf(runs: Readonly<Record<string, Run>>): TestsReport {
  const collector = createTestsCollector('junit.xml', () => undefined);
  for (const [label, { outcome = 'passed', seconds = 0.1, retried = false }] of Object.entries(runs)) {
    const [className = '', name = ''] = label.split(' › ');
    const failure = { type: null, message: 'no', details: '' };
    collector.add({
      ...blankTestRun,
      className,
      name,
      outcome,
      durationSeconds: seconds,
      failure: outcome === 'passed' ? null : failure,
      earlierFailures: retried ? [failure] : [],
    });
  }
  return collector.finish();
}

const onMain = aContext({
  mergeRequest: null,
  commit: { sha: 'a'.repeat(40), branch: 'main', tag: null },
});

/** What the next run of the branch would read of this one. */
function kept(summary: Summary, previous: EarlierRun | null = null): EarlierRun {
  const report = heraldReportOf(summary, now, previous);
  const read = parseHeraldReport(JSON.stringify(report));
  if ('unusable' in read) throw new Error(english.footer.unusable(read.unusable));
  return read;
}

/** The runs of a branch one after another, each with the history of the one before. */
function branch(count: number, runs: (number: number) => Readonly<Record<string, Run>>): EarlierRun {
  let previous: EarlierRun | null = null;
  for (let number = 1; number <= count; number += 1) {
    const context = { ...onMain, pipeline: { ...onMain.pipeline, id: 1_000 + number } };
    previous = kept(aSummary({ context, mergeRequest: null, tests: testsOf(runs(number)) }), previous);
  }
  if (previous === null) throw new Error('a branch has at least one run');
  return previous;
}

function recordOf(run: EarlierRun, label: string) {
  const [named] = testsOf({ [label]: {} }).cases;
  return run.tests?.recordOf(named?.id ?? '');
}

describe('herald-report.json', () => {
  const everything = aSummary({
    tests: testsOf({ 'Cart › adds': {}, 'Cart › removes': { outcome: 'failed' } }),
    coverage: aCoverageReport({
      totals: aCoverageTotals(8, 10),
      files: [
        aFileCoverage({ path: 'src/b.ts', totals: aCoverageTotals(3, 4) }),
        aFileCoverage({ path: 'src/a.ts', totals: aCoverageTotals(5, 6) }),
      ],
    }),
    findings: aFindingsReport({
      findings: [aFinding(), aFinding({ id: '00000000000000f2', suppressed: true })],
    }),
    metrics: aMetricsReport({
      metrics: [aMetric(), aMetric({ name: 'x', value: Number.POSITIVE_INFINITY })],
    }),
    pipeline: aPipelineWithJobs([aJob({ name: 'unit', durationSeconds: 61 })]),
  });

  test('what is written fits its schema', () => {
    const report = heraldReportOf(everything, now, null);
    expect(heraldReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  test('what is written is read back', () => {
    const { tests, coverage, findings, metrics, durations, ...rest } = kept(everything);
    const { context } = everything;
    expect(rest).toMatchObject({
      sha: context.commit.sha,
      pipelineId: context.pipeline.id,
    });
    expect(tests?.totals).toEqual(everything.tests?.totals);
    for (const { id, outcome } of everything.tests?.cases ?? [])
      expect(tests === null ? null : findTest(tests.index, id)).toBe(outcome);
    expect([...(tests?.names.values() ?? [])].map(({ className, name }) => `${className} › ${name}`)).toEqual(
      ['Cart › adds', 'Cart › removes'],
    );
    expect(Object.fromEntries(coverage?.files ?? [])).toEqual({
      'src/a.ts': { covered: 5, total: 6 },
      'src/b.ts': { covered: 3, total: 4 },
    });
    expect([[...(findings?.ids ?? [])], findings?.findings.get('00000000000000f1')?.rule]).toEqual([
      ['00000000000000f1'],
      'no-unused-vars',
    ]);
    expect(metrics?.map(({ name, recent }) => [name, recent])).toEqual([['dist/app.js', [12_345]]]);
    expect(durations?.jobs.get('unit')).toEqual([61]);
  });

  test('merge requests carry no history', () => {
    expect(kept(everything).runs).toEqual([]);
  });

  test('equal runs are equal bytes, whatever the order they were read in', () => {
    const forwards = createTestIndex();
    const backwards = createTestIndex();
    for (let n = 0; n < 300; n += 1) forwards.set(n, 7, { outcome: 'passed', durationSeconds: null });
    for (let n = 299; n >= 0; n -= 1) backwards.set(n, 7, { outcome: 'passed', durationSeconds: null });
    const [one, other] = [forwards, backwards].map((index) =>
      heraldReportOf(aSummary({ tests: aTestsReport({ cases: [], index: index.finish() }) }), now, null),
    );
    expect(one?.tests).toEqual(other?.tests);
  });

  test('10,000 tests with names and 50 runs of history stay under 1 MB, and gzip halves it', () => {
    const names = Array.from({ length: 10_000 }, (_, n) => {
      const module = ['checkout', 'billing', 'catalogue', 'search'][n % 4] ?? '';
      return `com.example.shop.${module}.${module}Service${n % 97}Test › handles case ${n} of a voucher that was taken twice`;
    });
    const run = branch(50, (number) =>
      Object.fromEntries(
        names.map((label, n): [string, Run] => [
          label,
          {
            outcome: n % 40 === number % 40 && n % 20 === 0 ? 'failed' : n % 100 === 1 ? 'skipped' : 'passed',
            seconds: 0.05 + ((n * number) % 13) / 100,
          },
        ]),
      ),
    );
    const context = { ...onMain, pipeline: { ...onMain.pipeline, id: 9_999 } };
    const summary = aSummary({
      context,
      mergeRequest: null,
      tests: testsOf(Object.fromEntries(names.map((label) => [label, {}]))),
    });
    const json = JSON.stringify(heraldReportOf(summary, now, run));
    expect(json.length).toBeLessThan(1_000_000);
    expect(gzipSync(json).length).toBeLessThan(json.length / 2);
    expect(kept(summary, run).tests?.index.size).toBe(10_000);
  });

  test('the published JSON Schema is that of the code', () => {
    const published = JSON.parse(
      readFileSync(new URL('../../docs/reference/herald-report.schema.json', import.meta.url), 'utf8'),
    ) as { title: string };
    expect(published.title).toBe('herald-report.json');
  });
});

describe('the history of a branch', () => {
  test('says how often a test failed, of how many runs', () => {
    const run = branch(60, (n) => ({
      'Cart › adds': {},
      'Cart › flickers': { outcome: n % 20 === 5 ? 'failed' : 'passed' },
    }));
    expect(recordOf(run, 'Cart › flickers')).toEqual({
      runs: 50,
      failedRuns: 2,
      retriedRuns: 0,
      flaky: true,
    });
    expect(recordOf(run, 'Cart › adds')).toEqual({ runs: 50, failedRuns: 0, retriedRuns: 0, flaky: false });
    expect(run.runs).toHaveLength(50);
    expect(run.runs[0]?.pipelineId).toBe(1_060);
  });

  test('a test that came later has fewer runs: the sample is its own', () => {
    const run = branch(20, (n) => ({
      'Cart › adds': {},
      ...(n > 13 ? { 'Cart › late': { outcome: n === 20 ? ('failed' as const) : ('passed' as const) } } : {}),
    }));
    expect(recordOf(run, 'Cart › late')).toEqual({ runs: 7, failedRuns: 1, retriedRuns: 0, flaky: false });
  });

  test('a test that passed on a retry is remembered as such', () => {
    const run = branch(10, (n) => ({ 'Cart › adds': { retried: n === 4 } }));
    expect(recordOf(run, 'Cart › adds')).toEqual({ runs: 10, failedRuns: 0, retriedRuns: 1, flaky: true });
  });

  test('a test that always passed takes no record; its run count is enough', () => {
    const run = branch(12, () => ({ 'Cart › adds': {} }));
    expect(run.tests?.history?.records.size).toBe(0);
  });

  test('a test that is gone is forgotten after ten runs without it, and its record comes back before', () => {
    const until = (last: number) =>
      branch(last, (n) => ({
        'Cart › adds': {},
        ...(n <= 5
          ? { 'Cart › gone': { outcome: n === 3 ? ('failed' as const) : ('passed' as const) } }
          : {}),
      }));
    expect(until(10).tests?.history?.records.size).toBe(1);
    expect(until(16).tests?.history?.records.size).toBe(0);
  });

  test('the usual duration follows slowly, and its spread is known', () => {
    const run = branch(30, (n) => ({ 'Cart › adds': { seconds: n % 2 === 0 ? 1.2 : 0.8 } }));
    const [adds] = testsOf({ 'Cart › adds': {} }).cases;
    const timing = run.tests?.timingOf(adds?.id ?? '');
    expect(timing?.seconds).toBeGreaterThan(0.9);
    expect(timing?.seconds).toBeLessThan(1.1);
    expect(timing?.spread).toBeGreaterThan(0.1);
    expect(timing?.spread).toBeLessThan(0.3);
  });

  test('a failure says nothing of how long a test takes', () => {
    const run = branch(10, (n) => ({
      'Cart › adds': n === 10 ? { seconds: 60, outcome: 'failed' } : { seconds: 1 },
    }));
    const [adds] = testsOf({ 'Cart › adds': {} }).cases;
    expect(run.tests?.timingOf(adds?.id ?? '')?.seconds).toBeCloseTo(1, 1);
  });

  test('a Herald job that is run again is one run of the trend', () => {
    const summary = aSummary({ context: onMain, mergeRequest: null, tests: testsOf({ 'Cart › adds': {} }) });
    expect(kept(summary, kept(summary)).runs).toHaveLength(1);
  });

  test('values of metrics and durations are remembered, twenty of each', () => {
    let previous: EarlierRun | null = null;
    for (let n = 1; n <= 25; n += 1)
      previous = kept(
        aSummary({
          context: { ...onMain, pipeline: { ...onMain.pipeline, id: n } },
          mergeRequest: null,
          metrics: aMetricsReport({ metrics: [aMetric({ value: n })] }),
          pipeline: aPipelineWithJobs([aJob({ name: 'unit', durationSeconds: n })]),
        }),
        previous,
      );
    expect(previous?.metrics?.[0]?.recent).toEqual(Array.from({ length: 20 }, (_, n) => 25 - n));
    expect(previous?.durations?.jobs.get('unit')).toHaveLength(20);
  });

  test('the duration of a pipeline with a failed job is not a usual duration', () => {
    const failed = aPipelineWithJobs([aJob({ name: 'unit', status: 'failed' })]);
    const run = kept(aSummary({ context: onMain, mergeRequest: null, pipeline: failed }));
    expect([run.durations?.pipeline, [...(run.durations?.jobs.keys() ?? [])]]).toEqual([[], []]);
  });
});

describe('a baseline that cannot serve says why', () => {
  const good = JSON.stringify(heraldReportOf(aSummary({ tests: testsOf({ 'a › b': {} }) }), now, null));
  const changed = (change: (report: { tests: Record<string, unknown> }) => void): string => {
    const report = JSON.parse(good) as { tests: Record<string, unknown> };
    change(report);
    return JSON.stringify(report);
  };
  test.each([
    { name: 'no JSON', json: 'nope', reason: 'it is not valid JSON' },
    { name: 'an older schema', json: '{"schema": 1}', reason: 'its schema is 1, this Herald reads schema 2' },
    {
      name: 'a newer schema',
      json: '{"schema": 99}',
      reason: 'its schema is 99, this Herald reads schema 2',
    },
    {
      name: 'a schema that is a text',
      json: '{"schema": "@all"}',
      reason: 'it has no schema number, this Herald reads schema 2',
    },
    { name: 'no schema', json: '{}', reason: 'it has no schema number, this Herald reads schema 2' },
    { name: 'a field of another type', json: '{"schema": 2}', reason: 'it does not fit the schema: herald' },
    { name: 'a list', json: '[1]', reason: 'it has no schema number, this Herald reads schema 2' },
    {
      name: 'fewer ids than it says',
      json: changed(({ tests }) => Object.assign(tests, { ids: '' })),
      reason: 'the columns of its tests do not fit',
    },
    {
      name: 'more tests than there are columns for',
      json: changed(({ tests }) => Object.assign(tests, { size: 2_000_000 })),
      reason: 'the columns of its tests do not fit',
    },
    {
      name: 'more names than tests',
      json: changed(({ tests }) => Object.assign(tests, { names: '00a\n00b' })),
      reason: 'the columns of its tests do not fit',
    },
  ])('$name', ({ json, reason }) => {
    const read = parseHeraldReport(json);
    expect('unusable' in read ? english.footer.unusable(read.unusable) : 'usable').toBe(reason);
  });

  test('a report with any part replaced by any JSON is read or refused, and never changes a prototype', () => {
    const report = JSON.parse(good) as Record<string, unknown>;
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(report)), fc.jsonValue(), (name, value) => {
        const read = parseHeraldReport(JSON.stringify({ ...report, [name]: value }));
        expect('unusable' in read || read.source === 'herald').toBe(true);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }),
    );
  });
});
