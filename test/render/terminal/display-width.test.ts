import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../../src/render/terminal/display-width.ts';
import { terminalTable } from '../../../src/render/terminal/table.ts';

// Widths: `East_Asian_Width` W and F of Unicode's EastAsianWidth.txt, and what UTS #51 shows as an emoji, take two
// columns.
describe('columns that a text takes', () => {
  test.each([
    ['', 0],
    ['plain', 5],
    ['naïve €5 …', 10],
    ['✔ ✘ ▲ ─│', 8],
    ['✅', 2],
    ['❌', 2],
    ['⚡', 2],
    ['⌛', 2],
    ['🔴', 2],
    ['⚠', 1],
    ['⚠\uFE0F', 2],
    ['♥\uFE0F', 2],
    ['1\uFE0F\u20E3', 2],
    ['👍🏽', 2],
    ['🇩🇪', 2],
    ['👨\u200D👩\u200D👧\u200D👦', 2],
    ['❤\uFE0F\u200D🔥', 2],
    ['テスト', 6],
    ['ﾃｽﾄ', 3],
    ['漢字', 4],
    ['𠀀', 2],
    ['한국어', 6],
    ['！（', 4],
    ['e\u0301', 1],
    ['a\u0301\u0323\u0308', 1],
    ['は\u3099', 2],
    ['\u1112\u1161\u11AB', 2],
    ['می\u200Cخواهم', 7],
    ['क\u094D\u200Dष', 2],
    ['\u001b[1mbold\u001b[22m', 4],
  ])('%j', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  test('a long text takes time in proportion to its length', () => {
    const text = '⚠\uFE0Fテ\u1112\u1161\u11ABab '.repeat(50_000);
    expect(displayWidth(text)).toBe(9 * 50_000);
  });
});

test('the borders of a table are straight beside emoji, East Asian text and marks', () => {
  const cells = ['✅ passes', '⚠\uFE0F warns', '❌', 'テスト', 'e\u0301a\u0308', '👩\u200D💻 dev'];
  const table = { titles: ['What'], aligns: ['left'] as const, rows: cells.map((cell) => [cell]) };
  // The longest cell, "✅ passes", takes nine columns.
  expect(terminalTable(table, 40)).toEqual([
    '┌───────────┐',
    '│ What      │',
    '├───────────┤',
    '│ ✅ passes │',
    '│ ⚠\uFE0F warns  │',
    '│ ❌        │',
    '│ テスト    │',
    '│ e\u0301a\u0308        │',
    '│ 👩\u200D💻 dev    │',
    '└───────────┘',
  ]);
});
