import type { Block, Document, Inline } from '../../model/document.ts';
import { parseHeadlineTemplate } from '../../model/headline-template.ts';
import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';
import { fillPlaceholder } from './placeholders.ts';

/** What a project writes for a section: where its values come from, and what the section says itself. */
interface Source {
  readonly summary: Summary;
  readonly words: Language;
  readonly own: Document;
}

function filledInline(inline: Inline, source: Source): readonly Inline[] {
  switch (inline.kind) {
    case 'text':
      return parseHeadlineTemplate(inline.text).parts.flatMap((part) =>
        part.kind === 'text'
          ? [{ kind: 'text', text: part.text } as const]
          : fillPlaceholder(part.name, source.summary, source.words),
      );
    case 'strong':
    case 'emphasis':
    case 'link':
      return [{ ...inline, children: filledInlines(inline.children, source) }];
    case 'code':
    case 'icon':
    case 'image':
    case 'mention':
    case 'break':
      return [inline];
  }
}

function filledInlines(children: readonly Inline[], source: Source): readonly Inline[] {
  return children.flatMap((child) => filledInline(child, source));
}

function isOwnText(children: readonly Inline[]): boolean {
  const [only] = children;
  return children.length === 1 && only?.kind === 'text' && only.text.trim() === '{section}';
}

function filledBlock(block: Block, source: Source): Document {
  switch (block.kind) {
    case 'paragraph':
      return isOwnText(block.children)
        ? source.own
        : [{ ...block, children: filledInlines(block.children, source) }];
    case 'heading':
      return [{ ...block, children: filledInlines(block.children, source) }];
    case 'table':
      return [
        { ...block, rows: block.rows.map((cells) => cells.map((cell) => filledInlines(cell, source))) },
      ];
    case 'list':
      return [{ ...block, items: block.items.map((item) => filledDocument(item, source)) }];
    case 'details':
      return [
        {
          ...block,
          summary: filledInlines(block.summary, source),
          blocks: filledDocument(block.blocks, source),
        },
      ];
    case 'quote':
      return [{ ...block, blocks: filledDocument(block.blocks, source) }];
    case 'codeBlock':
    case 'suggestion':
      return [block];
  }
}

function filledDocument(template: Document, source: Source): Document {
  return template.flatMap((block) => filledBlock(block, source));
}

/**
 * A section in a project's words: its heading stays, placeholders are filled in, and a paragraph `{section}` is what
 * Herald says itself. Values come after the Markdown is read, so no value can become syntax.
 */
export function inOwnWords(
  document: Document,
  template: Document,
  place: { readonly summary: Summary; readonly words: Language },
): Document {
  const [first, ...rest] = document;
  const isHeaded = first?.kind === 'heading';
  const own = isHeaded ? rest : document;
  return [...(isHeaded ? [first] : []), ...filledDocument(template, { ...place, own })];
}
