import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AsciiValue, textOfAscii } from '../../../src/reports/collect/ascii-value.ts';
import type { XmlAttributes } from '../../../src/reports/format.ts';
import { createXmlReader } from '../../../src/reports/xml/reader.ts';

const asked = ['name', 'time', 'a', 'b'] as const;

interface Seen {
  /** What tags said while they were open. */
  readonly open: string[];
  /** What they said when they were held, and other tags had been read. */
  readonly held: string[];
  /** Values that were had as bytes. */
  bytes: number;
}

/** Holds every tag, and asks it again when the next one comes. */
function readHolding(text: string, pieceBytes: number): Seen {
  const seen: Seen = { open: [], held: [], bytes: 0 };
  let held: XmlAttributes | null = null;
  const said = (tag: XmlAttributes): string => JSON.stringify(asked.map((name) => tag.attribute(name)));
  const ask = (): void => {
    if (held === null) return;
    seen.held.push(said(held));
    for (const name of asked) {
      const ascii = new AsciiValue();
      const isThere = held.ascii(name, ascii);
      expect(isThere === null).toBe(held.attribute(name) === null);
      if (isThere !== true) continue;
      seen.bytes += 1;
      expect(textOfAscii(ascii)).toBe(held.attribute(name));
    }
    held = null;
  };
  const reader = createXmlReader(
    {
      open(element) {
        ask();
        const { name } = element;
        seen.open.push(said(element));
        held = element.hold();
        expect([element.name, said(element), element.hold()]).toEqual([name, seen.open.at(-1), held]);
      },
      close: () => undefined,
      end: ask,
    },
    { warn: () => undefined, incomplete: () => undefined },
  );
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = Uint8Array.from(bytes.subarray(at, at + pieceBytes));
    reader.write(piece);
    piece.fill(0x3c);
  }
  reader.end();
  return seen;
}

const value = fc
  .array(
    fc.constantFrom(
      'x',
      '12',
      '0.5',
      '&lt;',
      '&amp;',
      '&#65;',
      '&',
      'ä',
      '\r',
      ' ',
      '<',
      'y'.repeat(70),
      'z'.repeat(300),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));
const attribute = fc
  .tuple(fc.constantFrom(...asked, 'p:a', 'ab', 'other'), value, fc.constantFrom('"', "'"))
  .map(([name, text, quote]) => ` ${name}=${quote}${text}${quote}`);
const tag = fc
  .tuple(fc.constantFrom('t', 'testcase', 'p:t'), fc.array(attribute, { maxLength: 6 }), fc.boolean())
  .map(([name, attributes, isEmpty]) => `<${name}${attributes.join('')}${isEmpty ? '/>' : '>'}`);

test('a tag that is held says the same when its chunk is gone and others were read, as text and as bytes', () => {
  let bytes = 0;
  fc.assert(
    fc.property(
      fc.array(tag, { minLength: 1, maxLength: 6 }).map((tags) => tags.join('\n')),
      fc.constantFrom(1, 3, 16, 10_000),
      (text, pieceBytes) => {
        const seen = readHolding(text, pieceBytes);
        expect(seen.held).toEqual(seen.open);
        bytes += seen.bytes;
      },
    ),
    { numRuns: 500 },
  );
  expect(bytes).toBeGreaterThan(500);
});
