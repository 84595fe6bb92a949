import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toUtf8 } from '../../src/reports/encoding.ts';
import { inPieces } from './tests-summary.ts';

async function decoded(
  bytes: Uint8Array,
  pieceBytes = 7,
): Promise<{ readonly text: string; readonly warnings: readonly string[] }> {
  const warnings: string[] = [];
  const chunks: Uint8Array[] = [];
  for await (const chunk of toUtf8(inPieces(bytes, pieceBytes), (message) => warnings.push(message)))
    chunks.push(chunk);
  return { text: Buffer.concat(chunks).toString('utf8'), warnings };
}

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

const declaration = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>`;

describe('toUtf8', () => {
  test.each([
    { name: 'UTF-8', bytes: Buffer.from('<r>é€😀</r>'), text: '<r>é€😀</r>' },
    { name: 'UTF-8 with a byte order mark', bytes: Buffer.from('\ufeff<r>é</r>'), text: '<r>é</r>' },
    { name: 'UTF-16 LE with a mark', bytes: Buffer.from('\ufeff<r>é😀</r>', 'utf16le'), text: '<r>é😀</r>' },
    { name: 'UTF-16 BE with a mark', bytes: utf16be('\ufeff<r>é😀</r>'), text: '<r>é😀</r>' },
    { name: 'UTF-16 LE without a mark', bytes: Buffer.from('<r>é</r>', 'utf16le'), text: '<r>é</r>' },
    { name: 'UTF-16 BE without a mark', bytes: utf16be('[1, "é"]'), text: '[1, "é"]' },
    { name: 'an empty file', bytes: Buffer.alloc(0), text: '' },
    { name: 'one byte', bytes: Buffer.from('<'), text: '<' },
  ])('reads $name', async ({ bytes, text }) => {
    for (const pieceBytes of [1, 3, 1_000])
      expect(await decoded(bytes, pieceBytes)).toEqual({ text, warnings: [] });
  });

  test.each([
    { encoding: 'ISO-8859-1', read: '<r>é</r>' },
    { encoding: 'iso8859_1', read: '<r>é</r>' },
    { encoding: 'ISO_8859-1', read: '<r>é</r>' },
    { encoding: 'windows-1252', read: '<r>é</r>' },
    { encoding: 'cp1252', read: '<r>é</r>' },
    { encoding: 'latin1', read: '<r>é</r>' },
  ])('reads the declared $encoding', async ({ encoding, read }) => {
    const { text, warnings } = await decoded(Buffer.from(`${declaration(encoding)}<r>é</r>`, 'latin1'));
    expect({ text: text.slice(declaration(encoding).length), warnings }).toEqual({
      text: read,
      warnings: [],
    });
  });

  test.each(['UTF-8', 'utf_8', 'utf8', 'UTF-16', 'ucs-2', 'unicode', 'US-ASCII'])(
    'takes a file of bytes that declares %s for UTF-8',
    async (encoding) => {
      const text = `${declaration(encoding)}<r>é</r>`;
      expect(await decoded(Buffer.from(text))).toEqual({ text, warnings: [] });
    },
  );

  test('reads an unknown encoding as UTF-8 and says so', async () => {
    const text = `${declaration('cp437')}<r>é</r>`;
    expect(await decoded(Buffer.from(text))).toEqual({
      text,
      warnings: ['unknown encoding "cp437", read as UTF-8'],
    });
  });

  test('a declaration after the beginning of the file is none', async () => {
    const text = `<r>${declaration('ISO-8859-1')}é</r>`;
    expect((await decoded(Buffer.from(text))).text).toBe(text);
  });

  test('passes UTF-8 on without copying it', async () => {
    const bytes = Buffer.from(`<r>${'é'.repeat(500)}</r>`);
    for await (const chunk of toUtf8(inPieces(bytes, 1_000), () => undefined))
      expect(chunk.buffer).toBe(bytes.buffer);
    expect.hasAssertions();
  });

  test('gives the same text however the bytes are cut, and never throws', async () => {
    const encodings = fc.constantFrom('UTF-8', 'ISO-8859-1', 'shift_jis', 'utf-16', 'x', 'iso-2022-kr');
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc
            .tuple(encodings, fc.uint8Array({ maxLength: 300 }))
            .map(([encoding, bytes]) => Buffer.concat([Buffer.from(declaration(encoding)), bytes])),
        ),
        fc.integer({ min: 1, max: 250 }),
        async (bytes, pieceBytes) => {
          expect(await decoded(bytes, pieceBytes)).toEqual(await decoded(bytes, bytes.length + 1));
        },
      ),
      { numRuns: 300 },
    );
  });
});
