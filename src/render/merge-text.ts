import { type Inline, text } from '../model/document.ts';
import { linkAddress } from './link-address.ts';

/**
 * Joins neighbouring texts, so that `@` and `all` are judged together as the browser shows them. Links without an address that may
 * be linked are nothing but their words, and become them first.
 */
export function mergeText(inlines: readonly Inline[]): readonly Inline[] {
  const merged: Inline[] = [];
  for (const inline of inlines.flatMap(withoutDeadLink)) {
    const last = merged.at(-1);
    if (inline.kind === 'text' && last?.kind === 'text')
      merged[merged.length - 1] = text(last.text + inline.text);
    else merged.push(inline);
  }
  return merged;
}

function withoutDeadLink(inline: Inline): readonly Inline[] {
  return inline.kind === 'link' && linkAddress(inline.url) === null
    ? inline.children.flatMap(withoutDeadLink)
    : [inline];
}
