import { displayWidth } from './display-width.ts';
import { wrapText } from './wrap-text.ts';

type Align = 'left' | 'right' | 'center';

export interface TextTable {
  readonly titles: readonly string[];
  readonly aligns: readonly Align[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * A table in a box of at most so many columns: cells wrap, the widest column first gives way. Words that do not break
 * and very many columns may still be wider.
 */
export function terminalTable(table: TextTable, columns: number): readonly string[] {
  const widths = fittingWidths(table, columns);
  const rule = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  const rows = [table.titles, ...table.rows].map((cells) => rowLines(cells, widths, table.aligns));
  const [titles = [], ...others] = rows;
  return [rule('┌', '┬', '┐'), ...titles, rule('├', '┼', '┤'), ...others.flat(), rule('└', '┴', '┘')];
}

function fittingWidths({ titles, rows }: TextTable, columns: number): readonly number[] {
  const cellsOf = (index: number): readonly string[] => [titles, ...rows].map((cells) => cells[index] ?? '');
  const longest = (texts: readonly string[]): number =>
    texts.reduce((width, text) => Math.max(width, displayWidth(text)), 0);
  const least = titles.map((_, index) => longest(cellsOf(index).flatMap((cell) => cell.split(' '))));
  const widths = titles.map((_, index) =>
    Math.max(least[index] ?? 0, Math.min(columns, longest(cellsOf(index)))),
  );
  const room = columns - 3 * widths.length - 1;
  for (let excess = sum(widths) - room; excess > 0; excess -= 1) {
    const canGive = widths.map((width, index) => (width > (least[index] ?? 0) ? width : 0));
    const widest = Math.max(...canGive);
    if (widest === 0) break;
    widths[canGive.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function rowLines(
  cells: readonly string[],
  widths: readonly number[],
  aligns: readonly Align[],
): readonly string[] {
  const wrapped = widths.map((width, index) => wrapText(cells[index] ?? '', width));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) => {
    const parts = widths.map((width, index) =>
      padded(wrapped[index]?.[at] ?? '', width, aligns[index] ?? 'left'),
    );
    return `│ ${parts.join(' │ ')} │`;
  });
}

function padded(text: string, width: number, align: Align): string {
  const room = Math.max(0, width - displayWidth(text));
  if (align === 'right') return ' '.repeat(room) + text;
  const before = align === 'center' ? Math.floor(room / 2) : 0;
  return ' '.repeat(before) + text + ' '.repeat(room - before);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
