import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detailsPartOf } from '../../src/baseline/details/details-part.ts';
import { heraldReportOf, parseHeraldReport } from '../../src/baseline/herald-report.ts';
import { parseReportWithDetails } from '../../src/baseline/read-details.ts';
import { heraldReportSchema } from '../../src/baseline/report-with-details.ts';
import { unexplainedSigns } from '../../src/compare/evidence.ts';
import type { Summary } from '../../src/model/summary.ts';
import { findTest } from '../../src/model/test-index.ts';
import type { TestOutcome, TestsReport } from '../../src/model/tests.ts';
import { english } from '../../src/render/words/english.ts';
import { createTestsCollector } from '../../src/reports/collect/tests.ts';
import { blankTestRun } from '../../src/reports/formats/shared/blank-test-run.ts';
import {
  aCoverageReport,
  aCoverageTotals,
  aFileCoverage,
  aFinding,
  aFindingsReport,
  aMetric,
  aMetricsReport,
  aReadFile,
  aSummary,
} from '../builders.ts';

const now = new Date('2026-03-04T10:00:00Z');

interface Ran {
  readonly name: string;
  readonly suite?: string;
  readonly outcome?: TestOutcome;
  readonly message?: string;
  readonly details?: string;
  readonly file?: string | null;
}

function testsOf(runs: readonly Ran[]): TestsReport {
  const collector = createTestsCollector('reports/junit.xml', () => undefined);
  for (const { name, suite = 'till', outcome = 'passed', message = 'no', details = '', file = null } of runs)
    collector.add({
      ...blankTestRun,
      suite,
      className: suite,
      name,
      file,
      line: file === null ? null : 12,
      outcome,
      durationSeconds: 0.125,
      failure: outcome === 'passed' ? null : { type: 'AssertionError', message, details },
    });
  return collector.finish();
}

function written(summary: Summary): string {
  return JSON.stringify({ ...heraldReportOf(summary, now, null), details: detailsPartOf(summary) });
}

function readBack(summary: Summary) {
  const read = parseReportWithDetails(written(summary));
  if ('unusable' in read) throw new Error(english.footer.unusable(read.unusable));
  if (read.told === null) throw new Error('it has no details');
  return { told: read.told };
}

const hits = Int32Array.of(-1, 1, 1, 0, -1, 0, 1);
const everything = aSummary({
  tests: testsOf([
    { name: 'adds' },
    { name: 'takes a voucher', outcome: 'failed', message: 'expected 1, got 2', details: 'at till.ts:3' },
    { name: 'prints', outcome: 'errored', file: 'test/print.ts' },
    { name: 'is slow', outcome: 'skipped', message: 'too slow' },
  ]),
  coverage: aCoverageReport({
    totals: aCoverageTotals(3, 5),
    files: [
      aFileCoverage({ path: 'src/till.ts', hits, branches: [], totals: aCoverageTotals(3, 5) }),
      aFileCoverage({ path: 'src/b.ts', hits: new Int32Array(0), branches: [] }),
    ],
  }),
  findings: aFindingsReport({
    findings: [
      aFinding({
        fix: { startLine: 1, endLine: 2, replacement: 'a\nb', columns: null, description: 'simpler' },
        identifiers: ['CVE-2026-1'],
      }),
      aFinding({ id: '00000000000000f2', suppressed: true }),
    ],
  }),
  metrics: aMetricsReport({ metrics: [aMetric({ labels: { gzip: 'yes' } })] }),
  files: [aReadFile(), aReadFile({ path: 'broken.xml', error: 'ends too early', warnings: ['line 3'] })],
  warnings: [{ path: 'broken.xml', message: 'ends too early' }],
});

