import { describe, expect, test } from 'vitest';
import { fileAddress, linkAddress } from '../../../src/render/markdown/link-address.ts';

describe('the address of a file', () => {
  test.each([
    ['src/a.ts', 12, 'src/a.ts#L12'],
    ['./src//a.ts', null, 'src/a.ts'],
    ['a b/c#d?e%f.ts', 3, 'a%20b/c%23d%3Fe%25f.ts#L3'],
    ['dir\\file.cs', 1, 'dir/file.cs#L1'],
    ['données/été.py', null, 'donn%C3%A9es/%C3%A9t%C3%A9.py'],
    ['x\uD800.py', null, 'x%EF%BF%BD.py'],
  ])('of %s has its parts encoded', (path, line, expected) => {
    expect(fileAddress('https://gitlab.example.com/a/b', 'abc', { path, line })).toBe(
      `https://gitlab.example.com/a/b/-/blob/abc/${expected}`,
    );
  });

  test.each(['/etc/passwd', '../x', 'a/../../x', 'C:\\x', ''])(
    'is none for a path that leaves the project: "%s"',
    (path) => {
      expect(fileAddress('https://gitlab.example.com/a/b', 'abc', { path, line: 1 })).toBeNull();
    },
  );
});

test.each([
  ['https://a.b/c_d?x=1&y=2', 'https://a.b/c_d?x=1&y=2'],
  ['https://a.b/(x) [y] <z>', 'https://a.b/%28x%29%20%5By%5D%20%3Cz%3E'],
  ['https://a.b/100%', 'https://a.b/100%25'],
  ['https://gitlab.example.com/g/p/-/commit/abc', 'https://gitlab.example.com/g/p/-/commit/abc#.'],
  ['https://gitlab.example.com/g/p/%69ssues/1#note_2', 'https://gitlab.example.com/g/p/%69ssues/1#note_2.'],
])('the address %s is written %s', (url, expected) => {
  expect(linkAddress(url)).toBe(expected);
});

describe('links to lines of files whose path looks like a reference', () => {
  test.each([
    { path: 'src/issues/list.ts', fragment: '#L12' },
    { path: 'app/labels/commit.rb', fragment: '#L3' },
  ])('$path keeps its line, and is made no reference of', ({ path, fragment }) => {
    const address = linkAddress(`https://gitlab.example.com/g/p/-/blob/abc/${path}${fragment}`);
    expect(address?.endsWith(`?line=.${fragment}`)).toBe(true);
  });
});
