import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coberturaTarget } from '../../src/convert/cobertura.ts';
import { codeQualityTarget } from '../../src/convert/code-quality.ts';
import { junitTarget } from '../../src/convert/junit.ts';
import { convertTargets } from '../../src/convert/registry.ts';
import { sarifTarget } from '../../src/convert/sarif.ts';
import { coberturaReport } from '../../src/demo/samples/coverage.ts';
import { pytestReport } from '../../src/demo/samples/pytest.ts';
import type { Report } from '../../src/model/report.ts';
import { readReport } from '../../src/reports/read.ts';
import { aFinding, aFindingsReport, aTestCase, aTestsReport } from '../builders.ts';
import { mask } from '../mask.ts';

async function read(text: string): Promise<Report> {
  const bytes = Buffer.from(text);
  async function* chunks() {
    await Promise.resolve();
    yield new Uint8Array(bytes);
  }
  const { report, error } = await readReport(
    { path: 'x', sizeBytes: bytes.length, chunks: chunks() },
    { resolvePath: null, mask },
  );
  if (report === null) throw new Error(error ?? 'not read');
  return report;
}

describe('what is written is read back with the same totals', () => {
  test('junit', async () => {
    const before = await read(pytestReport({ vouchers: 'fails', stock: 'fails' }));
    const after = await read(junitTarget.write(before) ?? '');
    if (before.kind !== 'tests' || after.kind !== 'tests') throw new Error('no tests');
    expect(after.totals).toEqual(before.totals);
    expect(after.cases.map(({ id, outcome }) => ({ id, outcome }))).toEqual(
      before.cases.map(({ id, outcome }) => ({ id, outcome })),
    );
  });

  test('cobertura', async () => {
    const before = await read(coberturaReport(9));
    const after = await read(coberturaTarget.write(before) ?? '');
    if (before.kind !== 'coverage' || after.kind !== 'coverage') throw new Error('no coverage');
    expect(after.totals.lines).toEqual(before.totals.lines);
    expect(after.files.map(({ path, hits }) => [path, [...hits]])).toEqual(
      before.files.map(({ path, hits }) => [path, [...hits]]),
    );
  });

  test('cobertura of a report that counts statements counts the lines that it lists', async () => {
    const before = await read('mode: set\nex.com/m/a.go:3.1,5.2 9 1\nex.com/m/a.go:7.1,7.9 1 0\n');
    const text = coberturaTarget.write(before) ?? '';
    const after = await read(text);
    if (before.kind !== 'coverage' || after.kind !== 'coverage') throw new Error('no coverage');
    expect([before.unit, before.totals.lines]).toEqual(['statements', { covered: 9, total: 10 }]);
    expect([after.unit, after.totals.lines]).toEqual(['lines', { covered: 3, total: 4 }]);
    expect(text).toContain('line-rate="0.75"');
  });

  const findings = aFindingsReport({
    findings: [
      aFinding({ id: '00000000000000aa', severity: 'high', path: 'src/a b.ts', line: 3 }),
      aFinding({ id: '00000000000000bb', severity: 'low', path: 'src/ü.ts', line: null, rule: 'other' }),
    ],
  });

  test.each([codeQualityTarget, sarifTarget])('$name', async (target) => {
    const after = await read(target.write(findings) ?? '');
    if (after.kind !== 'findings') throw new Error('no findings');
    expect(after.total).toBe(2);
    expect(after.findings.map(({ path, rule }) => [path, rule])).toEqual(
      findings.findings.map(({ path, rule }) => [path, rule]),
    );
  });
});

