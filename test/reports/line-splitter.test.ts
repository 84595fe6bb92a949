import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineSplitter } from '../../src/reports/line-splitter.ts';

function linesOf(chunks: readonly Uint8Array[], maxBytes?: number): readonly (readonly [number, string])[] {
  const lines: [number, string][] = [];
  const splitter = createLineSplitter((text, number) => lines.push([number, text]), maxBytes);
  for (const chunk of chunks) splitter.write(chunk);
  splitter.end();
  return lines;
}

describe('the line splitter', () => {
  test.each([
    { text: 'a\nb', lines: ['a', 'b'] },
    { text: 'a\r\nb\r\n', lines: ['a', 'b'] },
    { text: '\n\na', lines: ['', '', 'a'] },
    { text: 'a\rb\n', lines: ['a\rb'] },
    { text: '', lines: [] },
  ])('gives the lines of $text without their ends', ({ text, lines }) => {
    expect(linesOf([Buffer.from(text)])).toEqual(lines.map((line, index) => [index + 1, line]));
  });

  test('cuts a line that is too long and goes on with the next', () => {
    expect(linesOf([Buffer.from('abcdef'), Buffer.from('ghi\nx')], 4)).toEqual([
      [1, 'abcd'],
      [2, 'x'],
    ]);
  });

  test('gives the same lines however the bytes are cut', () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '\n', '\r', '\r\n', 'long line '))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 12 }),
        (whole, size, maxBytes) => {
          const bytes = Buffer.from(whole);
          const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
            bytes.subarray(index * size, (index + 1) * size),
          );
          expect(linesOf(pieces, maxBytes)).toEqual(linesOf([bytes], maxBytes));
        },
      ),
    );
  });
});
