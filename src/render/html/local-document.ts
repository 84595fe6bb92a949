import { type Block, type Document, type Inline, text } from '../../model/document.ts';
import { escapeHtml } from '../markdown/inline-html.ts';
import { reportPage } from '../markdown/link-address.ts';

/** Where a document is read that was made for a server which its reader cannot reach. */
interface Unreachable {
  /** Address of the server, without a slash at its end. */
  readonly server: string;
  /** Address of the full report there, which is beside the document here. */
  readonly report: string;
}

/** The address as it works there; null for one that leads nowhere. */
function localAddress(url: string, { server, report }: Unreachable): string | null {
  if (url === report) return reportPage;
  return url === server || url.startsWith(`${server}/`) ? null : url;
}

function localInline(inline: Inline, from: Unreachable): readonly Inline[] {
  if (inline.kind === 'strong' || inline.kind === 'emphasis')
    return [{ ...inline, children: localInlines(inline.children, from) }];
  // A picture of a server that cannot be reached is only its name.
  if (inline.kind === 'image') return [text(inline.alt)];
  if (inline.kind !== 'link') return [inline];
  const children = localInlines(inline.children, from);
  const url = localAddress(inline.url, from);
  return url === null ? children : [{ ...inline, url, children }];
}

function localInlines(children: readonly Inline[], from: Unreachable): readonly Inline[] {
  return children.flatMap((child) => localInline(child, from));
}

function localBlock(block: Block, from: Unreachable): Block {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return { ...block, children: localInlines(block.children, from) };
    case 'table':
      return { ...block, rows: block.rows.map((cells) => cells.map((cell) => localInlines(cell, from))) };
    case 'list':
      return { ...block, items: block.items.map((item) => localDocument(item, from)) };
    case 'details':
      return {
        ...block,
        summary: localInlines(block.summary, from),
        blocks: localDocument(block.blocks, from),
      };
    case 'quote':
      return { ...block, blocks: localDocument(block.blocks, from) };
    case 'codeBlock':
    case 'suggestion':
      return block;
  }
}

/**
 * A comment for readers who cannot reach the server that it is about: a preview, or the demo whose server has ended.
 * The full report is the file beside it; every other link to the server becomes its words.
 */
export function localDocument(document: Document, from: Unreachable): Document {
  return document.map((block) => localBlock(block, from));
}

/** A link as the writers of pages write it: attributes are escaped, and links are never inside each other. */
const writtenLink = /<a\b[^<>]*? href="([^"<>]*)"[^<>]*>([\s\S]*?)<\/a>/g;

/** The same for a page that is written already, as the full report. */
export function localPage(html: string, { server, report }: Unreachable): string {
  const escaped = { server: escapeHtml(server), report: escapeHtml(report) };
  return html.replace(writtenLink, (whole, address: string, words: string): string => {
    const url = localAddress(address, escaped);
    return url === null ? words : whole.replace(` href="${address}"`, () => ` href="${url}"`);
  });
}
