import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findFiles } from '../../src/io/find-files.ts';
import { lay, layNames, layPipe, temporaryFolder } from './temporary-folder.ts';

async function pathsOf(root: string, ...patterns: string[]): Promise<readonly string[]> {
  return (await findFiles(root, patterns)).files.map(({ path }) => path);
}

async function warningsOf(root: string, ...patterns: string[]): Promise<readonly string[]> {
  const { warnings, misses } = await findFiles(root, patterns);
  return [...warnings, ...misses].map(({ path, message }) => `${path}: ${message}`);
}

describe('patterns', () => {
  const names = [
    'junit.xml',
    'report(1).xml',
    'a+b.xml',
    'x[1].xml',
    'README.md',
    'reports/junit.xml',
    'reports/unit/TEST-a.xml',
    'reports/unit/deep/TEST-b.xml',
    'reports/e2e/TEST-c.xml',
    'reports/.hidden.xml',
    '.reports/dot.xml',
    'packages/a/coverage/lcov.info',
    'packages/b/coverage/lcov.info',
  ];

  test.each([
    { name: 'a plain path is that file', patterns: ['reports/junit.xml'], found: ['reports/junit.xml'] },
    {
      name: 'a star stays in its folder',
      patterns: ['*.xml'],
      found: ['a+b.xml', 'junit.xml', 'report(1).xml', 'x[1].xml'],
    },
    {
      name: 'two stars reach any depth, none included',
      patterns: ['**/TEST-*.xml'],
      found: ['reports/e2e/TEST-c.xml', 'reports/unit/TEST-a.xml', 'reports/unit/deep/TEST-b.xml'],
    },
    {
      name: 'two stars match zero folders',
      patterns: ['reports/**/junit.xml'],
      found: ['reports/junit.xml'],
    },
    {
      name: 'a question mark is one character',
      patterns: ['reports/unit/TEST-?.xml'],
      found: ['reports/unit/TEST-a.xml'],
    },
    {
      name: 'a class is one of its characters',
      patterns: ['reports/*/TEST-[a-b].xml'],
      found: ['reports/unit/TEST-a.xml'],
    },
    {
      name: 'a negated class is none of them',
      patterns: ['reports/*/TEST-[!a].xml'],
      found: ['reports/e2e/TEST-c.xml'],
    },
    {
      name: 'braces are alternatives, slashes included',
      patterns: ['packages/{a,b}/{coverage/lcov,x}.info'],
      found: ['packages/a/coverage/lcov.info', 'packages/b/coverage/lcov.info'],
    },
    {
      name: 'a folder is everything below it',
      patterns: ['reports/unit'],
      found: ['reports/unit/TEST-a.xml', 'reports/unit/deep/TEST-b.xml'],
    },
    { name: 'a folder may end with a slash', patterns: ['reports/e2e/'], found: ['reports/e2e/TEST-c.xml'] },
    {
      name: 'a folder found by a wildcard is everything below it',
      patterns: ['packages/*'],
      found: ['packages/a/coverage/lcov.info', 'packages/b/coverage/lcov.info'],
    },
    { name: 'a leading ./ is accepted', patterns: ['././junit.xml'], found: ['junit.xml'] },
    {
      name: 'parentheses and plus are themselves',
      patterns: ['report(1).xml', 'a+b.xml'],
      found: ['a+b.xml', 'report(1).xml'],
    },
    { name: 'a backslash takes a bracket literally', patterns: ['x\\[1\\].xml'], found: ['x[1].xml'] },
    { name: 'upper and lower case differ', patterns: ['JUNIT.xml', '*.XML'], found: [] },
    { name: 'dot files need their dot', patterns: ['reports/*.xml'], found: ['reports/junit.xml'] },
    { name: 'a dot file is found by its dot', patterns: ['reports/.*.xml'], found: ['reports/.hidden.xml'] },
    {
      name: 'a dot folder is found at any depth by its dot',
      patterns: ['**/.reports/*.xml'],
      found: ['.reports/dot.xml'],
    },
    {
      name: 'an exclusion holds whatever its place',
      patterns: ['!reports/unit', 'reports/**/*.xml'],
      found: ['reports/e2e/TEST-c.xml', 'reports/junit.xml'],
    },
    {
      name: 'two patterns that find one file find it once',
      patterns: ['junit.xml', '**/junit.xml'],
      found: ['junit.xml', 'reports/junit.xml'],
    },
    {
      name: 'a detour inside the root is accepted',
      patterns: ['reports/../junit.xml'],
      found: ['junit.xml'],
    },
  ])('$name', async ({ patterns, found }) => {
    expect(await pathsOf(layNames(temporaryFolder(), names), ...patterns)).toEqual(found);
  });

  test('a dot means everything below the root', async () => {
    expect(await pathsOf(layNames(temporaryFolder(), ['a.xml', 'b/c.xml']), '.')).toEqual([
      'a.xml',
      'b/c.xml',
    ]);
  });

  test('an absolute path inside the root is accepted, also when the root is named through a link', async () => {
    const folder = lay(temporaryFolder(), { 'project/reports/junit.xml': 'x', alias: '-> project' });
    const alias = join(folder, 'alias');
    expect(await pathsOf(alias, join(alias, 'reports/*.xml'))).toEqual(['reports/junit.xml']);
    expect(await pathsOf(alias, join(folder, 'project/reports/*.xml'))).toEqual(['reports/junit.xml']);
  });

  test('files come sorted by path, with their size in bytes', async () => {
    const root = lay(temporaryFolder(), { 'b.xml': 'four', 'a/z.xml': 'é', 'B.xml': '' });
    expect((await findFiles(root, ['**/*.xml'])).files).toEqual([
      { path: 'B.xml', sizeBytes: 0 },
      { path: 'a/z.xml', sizeBytes: 2 },
      { path: 'b.xml', sizeBytes: 4 },
    ]);
  });

  test('no pattern at all finds nothing and warns of nothing', async () => {
    expect(await findFiles(temporaryFolder(), [])).toEqual({ files: [], warnings: [], misses: [] });
  });
});

