import type { Block, Document, Inline } from '../../model/document.ts';
import { terminalSymbols } from '../words/icons.ts';
import { visibleLine, visibleLines, withoutLastLineEnds } from '../words/visible-text.ts';
import { terminalTable } from './table.ts';
import { wrapText } from './wrap-text.ts';

export interface TerminalOptions {
  readonly columns: number;
  readonly color: boolean;
}

const bold = ['\u001b[1m', '\u001b[22m'] as const;
const dim = ['\u001b[2m', '\u001b[22m'] as const;

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
    case 'image':
      return visibleLine(inline.alt);
    case 'mention':
      return visibleLine(`@${inline.username}`);
    case 'icon':
      return terminalSymbols[inline.icon];
    case 'break':
      return ' ';
    case 'link':
      return inlineText(inline.children, options);
  }
}

function tableLines(block: Extract<Block, { kind: 'table' }>, options: TerminalOptions): readonly string[] {
  if (block.columns.length === 0) return [];
  const table = {
    titles: block.columns.map(({ title }) => inlineText(title, options)),
    aligns: block.columns.map(({ align }) => align),
    rows: block.rows.map((cells) =>
      block.columns.map((_column, index) => inlineText(cells[index] ?? [], options)),
    ),
  };
  return terminalTable(table, options.columns);
}

function indented(lines: readonly string[], indent: string): readonly string[] {
  return lines.map((line) => (line === '' ? '' : indent + line));
}

function blockLines(block: Block, options: TerminalOptions): readonly string[] {
  const narrower = { ...options, columns: Math.max(20, options.columns - 2) };
  switch (block.kind) {
    case 'heading':
      return wrapText(styled(bold, inlineText(block.children, options), options), options.columns);
    case 'paragraph':
      return wrapText(inlineText(block.children, options), options.columns);
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
        ...wrapText(inlineText(block.summary, options), options.columns),
        ...indented(documentLines(block.blocks, narrower), '  '),
      ];
    case 'codeBlock':
    case 'suggestion':
      return withoutLastLineEnds(visibleLines(block.text))
        .split('\n')
        .map((line) => `  │ ${line}`.trimEnd());
    case 'quote':
      return indented(documentLines(block.blocks, narrower), '> ');
  }
}

function documentLines(document: Document, options: TerminalOptions): readonly string[] {
  const lines: string[] = [];
  for (const block of document) {
    const rendered = blockLines(block, options);
    if (lines.length > 0 && rendered.length > 0) lines.push('');
    lines.push(...rendered);
  }
  return lines;
}

/**
 * A document as text for a terminal or a job log; control characters of texts are shown, never sent. Lines are wrapped
 * already, so that no-break spaces become plain ones, which people search for.
 */
export function renderTerminal(document: Document, options: TerminalOptions): string {
  return `${documentLines(document, options).join('\n')}\n`.replaceAll('\u00A0', ' ');
}

/** Inline content as plain text on one line, without symbols. */
export function plainText(children: readonly Inline[]): string {
  return inlineText(
    children.filter(({ kind }) => kind !== 'icon'),
    { columns: 0, color: false },
  ).trim();
}
