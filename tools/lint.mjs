/**
 * All that is checked without running a test, side by side, as many parts at once as the machine has cores.
 *
 *   node tools/lint.mjs          everything; ESLint reads every file, as in CI
 *   node tools/lint.mjs --fast   types, and the files that differ from HEAD: while one works
 *
 * tsc keeps what it found in node_modules/.cache; that is sound, since it knows which file depends on which. ESLint's
 * own cache does not know: a rule with types can find something else in a file that stayed as it was. So the whole
 * check does without the cache, and the fast one, which looks at few files in any case, trusts it.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const types = [
  'tsc',
  '-p',
  '.',
  '--incremental',
  '--tsBuildInfoFile',
  'node_modules/.cache/herald/types.tsbuildinfo',
];
const eslint = ['eslint', '--max-warnings', '0'];
const cached = [
  '--cache',
  '--cache-strategy',
  'content',
  '--cache-location',
  'node_modules/.cache/herald/eslint',
];

/** The longest first: the others fit in beside them. */
const whole = [
  [...eslint, '.'],
  types,
  ['knip'],
  ['depcruise', 'src'],
  ['biome', 'check', '.'],
  ['node', 'tools/comment-width.mjs'],
  ['node', 'tools/generate.mjs', '--check'],
];

function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
}

/** What differs from HEAD, and what git does not know yet. */
function changedFiles() {
  return [
    ...git('diff', '--name-only', '--diff-filter=d', '-z', 'HEAD'),
    ...git('ls-files', '--others', '--exclude-standard', '-z'),
  ].filter((path) => existsSync(join(root, path)));
}

function partsFor(files) {
  const source = files.filter((path) => /\.[cm]?[jt]s$/.test(path));
  const linted = source.filter((path) => path.endsWith('.ts'));
  return [
    ...(linted.length > 0 ? [[...eslint, ...cached, '--no-warn-ignored', ...linted]] : []),
    types,
    ...(files.length > 0
      ? [['biome', 'check', '--no-errors-on-unmatched', '--files-ignore-unknown=true', ...files]]
      : []),
    ...(source.length > 0 ? [['node', 'tools/comment-width.mjs', ...source]] : []),
  ];
}

/** @returns {Promise<boolean>} whether the part found nothing; what it printed is shown as one block */
function run([tool, ...args]) {
  const begun = performance.now();
  const file = tool === 'node' ? process.execPath : join(root, 'node_modules/.bin', tool);
  const env = {
    ...process.env,
    // What tsc and ESLint make lives long: with more room for the young, an eighth of tsc's time less goes into
    // collecting it.
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=64`,
    ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
  };
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk));
    child.on('error', (error) => printed.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (code, signal) => {
      const isGood = code === 0;
      const end = isGood ? 'ok' : `FAILED (${signal ?? `exit code ${code}`})`;
      const name = [tool, ...args].join(' ').slice(0, 60);
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      process.stdout.write(`${isGood ? '' : Buffer.concat(printed)}${end}  ${seconds} s  ${name}\n`);
      resolve(isGood);
    });
  });
}

const waiting = process.argv.includes('--fast') ? partsFor(changedFiles()) : [...whole];
let isGood = true;

async function work() {
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift())
    isGood = (await run(part)) && isGood;
}

await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
if (!isGood) process.exitCode = 1;