describe('folders of other people', () => {
  const names = [
    'junit.xml',
    'node_modules/x/junit.xml',
    'a/node_modules/x/junit.xml',
    'vendor/x/junit.xml',
    'target/dependency/junit.xml',
    'build/junit.xml',
    '.git/junit.xml',
  ];

  test('are not searched by wildcards, while build folders are', async () => {
    expect(await pathsOf(layNames(temporaryFolder(), names), '**/*.xml')).toEqual([
      'build/junit.xml',
      'junit.xml',
    ]);
  });

  test.each([
    { pattern: 'node_modules/x/junit.xml', found: ['node_modules/x/junit.xml'] },
    {
      pattern: '**/node_modules/**/junit.xml',
      found: ['a/node_modules/x/junit.xml', 'node_modules/x/junit.xml'],
    },
    { pattern: '{vendor,build}/**/*.xml', found: ['build/junit.xml', 'vendor/x/junit.xml'] },
    { pattern: 'target/dependency', found: ['target/dependency/junit.xml'] },
    { pattern: '.git/*.xml', found: ['.git/junit.xml'] },
  ])('are searched when a pattern names them: $pattern', async ({ pattern, found }) => {
    expect(await pathsOf(layNames(temporaryFolder(), names), pattern)).toEqual(found);
  });

  test('stay closed to the other patterns when one pattern names them', async () => {
    const root = layNames(temporaryFolder(), [
      ...names,
      'node_modules/x/other.xml',
      'node_modules/y/junit.xml',
    ]);
    expect(await pathsOf(root, 'node_modules/x/junit.xml', '**/*.xml')).toEqual([
      'build/junit.xml',
      'junit.xml',
      'node_modules/x/junit.xml',
    ]);
  });
});

