import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createReadingPool } from '../../src/threads/reading-pool.ts';
import { startWorker } from '../../src/threads/worker.ts';
import { heraldScript, runHerald } from './run-herald.ts';

test('the program of a thread that lies beside the bundle reads a report', async () => {
  const program = pathToFileURL(join(dirname(heraldScript), 'herald-reader.mjs'));
  const how = { formatPatterns: [], reruns: 'marked', checkout: null } as const;
  const startThread = () => startWorker(program, { how, secretForms: [] });
  const pool = createReadingPool({ count: 1, startThread, mask: (text) => text });
  onTestFinished(() => pool.stop());
  const bytes = new Uint8Array(Buffer.from('<testsuite><testcase name="a"><error/></testcase></testsuite>'));
  const chunks = (async function* () {
    await Promise.resolve();
    yield bytes;
  })();
  const read = await pool.read({ path: 'a.xml', sizeBytes: bytes.length, chunks, folder: '', jobId: null });
  expect(read).toMatchObject({ error: null, report: { totals: { total: 1, errored: 1 } } });
});

test('inspect reads large files side by side, says the same of each, and keeps their order', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'herald-threads-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const sizes = [60_000, 10, 40_000, 60_000];
  for (const [index, size] of sizes.entries()) {
    const cases = Array.from(
      { length: size },
      (_, test_) =>
        `<testcase classname="shop.checkout.Module${test_ % 97}" name="adds item ${test_}" time="0.004"/>`,
    );
    const failing = `<testcase name="the last of ${index}"><failure message="no"/></testcase>`;
    await writeFile(join(cwd, `${index}.xml`), `<testsuite>${cases.join('\n')}${failing}</testsuite>`);
  }
  const names = sizes.map((_size, index) => `${index}.xml`);
  const { stdout, stderr, exitCode } = await runHerald(['inspect', ...names], { cwd });
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => /^\S+ \w+, \d+ tests, \d+ failed/.exec(line)?.[0]),
  ).toEqual(sizes.map((size, index) => `${index}.xml: junit, ${size + 1} tests, 1 failed`));
});
