import { type Inline, text } from '../../model/document.ts';
import { linkAddress } from './link-address.ts';

/**
 * Joins neighbouring texts, so that `@` and `all` are judged together as the browser shows them. Links without an
 * address that may be linked are nothing but their words, and become them first; so do links within a link, however
 * deep: in Markdown the outer one would stop being a link, and its address would be text.
 */
export function mergeText(
  inlines: readonly Inline[],
  hasAddress: (url: string) => boolean = isLinked,
): readonly Inline[] {
  const merged: Inline[] = [];
  for (const inline of inlines.flatMap((one) => withoutDeadLink(one, hasAddress))) {
    const last = merged.at(-1);
    if (inline.kind === 'text' && last?.kind === 'text')
      merged[merged.length - 1] = text(last.text + inline.text);
    else merged.push(inline);
  }
  return merged;
}

function isLinked(url: string): boolean {
  return linkAddress(url) !== null;
}

function withoutDeadLink(inline: Inline, hasAddress: (url: string) => boolean): readonly Inline[] {
  if (inline.kind === 'image') return hasAddress(inline.url) ? [inline] : [text(inline.alt)];
  if (inline.kind !== 'link') return [inline];
  if (!hasAddress(inline.url)) return inline.children.flatMap((child) => withoutDeadLink(child, hasAddress));
  return [{ ...inline, children: inline.children.flatMap(withoutLinks) }];
}

function withoutLinks(inline: Inline): readonly Inline[] {
  if (inline.kind === 'link') return inline.children.flatMap(withoutLinks);
  return 'children' in inline ? [{ ...inline, children: inline.children.flatMap(withoutLinks) }] : [inline];
}

/** What a reader reads of inline content, without its marks. */
export function wordsOf(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.kind === 'text' || inline.kind === 'code') return inline.text;
      if (inline.kind === 'image') return inline.alt;
      if (inline.kind === 'mention') return `@${inline.username}`;
      return 'children' in inline ? wordsOf(inline.children) : '';
    })
    .join('');
}