describe('links', () => {
  test('a link to a file outside is refused, also through a second link', async () => {
    const folder = lay(temporaryFolder(), {
      'secret.xml': 'x',
      'project/direct.xml': '-> ../secret.xml',
      'project/second.xml': '-> direct.xml',
      'project/good.xml': 'x',
    });
    const result = await findFiles(join(folder, 'project'), ['*.xml']);
    expect(result.files.map(({ path }) => path)).toEqual(['good.xml']);
    expect(result.warnings).toEqual([
      { path: 'direct.xml', message: 'is a link to a place outside the project directory, refused' },
      { path: 'second.xml', message: 'is a link to a place outside the project directory, refused' },
    ]);
  });

  test.each(['out/*.xml', 'out', '**/*.xml', 'out/a.xml', '*/a.xml'])(
    'a link to a folder outside is refused for %s',
    async (pattern) => {
      const folder = lay(temporaryFolder(), {
        'elsewhere/a.xml': 'x',
        'project/b.xml': 'x',
        'project/out': '-> ../elsewhere',
      });
      const result = await findFiles(join(folder, 'project'), [pattern, 'b.xml']);
      expect(result.files.map(({ path }) => path)).toEqual(['b.xml']);
      expect(result.warnings).toContainEqual({
        path: 'out',
        message: 'is a link to a place outside the project directory, refused',
      });
    },
  );

  test('a folder whose name begins with the name of the root is outside', async () => {
    const folder = lay(temporaryFolder(), {
      'project-2/a.xml': 'x',
      'project/a.xml': '-> ../project-2/a.xml',
    });
    expect(await pathsOf(join(folder, 'project'), '*.xml')).toEqual([]);
  });

  test('a link that leads nowhere and one in a circle are refused', async () => {
    const root = lay(temporaryFolder(), {
      'gone.xml': '-> nothing.xml',
      'x.xml': '-> y.xml',
      'y.xml': '-> x.xml',
    });
    expect(await warningsOf(root, '*.xml')).toEqual([
      'gone.xml: is a link that leads nowhere, refused',
      'x.xml: is a link that goes in a circle, refused',
      'y.xml: is a link that goes in a circle, refused',
    ]);
  });

  test('a link to a folder above ends the search there', async () => {
    const root = lay(temporaryFolder(), { 'a/report.xml': 'x', 'a/b/up': '-> ../..', 'a/b/self': '-> .' });
    expect(await pathsOf(root, '**/*.xml')).toEqual(['a/report.xml']);
    expect(await warningsOf(root, '**/*.xml')).toEqual([
      'a/b/self: is a link to a folder above it, refused',
      'a/b/up: is a link to a folder above it, refused',
    ]);
  });

  test('a link inside the project is followed, and a file is found once, by its own path', async () => {
    const root = lay(temporaryFolder(), {
      'build/run-2/junit.xml': 'x',
      'aaa-latest': '-> build/run-2',
      'again.xml': '-> build/run-2/junit.xml',
      'zzz.xml': '-> build/run-2/junit.xml',
    });
    expect(await pathsOf(root, 'aaa-latest/*.xml')).toEqual(['aaa-latest/junit.xml']);
    expect(await pathsOf(root, '**/*.xml')).toEqual(['build/run-2/junit.xml']);
  });

  test('hidden folders that no pattern names are not even looked into', async () => {
    const folder = lay(temporaryFolder(), { 'root/.cache/out': '-> ../..', 'root/a.xml': 'x' });
    expect(await findFiles(join(folder, 'root'), ['**/*.xml'])).toEqual({
      misses: [],
      files: [{ path: 'a.xml', sizeBytes: 1 }],
      warnings: [],
    });
  });

  test('a link into .git is refused: the job token is in there', async () => {
    const root = lay(temporaryFolder(), {
      '.git/config': 'token',
      'report.xml': '-> .git/config',
      reports: '-> .git',
    });
    expect(await findFiles(root, ['report.xml', 'reports/*'])).toEqual({
      misses: [{ path: 'reports/*', message: 'matches no file' }],
      files: [],
      warnings: [
        { path: 'report.xml', message: 'is a link into .git, refused' },
        { path: 'reports', message: 'is a link into .git, refused' },
      ],
    });
  });

  test('folders that link to each other do not keep the search going', async () => {
    const root = temporaryFolder();
    const folders = Array.from({ length: 12 }, (_, index) => `d${index}`);
    for (const from of folders) {
      mkdirSync(join(root, from));
      for (const to of folders) if (to !== from) symlinkSync(`../${to}`, join(root, from, to));
    }
    writeFileSync(join(root, 'd0', 'junit.xml'), 'x');
    const result = await findFiles(root, ['**/*.xml', '*/*/*/*/*/*.xml']);
    expect(result.files.map(({ path }) => path)).toEqual(['d0/junit.xml']);
    expect(result.warnings.length).toBeLessThanOrEqual(101);
  });
});

describe('what is no file', () => {
  test('a named pipe is refused', async () => {
    const root = temporaryFolder();
    layPipe(join(root, 'pipe.xml'));
    expect(await findFiles(root, ['*.xml'])).toEqual({
      misses: [],
      files: [],
      warnings: [{ path: 'pipe.xml', message: 'is not a regular file, refused' }],
    });
  });

  test('a device behind a link is refused', async () => {
    const root = lay(temporaryFolder(), { 'zero.xml': '-> /dev/zero' });
    expect(await warningsOf(root, '*.xml')).toEqual([
      'zero.xml: is a link to a place outside the project directory, refused',
    ]);
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be listed is a warning', async () => {
    const root = layNames(temporaryFolder(), ['closed/a.xml', 'b.xml']);
    chmodSync(join(root, 'closed'), 0o000);
    expect(await warningsOf(root, '**/*.xml')).toEqual(['closed: cannot be searched: no permission']);
    chmodSync(join(root, 'closed'), 0o700);
  });

  test('a root that does not exist is a warning', async () => {
    expect(await warningsOf(join(temporaryFolder(), 'nowhere'), '**/a.xml')).toEqual([
      '.: cannot be searched: it does not exist',
      '**/a.xml: matches no file',
    ]);
  });
});

