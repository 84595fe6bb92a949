import type { Block, Document } from '../../model/document.ts';
import { escapeText, inlineHtml } from '../markdown/inline-html.ts';
import { shortenText } from '../words/shorten-text.ts';
import { visibleLines } from '../words/visible-text.ts';

const open = { guarded: false };

/** A block of code that is longer ends with an ellipsis. */
const maxCode = 400_000;

/** So many blocks or items fill a few screens. */
const together = 20;

/**
 * Much content in parts: the style lets a browser lay out each part after the first only when a reader comes near it.
 */
function inParts(
  pieces: readonly string[],
  partOf: (some: readonly string[]) => string,
  kind = 'many',
): string {
  const parts = [partOf(pieces.slice(0, together))];
  for (let at = together; at < pieces.length; at += together)
    parts.push(`<div class="${kind}">${partOf(pieces.slice(at, at + together))}</div>`);
  return parts.join('\n');
}

function lines(pieces: readonly string[]): string {
  return pieces.join('\n');
}

function listHtml({ ordered, items }: Extract<Block, { kind: 'list' }>): string {
  const pieces = items.map((item) => `<li>${item.length === 1 ? renderTight(item) : renderHtml(item)}</li>`);
  if (ordered) return `<ol>\n${lines(pieces)}\n</ol>`;
  return inParts(pieces, (some) => `<ul>\n${lines(some)}\n</ul>`, 'many items');
}

function tableHtml(block: Extract<Block, { kind: 'table' }>): string {
  const align = (index: number): string => ` class="${block.columns[index]?.align ?? 'left'}"`;
  const head = block.columns
    .map(({ title }, index) => `<th scope="col"${align(index)}>${inlineHtml(title, open)}</th>`)
    .join('');
  const rows = block.rows.map(
    (cells) =>
      `<tr>${block.columns.map((_column, index) => `<td${align(index)}>${inlineHtml(cells[index] ?? [], open)}</td>`).join('')}</tr>`,
  );
  return `<div class="table" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${inlineHtml(block.children, open)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${inlineHtml(block.children, open)}</p>`;
    case 'table':
      return tableHtml(block);
    case 'list':
      return listHtml(block);
    case 'details':
      return `<details${block.open ? ' open' : ''}><summary>${inlineHtml(block.summary, open)}</summary>\n${renderHtml(block.blocks)}\n</details>`;
    case 'codeBlock':
    case 'suggestion':
      return `<pre dir="auto" tabindex="0"><code>${escapeText(visibleLines(shortenText(block.text, maxCode)))}</code></pre>`;
    case 'quote':
      return `<blockquote>\n${renderHtml(block.blocks)}\n</blockquote>`;
  }
}

/** A list item that is one paragraph needs no paragraph of its own. */
function renderTight(item: readonly Block[]): string {
  const [only] = item;
  return only?.kind === 'paragraph' ? inlineHtml(only.children, open) : renderHtml(item);
}

/** A document as an HTML fragment: everything escaped, no script, no address but http and https. */
export function renderHtml(document: Document): string {
  return inParts(document.map(blockHtml), lines);
}