describe('a report with details', () => {
  test('gives back the files that a failing test left', () => {
    const attachments = [
      { path: 'shots/till.png', jobId: 7 },
      { path: 'shots/b.png', jobId: null },
    ];
    const tests = testsOf([{ name: 'takes a voucher', outcome: 'failed' }, { name: 'adds' }]);
    const cases = tests.cases.map((one, at) => (at === 0 ? { ...one, attachments } : one));
    const { told } = readBack(aSummary({ tests: { ...tests, cases } }));
    expect(told.tests?.cases.map((one) => one.attachments)).toEqual([attachments, []]);
  });

  test('fits the schema that is published', () => {
    const report: unknown = JSON.parse(written(everything));
    expect(heraldReportSchema.parse(report)).toEqual(report);
  });

  test('gives back what the run had read', () => {
    const { told } = readBack(everything);
    const { tests, coverage, findings, metrics, files, warnings } = everything;
    expect({ ...told, tests: null }).toEqual({
      tests: null,
      coverage,
      findings,
      metrics,
      files,
      gaps: [],
      warnings,
    });
    expect({ ...told.tests, index: null }).toEqual({ ...tests, index: null });
    for (const { id, outcome } of tests?.cases ?? [])
      expect(told.tests === null ? null : findTest(told.tests.index, id)).toBe(outcome);
  });

  test('keeps the order of the report, although what failed has precedence', () => {
    const names = readBack(everything).told.tests?.cases.map(({ name }) => name);
    expect(names).toEqual(['adds', 'takes a voucher', 'prints', 'is slow']);
  });

  test('without them says whose it is, and nothing else', () => {
    const read = parseReportWithDetails(JSON.stringify(heraldReportOf(everything, now, null)));
    expect(read).toMatchObject({ told: null, identity: { pipeline: { id: 1001 } } });
  });

  test('serves as a baseline as well as one without', () => {
    const read = parseHeraldReport(written(everything));
    expect('unusable' in read ? read.unusable : read.tests?.totals).toEqual(everything.tests?.totals);
  });

  test('names reports that were missing or refused, and those among the files once', () => {
    const missing = { kind: 'missing', path: 'reports/*.xml', count: 1, reason: 'matches no file' } as const;
    const refused = { kind: 'unreadable', path: 'link.xml', count: 1, reason: 'is a link' } as const;
    const broken = { kind: 'unreadable', path: 'broken.xml', count: 1, reason: 'ends too early' } as const;
    const killed = { kind: 'stopped', path: null, count: 1, reason: 'test' } as const;
    const { told } = readBack({ ...everything, unexplained: [missing, refused, broken, killed] });
    expect(told.gaps).toEqual([missing, refused]);
    const signs = unexplainedSigns({ ...everything, ...told, pipeline: null });
    expect(signs).toEqual(expect.arrayContaining([missing, refused, broken]));
    expect(signs).toHaveLength(3);
  });

  test('names every missing report, however many and however long their names are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 3_000 }), (many, length) => {
        const gap = {
          kind: 'missing',
          path: 'x'.repeat(length),
          count: 1,
          reason: 'y'.repeat(length),
        } as const;
        const { told } = readBack(aSummary({ unexplained: Array.from({ length: many }, () => gap) }));
        expect(told.gaps.reduce((sum, { count }) => sum + count, 0)).toBe(many);
        expect(told.gaps.length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 20 },
    );
  });

  test('of more files than there is room for is not green', () => {
    const files = Array.from({ length: 2_001 }, (_, n) => aReadFile({ path: `${n}.xml` }));
    const { told } = readBack(aSummary({ files }));
    expect(told.gaps).toMatchObject([{ kind: 'incomplete' }]);
  });

  test('of an older Herald has no gaps', () => {
    const report = JSON.parse(written(everything)) as { details: { gaps?: unknown } };
    delete report.details.gaps;
    const read = parseReportWithDetails(JSON.stringify(report));
    expect(read).toMatchObject({ told: { gaps: [] } });
  });

  test('keeps any text of a test as it is', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(fc.uniqueArray(text, { maxLength: 8 }), text, (names, message) => {
        const tests = testsOf(names.map((name) => ({ name, suite: message, outcome: 'failed', message })));
        expect(readBack(aSummary({ tests })).told.tests?.cases).toEqual(tests.cases);
      }),
    );
  });

  test('has labels of any name, those of prototypes too', () => {
    const labels = Object.fromEntries([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    const read = readBack(aSummary({ metrics: aMetricsReport({ metrics: [aMetric({ labels })] }) }));
    expect(Object.entries(read.told.metrics?.metrics[0]?.labels ?? {})).toEqual(Object.entries(labels));
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});

describe('a report that is larger than its room', () => {
  const long = 'x'.repeat(900);
  const failing = Array.from({ length: 2_000 }, (_, n) => ({
    name: `fails ${n}`,
    outcome: 'failed' as const,
    details: `at a.ts\n${long.repeat(4)}`,
  }));
  const huge = aSummary({
    tests: testsOf([
      ...Array.from({ length: 15_000 }, (_, n) => ({ name: `passes ${n} ${long.slice(0, 200)}` })),
      ...failing,
    ]),
    coverage: aCoverageReport({
      files: Array.from({ length: 20_000 }, (_, n) =>
        aFileCoverage({
          path: `src/${n}.ts`,
          hits: Int32Array.from({ length: 400 }, (_v, line) => line % 2),
        }),
      ),
    }),
    findings: aFindingsReport({
      findings: Array.from({ length: 9_000 }, (_, n) =>
        aFinding({
          id: n.toString(16).padStart(16, '0'),
          severity: n === 8_999 ? 'critical' : 'low',
          description: long,
        }),
      ),
    }),
    metrics: aMetricsReport({
      metrics: Array.from({ length: 9_000 }, (_, n) => aMetric({ name: `metric ${n}` })),
    }),
    files: Array.from({ length: 5_000 }, (_, n) => aReadFile({ path: `reports/${n}.xml`, warnings: [long] })),
  });
  const json = written(huge);

  test('has at most 5 MB of details', () => {
    const { details } = JSON.parse(json) as { details: unknown };
    expect(JSON.stringify(details).length).toBeLessThan(5_000_000);
  });

  test('counts what was left out, the least telling first', () => {
    const { told } = readBack(huge);
    const { tests, coverage, findings, metrics, warnings } = told;
    const failed = tests?.cases.filter(({ outcome }) => outcome === 'failed').length ?? 0;
    expect(failed).toBeGreaterThan(300);
    expect(tests?.cases.length).toBe(failed);
    expect(failed + (tests?.omittedCases ?? 0)).toBe(17_000);
    expect(findings?.findings.some(({ severity }) => severity === 'critical')).toBe(true);
    expect((findings?.findings.length ?? 0) + (findings?.omittedFindings ?? 0)).toBe(9_000);
    expect((metrics?.metrics.length ?? 0) + (metrics?.omittedMetrics ?? 0)).toBe(9_000);
    expect(warnings.map(({ message }) => message)).toEqual([
      `the report of this pipeline had no room for ${20_000 - (coverage?.files.length ?? 0)} files with coverage`,
      expect.stringContaining('lists of covered lines'),
      expect.stringContaining('names of report files'),
    ]);
  });
});

/** Another value at a place of a JSON value; undefined takes the place out. */
function withValue(whole: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const inside: unknown = Reflect.get(whole as object, key);
  const changed = withValue(inside, rest, value);
  return Array.isArray(whole)
    ? whole.map((one: unknown, position) => (String(position) === key ? changed : one))
    : { ...(whole as object), [key]: changed };
}

function forged(place: string, value: unknown): string {
  return JSON.stringify(withValue(JSON.parse(written(everything)), place.split('.'), value));
}

describe('a report that somebody forged', () => {
  const voucher = everything.tests?.cases[1]?.id;
  test.each<{ readonly name: string; readonly json: string }>([
    { name: 'no JSON', json: '<html>' },
    { name: 'not an object', json: '17' },
    { name: 'nested too deep', json: `${'['.repeat(100_000)}${']'.repeat(100_000)}` },
    { name: 'of too many parts', json: `[${'{},'.repeat(600_000)}{}]` },
    { name: 'another schema', json: forged('schema', 99) },
    { name: 'details that are a text', json: forged('details', 'x') },
    { name: 'more failures than the totals', json: forged('tests.totals.failed', 0) },
    { name: 'totals that do not add up', json: forged('tests.totals.total', 1_000) },
    { name: 'a negative count', json: forged('tests.totals.passed', -1) },
    { name: 'a count that is no integer', json: forged('tests.totals.passed', 1.5) },
    { name: 'a count beyond any', json: forged('tests.totals.passed', 1e300) },
    { name: 'the same test twice', json: forged('details.tests.cases.0.id', voucher) },
    { name: 'an identity that is none', json: forged('details.tests.cases.0.id', '__proto__') },
    { name: 'an outcome that is none', json: forged('details.tests.cases.0.outcome', 'constructor') },
    {
      name: 'a text that is too long',
      json: forged('details.tests.cases.1.failure.message', 'x'.repeat(5_000)),
    },
    { name: 'columns of another length', json: forged('tests.ids', 'AAAA') },
    { name: 'details of tests without columns', json: forged('tests', null) },
    { name: 'a file of many lines', json: forged('details.coverage.files.0.lines', '9999999c'.repeat(100)) },
    { name: 'more findings than its total', json: forged('findings.total', 0) },
    { name: 'a severity that is none', json: forged('details.findings.findings.0.severity', 'toString') },
  ])('is refused: $name', ({ json }) => {
    const read = parseReportWithDetails(json);
    expect('unusable' in read ? english.footer.unusable(read.unusable) : '').toMatch(/^(?:it|its|the|what) /);
  });

  test('has its unknown keys left out, those of prototypes too', () => {
    const json = written(everything).replace(
      /^\{/,
      '{"__proto__":{"told":1},"constructor":{"prototype":{"told":1}},',
    );
    const read = parseReportWithDetails(json);
    expect('told' in read && Object.keys(read.told ?? {})).toEqual([
      'tests',
      'coverage',
      'findings',
      'metrics',
      'files',
      'gaps',
      'warnings',
    ]);
    expect(({} as Record<string, unknown>)['told']).toBeUndefined();
  });

  test('has no words for positions that do not exist', () => {
    const read = parseReportWithDetails(forged('details.tests.cases.0.names.0', 4_000_000_000));
    expect('told' in read ? read.told?.tests?.cases[0]?.suite : null).toBe('');
  });

  test('covers at most what there is', () => {
    const read = parseReportWithDetails(forged('coverage.totals.lines', { covered: 900, total: 100 }));
    expect('told' in read ? read.told?.coverage?.totals.lines : null).toEqual({ covered: 100, total: 100 });
  });

  test('never makes the reader throw, whatever it holds', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, position) => {
        const whole = written(everything);
        const at = position % whole.length;
        for (const text of [json, whole.slice(0, at) + json + whole.slice(at + 1)])
          expect(Object.keys(parseReportWithDetails(text))).not.toEqual([]);
      }),
    );
  });
});
