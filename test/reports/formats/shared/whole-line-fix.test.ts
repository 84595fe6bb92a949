import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  completeFix,
  linesOf,
  offsetText,
  type TextEdit,
  wholeLineFix,
} from '../../../../src/reports/formats/shared/whole-line-fix.ts';

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
    { name: 'begins past its line', values: { startColumn: 50, endColumn: 51 } },
    { name: 'ends past its line', values: { startColumn: 1, endColumn: 51 } },
  ])('gives nothing for an edit that $name', ({ values }) => {
    expect(wholeLineFix(edit(values), text)).toBeNull();
  });

  test('columns without the text are kept, and completed by it', () => {
    const made = wholeLineFix(edit({ startColumn: 5, endColumn: 10 }));
    expect(made).toMatchObject({
      startLine: 2,
      endLine: 2,
      columns: { start: 5, end: 10 },
      replacement: 'new',
    });
    expect(made && completeFix(made, text)).toMatchObject({ columns: null, replacement: 'two new' });
  });

  test.each([
    ['backwards', { startColumn: 5, endColumn: 4 }],
    ['before the line', { startColumn: 0, endColumn: 4 }],
    ['that end before the line', { startColumn: 2, endLine: 3, endColumn: 0 }],
  ])('columns %s are none', (_why, values) => {
    expect(wholeLineFix(edit(values))).toBeNull();
  });
});

describe('completeFix', () => {
  const fix = {
    startLine: 2,
    endLine: 2,
    replacement: 'new',
    columns: { start: 5, end: 10 },
    description: 'because',
  };

  test('keeps what the tool says of it', () => {
    expect(completeFix(fix, text)).toEqual({ ...fix, replacement: 'two new', columns: null });
  });

  test('leaves whole lines as they are', () => {
    expect(completeFix({ ...fix, columns: null }, linesOf(null, 1))).toEqual({ ...fix, columns: null });
  });

  test('takes the rest of the line', () => {
    expect(completeFix({ ...fix, columns: { start: 5, end: null } }, text)?.replacement).toBe('two new');
  });

  test.each([
    ['the line is not known', linesOf(null, 1)],
    ['the line is shorter than that', linesOf('one\ntwo\nfour', 1)],
    ['a character before it is more than one byte', linesOf('one\nzwö three\nfour', 1)],
    ['a tab may count as one column or as eight', linesOf('one\n\ttwo three\nfour', 1)],
  ])('is null where %s', (_why, lines) => {
    expect(completeFix(fix, lines)).toBeNull();
  });

  test('is null where one blank line would be left', () => {
    expect(completeFix({ ...fix, replacement: '', columns: { start: 1, end: 10 } }, text)).toBeNull();
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
