import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Files, FindResult, Log } from '../../../src/io/port.ts';
import { ambiguousNames } from '../../../src/reports/discovery.ts';
import { formats } from '../../../src/reports/registry.ts';
import { collectReports } from '../../../src/usecases/report/collect-reports.ts';
import { mask } from '../../mask.ts';

const silent = () => undefined;
const log: Log = {
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  section: (_title, work) => work(),
};

/** A checkout in memory; patterns with source extensions find the sources, all others the reports. */
function aCheckout(reports: Readonly<Record<string, string>>, sources: readonly string[]): Files {
  return {
    find: (patterns) => {
      const paths = patterns.some((pattern) => pattern.includes('java,')) ? sources : Object.keys(reports);
      return Promise.resolve({
        files: paths.map((path) => ({ path, sizeBytes: (reports[path] ?? '').length })),
        warnings: [],
        misses: [],
      });
    },
    async *read(path) {
      await Promise.resolve();
      yield new Uint8Array(Buffer.from(reports[path] ?? ''));
    },
    readText: () => Promise.resolve(null),
    write: () => Promise.reject(new Error('nothing is written')),
  };
}

const jacoco = `<report name="shop"><package name="com/shop"><sourcefile name="Cart.java"><line nr="3" mi="0" ci="2" mb="0" cb="0"/></sourcefile></package></report>`;

test('a package path of a coverage report becomes the path of the one source file that ends alike', async () => {
  const files = aCheckout({ 'build/jacoco.xml': jacoco }, [
    'api/src/main/java/com/shop/Cart.java',
    'api/src/main/java/com/shop/Till.java',
  ]);
  const collected = await collectReports(
    { patterns: [], projectDirectory: '/builds/shop', formats, reruns: 'marked' },
    { files, log, mask },
  );
  expect(collected.coverage?.files.map(({ path }) => path)).toEqual(['api/src/main/java/com/shop/Cart.java']);
});

describe('a file that is not a report', () => {
  const wanted: Omit<Parameters<typeof collectReports>[0], 'patterns'> = {
    projectDirectory: '/builds/shop',
    formats,
    reruns: 'marked',
  };
  const html = '<!DOCTYPE html><html><body>502</body></html>';
  const found = (path: string, text: string, patterns: readonly string[] = []) =>
    collectReports({ ...wanted, patterns }, { files: aCheckout({ [path]: text }, []), log, mask });

  test.each(['report.xml', 'results.json', 'app/reports/users.xml', 'plan.json'])(
    'is ignored and listed as %s, which other files are called, too',
    async (path) => {
      const { files, warnings } = await found(path, html);
      expect(files).toEqual([]);
      expect(warnings).toEqual([
        { path, message: 'is ignored, because it is not a report: it is an HTML page, not a report' },
      ]);
    },
  );

  test.each([
    'junit.xml',
    'build/TEST-a.xml',
    'lcov.info',
    'gl-sast-report.json',
    'app.sarif',
    'junit.xml.gz',
  ])('counts as unreadable as %s, which only reports are called', async (path) => {
    const { files } = await found(path, html);
    expect(files).toMatchObject([{ path, error: 'is an HTML page, not a report' }]);
  });

  test('counts as unreadable under any name that the project gives', async () => {
    expect((await found('notes.txt', 'hello', ['*.txt'])).files).toMatchObject([
      { path: 'notes.txt', error: expect.stringContaining('is not a known report') as string },
    ]);
  });

  test.each(['report.xml', 'target/surefire-reports/TEST-a.xml'])(
    'but is empty, as a killed job leaves it, counts as %s',
    async (path) => {
      expect((await found(path, '')).files).toMatchObject([{ path, error: 'is empty' }]);
    },
  );
});

const lcovOf = (path: string, hits: number): string =>
  `TN:\nSF:${path}\nDA:1,${hits}\nLF:1\nLH:${Math.min(1, hits)}\nend_of_record\n`;
const coberturaOf = (source: string, hits: number): string =>
  `<coverage line-rate="1"><sources><source>${source}</source></sources><packages><package name="src"><classes>` +
  `<class name="index.ts" filename="src/index.ts"><lines><line number="1" hits="${hits}"/></lines></class></classes></package></packages></coverage>`;
const istanbulOf = (path: string, hits: number): string =>
  JSON.stringify({
    [path]: {
      path,
      statementMap: { 0: { start: { line: 1 } } },
      s: { 0: hits },
      fnMap: {},
      f: {},
      branchMap: {},
      b: {},
    },
  });
