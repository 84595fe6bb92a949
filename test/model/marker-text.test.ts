import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeMarkerText, encodeMarkerText, shortMarkerText } from '../../src/model/marker-text.ts';

test('any text comes back as it was, and holds nothing that could end a field or a comment', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      const encoded = encodeMarkerText(value);
      expect(encoded).toMatch(/^[A-Za-z0-9_./%]*$/);
      expect(decodeMarkerText(encoded)).toBe(value);
    }),
  );
});

test('each byte of UTF-8 outside of a short list of signs is percent and two digits', () => {
  const list = /[A-Za-z0-9_./]/;
  const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
  for (const character of [...ascii, 'ü', '€', '😀']) {
    const bytes = [...new TextEncoder().encode(character)];
    const inDigits = bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
    expect(encodeMarkerText(character)).toBe(list.test(character) ? character : inDigits);
  }
});

test('half of a surrogate pair is not a text: it becomes the replacement character', () => {
  expect(decodeMarkerText(encodeMarkerText('a\ud83d'))).toBe('a\ufffd');
});

test.each([
  { name: 'a character that would have been encoded', value: 'a-b' },
  { name: 'an encoding that was not needed', value: '%41' },
  { name: 'lower-case digits', value: '%2d' },
  { name: 'half an encoding', value: '%2' },
  { name: 'bytes that are no text', value: '%FF' },
])('$name is not what we wrote', ({ value }) => {
  expect(decodeMarkerText(value)).toBeNull();
});

test('long texts with the same beginning stay two', () => {
  const start = 'ü'.repeat(300);
  expect(shortMarkerText(`${start}a`)).not.toBe(shortMarkerText(`${start}b`));
  expect(shortMarkerText(`${start}a`).length).toBeLessThan(150);
  expect(shortMarkerText('rule/welcome')).toBe('rule/welcome');
});
