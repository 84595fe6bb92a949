import { describe, expect, test } from 'vitest';
import type { Files, FindResult, Log } from '../../src/io/port.ts';
import { ambiguousNames } from '../../src/reports/discovery.ts';
import { formats } from '../../src/reports/registry.ts';
import { collectReports } from '../../src/usecases/collect-reports.ts';
import { mask } from '../mask.ts';

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
        { path, message: 'is ignored, as it is not a report: it is an HTML page, not a report' },
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
      { path: 'notes.txt', error: expect.stringContaining('is no known report') as string },
    ]);
  });

  test.each(['report.xml', 'target/surefire-reports/TEST-a.xml'])(
    'but is empty, as a killed job leaves it, counts as %s',
    async (path) => {
      expect((await found(path, '')).files).toMatchObject([{ path, error: 'is empty' }]);
    },
  );
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
