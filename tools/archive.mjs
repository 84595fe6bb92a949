/**
 * Makes archive/herald-<version>.tgz and its checksum: everything that is published, as "npm pack" packs it, which
 * writes the same bytes for the same files. So the one archive can be unpacked, installed with npm, and pushed with
 * "herald setup --install". Its package.json needs no other package, because dist/ has them in it. Needs npm.
 *
 *   node tools/archive.mjs [folder]   into another folder than archive/
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What a user of the package needs of package.json; npm would install what else it names. */
const kept = ['name', 'version', 'private', 'description', 'license', 'type', 'engines', 'bin', 'files'];

/** Always the whole command line through npm's script, which also runs where npm is a batch file. */
function npm(args, cwd) {
  const isWindows = process.platform === 'win32';
  return execFileSync(isWindows ? 'npm.cmd' : 'npm', args, { cwd, encoding: 'utf8', shell: isWindows });
}

/** npm's answer to --json: a list in older versions, by name in newer ones. */
function packed(text) {
  const answer = JSON.parse(text);
  const [first] = Array.isArray(answer) ? answer : Object.values(answer);
  return first;
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { files } = packed(npm(['pack', '--dry-run', '--json', '--ignore-scripts'], root));
const output = resolve(process.argv[2] ?? join(root, 'archive'));
const stage = mkdtempSync(join(tmpdir(), 'herald-archive-'));
try {
  for (const { path } of files) {
    mkdirSync(dirname(join(stage, path)), { recursive: true });
    cpSync(join(root, path), join(stage, path));
  }
  const own = Object.fromEntries(kept.filter((key) => key in manifest).map((key) => [key, manifest[key]]));
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(own, null, 2)}\n`);
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output);
  const { filename } = packed(
    npm(['pack', '--json', '--ignore-scripts', '--pack-destination', output], stage),
  );
  const sha256 = createHash('sha256')
    .update(readFileSync(join(output, filename)))
    .digest('hex');
  writeFileSync(join(output, `${filename}.sha256`), `${sha256}  ${filename}\n`);
  console.log(`${filename}: sha256 ${sha256}`);
} finally {
  rmSync(stage, { recursive: true, force: true });
}
