import type { Inline } from '../../model/document.ts';
import { emoji } from '../words/icons.ts';
import { codeSpan, codeText } from './code-span.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { linkAddress } from './link-address.ts';
import { mergeText, wordsOf } from './merge-text.ts';
import { safePieces } from './safe-pieces.ts';

/** Where inline content is; in a table a line cannot end and pipes are escaped. */
export interface InlineContext {
  readonly inTable: boolean;
  readonly startsLine: boolean;
  readonly inLink: boolean;
}

/** A finished stretch of Markdown, text of a code span, or content to be marked as strong or emphasised. */
type Part =
  | { readonly kind: 'raw'; readonly markdown: string }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'marked';
      readonly mark: '**' | '_';
      readonly element: 'strong' | 'em';
      readonly markdown: string;
    };

/** Renders inline content as GitLab Flavored Markdown. */
export function inlineMarkdown(inlines: readonly Inline[], place: InlineContext): string {
  const parts: Part[] = [];
  for (const inline of mergeText(inlines)) {
    const startsLine = place.startsLine && parts.length === 0;
    for (const part of partsOf(inline, { ...place, startsLine })) add(parts, part);
  }
  return assembled(parts, place);
}

function partsOf(inline: Inline, place: InlineContext): readonly Part[] {
  const inside = { ...place, startsLine: false };
  switch (inline.kind) {
    case 'text':
      return textParts(inline.text, place);
    case 'code':
      return [{ kind: 'code', text: codeText(inline.text) }];
    case 'strong':
      return [
        { kind: 'marked', mark: '**', element: 'strong', markdown: inlineMarkdown(inline.children, inside) },
      ];
    case 'emphasis':
      return [
        { kind: 'marked', mark: '_', element: 'em', markdown: inlineMarkdown(inline.children, inside) },
      ];
    case 'link':
      return [
        {
          kind: 'raw',
          markdown: markdownLink(inline, inlineMarkdown(inline.children, { ...inside, inLink: true })),
        },
      ];
    case 'image':
      return [{ kind: 'raw', markdown: markdownImage(inline) }];
    case 'icon':
      return [{ kind: 'raw', markdown: emoji[inline.icon] }];
    case 'mention':
      return mentionParts(inline.username, place);
    case 'break':
      return [{ kind: 'raw', markdown: '<br>' }];
  }
}

/** GitLab's rule of usernames; `all` would notify everybody. Source: https://docs.gitlab.com/user/profile/#change-your-username */
const username = /^(?!all$)\w[\w.-]{0,254}$/i;

/** The one way to notify somebody; anything that is not a username stays text. */
function mentionParts(name: string, place: InlineContext): readonly Part[] {
  return username.test(name) ? [{ kind: 'raw', markdown: `@${name}` }] : textParts(`@${name}`, place);
}

function textParts(value: string, place: InlineContext): readonly Part[] {
  return safePieces(value, place.startsLine).map(
    (piece, index): Part =>
      piece.kind === 'code'
        ? { kind: 'code', text: piece.text }
        : { kind: 'raw', markdown: escapeMarkdown(piece.text, place.startsLine && index === 0) },
  );
}

/** Code spans that touch would swallow each other, so they become one. */
function add(parts: Part[], part: Part): void {
  const last = parts.at(-1);
  if (part.kind !== 'code' && part.markdown === '') return;
  if (last?.kind === 'code' && part.kind === 'code') {
    parts[parts.length - 1] = { kind: 'code', text: last.text + part.text };
  } else {
    parts.push(part);
  }
}

function assembled(parts: readonly Part[], place: InlineContext): string {
  let result = '';
  for (const [index, part] of parts.entries()) {
    const markdown =
      part.kind === 'raw'
        ? part.markdown
        : part.kind === 'code'
          ? codeSpan(part.text, place)
          : marked(part, result, firstCharacter(parts[index + 1]));
    // An exclamation mark before a link would make it an image.
    if (markdown.startsWith('[') && result.endsWith('!')) result = `${result.slice(0, -1)}\\!`;
    result += markdown;
  }
  return result;
}

/**
 * `**…**` where that is sure to be read as strong, else the HTML element.
 * https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis
 */
function marked(part: Part & { readonly kind: 'marked' }, before: string, after: string): string {
  const opens = /(?:^|\s)$/.test(before) && /^\S/.test(part.markdown);
  const closes = /^(?:$|[\s.,;:)])/.test(after) && /\S$/.test(part.markdown);
  return opens && closes
    ? part.mark + part.markdown + part.mark
    : `<${part.element}>${part.markdown}</${part.element}>`;
}

function firstCharacter(part: Part | undefined): string {
  if (part === undefined) return '';
  return part.kind === 'raw' ? part.markdown.charAt(0) : '*';
}

function markdownLink({ url, children }: Inline & { readonly kind: 'link' }, content: string): string {
  const address = linkAddress(url, wordsOf(children));
  if (address === null || content === '') return content;
  return `[${content}](${withoutEntities(address)})`;
}

/** The words of a picture: no guard that makes texts inert works in an attribute, so nothing that needs one stays. */
export function imageWords(alt: string): string {
  return alt.replace(/[^\p{L}\p{N} ._-]+/gu, '-').trim();
}

/** `mergeText` has made text of pictures whose address is none. */
function markdownImage({ url, alt }: Inline & { readonly kind: 'image' }): string {
  return `![${imageWords(alt).replaceAll('_', '\\_')}](${withoutEntities(linkAddress(url) ?? '')})`;
}

function withoutEntities(address: string): string {
  return address.replace(/&(?=#?\w+;)/g, '&amp;');
}
