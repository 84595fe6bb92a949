import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linesOf, offsetText, type TextEdit, wholeLineFix } from '../../src/reports/whole-line-fix.ts';

function edit(values: Partial<TextEdit>): TextEdit {
  return { startLine: 2, startColumn: null, endLine: null, endColumn: null, text: 'new', ...values };
}

const text = linesOf('one\ntwo three\nfour', 1);

describe('wholeLineFix', () => {
  test.each([
    { name: 'a line', values: {}, fix: [2, 2, 'new'] },
    { name: 'several lines', values: { endLine: 3 }, fix: [2, 3, 'new'] },
    { name: 'lines with a final line break', values: { endLine: 3, text: 'a\nb\n' }, fix: [2, 3, 'a\nb'] },
    {
      name: 'lines up to where the next begins',
      values: { startColumn: 1, endLine: 3, endColumn: 1, text: 'a\n' },
      fix: [2, 2, 'a'],
    },
    {
      name: 'deleted lines',
      values: { startColumn: 1, endLine: 4, endColumn: 1, text: '' },
      fix: [2, 3, ''],
    },
    { name: 'columns', values: { startColumn: 5, endColumn: 10 }, fix: [2, 2, 'two new'] },
    { name: 'an insertion', values: { startColumn: 4, endColumn: 4, text: '!' }, fix: [2, 2, 'two! three'] },
    {
      name: 'columns over lines',
      values: { startColumn: 5, endLine: 3, endColumn: 3 },
      fix: [2, 3, 'two newur'],
    },
    { name: 'the rest of a line', values: { startColumn: 4 }, fix: [2, 2, 'twonew'] },
  ])('turns an edit of $name into one of whole lines', ({ values, fix }) => {
    const made = wholeLineFix(edit(values), text);
    expect([made?.startLine, made?.endLine, made?.replacement]).toEqual(fix);
  });

  test.each([
    { name: 'has no place', values: { startLine: null } },
    { name: 'ends before it begins', values: { endLine: 1 } },
    { name: 'leaves one blank line', values: { text: '' } },
    {
      name: 'replaces lines by a blank one',
      values: { startColumn: 1, endLine: 3, endColumn: 1, text: '\n' },
    },
    { name: 'begins past its line', values: { startColumn: 50, endColumn: 51 } },
    { name: 'ends past its line', values: { startColumn: 1, endColumn: 51 } },
    {
      name: 'is in a line that the text does not have',
      values: { startLine: 9, startColumn: 2, endColumn: 3 },
    },
  ])('gives nothing for an edit that $name', ({ values }) => {
    const known = 'startColumn' in values && values.text === '\n' ? undefined : text;
    expect(wholeLineFix(edit(values), known)).toBeNull();
  });

  test('columns cannot be widened without the text', () => {
    expect(wholeLineFix(edit({ startColumn: 5, endColumn: 10 }))).toBeNull();
  });
});

describe('offsetText', () => {
  test('an edit by offsets, made of whole lines, gives the text that the tool meant', () => {
    const lines = fc.array(
      fc.string({ maxLength: 6 }).map((line) => line.replace(/[\r\n]/g, '')),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(lines, fc.nat(50), fc.nat(50), fc.string({ maxLength: 5 }), (parts, one, other, put) => {
        const source = parts.join('\n');
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const addressed = offsetText(source);
        const made = addressed.edit(from, to, put);
        expect(made === null).toBe(to > source.length);
        const fix = made === null ? null : wholeLineFix(made, addressed.line);
        if (fix === null || fix.replacement === '') return;
        const kept = [...parts.slice(0, fix.startLine - 1), fix.replacement, ...parts.slice(fix.endLine)];
        expect(kept.join('\n')).toBe(source.slice(0, from) + put + source.slice(to));
      }),
    );
  });

  test('addresses lines with either line ending', () => {
    const addressed = offsetText('a\r\nbc\nd');
    expect([1, 2, 3, 4].map((line) => addressed.line(line))).toEqual(['a', 'bc', 'd', null]);
    expect(addressed.edit(4, 5, 'x')).toEqual({
      startLine: 2,
      startColumn: 2,
      endLine: 2,
      endColumn: 3,
      text: 'x',
    });
  });
});