describe('what GitLab asks of its widgets', () => {
  test('code quality has every required field, relative paths and no byte order mark', () => {
    const text =
      codeQualityTarget.write(
        aFindingsReport({ findings: [aFinding({ path: './src/a.ts', line: 7 }), aFinding({ path: null })] }),
      ) ?? '';
    expect(text.charCodeAt(0)).toBe('['.charCodeAt(0));
    expect(JSON.parse(text)).toEqual([
      expect.objectContaining({ location: { path: 'src/a.ts', lines: { begin: 7 } } }),
    ]);
    for (const key of ['description', 'check_name', 'fingerprint', 'severity'])
      expect(text).toContain(`"${key}"`);
  });

  test('a report of another kind cannot be written', () => {
    for (const target of convertTargets)
      expect(target.write({ kind: 'metrics', metrics: [], omittedMetrics: 0, thresholds: [] })).toBeNull();
  });

  test('any name and any message give XML that is read back, whatever characters they hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        async (name, message) => {
          const failure = { type: null, message, details: message };
          const report = aTestsReport({
            cases: [aTestCase({ name: `n${name}`, outcome: 'failed', failure })],
          });
          const after = await read(junitTarget.write(report) ?? '');
          expect(after.kind === 'tests' && after.totals.failed).toBe(1);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('what a target can hold is kept', () => {
  const failure = { type: 'AssertionError', message: 'expected 1', details: 'at a.ts:3' };

  test('junit: flaky tests, reasons of skipped ones, and messages in the text that GitLab shows', async () => {
    const report = aTestsReport({
      cases: [
        aTestCase({ name: 'flaky', outcome: 'passed', flaky: true, runs: 2, failedRuns: 1, failure }),
        aTestCase({
          name: 'skipped',
          outcome: 'skipped',
          failure: { ...failure, message: 'no database', details: '' },
        }),
        aTestCase({ name: 'failed', outcome: 'failed', failure }),
      ],
    });
    const text = junitTarget.write(report) ?? '';
    expect(text).toContain('>no database</skipped>');
    expect(text).toContain('>expected 1\nat a.ts:3</failure>');
    const after = await read(text);
    expect(after).toMatchObject({ totals: { total: 3, failed: 1, skipped: 1, flaky: 1 } });
  });

  test('code quality: tool, category and end of the lines', async () => {
    const finding = aFinding({ tool: 'Bandit', category: 'security', line: 3, endLine: 5 });
    const after = await read(codeQualityTarget.write(aFindingsReport({ findings: [finding] })) ?? '');
    expect(after).toMatchObject({
      findings: [{ tool: 'Bandit', category: 'security', line: 3, endLine: 5 }],
    });
  });

  test('sarif: identifiers and what is suppressed', async () => {
    const finding = aFinding({ identifiers: ['CWE-79'], suppressed: true });
    const after = await read(sarifTarget.write(aFindingsReport({ findings: [finding] })) ?? '');
    expect(after).toMatchObject({ total: 0, findings: [{ identifiers: ['CWE-79'], suppressed: true }] });
  });
});

describe('what a target cannot hold is counted', () => {
  const fix = { startLine: 1, endLine: 1, replacement: 'x', columns: null, description: null };
  const findings = aFindingsReport({
    findings: [
      aFinding({ path: null }),
      aFinding({ suppressed: true }),
      aFinding({ severity: 'unknown', line: null, fix }),
    ],
  });

  test('code quality', () => {
    expect(codeQualityTarget.losses(findings)).toEqual([
      '1 finding without a file is omitted',
      '1 suppressed finding is omitted',
      '1 finding without a severity is written as "minor"',
      '1 finding of a whole file is written to its line 1',
      '1 fix is omitted',
    ]);
  });

  test('nothing is said where nothing is lost', () => {
    const report = aFindingsReport({ findings: [aFinding({ description: '', line: 1, fix: null })] });
    for (const target of [codeQualityTarget, sarifTarget]) expect(target.losses(report)).toEqual([]);
  });

  test('sarif', () => {
    expect(sarifTarget.losses(findings)).toContain('1 finding without a severity is written as "warning"');
  });

  test('junit', () => {
    const report = aTestsReport({
      cases: [aTestCase({ flaky: true, runs: 2 }), aTestCase({ outcome: 'failed', runs: 3 })],
    });
    expect(junitTarget.losses(report)).toContain(
      '1 test that ran more than once is written with its last run',
    );
  });
});
