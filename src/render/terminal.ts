import type { Block, Document, Inline } from '../model/document.ts';
import { terminalSymbols } from './icons.ts';
import { visibleLine, visibleLines } from './visible-text.ts';

export interface TerminalOptions {
  readonly columns: number;
  readonly color: boolean;
}

const bold = ['\u001b[1m', '\u001b[22m'] as const;
const dim = ['\u001b[2m', '\u001b[22m'] as const;
// What this file itself writes has no width.
const ownSequences = /\u001b\[\d+m/g;

function styled([on, off]: readonly [string, string], text: string, { color }: TerminalOptions): string {
  return color && text !== '' ? `${on}${text}${off}` : text;
}

function inlineText(children: readonly Inline[], options: TerminalOptions): string {
  return children.map((child) => oneText(child, options)).join('');
}

function oneText(inline: Inline, options: TerminalOptions): string {
  switch (inline.kind) {
    case 'text':
    case 'code':
      return visibleLine(inline.text);
    case 'strong':
      return styled(bold, inlineText(inline.children, options), options);
    case 'emphasis':
      return styled(dim, inlineText(inline.children, options), options);
    case 'icon':
      return terminalSymbols[inline.icon];
    case 'break':
      return ' ';
    case 'link':
      return inlineText(inline.children, options);
  }
}

/** Columns that a text takes: wide characters of East Asian scripts and emoji take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text.replace(ownSequences, '')) {
    if (/\p{M}|\u200d|\ufe0f/u.test(character)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

function padded(text: string, width: number, align: 'left' | 'right' | 'center'): string {
  const room = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'right' ? room + text : text + room;
}

function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function tableLines(block: Extract<Block, { kind: 'table' }>, options: TerminalOptions): readonly string[] {
  const titles = block.columns.map(({ title }) => inlineText(title, options));
  const rows = block.rows.map((cells) =>
    block.columns.map((_column, index) => inlineText(cells[index] ?? [], options)),
  );
  const widths = titles.map((title, index) =>
    Math.max(widthOf(title), ...rows.map((cells) => widthOf(cells[index] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => padded(cell, widths[index] ?? 0, block.columns[index]?.align ?? 'left'))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [styled(dim, line(titles), options), styled(dim, rule, options), ...rows.map(line)];
}

function indented(lines: readonly string[], indent: string): readonly string[] {
  return lines.map((line) => (line === '' ? '' : indent + line));
}

function blockLines(block: Block, options: TerminalOptions): readonly string[] {
  const narrower = { ...options, columns: Math.max(20, options.columns - 2) };
  switch (block.kind) {
    case 'heading':
      return wrap(styled(bold, inlineText(block.children, options), options), options.columns);
    case 'paragraph':
      return wrap(inlineText(block.children, options), options.columns);
    case 'table':
      return tableLines(block, options);
    case 'list':
      return block.items.flatMap((item) =>
        indented(documentLines(item, narrower), '  ').map((line, index) =>
          index === 0 ? `- ${line.trimStart()}` : line,
        ),
      );
    case 'details':
      return [
        ...wrap(inlineText(block.summary, options), options.columns),
        ...indented(documentLines(block.blocks, narrower), '  '),
      ];
    case 'codeBlock':
      return indented(visibleLines(block.text).replace(/\n+$/, '').split('\n'), '  │ ');
    case 'quote':
      return indented(documentLines(block.blocks, narrower), '> ');
  }
}

function documentLines(document: Document, options: TerminalOptions): readonly string[] {
  const lines: string[] = [];
  for (const block of document) {
    if (lines.length > 0) lines.push('');
    lines.push(...blockLines(block, options));
  }
  return lines;
}

/** A document as text for a terminal or a job log; control characters of texts are shown, never sent. */
export function renderTerminal(document: Document, options: TerminalOptions): string {
  return `${documentLines(document, options).join('\n')}\n`;
}

/** Inline content as plain text on one line, without symbols. */
export function plainText(children: readonly Inline[]): string {
  return inlineText(
    children.filter(({ kind }) => kind !== 'icon'),
    { columns: 0, color: false },
  ).trim();
}
