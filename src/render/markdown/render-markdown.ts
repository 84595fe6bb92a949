import type { Block, Document, Inline } from '../../model/document.ts';
import { codeFence } from './code-fence.ts';
import { inlineHtml } from './inline-html.ts';
import { inlineMarkdown } from './inline-markdown.ts';
import { suggestionFence } from './suggestion-fence.ts';

const lineStart = { inTable: false, startsLine: true, inLink: false };
const cell = { inTable: true, startsLine: false, inLink: false };
const within = { inTable: false, startsLine: false, inLink: false };
const rules = { left: ':--', right: '--:', center: ':-:' } as const;

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function tableLines(block: Extract<Block, { kind: 'table' }>): readonly string[] {
  const width = block.columns.length;
  const titles = block.columns.map(({ title }) => inlineMarkdown(title, cell));
  const rows = block.rows.map((cells) =>
    row(Array.from({ length: width }, (_, index) => inlineMarkdown(cells[index] ?? [], cell))),
  );
  return [row(titles), row(block.columns.map(({ align }) => rules[align])), ...rows];
}

/** The lines of an item: its first after the mark, the others as far in as the mark is wide. */
function itemLines(mark: string, blocks: readonly Block[]): readonly string[] {
  const lines = documentLines(blocks);
  const indent = ' '.repeat(mark.length);
  return lines.map((line, index) => (index === 0 ? mark + line : line === '' ? '' : indent + line));
}

function listLines(block: Extract<Block, { kind: 'list' }>): readonly string[] {
  return block.items.flatMap((item, index) => itemLines(block.ordered ? `${index + 1}. ` : '- ', item));
}

/** A summary lies inside an HTML block, where Markdown is not read: it is HTML, and guarded as all of the comment. */
function detailsLines(block: Extract<Block, { kind: 'details' }>): readonly string[] {
  const open = block.open ? '<details open>' : '<details>';
  const summary = `${open}<summary>${inlineHtml(block.summary, { guarded: true })}</summary>`;
  return [summary, '', ...documentLines(block.blocks), '', '</details>'];
}

function headingLines(level: number, children: readonly Inline[]): readonly string[] {
  const title = inlineMarkdown(children, within).trim();
  // A hash at the end of a heading would be taken for its closing sequence.
  return title === '' ? [] : [`${'#'.repeat(level)} ${title.replace(/(^| )(#+)$/, '$1\\$2')}`];
}

function paragraphLines(children: readonly Inline[]): readonly string[] {
  const content = inlineMarkdown(children, lineStart).trim();
  return content === '' ? [] : [content];
}

function blockLines(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return headingLines(block.level, block.children);
    case 'paragraph':
      return paragraphLines(block.children);
    case 'table':
      return tableLines(block);
    case 'list':
      return listLines(block);
    case 'details':
      return detailsLines(block);
    case 'codeBlock':
      return codeFence(block.text, block.language);
    case 'suggestion':
      return suggestionFence(block.text, block.linesAbove);
    case 'quote':
      return documentLines(block.blocks).map((line) => (line === '' ? '>' : `> ${line}`));
  }
}

function documentLines(document: Document): readonly string[] {
  const lines: string[] = [];
  let previous: Block['kind'] | null = null;
  for (const block of document) {
    const rendered = blockLines(block);
    if (rendered.length === 0) continue;
    if (previous !== null) lines.push('');
    // Two lists or quotes in a row would be read as one.
    if (previous === block.kind && (previous === 'list' || previous === 'quote')) lines.push('<!-- -->', '');
    lines.push(...rendered);
    previous = block.kind;
  }
  return lines;
}

/**
 * A document as GitLab Flavored Markdown, ending without a line break. Whatever its texts hold, they come out as they
 * are and do nothing: no mention, reference, quick action, HTML, mathematics or syntax. Source: https://docs.gitlab.com/user/markdown/
 */
export function renderMarkdown(document: Document): string {
  return documentLines(document).join('\n');
}
