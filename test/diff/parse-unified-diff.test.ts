import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedLines } from '../../src/diff/changed-lines.ts';
import { parseUnifiedDiff } from '../../src/diff/parse-unified-diff.ts';

const header = (paths: string, ...more: readonly string[]) => [`diff --git ${paths}`, ...more].join('\n');

describe('a patch', () => {
  test.each([
    {
      name: 'changes lines',
      patch: `${header('a/src/a.ts b/src/a.ts', 'index 1..2 100644', '--- a/src/a.ts', '+++ b/src/a.ts')}
@@ -1,3 +1,4 @@ class A
 one
-two
+zwei
+drei
 four
`,
      file: {
        oldPath: 'src/a.ts',
        newPath: 'src/a.ts',
        change: 'modified',
        hunks: [{ oldStart: 1, newStart: 1, lines: ' -++ ' }],
        complete: true,
      },
    },
    {
      name: 'adds a file',
      patch: `${header('a/new.ts b/new.ts', 'new file mode 100644', 'index 0..1', '--- /dev/null', '+++ b/new.ts')}
@@ -0,0 +1,2 @@
+one
+two
\\ No newline at end of file
`,
      file: {
        oldPath: 'new.ts',
        newPath: 'new.ts',
        change: 'added',
        hunks: [{ oldStart: 0, newStart: 1, lines: '++' }],
      },
    },
    {
      name: 'deletes a file',
      patch: `${header('a/old.ts b/old.ts', 'deleted file mode 100644', '--- a/old.ts', '+++ /dev/null')}
@@ -1 +0,0 @@
-one
`,
      file: { oldPath: 'old.ts', newPath: 'old.ts', change: 'deleted', hunks: [{ lines: '-' }] },
    },
    {
      name: 'renames a file without changing it',
      patch: `${header('a/a b.ts b/c d.ts', 'similarity index 100%', 'rename from a b.ts', 'rename to c d.ts')}\n`,
      file: { oldPath: 'a b.ts', newPath: 'c d.ts', change: 'renamed', hunks: [] },
    },
    {
      name: 'has a binary file',
      patch: `${header('a/x.png b/x.png', 'index 1..2 100644', 'Binary files a/x.png and b/x.png differ')}\n`,
      file: { newPath: 'x.png', change: 'modified', hunks: [] },
    },
    {
      name: 'changes a mode only',
      patch: `${header('a/run.sh b/run.sh', 'old mode 100644', 'new mode 100755')}\n`,
      file: { newPath: 'run.sh', hunks: [] },
    },
    {
      name: 'writes a path in quotes and octal bytes',
      patch: `${header('"a/gr\\303\\274n \\"x\\".ts" "b/gr\\303\\274n \\"x\\".ts"', '--- "a/gr\\303\\274n \\"x\\".ts"', '+++ "b/gr\\303\\274n \\"x\\".ts"')}
@@ -1 +1 @@
-a
+b
`,
      file: { oldPath: 'grün "x".ts', newPath: 'grün "x".ts' },
    },
    {
      name: 'has a path with " b/" inside',
      patch: `${header('a/x b/y.ts b/x b/y.ts', 'old mode 100644', 'new mode 100755')}\n`,
      file: { oldPath: 'x b/y.ts', newPath: 'x b/y.ts' },
    },
    {
      name: 'removes a line that looks like a header',
      patch: `${header('a/q.sql b/q.sql', '--- a/q.sql', '+++ b/q.sql')}
@@ -1,2 +1,2 @@
--- a comment
+++ b/other
 select
`,
      file: { newPath: 'q.sql', hunks: [{ lines: '-+ ' }] },
    },
    {
      name: 'has lost the space of an empty line',
      patch: `${header('a/a b/a', '--- a/a', '+++ b/a')}\n@@ -1,3 +1,3 @@\n one\n\n-x\n+y\n`,
      file: { hunks: [{ lines: '  -+' }], complete: true },
    },
    {
      name: 'has Windows line ends',
      patch: `${header('a/a b/a', '--- a/a', '+++ b/a')}\r\n@@ -1 +1 @@\r\n-x\r\n+y\r\n`,
      file: { newPath: 'a', hunks: [{ lines: '-+' }] },
    },
    {
      name: 'was cut inside a hunk',
      patch: `${header('a/a b/a', '--- a/a', '+++ b/a')}\n@@ -1,9 +1,9 @@\n one\n-x\n`,
      file: { hunks: [{ lines: ' -' }], complete: false },
    },
  ])('$name', ({ patch, file }) => {
    expect(parseUnifiedDiff(patch).files).toMatchObject([file]);
  });

  test('with a merge of several parents leaves that file out and says that it is not whole', () => {
    const patch = `${header('a/a b/a', '--- a/a', '+++ b/a')}\n@@ -1 +1 @@\n-x\n+y\ndiff --cc both.ts\nindex 1,2..3\n@@@ -1,1 -1,1 +1,1 @@@\n++z\n`;
    expect(parseUnifiedDiff(patch)).toMatchObject({ files: [{ newPath: 'a' }], complete: false });
  });

  test('that is none is empty', () => {
    expect(parseUnifiedDiff('<html>sign in</html>')).toEqual({ files: [], complete: true });
  });

  test('of any text is read without a throw, in linear time', () => {
    const pieces = fc.constantFrom(
      'diff --git a/x b/x\n',
      '@@ -1,5 +1,5 @@\n',
      '+a\n',
      '-b\n',
      ' c\n',
      '--- a/x\n',
      '+++ b/y\n',
      '"',
      '\\',
      '\0',
      'rename to z\n',
    );
    fc.assert(
      fc.property(fc.array(pieces), (list) => {
        expect(Array.isArray(parseUnifiedDiff(list.join('')).files)).toBe(true);
      }),
    );
    expect(parseUnifiedDiff(`diff --git a/x b/x\n${'@@ -1,1 +1,1 @@\n'.repeat(100_000)}`).files).toHaveLength(
      1,
    );
  });
});

function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', ['diff', '--no-index', '--no-color', ...args], { encoding: 'utf8' });
  } catch (error) {
    // Exit code 1 says that there are differences.
    return (error as { stdout: string }).stdout;
  }
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const line of whole) if (line === part[at]) at += 1;
  return at === part.length;
}

describe('the changed lines', () => {
  test('are those that git says were added, for any two versions of a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'herald-diff-'));
    const [one, other] = [join(folder, 'before'), join(folder, 'after')];
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', '', '  d', '+e', '-f', '@@ -1 +1 @@'), {
      maxLength: 30,
    });
    try {
      fc.assert(
        fc.property(lines, lines, (before, after) => {
          writeFileSync(one, before.map((line) => `${line}\n`).join(''));
          writeFileSync(other, after.map((line) => `${line}\n`).join(''));
          const ranges = [...changedLines(parseUnifiedDiff(git(one, other))).values()].flat();
          const added = new Set(
            ranges.flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, n) => start + n)),
          );
          // What is not added is part of the old version, in its order.
          expect(
            isSubsequence(
              after.filter((_line, index) => !added.has(index + 1)),
              before,
            ),
          ).toBe(true);
          expect(added.size).toBe(Number(/^(\d+)/.exec(git('--numstat', one, other))?.[1] ?? 0));
        }),
        { numRuns: 40 },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('of a deleted file are none', () => {
    const patch = `${header('a/old.ts b/old.ts', 'deleted file mode 100644', '--- a/old.ts', '+++ /dev/null')}\n@@ -1 +0,0 @@\n-one\n`;
    expect(changedLines(parseUnifiedDiff(patch)).size).toBe(0);
  });
});
