/** Runs whole processes and reads their time and peak memory. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Runs `node ...args` once.
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, cwd?: string }} [options]
 * @returns {Promise<{ milliseconds: number, peakMegabytes: number, code: number | null, stdout: string, stderr: string
 * }>}
 */
export async function runNode(args, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'herald-bench-'));
  const peakFile = join(folder, 'peak');
  const started = process.hrtime.bigint();
  const child = spawn(process.execPath, ['--import', pathToFileURL(join(here, 'peak.mjs')).href, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env, HERALD_BENCH_PEAK: peakFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
  let peakMegabytes = Number.NaN;
  try {
    peakMegabytes = Number(readFileSync(peakFile, 'utf8')) / 1024;
  } catch {
    // A process that was killed leaves no figure.
  }
  rmSync(folder, { recursive: true, force: true });
  return { milliseconds, peakMegabytes, code, stdout, stderr };
}

/** @param {number[]} numbers */
export function median(numbers) {
  if (numbers.length === 0) return Number.NaN;
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs several commands in turn (A B C A B C …), so that a noisy machine disturbs all alike, and gives the medians.
 * @param {Record<string, () => Promise<Awaited<ReturnType<typeof runNode>>>>} commands
 * @param {number} runs
 */
export async function compare(commands, runs) {
  const results = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = 0; run < runs; run += 1) {
    for (const [name, command] of Object.entries(commands)) {
      const result = await command();
      if (result.code !== 0 && name.startsWith('herald'))
        throw new Error(`${name} ended with ${result.code}: ${result.stderr.slice(-2000)}`);
      if (result.code !== 0) continue;
      results[name].push(result);
    }
  }
  return Object.fromEntries(
    Object.entries(results).map(([name, all]) => [
      name,
      {
        milliseconds: median(all.map((result) => result.milliseconds)),
        peakMegabytes: median(all.map((result) => result.peakMegabytes)),
        last: all.at(-1),
      },
    ]),
  );
}
