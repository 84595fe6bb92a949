import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readOwnPackage } from '../../src/io/own-package.ts';
import { temporaryFolder } from './temporary-folder.ts';

const manifest = {
  version: '1.2.3',
  description: 'What it is.',
  bin: { herald: 'dist/herald.mjs' },
  files: ['dist', 'docs', '!docs/site', 'LICENSE.md'],
};

function laidOut(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

describe('the package that the scripts are part of', () => {
  test('has what its package.json publishes, and nothing else', async () => {
    const root = laidOut({
      'package.json': JSON.stringify(manifest),
      'LICENSE.md': 'MIT',
      'dist/herald.mjs': 'code',
      'docs/guides/install.md': 'how',
      'docs/site/node_modules/x.js': 'no',
      'docs/site-map.md': 'map',
      'src/main.ts': 'no',
    });
    const found = await readOwnPackage(pathToFileURL(join(root, 'dist/herald.mjs')).href);
    expect(found).toMatchObject({ version: '1.2.3', description: 'What it is.' });
    expect(found?.files.map(({ path }) => path)).toEqual([
      'LICENSE.md',
      'dist/herald.mjs',
      'docs/guides/install.md',
      'docs/site-map.md',
      'package.json',
    ]);
    expect(Buffer.from(found?.files[1]?.content ?? []).toString()).toBe('code');
  });

  test('is none for scripts alone, or below another program’s package.json', async () => {
    const root = laidOut({ 'package.json': '{"name":"other","version":"1.0.0"}', 'lib/herald.mjs': 'code' });
    expect(await readOwnPackage(pathToFileURL(join(root, 'lib/herald.mjs')).href)).toBeNull();
  });
});
