import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeEntityBytes, decodeXmlText } from '../../../src/reports/xml/text.ts';

const part = fc.oneof(
  fc.constantFrom(
    '&lt;',
    '&gt;',
    '&amp;',
    '&quot;',
    '&apos;',
    '&',
    '&&',
    '&l',
    '&lt',
    '&nbsp;',
    '&amp;lt;',
    ';',
  ),
  fc.string({ unit: fc.constantFrom(...Array.from('abmplqtuos&;<> ')), maxLength: 6 }),
);

function decoded(text: string): string | null {
  const bytes = Buffer.from(`&lt;${text}lt;`);
  return decodeEntityBytes(bytes, '&lt;'.length, '&lt;'.length + text.length);
}

describe('entities in ASCII values', () => {
  test('are what they are in any other text, and nothing outside of the value counts', () => {
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 12 }).map((parts) => parts.join('').slice(0, 120)),
        (text) => {
          expect(decoded(text)).toBe(decodeXmlText(text, false));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ['a &lt; b &amp;&amp; c', 'a < b && c'],
    ['&amp;lt;', '&lt;'],
    ['cut &am', 'cut &am'],
    ['ends with &', 'ends with &'],
  ])('"%s" is "%s"', (written, meant) => {
    expect(decoded(written)).toBe(meant);
  });

  test('a reference by number is left to the whole decoder', () => {
    expect(decoded('a &#65; b')).toBeNull();
  });
});
