import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AsciiValue, textOfAscii } from '../../../src/reports/collect/ascii-value.ts';
import type { XmlAttributes } from '../../../src/reports/format.ts';
import { XmlNames } from '../../../src/reports/xml/names.ts';
import { PlainTag } from '../../../src/reports/xml/plain-tag.ts';
import { XmlTag } from '../../../src/reports/xml/tag.ts';
import { XmlValues } from '../../../src/reports/xml/values.ts';

const asked = ['name', 'classname', 'time', 'file', 'status', 'line'] as const;

/** What a tag says of each attribute: its text, and the same as bytes where it has them. */
function said(tag: XmlAttributes): unknown {
  return asked.map((name) => {
    const place = new AsciiValue();
    const isThere = tag.ascii(name, place);
    return [name, tag.attribute(name), isThere, isThere === true ? textOfAscii(place) : null];
  });
}

const piece = fc.constantFrom(
  ...['<testcase', '<testcases', '<x:testcase', '<test', ' ', '  ', '\n', '\t', '\r\n', '/', '>', '/>', '?'],
  ...['name', 'classname', 'time', 'file', 'x:name', 'xmlns:name', 'id', 'nane', 'näme', 'a.b-c_d', '1'],
  ...[
    '=',
    '="',
    "='",
    '"',
    "'",
    ' = "',
    'a',
    'b c',
    '&lt;',
    '&amp;',
    '&#65;',
    '&',
    '<',
    'ä',
    '\0',
    '\u{1f600}',
  ],
  ...['x'.repeat(130), '&gt;'.repeat(40), 'y'.repeat(600)],
);
const attribute = fc
  .tuple(
    fc.constantFrom(...asked, 'id', 'x:name'),
    fc.constantFrom('="', '="', "='", ' ="', '='),
    fc.array(piece, { maxLength: 3 }),
    fc.constantFrom('"', '"', "'", ''),
  )
  .map(([name, open, value, close]) => `${name}${open}${value.join('')}${close}`);
const plainAttribute = fc
  .tuple(fc.constantFrom(...asked, 'id'), fc.constantFrom('a', 'b &lt;c&gt;', '&#65;', '', "it's", '\t/>'))
  .map(([name, value]) => `${name}="${value}"`);
const space = fc.oneof({ weight: 12, arbitrary: fc.constant(' ') }, fc.constantFrom('\n', ''));
const tag = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((pieces) => `<testcase${pieces.join('')}`),
  fc
    .tuple(
      fc.array(fc.tuple(space, fc.oneof({ weight: 12, arbitrary: plainAttribute }, attribute)), {
        maxLength: 5,
      }),
      fc.constantFrom('>', '/>', ' />', '', '/'),
    )
    .map(([attributes, end]) => `<testcase${attributes.flat().join('')}${end}`),
);

test('what it reads is what the lenient reader of tags reads', () => {
  const plain = new PlainTag('testcase', asked);
  let read = 0;
  fc.assert(
    fc.property(tag, fc.constantFrom('', 'text', '<'), (written, rest) => {
      const buffer = Buffer.from(`text${written}${rest}`);
      const lenient = new XmlTag(new XmlNames(), new XmlValues());
      const end = plain.read(buffer, 'text'.length);
      if (end < 0) return;
      read += 1;
      expect(lenient.read(buffer, 'text<'.length)).toBe(end - 1);
      expect(lenient.name).toBe('testcase');
      expect(plain.isEmpty).toBe(buffer[end - 2] === 0x2f);
      expect(said(plain)).toEqual(said(lenient));
    }),
    { numRuns: 5_000 },
  );
  // Many are plain, or the property says nothing.
  expect(read).toBeGreaterThan(500);
});

test('it reads what tools write, and not what follows a tag that does not end', () => {
  const plain = new PlainTag('testcase', asked);
  const read = (written: string): number => plain.read(Buffer.from(written), 0);
  const usual = '<testcase classname="shop.Cart" name="adds &lt;2&gt;" id="7" time="0.5">';
  expect(read(usual)).toBe(usual.length);
  expect(plain.attribute('name')).toBe('adds <2>');
  expect(plain.attribute('file')).toBeNull();
  expect(plain.isEmpty).toBe(false);
  expect(read('<testcase name="a"/>')).toBe(20);
  expect(plain.isEmpty).toBe(true);
  for (const end of usual.split('').keys()) expect(read(usual.slice(0, end))).toBe(-1);
});

test('attributes that it could mistake for one another are refused', () => {
  expect(() => new PlainTag('testcase', ['file', 'fail'])).toThrow('fail is too much like another attribute');
});
