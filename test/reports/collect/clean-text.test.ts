import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, detached } from '../../../src/reports/collect/clean-text.ts';

describe('cleanText', () => {
  test.each([
    { name: 'colours', text: '\u001b[1;31mred\u001b[0m', clean: 'red' },
    { name: 'cursor movements', text: 'a\u001b[2K\u001b[1Gb', clean: 'ab' },
    {
      name: 'links of terminals',
      text: '\u001b]8;;https://example.com\u0007here\u001b]8;;\u001b\\',
      clean: 'here',
    },
    {
      name: 'control characters but tabs and line feeds',
      text: 'a\u0000\u0007\u007f\u009b\tb\nc',
      clean: 'a\tb\nc',
    },
    { name: 'carriage returns', text: 'a\r\nb\rc', clean: 'a\nb\nc' },
    { name: 'halves of characters', text: 'a\ud83db\ude00c😀', clean: 'abc😀' },
    { name: 'blanks around it', text: '\n  a b \n', clean: 'a b' },
  ])('takes $name out', ({ text, clean }) => {
    expect(cleanText(text, 100)).toBe(clean);
  });

  test('shows that it cut a text, and never through a character', () => {
    expect([cleanText('abcdef', 4), cleanText('ab😀cdef', 4), cleanText('abcd', 4)]).toEqual([
      'abc…',
      'ab…',
      'abcd',
    ]);
  });

  test('gives a bounded text without control characters for any text', () => {
    const part = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u001b[', '\u001b]', '\ud83d', '\r', 'x'.repeat(3_000)),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.integer({ min: 1, max: 200 }), (parts, max) => {
        const clean = cleanText(parts.join(''), max);
        expect(clean.length).toBeLessThanOrEqual(max);
        expect(clean).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
        expect(Buffer.from(clean).toString()).toBe(clean);
      }),
    );
  });

  test('is quick for escape sequences that never end', () => {
    expect(cleanText('\u001b]'.repeat(500_000), 100_000)).toBe('…');
  });
});

test('a detached text is the same text', () => {
  expect(detached('aé😀')).toBe('aé😀');
});
