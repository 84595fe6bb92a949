import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathPattern, splitPath } from '../../src/code-owners/path-pattern.ts';

function fits(pattern: string, path: string): boolean {
  return pathPattern(pattern)(splitPath(path));
}

/** The examples of the documentation, and what its pages say about them. */
describe.each([
  { pattern: '*', yes: ['a', '.env', 'a/b/c.rb', '.gitlab/x'], no: [] },
  { pattern: '*.rb', yes: ['a.rb', 'app/b.rb', '.rb', 'a/.rb'], no: ['a.rbx', 'a.rb/x'] },
  { pattern: '/README.md', yes: ['README.md'], no: ['docs/README.md', 'readme.md'] },
  { pattern: '/docs/README.md', yes: ['docs/README.md'], no: ['README.md', 'a/docs/README.md'] },
  { pattern: 'README.md', yes: ['README.md', 'internal/README.md', 'app/lib/README.md'], no: ['xREADME.md'] },
  {
    pattern: 'internal/README.md',
    yes: ['internal/README.md', 'docs/internal/README.md', 'docs/api/internal/README.md'],
    no: ['README.md', 'xinternal/README.md'],
  },
  { pattern: '/docs/', yes: ['docs/a', 'docs/a/b', 'docs/.x/y'], no: ['docs', 'a/docs/b'] },
  { pattern: 'lib/', yes: ['lib/a', 'x/lib/a/b'], no: ['lib', 'xlib/a'] },
  { pattern: '/docs/*.md', yes: ['docs/a.md', 'docs/.md'], no: ['docs/a/b.md', 'docs/a.mdx'] },
  { pattern: '/docs/index.*', yes: ['docs/index.md', 'docs/index.'], no: ['docs/index', 'docs/index.d/a'] },
  { pattern: '/docs/*spec*', yes: ['docs/qa_specs.rb', 'docs/runtime.spec'], no: ['docs/a/spec'] },
  { pattern: '/docs/*/README.md', yes: ['docs/api/README.md'], no: ['docs/README.md', 'docs/a/b/README.md'] },
  {
    pattern: '/docs/**/index.md',
    yes: ['docs/index.md', 'docs/api/index.md', 'docs/api/graphql/index.md'],
    no: ['index.md', 'docs/xindex.md'],
  },
  {
    pattern: '**/*.rb',
    yes: ['config/database.rb', 'app/controllers/users/stars_controller.rb', 'a.rb'],
    no: ['a'],
  },
  { pattern: '/docs/**', yes: ['docs/a'], no: ['docs/a/b', 'docs'] },
  { pattern: 'path with spaces/', yes: ['path with spaces/a', 'x/path with spaces/a/b'], no: ['path/a'] },
  { pattern: '#file', yes: ['#file', 'a/#file'], no: ['file'] },
  { pattern: '/a?c', yes: ['abc', 'a.c', 'aäc', 'a😀c'], no: ['ac', 'a/c', 'abbc'] },
  { pattern: '/[a-c]x', yes: ['ax', 'cx'], no: ['dx', '-x', 'x'] },
  { pattern: '/[!a-c]x', yes: ['dx', '-x'], no: ['ax', 'x'] },
  { pattern: '/[^a]x', yes: ['bx'], no: ['ax'] },
  { pattern: '/[a-]x', yes: ['ax', '-x'], no: ['bx'] },
  { pattern: '/[\\]]x', yes: [']x'], no: ['\\x'] },
  { pattern: '/[ab', yes: [], no: ['a', '[ab'] },
  { pattern: '/\\*.md', yes: ['*.md'], no: ['a.md'] },
  { pattern: '/a\\', yes: ['a\\'], no: ['a'] },
  { pattern: '/{a,b}.md', yes: ['{a,b}.md'], no: ['a.md', 'b.md'] },
  { pattern: '/!(a)', yes: ['!(a)'], no: ['b'] },
  { pattern: '/a.b+c(d)$', yes: ['a.b+c(d)$'], no: ['axb+c(d)$'] },
])('$pattern', ({ pattern, yes, no }) => {
  test('fits what it should and nothing else', () => {
    expect(yes.filter((path) => !fits(pattern, path))).toEqual([]);
    expect(no.filter((path) => fits(pattern, path))).toEqual([]);
  });
});

/** The same rules as a regular expression, for short texts. */
function slowly(pattern: string): RegExp {
  const rooted = pattern.startsWith('/') ? pattern.slice(1) : `**/${pattern}`;
  const whole = pattern === '*' ? '**/*' : rooted.endsWith('/') ? `${rooted}**/*` : rooted;
  const source = whole.replaceAll(/(?<=^|\/)(?:\*\*\/)+|\*+|\?|[.]/g, (token) =>
    token.endsWith('/') ? '(?:.*/)?' : token === '?' ? '[^/]' : token === '.' ? '\\.' : '[^/]*',
  );
  return new RegExp(`^${source}$`, 's');
}

const patterns = fc
  .array(fc.constantFrom('a', 'b', '.', '*', '**', '?', '/'), { minLength: 1, maxLength: 9 })
  .map((parts) => parts.join(''))
  .filter((pattern) => pattern !== '/' && !pattern.includes('//'));
const paths = fc
  .array(
    fc.array(fc.constantFrom('a', 'b', '.'), { minLength: 1, maxLength: 3 }).map((name) => name.join('')),
    { minLength: 1, maxLength: 4 },
  )
  .map((names) => names.join('/'));

test('it says the same as a regular expression', () => {
  fc.assert(
    fc.property(patterns, paths, (pattern, path) => {
      expect([pattern, path, fits(pattern, path)]).toEqual([pattern, path, slowly(pattern).test(path)]);
    }),
    { numRuns: 3_000 },
  );
});

test('any text is read as a pattern, and tried on any path', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (pattern, path) => {
      expect(typeof fits(pattern, path)).toBe('boolean');
    }),
  );
});

test('no path makes it try more than the product of both lengths', () => {
  let looks = 0;
  const name = Array.from('a'.repeat(4_000));
  const counted = new Proxy(name, {
    get(target, key: string) {
      if (/^\d+$/.test(key)) looks += 1;
      const found: unknown = Reflect.get(target, key);
      return found;
    },
  });
  const pattern = `/${'*a'.repeat(40)}*b`;
  expect(pathPattern(pattern)([counted])).toBe(false);
  expect(looks).toBeLessThan(4_000 * pattern.length);
});
