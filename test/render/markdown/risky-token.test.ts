import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRiskyToken, longestWord, riskyPatterns } from '../../../src/render/markdown/risky-token.ts';

/** Words of the signs that patterns look for, of what is beside them, and of any other character. */
const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'@#!&^$~%*[]{}<>:/.-+_?"'.split('')),
      fc.constantFrom(
        'www.',
        'mailto:',
        'xmpp:',
        'toc',
        'GL',
        'abcdef0',
        '12',
        'a',
        'Z',
        'é',
        '漢',
        'ſ',
        'İ',
        'K',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

describe('a risky word', () => {
  test('is one that a pattern matches, whichever signs it holds', () => {
    fc.assert(
      fc.property(words, (word) => {
        expect(isRiskyToken(word)).toBe(riskyPatterns.some(([, pattern]) => pattern.test(word)));
      }),
    );
  });

  test.each([
    '@ada',
    'ada@example.com',
    '#1',
    '!2',
    '&3',
    '^4',
    '$5',
    '~bug',
    '%"1.0"',
    '*iteration:1',
    '[issue:1]',
    '[[page',
    'page]]',
    '[toc',
    'GL-1',
    'DEFACED',
    'group/project>',
    'https://a',
    'WWW.a',
    'xmpp:a',
    '{+a',
    'a-]',
    ':tada:',
    'x'.repeat(longestWord + 1),
  ])('%s', (word) => {
    expect(isRiskyToken(word)).toBe(true);
  });

  test.each(['passes', 'café', 'adds', 'a/b', 'C++', '12:30:45', 'deface', 'end.', ''])('not: %s', (word) => {
    expect(isRiskyToken(word)).toBe(false);
  });
});