const jacocoOf = (hits: number): string =>
  `<report name="x"><package name="com/acme"><sourcefile name="Conf.kt"><line nr="1" mi="${1 - hits}" ci="${hits}" mb="0" cb="0"/></sourcefile></package></report>`;

describe('of two packages with a file of one name, each report speaks of its own', () => {
  test.each<{ readonly name: string; readonly reports: Readonly<Record<string, string>> }>([
    {
      name: 'LCOV in the package that it is of',
      reports: {
        'a/coverage/lcov.info': lcovOf('src/index.ts', 1),
        'b/coverage/lcov.info': lcovOf('src/index.ts', 0),
      },
    },
    {
      name: 'Cobertura with the packages of another checkout as sources, both in one folder',
      reports: {
        'reports/a.cobertura.xml': coberturaOf('/builds/x/0/acme/shop/a', 1),
        'reports/b.cobertura.xml': coberturaOf('/builds/x/0/acme/shop/b', 0),
      },
    },
    {
      name: 'Cobertura with a relative source',
      reports: {
        'a/coverage.xml': coberturaOf('.', 1),
        'b/coverage.xml': coberturaOf('.', 0),
      },
    },
    {
      name: 'Istanbul with paths of GitHub’s runners and of Windows',
      reports: {
        'x/coverage-final.json': istanbulOf('/home/runner/work/shop/shop/a/src/index.ts', 1),
        'y/coverage-final.json': istanbulOf('D:\\a\\shop\\shop\\b\\src\\index.ts', 0),
      },
    },
  ])('$name', async ({ reports }) => {
    const files = aCheckout(reports, ['a/src/index.ts', 'b/src/index.ts', 'src/index.ts']);
    const { coverage } = await collectReports(
      {
        patterns: ['**/*'],
        projectDirectory: '/builds/shop',
        projectPath: 'acme/shop',
        formats,
        reruns: 'marked',
      },
      { files, log, mask },
    );
    expect(coverage?.files.map(({ path, totals }) => [path, totals.lines.covered])).toEqual([
      ['a/src/index.ts', 1],
      ['b/src/index.ts', 0],
    ]);
  });

  test('JaCoCo of two modules', async () => {
    const files = aCheckout(
      { 'core/build/reports/jacoco/test.xml': jacocoOf(1), 'web/build/reports/jacoco/test.xml': jacocoOf(0) },
      ['core/src/main/kotlin/com/acme/Conf.kt', 'web/src/main/kotlin/com/acme/Conf.kt'],
    );
    const { coverage } = await collectReports(
      { patterns: ['**/*'], projectDirectory: '/builds/shop', formats, reruns: 'marked' },
      { files, log, mask },
    );
    expect(coverage?.files.map(({ path, totals }) => [path, totals.lines.covered])).toEqual([
      ['core/src/main/kotlin/com/acme/Conf.kt', 1],
      ['web/src/main/kotlin/com/acme/Conf.kt', 0],
    ]);
  });

  test('JaCoCo of one aggregated report, by its groups', async () => {
    const group = (name: string, hits: number): string =>
      `<group name="${name}">${jacocoOf(hits).replace(/<\/?report[^>]*>/g, '')}</group>`;
    const files = aCheckout(
      { 'build/jacoco.xml': `<report name="all">${group('shop-core', 1)}${group('web', 0)}</report>` },
      ['core/src/main/kotlin/com/acme/Conf.kt', 'web/src/main/kotlin/com/acme/Conf.kt'],
    );
    const { coverage } = await collectReports(
      { patterns: ['**/*'], projectDirectory: '/builds/shop', formats, reruns: 'marked' },
      { files, log, mask },
    );
    expect(coverage?.files.map(({ path, totals }) => [path, totals.lines.covered])).toEqual([
      ['core/src/main/kotlin/com/acme/Conf.kt', 1],
      ['web/src/main/kotlin/com/acme/Conf.kt', 0],
    ]);
  });
});

