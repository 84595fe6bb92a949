/** Runs whole processes and reads their time and peak memory. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bench } from './paths.mjs';

const peak = pathToFileURL(join(bench, 'peak.mjs')).href;

/**
 * Node reads further certificates before the first line of any script, which can take longer than all the rest of its
 * start: with them everything is a little more than `node -e 0`.
 */
const { NODE_EXTRA_CA_CERTS: _certificates, ...inherited } = process.env;

/** Whether a process can be kept on one core here. */
export const canPin = spawnSync('taskset', ['-c', '0', 'true']).status === 0;

/**
 * Runs `node ...args` once. Nothing is loaded beside a `bare` one, whose memory is unknown then.
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, cwd?: string, oneCore?: boolean, bare?: boolean }} [options]
 * @returns {Promise<{ milliseconds: number, cpuMilliseconds: number, peakMegabytes: number, code: number | null,
 * stdout: string, stderr: string }>}
 */
export async function runNode(args, { env = {}, cwd, oneCore = false, bare = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'herald-bench-'));
  const peakFile = join(folder, 'peak');
  const node = [process.execPath, ...(bare ? [] : ['--import', peak]), ...args];
  const [command, ...rest] = oneCore ? ['taskset', '-c', '0', ...node] : node;
  const started = process.hrtime.bigint();
  const child = spawn(command, rest, {
    cwd,
    env: { ...inherited, ...env, HERALD_BENCH_PEAK: peakFile },
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
  const used = readUse(peakFile);
  rmSync(folder, { recursive: true, force: true });
  return { milliseconds, ...used, code, stdout, stderr };
}

function readUse(file) {
  try {
    const { maxRss, cpuMicroseconds } = JSON.parse(readFileSync(file, 'utf8'));
    return { peakMegabytes: maxRss / 1024, cpuMilliseconds: cpuMicroseconds / 1_000 };
  } catch {
    // A process that was killed leaves no figure.
    return { peakMegabytes: Number.NaN, cpuMilliseconds: Number.NaN };
  }
}

/** @param {number[]} numbers */
export function median(numbers) {
  if (numbers.length === 0) return Number.NaN;
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs several commands in turn (A B C A B C …), so that a noisy machine disturbs all alike, and gives the medians. A
 * command of Herald's that fails ends the bench; of another one, its runs that fail do not count. BENCH_RUNS is the
 * most runs of each, for a quick look.
 * @param {Record<string, () => Promise<Awaited<ReturnType<typeof runNode>>>>} commands
 * @param {number} runs
 */
export async function compare(commands, runs) {
  const wanted = Math.min(runs, Number(process.env.BENCH_RUNS ?? runs));
  const results = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = 0; run < wanted; run += 1) {
    for (const [name, command] of Object.entries(commands)) {
      const result = await command();
      if (result.code !== 0 && name.includes('herald'))
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
        cpuMilliseconds: median(all.map((result) => result.cpuMilliseconds)),
        peakMegabytes: median(all.map((result) => result.peakMegabytes)),
        last: all.at(-1),
      },
    ]),
  );
}

/** What was compared as a table, with ratios to one of it. */
export function comparisonTable(title, results, base, notes = []) {
  const rows = Object.entries(results).map(([name, { milliseconds, cpuMilliseconds, peakMegabytes }]) => {
    if (Number.isNaN(milliseconds)) return [name, 'failed', '–', '–', '–'];
    const known = (value, unit) => (Number.isNaN(value) ? '–' : `${value.toFixed(0)} ${unit}`);
    return [
      name,
      known(milliseconds, 'ms'),
      (milliseconds / results[base].milliseconds).toFixed(2),
      known(cpuMilliseconds, 'ms'),
      known(peakMegabytes, 'MB'),
    ];
  });
  return { title, columns: ['', 'time', `against ${base}`, 'CPU', 'peak memory'], rows, notes };
}

/** The times of one against those of another. */
export function ratio(results, name, base) {
  return results[name].milliseconds / results[base].milliseconds;
}
