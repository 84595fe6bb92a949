import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the pictures of the documentation show what Herald makes today', async () => {
  const { stderr } = await promisify(execFile)(process.execPath, ['tools/images.mjs', '--check'], {
    cwd: root,
  });
  expect(stderr).toBe('');
});

test('every picture is there in light and dark', () => {
  const pictures = readdirSync(join(root, 'docs/images')).filter((name) => name.endsWith('.png'));
  const names = new Set(pictures.map((name) => name.replace(/-(?:light|dark)\.png$/, '')));
  expect(names.size).toBeGreaterThan(0);
  expect(pictures.sort()).toEqual(
    [...names].flatMap((name) => [`${name}-dark.png`, `${name}-light.png`]).sort(),
  );
});