describe('warnings', () => {
  const names = ['reports/junit.xml', 'target/surefire-reports/TEST-a.xml', 'src/main.ts'];

  test.each([
    { pattern: 'report/junit.xml', message: 'matches no file; did you mean "reports/junit.xml"?' },
    { pattern: 'reports/junt.xml', message: 'matches no file; did you mean "reports/junit.xml"?' },
    { pattern: 'junit.xml', message: 'matches no file; did you mean "reports/junit.xml"?' },
    { pattern: 'Reports/JUnit.xml', message: 'matches no file; did you mean "reports/junit.xml"?' },
    { pattern: 'reports\\*.xml', message: 'matches no file; did you mean "reports/*.xml"?' },
    { pattern: 'report/*.xml', message: 'matches no file; did you mean "reports/*.xml"?' },
    {
      pattern: 'surefire-reports/TEST-*.xml',
      message: 'matches no file; did you mean "target/surefire-reports/TEST-*.xml"?',
    },
    { pattern: 'TEST-*.xml', message: 'matches no file; did you mean "**/TEST-*.xml"?' },
    { pattern: 'coverage/lcov.info', message: 'matches no file' },
    { pattern: '**/lcov.info', message: 'matches no file' },
  ])('a pattern that matches nothing names what is near: $pattern', async ({ pattern, message }) => {
    const root = layNames(temporaryFolder(), names);
    expect((await findFiles(root, [pattern])).misses).toEqual([{ path: pattern, message }]);
  });

  test('an exclusion that leaves nothing over is a pattern that matches nothing', async () => {
    expect(await warningsOf(layNames(temporaryFolder(), ['a.xml']), '**/a.xml', '!a.xml')).toEqual([
      '**/a.xml: matches no file',
    ]);
  });

  test.each(['../x.xml', 'a/../../x.xml', '/etc/passwd', '/', './../*', '..'])(
    '%s leads out and is refused',
    async (pattern) => {
      expect(await findFiles(temporaryFolder(), [pattern])).toEqual({
        misses: [],
        files: [],
        warnings: [{ path: pattern, message: 'is outside the project directory, refused' }],
      });
    },
  );

  test.each(['', '  ', '!'])('the empty pattern %j is refused', async (pattern) => {
    expect(await warningsOf(layNames(temporaryFolder(), ['a']), pattern)).toEqual([
      `${pattern}: is an empty pattern, refused`,
    ]);
  });

  test('more than 10,000 files are cut, the same ones every time, and counted', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'a'));
    for (let index = 0; index < 10_005; index += 1)
      writeFileSync(join(root, 'a', `f${String(index).padStart(5, '0')}.xml`), '');
    const { files, warnings } = await findFiles(root, ['a/*.xml']);
    expect(files).toHaveLength(10_000);
    expect(files.at(-1)?.path).toBe('a/f09999.xml');
    expect(warnings).toEqual([
      { path: '.', message: '10005 files match; only the first 10000 are read. Name fewer files' },
    ]);
  });

  test('many warnings are cut and counted', async () => {
    const root = temporaryFolder();
    for (let index = 0; index < 130; index += 1) symlinkSync('/dev/null', join(root, `${index}.xml`));
    const { warnings } = await findFiles(root, ['*.xml']);
    expect(warnings).toHaveLength(101);
    expect(warnings.at(-1)).toEqual({ path: '.', message: '30 more warnings about files are not shown' });
  });
});

test('no pattern makes the search fail or leave the root', async () => {
  const folder = lay(temporaryFolder(), { 'outside.xml': 'x', 'root/a/b.xml': 'x', 'root/c.xml': 'x' });
  const piece = fc.constantFrom(
    '*',
    '**',
    '?',
    '[',
    ']',
    '{',
    '}',
    ',',
    '..',
    '/',
    '.',
    '!',
    '\\',
    'a',
    'b.xml',
    '(',
    ')',
    '|',
    '+',
    '@',
    '^',
    '-',
    ' ',
    '\n',
    '\0',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(piece, { maxLength: 8 }), { maxLength: 3 }), async (patterns) => {
      const { files } = await findFiles(
        join(folder, 'root'),
        patterns.map((pieces) => pieces.join('')),
      );
      expect(['a/b.xml', 'c.xml']).toEqual(expect.arrayContaining(files.map(({ path }) => path)));
    }),
    { numRuns: 300 },
  );
});
