import fc from 'fast-check';
import picomatch from 'picomatch';
import { describe, expect, test } from 'vitest';
import { globTest } from '../../../src/bot/rules/glob-expression.ts';

describe('globs of paths', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['src/**', ['src/a', 'src/a/b.ts', 'src/.hidden/a'], ['lib/a', 'srcs/a', 'a/src/b']],
    ['**/CHANGELOG*', ['CHANGELOG.md', 'a/b/CHANGELOG', '.x/CHANGELOG'], ['a/CHANGELOG/b', 'MYCHANGELOG']],
    ['*.ts', ['a.ts', '.ts'], ['a/b.ts', 'a.tsx', 'ats']],
    ['docs/*.md', ['docs/a.md'], ['docs/a/b.md', 'Docs/a.md']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['a/xb', 'ab']],
    ['**', ['a', 'a/b/c', '.a'], []],
    ['{src,lib}/**', ['src/a', 'lib/b/c'], ['test/a']],
    ['{a/**,b}', ['a/x/y', 'b'], ['c', 'b/x']],
    ['a?c', ['abc'], ['a/c', 'ac']],
    ['[a-c].txt', ['a.txt', 'c.txt'], ['d.txt', '-.txt']],
    ['[!a]x', ['bx'], ['ax', '/x']],
    ['[]]', [']'], ['[']],
    ['a+(b).$^|c', ['a+(b).$^|c'], ['aab.c']],
    ['\\*', ['*'], ['a']],
    ['{a', ['{a'], ['a']],
    ['a,b', ['a,b'], ['a']],
    ['a[', ['a['], ['a']],
  ])('%s', (glob, fitting, others) => {
    const isMatch = globTest(glob, 'path');
    expect(fitting.filter((path) => !isMatch(path))).toEqual([]);
    expect(others.filter((path) => isMatch(path))).toEqual([]);
  });

  test('mean what they mean to others', () => {
    const part = fc.constantFrom('a', 'b', 'ab', '*', 'a*', '*b', '?', '{a,b}', '[ab]', '[!a]', '.a', 'a.b');
    const glob = fc
      .array(fc.oneof({ weight: 3, arbitrary: part }, fc.constant('**')), { minLength: 1, maxLength: 4 })
      .filter((parts) => parts.at(-1) !== '**')
      .map((parts) => parts.join('/'));
    const path = fc
      .array(fc.constantFrom('a', 'b', 'ab', '.a', 'a.b', 'c'), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('/'));
    fc.assert(
      fc.property(glob, path, (pattern, value) => {
        expect(globTest(pattern, 'path')(value)).toBe(
          picomatch(pattern.replaceAll('[!', '[^'), { dot: true })(value),
        );
      }),
      { numRuns: 1_500 },
    );
  });
});

describe('globs of names', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['release/*', ['release/1', 'release/1/2', 'Release/1'], ['release', 'xrelease/1']],
    ['size::*', ['size::L', 'SIZE::xl'], ['size:L']],
    ['project_*_bot*', ['project_42_bot_0123abcd', 'project_1_bot'], ['bot']],
    ['**/x', ['a/x', 'a/b/x'], ['x']],
    ['v?.?', ['v1.2'], ['v12.3']],
    ['{main,develop}', ['main', 'develop'], ['mai', 'main,develop']],
    ['a\nb', ['a\nb'], ['a']],
  ])('%s', (glob, fitting, others) => {
    const isMatch = globTest(glob, 'name');
    expect(fitting.filter((name) => !isMatch(name))).toEqual([]);
    expect(others.filter((name) => isMatch(name))).toEqual([]);
  });
});

// Each of these takes a matcher that goes back and tries again minutes at least; that they come to an end is the test.
test.each<[string, string]>([
  ['*a*a*a*a*a*a*a*a*b', 'a'.repeat(255)],
  ['**/a/**/a/**/a/**/a/**/b', 'a/'.repeat(2_000)],
  ['*a*a*b', 'a'.repeat(20_000)],
])('no text makes %s slow', (glob, value) => {
  expect(globTest(glob, 'name')(value)).toBe(false);
  expect(globTest(glob, 'path')(value)).toBe(false);
});

test('a class that is none is told', () => {
  expect(() => globTest('[z-a]', 'name')).toThrow(SyntaxError);
});
