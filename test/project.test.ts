import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { version } from '../src/version.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test('package.json, the source, the changelog and the include lines name one version', () => {
  expect((JSON.parse(read('package.json')) as { version: string }).version).toBe(version);
  expect(/^## (\d+\.\d+\.\d+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  const included = [
    ...`${read('README.md')}${read('docs/guides/bot.md')}${read('docs/guides/forks.md')}${read('docs/examples/bot-project/.gitlab-ci.yml')}`.matchAll(
      /\/(?:report|bot)@(\S+)/g,
    ),
  ].map(([, at]) => at);
  expect(new Set(included)).toEqual(new Set([version]));
});

test('row 84: no instance is named in the code or in the templates: Herald runs wherever it is included', () => {
  const comment = /^\s*(?:\/\/|\*|\/\*|#|specification:)/;
  const named = [...filesIn('src'), ...filesIn('templates')].flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => !comment.test(line) && /(?<![\w.])gitlab\.com/.test(line)),
  );
  expect(named).toEqual([]);
});

test('the lockfile names no registry host', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved"/);
});

test('every relative link of the docs leads to a file', () => {
  const pages = [
    'README.md',
    'CHANGELOG.md',
    ...filesIn('docs')
      .filter((path) => path.endsWith('.md'))
      .map((path) => path.slice(root.length)),
  ];
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].flatMap(([, target = '']) => {
      try {
        readdirSync(join(root, page, '..', target));
        return [];
      } catch (error) {
        return error instanceof Error && 'code' in error && error.code === 'ENOTDIR'
          ? []
          : [`${page}: ${target}`];
      }
    }),
  );
  expect(broken).toEqual([]);
});
