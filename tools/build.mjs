/**
 * Bundles src/main.ts into dist/herald.mjs, one minified file that needs no node_modules, and writes the licences and
 * the bill of materials of what went in beside it. The same source gives the same bytes. `--check` builds in memory and
 * fails when dist/ is not what it gives.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { sbomOf } from './sbom.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * @returns {Promise<{ script: string, packages: string[], files: Map<string, string>, inputs:
 * import('esbuild').Metafile['inputs'] }>}
 *   the bundle, the packages that were read for it, and the files whose code is in it with the folder of their package
 */
async function bundle() {
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts'],
    outfile: 'dist/herald.mjs',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    minify: true,
    // A file with nothing but ASCII is half as large in memory, and compiles sooner.
    charset: 'ascii',
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
    // CommonJS dependencies call require() of Node's own modules, which an ES module lacks.
    banner: {
      js: "#!/usr/bin/env node\nimport{createRequire as __heraldRequire}from'node:module';const require=__heraldRequire(import.meta.url);",
    },
    alias: {
      // The same resource classes without the preset of @gitbeaker/rest, which loads all hundred of them: a third of
      // the start-up.
      '@gitbeaker/rest': '@gitbeaker/core',
      // The same code twice otherwise.
      'picomatch-browser': 'picomatch',
      // 65 KB that load node:cluster; the requester keeps its own request budget.
      'rate-limiter-flexible': './src/gitlab/transport/no-rate-limiter.ts',
    },
  });
  const packages = new Set();
  for (const input of Object.keys(result.metafile.inputs)) {
    const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(
      input.slice(input.lastIndexOf('node_modules/')),
    );
    if (match?.[1] !== undefined && result.metafile.inputs[input].bytes > 0)
      packages.add(packageFolder(input));
  }
  const [output] = result.outputFiles;
  // esbuild keeps the shebang of src/main.ts and puts the banner after it: one is enough.
  const script = output.text.replace(/^#!.*\n(?=#!)/, '');
  const { outputs, inputs } = result.metafile;
  const files = new Map();
  for (const { inputs: used } of Object.values(outputs))
    for (const [file, { bytesInOutput }] of Object.entries(used))
      if (bytesInOutput > 0) files.set(file, file.includes('node_modules/') ? packageFolder(file) : '');
  return { script, packages: [...packages].sort(), files, inputs };
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
  return `herald.mjs contains code of these packages:\n\n${body}`;
}

const { script, packages, files, inputs } = await bundle();
const outputs = { 'herald.mjs': script, 'THIRD-PARTY-LICENSES.txt': licences(packages) };
const sha256 = createHash('sha256').update(script).digest('hex');
outputs['herald.mjs.sha256'] = `${sha256}  herald.mjs\n`;
/** @param {string} path @returns {any} */
const json = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const { name, version, license } = json('package.json');
const { packages: locked } = json('package-lock.json');
outputs['herald.cdx.json'] = sbomOf({ name, version, license, sha256, files, inputs, locked });

if (process.argv.includes('--check')) {
  const stale = Object.entries(outputs).filter(([name, text]) => {
    const path = join(root, 'dist', name);
    return !existsSync(path) || readFileSync(path, 'utf8') !== text;
  });
  if (stale.length > 0) {
    console.error(
      `dist/ is not what src/ builds: ${stale.map(([name]) => name).join(', ')}. Run "npm run build" and commit dist/.`,
    );
    process.exitCode = 1;
  } else
    console.log(`dist/ is what src/ builds (${script.length} characters, sha256 ${sha256.slice(0, 12)}…)`);
} else {
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (const [name, text] of Object.entries(outputs)) writeFileSync(join(root, 'dist', name), text);
  console.log(
    `dist/herald.mjs: ${(Buffer.byteLength(script) / 1000).toFixed(0)} kB from ${packages.length} packages, sha256 ${sha256.slice(0, 12)}…`,
  );
}
