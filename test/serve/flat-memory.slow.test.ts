import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';

interface Figures {
  readonly step: number;
  readonly heapUsed: number;
  readonly external: number;
}

/** Of an id that a receiver knows again: 16 bytes, and at most twice as much room for more. */
const bytesPerId = 16 * (2 / 0.75);

/** Memory in use after so many events, once the garbage is collected. */
async function memoryAfter(...steps: readonly number[]): Promise<readonly Figures[]> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-memory-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const script = join(folder, 'receiver.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('steady-receiver.ts', import.meta.url))],
    outfile: script,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  const spool = join(folder, 'spool');
  await mkdir(spool);
  const env = { SPOOL: spool, STEPS: steps.join() };
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script], { env });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Figures);
}

test('a receiver needs no more memory after 100,000 events than after 10,000, but for their ids', async () => {
  const [early, late] = await memoryAfter(10_000, 100_000);
  if (early === undefined || late === undefined) throw new Error('no figures');
  expect([early.step, late.step]).toEqual([10_000, 100_000]);
  expect(late.heapUsed / early.heapUsed).toBeLessThan(1.1);
  expect(late.external - early.external).toBeLessThan(90_000 * bytesPerId);
});
