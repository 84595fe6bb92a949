/**
 * Prints how Herald compares with other packages, run in turn on this machine: whole processes, medians, ratios, with
 * the aims of aims.mjs beside them. Nothing is asserted: times of one machine mean nothing on another. `npm run bench`
 * installs the peers of bench/package.json first.
 *
 *   npm run bench                       everything
 *   npm run bench -- start bot          some parts; their names are in parts.mjs
 *   npm run bench -- start --write      and keeps their figures in bench/results.json and docs/performance.md
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { aimsTable, performancePage, tableText } from './page.mjs';
import { parts } from './parts.mjs';
import { bench, root } from './paths.mjs';

const args = process.argv.slice(2);
const names = args.filter((arg) => arg !== '--write');
const unknown = names.filter((name) => parts[name] === undefined);
if (unknown.length > 0)
  throw new Error(`no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);

if (!existsSync(join(bench, 'node_modules'))) {
  console.log('installing the peers of bench/package.json …');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], {
    cwd: bench,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('could not install the peers');
}

const machine = {
  cores: availableParallelism(),
  memoryGigabytes: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${arch()}`,
  node: process.versions.node,
};

console.log(`# Bench: Node ${machine.node}, medians of whole processes run in turn`);
const measured = {};
for (const [name, run] of Object.entries(parts)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const began = performance.now();
  let found;
  try {
    found = await run();
  } catch (error) {
    // The others are measured all the same.
    console.error(`\n${name} failed: ${error instanceof Error ? error.stack : error}`);
    process.exitCode = 1;
    continue;
  }
  measured[name] = { machine, ...found };
  for (const table of found.tables) console.log(`\n${tableText(table)}`);
  console.log(`\n(${name}: ${((performance.now() - began) / 1_000).toFixed(0)} s)`);
}
const aims = aimsTable(measured, ({ id }) => measured[id.split('.')[0]] !== undefined);
if (aims.rows.length > 0) console.log(`\n${tableText(aims)}`);

if (args.includes('--write')) {
  const file = join(bench, 'results.json');
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).parts : {};
  const all = { ...before, ...measured };
  const results = {
    parts: Object.fromEntries(Object.keys(parts).flatMap((name) => (all[name] ? [[name, all[name]]] : []))),
  };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(root, 'docs/performance.md'), performancePage(results));
}
