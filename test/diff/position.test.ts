import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseUnifiedDiff } from '../../src/diff/parse-unified-diff.ts';
import { spotOf } from '../../src/diff/position.ts';

/**
 * ```
 * old new
 *  10  10   ten
 *  11   -  -eleven
 *   -  11  +eleven, new
 *   -  12  +twelve, new
 *  12  13   twelve
 * ```
 */
const changed = parseUnifiedDiff(`diff --git a/src/a.ts b/src/a.ts
--- a/src/a.ts
+++ b/src/a.ts
@@ -10,3 +10,4 @@ function
 ten
-eleven
+eleven, new
+twelve, new
 twelve
@@ -40 +41,0 @@
-forty
`);

const added = parseUnifiedDiff(`diff --git a/new.ts b/new.ts
new file mode 100644
--- /dev/null
+++ b/new.ts
@@ -0,0 +1,2 @@
+one
+two
`);

const deleted = parseUnifiedDiff(`diff --git a/old.ts b/old.ts
deleted file mode 100644
--- a/old.ts
+++ /dev/null
@@ -1,2 +0,0 @@
-one
-two
`);

const renamed = parseUnifiedDiff(`diff --git a/was.ts b/is.ts
similarity index 90%
rename from was.ts
rename to is.ts
--- a/was.ts
+++ b/is.ts
@@ -1,2 +1,3 @@
 one
+one and a half
 two
`);

const codeOf = (path: string, lines: string): string =>
  `${createHash('sha1').update(path).digest('hex')}_${lines}`;

describe('where GitLab takes a comment', () => {
  test.each([
    ['an added line has a number on the new side only', changed, 'new', 'src/a.ts', 11, [null, 11]],
    ['a removed line has one on the old side only', changed, 'old', 'src/a.ts', 11, [11, null]],
    ['an unchanged line has both, above the change', changed, 'new', 'src/a.ts', 10, [10, 10]],
    ['an unchanged line has both, which differ below it', changed, 'new', 'src/a.ts', 13, [12, 13]],
    ['an unchanged line is the same from the old side', changed, 'old', 'src/a.ts', 12, [12, 13]],
    ['the second hunk counts on from its own header', changed, 'old', 'src/a.ts', 40, [40, null]],
  ] as const)('%s', (_why, diff, side, path, line, [oldLine, newLine]) => {
    expect(spotOf(diff, { side, path, start: line, end: line })).toEqual({
      oldPath: path,
      newPath: path,
      oldLine,
      newLine,
      range: null,
    });
  });

  test.each([
    ['a new file has its path on both sides', added, 'new', 'new.ts', ['new.ts', 'new.ts']],
    ['a deleted file, too', deleted, 'old', 'old.ts', ['old.ts', 'old.ts']],
    ['a renamed file has each of its paths', renamed, 'new', 'is.ts', ['was.ts', 'is.ts']],
    [
      'a renamed file is found by its old path from the old side',
      renamed,
      'old',
      'was.ts',
      ['was.ts', 'is.ts'],
    ],
  ] as const)('%s', (_why, diff, side, path, [oldPath, newPath]) => {
    expect(spotOf(diff, { side, path, start: 2, end: 2 })).toMatchObject({ oldPath, newPath });
  });

  test.each([
    ['a line between the hunks', changed, 'new', 'src/a.ts', 20, 20],
    ['lines of which a hunk shows some only', changed, 'new', 'src/a.ts', 12, 14],
    ['lines of two hunks', changed, 'old', 'src/a.ts', 12, 40],
    ['a file that is not in the diff', changed, 'new', 'src/b.ts', 10, 10],
    ['the new side of a deleted file', deleted, 'new', 'old.ts', 1, 1],
    ['the old side of a new file', added, 'old', 'new.ts', 1, 1],
    ['the new path of a renamed file on the old side', renamed, 'old', 'is.ts', 1, 1],
    ['no line at all', changed, 'new', 'src/a.ts', 11, 10],
    ['line 0', changed, 'new', 'src/a.ts', 0, 0],
  ] as const)('nowhere: %s', (_why, diff, side, path, start, end) => {
    expect(spotOf(diff, { side, path, start, end })).toBeNull();
  });

  test('several lines are at the last, with both ends by their line codes', () => {
    expect(spotOf(changed, { side: 'new', path: 'src/a.ts', start: 10, end: 12 })).toMatchObject({
      oldLine: null,
      newLine: 12,
      range: {
        start: { lineCode: codeOf('src/a.ts', '10_10'), type: 'old', oldLine: 10, newLine: 10 },
        end: { lineCode: codeOf('src/a.ts', '12_12'), type: 'new', oldLine: null, newLine: 12 },
      },
    });
  });

  test('the line code of a renamed file is made of its new path', () => {
    const spot = spotOf(renamed, { side: 'new', path: 'is.ts', start: 2, end: 3 });
    expect(spot?.range?.start.lineCode).toBe(codeOf('is.ts', '2_2'));
    expect(spot?.range?.end.lineCode).toBe(codeOf('is.ts', '2_3'));
  });

  test('every line of the new side that a diff shows has a place, and no other', () => {
    const kinds = fc.array(fc.constantFrom(' ', '-', '+'), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(kinds, fc.integer({ min: 1, max: 50 }), (lines, start) => {
        const of = (missing: string): number => lines.filter((kind) => kind !== missing).length;
        const patch = lines.map((kind, index) => `${kind}line ${index}`).join('\n');
        const diff = parseUnifiedDiff(
          `diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -${start},${of('+')} +${start},${of('-')} @@\n${patch}\n`,
        );
        const last = start + of('-') - 1;
        let [oldLine, newLine] = [start, start];
        for (const kind of lines) {
          if (kind !== '-')
            expect(spotOf(diff, { side: 'new', path: 'f', start: newLine, end: newLine })).toMatchObject({
              newLine,
              oldLine: kind === '+' ? null : oldLine,
            });
          if (kind !== '+') oldLine += 1;
          if (kind !== '-') newLine += 1;
        }
        expect(spotOf(diff, { side: 'new', path: 'f', start: last + 1, end: last + 1 })).toBeNull();
        expect(spotOf(diff, { side: 'new', path: 'f', start: start - 1, end: start - 1 })).toBeNull();
      }),
    );
  });
});
