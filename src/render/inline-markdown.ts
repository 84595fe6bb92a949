import type { Inline } from '../model/document.ts';
import { codeSpan } from './code-span.ts';
import { emoji } from './icons.ts';
import { linkAddress } from './link-address.ts';
import { safePieces } from './safe-pieces.ts';

export interface InlineContext {
  readonly inTable: boolean;
  /** Nothing stands before it on its line. */
  readonly startsLine: boolean;
}

/** Characters that Markdown could take for syntax; `_` only at a word's edge. */
function escapePlain(text: string): string {
  return text
    .replace(/[\\`*[\]|~^]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&(?=#?\w{1,31};)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

/** What would make a line a heading, a list item, a rule or a setext underline. */
function escapeLineStart(text: string): string {
  return text.replace(/^(\s*)([#+=-])/u, '$1\\$2').replace(/^(\s*\d{1,9})([.)])(?=\s|$)/u, '$1\\$2');
}

function textMarkdown(value: string, context: InlineContext): string {
  const pieces = safePieces(value, context.startsLine);
  return pieces
    .map((piece, index) => {
      if (piece.kind === 'code') return codeSpan(piece.text, context.inTable);
      const escaped = escapePlain(piece.text);
      return context.startsLine && index === 0 ? escapeLineStart(escaped) : escaped;
    })
    .join('');
}

/** Inline content as Markdown on one line. */
export function inlineMarkdown(children: readonly Inline[], context: InlineContext): string {
  let startsLine = context.startsLine;
  return children
    .map((child) => {
      const markdown = oneMarkdown(child, { ...context, startsLine });
      if (markdown !== '') startsLine = false;
      return markdown;
    })
    .join('');
}

/** Emphasis marks must touch the text: blanks at the edges stay outside of them. */
function wrapped(mark: string, content: string): string {
  const [, before = '', core = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(content) ?? [];
  return core === '' ? content : `${before}${mark}${core}${mark}${after}`;
}

function oneMarkdown(inline: Inline, context: InlineContext): string {
  switch (inline.kind) {
    case 'text':
      return textMarkdown(inline.text, context);
    case 'code':
      return codeSpan(inline.text, context.inTable);
    case 'strong':
      return wrapped('**', inlineMarkdown(inline.children, context));
    case 'emphasis':
      return wrapped('*', inlineMarkdown(inline.children, context));
    case 'icon':
      return emoji[inline.icon];
    case 'break':
      return '<br>';
    case 'link': {
      const address = linkAddress(inline.url);
      const content = inlineMarkdown(inline.children, context);
      return address === null ? content : `[${content}](${address})`;
    }
  }
}
