/**
 * Bundles src/main.ts into dist/: herald.mjs, which one runs, the program of its threads, and the few chunks that it
 * loads when a command needs them, minified and without node_modules. Beside them stand their checksums, the licences
 * and the bill of materials of what went in. The same source gives the same bytes. `--check` builds in memory and fails
 * when dist/ is not what it gives.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chunksOf } from './chunks.mjs';
import { linkChunks } from './link-chunks.mjs';
import { sbomOf } from './sbom.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');

/** @type {import('esbuild').BuildOptions} */
const options = {
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minify: true,
  // A file with nothing but ASCII is half as large in memory, and compiles sooner.
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
  alias: {
    // The same resource classes without the preset of @gitbeaker/rest, which loads all hundred of them: a third of
    // the start-up.
    '@gitbeaker/rest': '@gitbeaker/core',
    // The same code twice otherwise.
    'picomatch-browser': 'picomatch',
    // 65 KB that load node:cluster; the requester keeps its own request budget.
    'rate-limiter-flexible': './src/gitlab/transport/no-rate-limiter.ts',
    // 25 KB for engines without WeakMap.
    'side-channel': './src/gitlab/transport/side-channel.cts',
  },
};

/** @param {string} chunk @returns {import('esbuild').BuildOptions} */
function optionsOf(chunk) {
  // An old Node must be able to read the first file, to say that it is too old.
  return chunk === 'herald' ? { ...options, target: 'node12.20' } : options;
}

/**
 * @typedef {object} Bundle
 * @property {Map<string, string>} scripts by file name
 * @property {string[]} packages folders of the packages that were read for it
 * @property {Map<string, string>} files the files whose code is in it, with the folder of their package
 * @property {import('esbuild').Metafile['inputs']} inputs
 *
 * @returns {Promise<Bundle>}
 */
async function bundle() {
  const { inputs, chunks } = await linkChunks({
    root,
    mains: ['src/main.ts', 'src/reading-thread.ts'],
    chunksOf,
    optionsOf,
  });
  const read = Object.entries(inputs).filter(
    ([file, { bytes }]) => file.includes('node_modules/') && bytes > 0,
  );
  const packages = new Set(read.map(([file]) => packageFolder(file)));
  const files = new Map();
  for (const { metafile } of chunks)
    for (const { inputs: used } of Object.values(metafile.outputs))
      for (const [file, { bytesInOutput }] of Object.entries(used))
        if (bytesInOutput > 0 && inputs[file] !== undefined)
          files.set(file, file.includes('node_modules/') ? packageFolder(file) : '');
  const scripts = new Map(chunks.map(({ name, text }) => [`${name}.mjs`, withPreamble(name, text)]));
  return { scripts, packages: [...packages].sort(), files, inputs };
}

/** @param {string} chunk @param {string} text @returns {string} */
function withPreamble(chunk, text) {
  if (chunk === 'herald') return `#!/usr/bin/env node\n${text}`;
  // CommonJS dependencies call require() of Node's own modules, which an ES module lacks.
  return /\brequire\b/.test(text)
    ? `import{createRequire as __heraldRequire}from"node:module";const require=__heraldRequire(import.meta.url);${text}`
    : text;
}

/** @param {string} input a path inside a package @returns {string} the package's folder, relative to the root */
function packageFolder(input) {
  const at = input.lastIndexOf('node_modules/') + 'node_modules/'.length;
  const parts = input.slice(at).split('/');
  return input.slice(0, at) + parts.slice(0, parts[0].startsWith('@') ? 2 : 1).join('/');
}

/** @param {string[]} packages folders @returns {string} their names, versions and licence texts */
function licences(packages) {
  const entries = packages.map((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((name) => /^(licen[cs]e|copying)/i.test(name));
    const text =
      file === undefined
        ? `(licence: ${manifest.license})`
        : readFileSync(join(root, folder, file), 'utf8').trim();
    return { title: `${manifest.name} ${manifest.version} (${manifest.license})`, text };
  });
  const seen = new Map(entries.map((entry) => [entry.title, entry.text]));
  const body = [...seen]
    .map(([title, text]) => `${title}\n${'-'.repeat(title.length)}\n${text.replaceAll('\r\n', '\n')}\n`)
    .join('\n');
  return `herald.mjs and the chunks beside it contain code of these packages:\n\n${body}`;
}

/** @param {string} text @returns {string} */
const sha256Of = (text) => createHash('sha256').update(text).digest('hex');

/** @returns {Promise<Map<string, string>>} every file of dist/ by name */
async function filesOfDist() {
  const { scripts, packages, files, inputs } = await bundle();
  const hashes = [...scripts].map(([name, text]) => ({ name, sha256: sha256Of(text) }));
  hashes.sort((a, b) => (a.name < b.name ? -1 : 1));
  /** @param {string} path @returns {any} */
  const json = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
  const { name, version, license } = json('package.json');
  const { packages: locked } = json('package-lock.json');
  return new Map([
    ...scripts,
    // The format of sha256sum, for "sha256sum -c SHA256SUMS".
    ['SHA256SUMS', hashes.map((script) => `${script.sha256}  ${script.name}\n`).join('')],
    ['THIRD-PARTY-LICENSES.txt', licences(packages)],
    ['herald.cdx.json', sbomOf({ name, version, license, scripts: hashes, files, inputs, locked })],
  ]);
}

const outputs = await filesOfDist();
const there = existsSync(dist) ? readdirSync(dist) : [];
const strays = there.filter((name) => !outputs.has(name));
if (process.argv.includes('--check')) {
  const stale = [...outputs].filter(
    ([name, text]) => !there.includes(name) || readFileSync(join(dist, name), 'utf8') !== text,
  );
  if (stale.length + strays.length > 0) {
    const names = [...stale.map(([name]) => name), ...strays].join(', ');
    console.error(`dist/ is not what src/ builds: ${names}. Run "npm run build" and commit dist/.`);
    process.exitCode = 1;
  } else console.log(`dist/ is what src/ builds (${outputs.size} files)`);
} else {
  mkdirSync(dist, { recursive: true });
  for (const name of strays) rmSync(join(dist, name), { recursive: true });
  for (const [name, text] of outputs) writeFileSync(join(dist, name), text);
  for (const [name, text] of outputs)
    if (name.endsWith('.mjs')) console.log(`dist/${name}: ${(text.length / 1000).toFixed(1)} kB`);
}
