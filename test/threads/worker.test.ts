import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { createReadingPool } from '../../src/threads/reading-pool.ts';
import { startWorker } from '../../src/threads/worker.ts';
import type { FileToRead, HowToRead, StartedThreads } from '../../src/usecases/reading.ts';

const how: HowToRead = { formatPatterns: [], reruns: 'marked', checkout: null };
const setup = { how, secretForms: ['hunter2-hunter2'] };
const report =
  '<testsuite name="s"><testcase name="uses hunter2-hunter2"><failure message="no"/></testcase></testsuite>';

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-thread-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function aFile(path: string): FileToRead {
  const bytes = new Uint8Array(Buffer.from(report));
  return {
    path,
    sizeBytes: bytes.length,
    chunks: (async function* () {
      await Promise.resolve();
      yield bytes;
    })(),
    folder: '',
    jobId: null,
  };
}

function aPool(program: string): StartedThreads {
  const startThread = () => startWorker(pathToFileURL(program), setup);
  const pool = createReadingPool({ count: 1, startThread, mask: (text) => text });
  onTestFinished(() => pool.stop());
  return pool;
}

async function aPoolOf(text: string): Promise<StartedThreads> {
  const program = join(await aFolder(), 'program.mjs');
  await writeFile(program, text);
  return aPool(program);
}

test('the program of a thread reads a report, and no secret leaves it', async () => {
  const program = join(await aFolder(), 'reader.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '../../src/reading-thread.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const pool = aPool(program);
  const reads = [await pool.read(aFile('a.xml')), await pool.read(aFile('b.xml'))];
  for (const read of reads)
    expect(read).toMatchObject({ error: null, report: { totals: { total: 1, failed: 1 } } });
  expect(JSON.stringify(reads)).toContain('[MASKED]');
  expect(JSON.stringify(reads)).not.toContain('hunter2');
});

test('a thread has no environment', async () => {
  const pool = await aPoolOf(`throw new Error('it sees ' + JSON.stringify(process.env))`);
  expect((await pool.read(aFile('a.xml'))).error).toContain('(it sees {})');
});

test.each([
  ['ends', 'process.exit(0)', 'exit code 0'],
  ['throws', `throw new Error('broken')`, 'broken'],
  [
    'says something else',
    `import('node:worker_threads').then((m) => m.parentPort.postMessage(1))`,
    'unknown',
  ],
])('a thread that %s makes its file unreadable', async (_what, program, why) => {
  const pool = await aPoolOf(program);
  const read = await pool.read(aFile('a.xml'));
  expect(read).toMatchObject({ path: 'a.xml', report: null, isForeign: false });
  expect(read.error).toContain(why);
});