test('findings with paths of other runners are placed by the project’s own path, where such a file exists', async () => {
  const paths = [
    '/builds/acme/shop/src/format.ts',
    '/builds/zX9_/0/acme/shop/src/format.ts',
    '/builds/acme/shop/main.go',
    '/builds/acme/shop/gone.ts',
  ];
  const issues = paths.map((path, at) => ({
    description: `d${at}`,
    check_name: 'r',
    fingerprint: `f${at}`,
    severity: 'major',
    location: { path, lines: { begin: 2 } },
  }));
  const files = aCheckout({ 'gl-code-quality-report.json': JSON.stringify(issues) }, [
    'src/format.ts',
    'main.go',
    'tools/main.go',
  ]);
  const { findings } = await collectReports(
    { patterns: ['**/*'], projectDirectory: '/home/ci', projectPath: 'acme/shop', formats, reruns: 'marked' },
    { files, log, mask },
  );
  expect(findings?.findings.map(({ path }) => path).toSorted()).toEqual([
    '/builds/acme/shop/gone.ts',
    'main.go',
    'src/format.ts',
    'src/format.ts',
  ]);
});

test('one run in two formats counts once, and a warning says so', async () => {
  const junit = `<testsuite name="price"><testcase name="price adds up" time="0.25"/><testcase name="price pays" time="0.5"><failure message="no"/></testcase></testsuite>`;
  const result = (title: string, status: string, duration: number): object => ({
    ancestorTitles: ['price'],
    title,
    status,
    duration,
    failureMessages: status === 'failed' ? ['no'] : [],
  });
  const jest = JSON.stringify({
    numTotalTests: 2,
    numFailedTests: 1,
    testResults: [
      {
        name: '/ci/a.test.js',
        assertionResults: [result('adds up', 'passed', 250), result('pays', 'failed', 500)],
      },
    ],
  });
  const collected = await collectReports(
    { patterns: ['*'], projectDirectory: '/ci', formats, reruns: 'marked' },
    { files: aCheckout({ 'a.json': jest, 'a.xml': junit }, []), log, mask },
  );
  expect(collected.tests?.totals).toMatchObject({ total: 2, failed: 1 });
  expect(collected.files).toHaveLength(2);
  expect(collected.warnings).toContainEqual({
    path: 'a.xml',
    message: 'holds the same run as a.json, in another format: its tests count once',
  });
});

describe('a gap', () => {
  const wanted = { projectDirectory: '/builds/shop', formats, reruns: 'marked' as const };
  const filesOf = (result: Partial<FindResult>): Files => ({
    ...aCheckout({}, []),
    find: () => Promise.resolve({ files: [], warnings: [], misses: [], ...result }),
  });
  const notice = { path: 'junit.xml', message: 'matches no file' };
  const gaps = async (patterns: readonly string[], result: Partial<FindResult>) =>
    (await collectReports({ ...wanted, patterns }, { files: filesOf(result), log, mask })).gaps;

  test('is a pattern of the project that matches nothing, not one of ours', async () => {
    expect(await gaps(['junit.xml'], { misses: [notice] })).toEqual([
      { kind: 'missing', path: 'junit.xml', count: 1, reason: 'matches no file' },
    ]);
    expect(await gaps([], { misses: [notice] })).toEqual([]);
  });

  test('is a refused file that the project names, or that has a name which only reports have', async () => {
    const refused = ['junit.xml', 'results.json'].map((path) => ({ path, message: 'leads out, refused' }));
    expect((await gaps(['*'], { warnings: refused })).map(({ path }) => path)).toEqual([
      'junit.xml',
      'results.json',
    ]);
    expect((await gaps([], { warnings: refused })).map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'unreadable junit.xml',
    ]);
  });
});

test('every name that is called ambiguous is a well-known one', () => {
  const names = new Set(formats.flatMap(({ wellKnownNames }) => wellKnownNames));
  expect(ambiguousNames.filter((name) => !names.has(name))).toEqual([]);
});

test('a mutation report gives what survived as findings and its score as a metric', async () => {
  const report = readFileSync(
    new URL('../../fixtures/reports/pit/every-status.xml', import.meta.url),
    'utf8',
  );
  const files = aCheckout({ 'target/pit-reports/mutations.xml': report }, [
    'src/main/java/com/shop/Cart.java',
  ]);
  const { findings, metrics } = await collectReports(
    { patterns: [], projectDirectory: '/builds/shop', formats, reruns: 'marked' },
    { files, log, mask },
  );
  expect(findings?.findings.map(({ path, line, severity }) => [path, line, severity])).toEqual([
    ['src/main/java/com/shop/Cart.java', 12, 'medium'],
    ['Main.java', 3, 'low'],
  ]);
  expect(metrics?.metrics.map(({ name, value, better }) => [name, value, better])).toEqual([
    ['mutation score', 50, 'higher'],
    ['mutants', 4, null],
  ]);
});
