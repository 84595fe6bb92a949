import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linearPattern } from '../../src/patterns/linear-match.ts';

const isIn = (pattern: string, text: string, flags = ''): boolean =>
  linearPattern(new RegExp(pattern, flags))(text);

describe('a pattern finds what the engine of JavaScript finds', () => {
  const patterns = [
    ...[
      'a',
      'ab',
      '^a',
      'a$',
      '^$',
      '',
      '^',
      'a|b',
      'a||b',
      '(?:ab)+',
      '(a|b)*c',
      'a{2}',
      'a{2,}',
      'a{1,2}b',
    ],
    ...[
      'a{0}b',
      '(a*)*',
      '(a+)+$',
      '(?:a|aa)+$',
      '(?:)*a',
      '[ab]c',
      '[^ab]',
      '[]',
      '[^]',
      '[a-c]+',
      '[\\]a]',
      '[^\\w]',
    ],
    ...[
      '\\w+',
      '\\W',
      '\\d',
      '\\s',
      '\\S+$',
      '\\ba',
      'a\\b',
      '\\Ba',
      '\\bab\\b',
      '.',
      '.*',
      'a.c',
      'a*?b',
      'a+?',
      'a??b',
    ],
    ...[
      '\\x61',
      '\\u0062',
      '\\.',
      '\\/',
      '\\t',
      '\\0',
      '\\cA',
      '\\-',
      'a{',
      'a{b',
      '{',
      '}',
      ']',
      'a{,2}',
      '(?<n>a)b',
    ],
    ...[
      '^(?:a|b)(?:\\([^()\\s]{1,5}\\))?!?: \\S',
      '(?:^|c)a',
      'a(?:$|b)',
      '(^a|b$)',
      '(?:\\b|c)+a',
      '(?:a?){3}b',
      'A',
      '[A-B]',
    ],
  ];
  const units = [
    'a',
    'b',
    'c',
    'A',
    'B',
    ' ',
    '-',
    '(',
    ')',
    ':',
    '!',
    '{',
    '}',
    ',',
    '2',
    '.',
    '_',
    '\t',
    '\u0000',
    '\u0001',
    'é',
    '\u2028',
    '😀',
  ];
  const text = fc.array(fc.constantFrom(...units), { maxLength: 9 }).map((parts) => parts.join(''));

  test.each(patterns)('%j', (pattern) => {
    for (const flags of ['', 'i']) {
      const expression = new RegExp(pattern, flags);
      const find = linearPattern(expression);
      fc.assert(
        fc.property(text, (value) => find(value) === expression.test(value)),
        { numRuns: 150 },
      );
    }
    expect(isIn(pattern, 'ab')).toBe(new RegExp(pattern).test('ab'));
  });

  test('put together at random', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '.',
      '[ab]',
      '\\w',
      '\\b',
      '^',
      '$',
      '(?:a|b)',
      '(?:ab|)',
      '(?:a*b?)',
      '(?:^a|b)',
    );
    const quantified = fc
      .tuple(
        fc.constantFrom('a', 'b', '.', '[ab]', '(?:a|b)', '(?:ab|)', '(?:a*b?)', '(?:^a|b)'),
        fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '*?', '{0,}'),
      )
      .map((parts) => parts.join(''));
    const sequence = fc
      .array(fc.oneof(atom, quantified), { minLength: 1, maxLength: 5 })
      .map((parts) => parts.join(''));
    const pattern = fc.array(sequence, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('|'));
    const short = fc.array(fc.constantFrom('a', 'b', ' '), { maxLength: 7 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(pattern, short, (source, value) => {
        expect(isIn(source, value)).toBe(new RegExp(source).test(value));
      }),
      { numRuns: 1_500 },
    );
  });
});

describe('no text makes it slow', () => {
  // Each of these takes the engine of JavaScript minutes to centuries; that they come to an end at all is the test.
  test.each([
    ['(a+)+$', 'a'.repeat(20_000) + 'b'],
    ['(a|aa)+$', 'a'.repeat(20_000) + 'b'],
    ['\\w*\\w*\\w*\\w*x', 'a'.repeat(20_000)],
    ['.*a.*a.*a.*a.*x', 'a'.repeat(20_000)],
    ['^(\\s*\\w+\\s*)*$', `${'a '.repeat(10_000)}!`],
    ['(?:a?){200}a{200}$', `${'a'.repeat(199)}b`],
  ])('%s', (pattern, text) => {
    expect(isIn(pattern, text)).toBe(false);
  });
});

describe('what would take backtracking is refused', () => {
  test.each([
    ['(a)\\1', 'refers back to a group'],
    ['(?<n>a)\\k<n>', 'refers back to a group'],
    ['a(?=b)', 'looks ahead or behind'],
    ['(?<!a)b', 'looks ahead or behind'],
    ['\\p{L}', 'needs Unicode mode'],
    ['(?:a{100}){100}', 'is too large'],
    ['a{9999999}', 'is too large'],
  ])('%s', (pattern, message) => {
    expect(() => linearPattern(new RegExp(pattern))).toThrow(message);
  });
});
