import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import picomatch from 'picomatch';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Paths in code spans, from the root or from src/; what stands for a name of somebody's own (`<format>`, `…`) is no
 * path.
 */
function pathsOf(page: string): readonly string[] {
  return [...page.matchAll(/`((?:[\w.*-]+\/)+[\w.*-]*)`/g)].map(([, path = '']) => path);
}

function isThere(path: string): boolean {
  return [root, join(root, 'src')].some((folder) => {
    const full = join(folder, path);
    if (!path.includes('*')) return existsSync(full);
    const parent = dirname(full);
    return existsSync(parent) && readdirSync(parent).some((name) => picomatch(full)(join(parent, name)));
  });
}

describe.each([
  'docs/architecture.md',
  'CONTRIBUTING.md',
  'docs/guides/add-a-format.md',
  'docs/guides/add-a-log-pattern.md',
])('%s', (name) => {
  test('names no file that is not there', () => {
    const paths = pathsOf(readFileSync(join(root, name), 'utf8'));
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !isThere(path))).toEqual([]);
  });
});

test('a file that is not there is found', () => {
  const paths = pathsOf(
    '`src/main.ts` and `compare/gates/`, `baseline/*-part.ts`, `compare/gone.ts`, `gone/*.ts`',
  );
  expect(paths.filter((path) => !isThere(path))).toEqual(['compare/gone.ts', 'gone/*.ts']);
});
