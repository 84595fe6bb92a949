import { expect, test } from 'vitest';
import type { Files, Log } from '../../src/io/port.ts';
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
    { patterns: [], projectDirectory: '/builds/shop', formats },
    { files, log, mask },
  );
  expect(collected.coverage?.files.map(({ path }) => path)).toEqual(['api/src/main/java/com/shop/Cart.java']);
});

test('a file that is no report is a warning only when it was asked for', async () => {
  const files = aCheckout({ 'notes.txt': 'hello' }, []);
  const wanted = { projectDirectory: '/builds/shop', formats };
  expect((await collectReports({ ...wanted, patterns: [] }, { files, log, mask })).warnings).toEqual([]);
  expect((await collectReports({ ...wanted, patterns: ['*.txt'] }, { files, log, mask })).warnings).toEqual([
    { path: 'notes.txt', message: expect.stringContaining('is no known report') as string },
  ]);
});

test('an empty file with the name of a report is told of, also when it was only found', async () => {
  const files = aCheckout({ 'target/surefire-reports/TEST-a.xml': '' }, []);
  const { warnings } = await collectReports(
    { patterns: [], projectDirectory: '/builds/shop', formats },
    { files, log, mask },
  );
  expect(warnings).toEqual([{ path: 'target/surefire-reports/TEST-a.xml', message: 'is empty' }]);
});
