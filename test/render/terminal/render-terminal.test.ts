import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Block,
  code,
  codeBlock,
  details,
  heading,
  icon,
  link,
  list,
  paragraph,
  strong,
  text,
} from '../../../src/model/document.ts';
import { displayWidth } from '../../../src/render/terminal/display-width.ts';
import { plainText, renderTerminal } from '../../../src/render/terminal/render-terminal.ts';
import { hostileText } from '../hostile-text.ts';

const plain = { columns: 40, color: false };
const aTable = (...cells: readonly string[]): Block => ({
  kind: 'table',
  columns: [
    { title: [text('Check')], align: 'left' },
    { title: [text('Result')], align: 'right' },
  ],
  rows: [cells.map((cell) => [text(cell)])],
});

describe('terminal text', () => {
  test('a number and its unit stay together, and can be found with a plain space', () => {
    const line = `${'x'.repeat(36)} 91.1\u00A0%`;
    expect(renderTerminal([paragraph(text(line))], plain)).toBe(`${'x'.repeat(36)}\n91.1 %\n`);
  });

  test('a table is in a box as wide as it needs', () => {
    expect(renderTerminal([aTable('Tests', '3 passed')], plain)).toBe(
      [
        '┌───────┬──────────┐',
        '│ Check │   Result │',
        '├───────┼──────────┤',
        '│ Tests │ 3 passed │',
        '└───────┴──────────┘',
        '',
      ].join('\n'),
    );
  });

  test.each([30, 40, 80])('a table with long cells wraps them within %i columns', (columns) => {
    const lines = renderTerminal([aTable('Coverage of everything', 'a b c d '.repeat(30).trim())], {
      columns,
      color: false,
    });
    const widths = lines.trimEnd().split('\n').map(displayWidth);
    expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
    expect(new Set(widths).size).toBe(1);
  });

  test('East Asian text and emoji keep the box straight', () => {
    const lines = renderTerminal([aTable('テスト', '😀 ok')], plain)
      .trimEnd()
      .split('\n');
    expect(new Set(lines.map(displayWidth)).size).toBe(1);
  });

  test('paragraphs wrap, details and lists are indented, links keep their words', () => {
    const document = [
      heading(3, icon('failed'), text(' 1 test fails')),
      paragraph(text('one two three four five six seven eight nine ten')),
      details([code('a test')], [codeBlock('expected 1\n\ngot 2')]),
      list([paragraph(link('https://example.com', text('words')))]),
    ];
    expect(renderTerminal(document, plain).split('\n')).toEqual([
      '✘ 1 test fails',
      '',
      'one two three four five six seven eight',
      'nine ten',
      '',
      'a test',
      '    │ expected 1',
      '    │',
      '    │ got 2',
      '',
      '- words',
      '',
    ]);
  });

  test('color is written only when it is asked for', () => {
    expect(renderTerminal([paragraph(strong(text('x')))], { columns: 40, color: true })).toBe(
      '\u001b[1mx\u001b[22m\n',
    );
    expect(renderTerminal([paragraph(strong(text('x')))], plain)).toBe('x\n');
  });

  test('no control character of a stranger reaches the terminal', () => {
    fc.assert(
      fc.property(hostileText, (value) => {
        const output = renderTerminal(
          [paragraph(text(value), code(value)), codeBlock(value), aTable(value, value)],
          plain,
        );
        expect(output).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
      }),
    );
  });

  test('a line of plain text has words and no symbols', () => {
    expect(plainText([icon('passed'), text(' All 3 tests pass')])).toBe('All 3 tests pass');
  });
});
