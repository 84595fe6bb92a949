import { cp, mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../src/version.ts';
import { aFolder, makeArchive, ran, root } from './archive.ts';

const name = `herald-${version}.tgz`;

/** Made once; each test unpacks it for itself. */
let release = '';
let made: readonly string[] = [];

beforeAll(async () => {
  release = await mkdtemp(join(tmpdir(), 'herald-release-'));
  made = await makeArchive(release);
});

afterAll(() => rm(release, { recursive: true, force: true }));

describe('the archive of a release', () => {
  test('runs from the folder that it is unpacked into, and needs no other package', async () => {
    const folder = await aFolder();
    expect(made).toEqual([name, `${name}.sha256`]);
    await ran('sha256sum', ['-c', `${name}.sha256`], { cwd: release, env: {} });
    await ran('tar', ['-xzf', join(release, name)], { cwd: folder, env: {} });
    const unpacked = join(folder, 'package');
    const manifest = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')) as object;
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('scripts');
    await ran('sha256sum', ['-c', 'SHA256SUMS'], { cwd: join(unpacked, 'dist'), env: {} });
    const herald = (...args: readonly string[]): Promise<string> =>
      ran(process.execPath, [join(unpacked, 'dist/herald.mjs'), ...args], { cwd: folder, env: {} });
    expect(await herald('--version')).toBe(`${version}\n`);
    expect(await herald('demo', '--output', join(folder, 'demo'))).not.toBe('');
    expect(await readdir(join(folder, 'demo'))).not.toEqual([]);
  });

  test('is an npm package that npm installs without asking anybody', async () => {
    const folder = await aFolder();
    const npm = ['install', '--offline', '--no-audit', '--no-fund', '--prefix', folder, join(release, name)];
    await ran('npm', npm, { cwd: folder, env: {} });
    expect(await readdir(join(folder, 'node_modules'))).toEqual(
      expect.not.arrayContaining(['zod', '@gitbeaker']),
    );
    const said = await ran(join(folder, 'node_modules/.bin/herald'), ['--version'], { cwd: folder, env: {} });
    expect(said).toBe(`${version}\n`);
  });

  test('has the same bytes wherever and whenever it is made, also from itself', async () => {
    const folder = await aFolder();
    const first = await readFile(join(release, name));
    await ran('tar', ['-xzf', join(release, name)], { cwd: folder, env: {} });
    const copy = join(folder, 'elsewhere');
    await cp(join(folder, 'package'), copy, { recursive: true });
    await utimes(join(copy, 'README.md'), new Date(0), new Date(0));
    await makeArchive(join(folder, 'second'), copy);
    expect((await readFile(join(folder, 'second', name))).equals(first)).toBe(true);
  });

  test('has what a release, an installation and a reader need, and nothing of the source', async () => {
    const paths = (await ran('tar', ['-tzf', name], { cwd: release, env: {} })).trim().split('\n');
    const templates = (await readdir(join(root, 'templates'), { recursive: true })).filter((path) =>
      path.endsWith('.yml'),
    );
    const dist = await readdir(join(root, 'dist'));
    const needed = [
      ...dist.map((path) => `dist/${path}`),
      ...templates.map((path) => `templates/${path}`),
      '.gitlab/release.gitlab-ci.yml',
      'CHANGELOG.md',
      'Dockerfile',
      'LICENSE.md',
      'README.md',
      'SECURITY.md',
      'docs/guides/install.md',
      'package.json',
      'tools/archive.mjs',
    ];
    expect(needed.filter((path) => !paths.includes(`package/${path}`))).toEqual([]);
    expect(
      paths.filter((path) => /^package\/(?:src|test|bench|node_modules|docs\/site)\//.test(path)),
    ).toEqual([]);
  });
});
