import type { Document } from '../../model/document.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import type { RenderedSection } from './section.ts';

/** How much of a section is shown. */
export type Size = 'full' | 'short' | 'none';

/** The blocks of a section at a size. */
export function blocksOf(section: RenderedSection, size: Size): Document {
  return size === 'none' ? [] : section[size];
}

/**
 * Length of a document as it is between others, in UTF-16 units, which are never fewer than GitLab's characters.
 */
export function lengthOf(document: Document): number {
  return document.length === 0 ? 0 : renderMarkdown(document).length + 2;
}

/** Sizes that a section may have; an empty short form is none, so that what is missing is counted. */
function sizesOf(section: RenderedSection): readonly Size[] {
  const short: readonly Size[] = section.short.length === 0 ? [] : ['short'];
  return section.importance === 0 ? ['full', ...short] : ['full', ...short, 'none'];
}

/** Sizes by section under a budget of characters, chosen so that the most important stay whole longest. */
export function sizesUnder(
  all: readonly RenderedSection[],
  budget: number,
): ReadonlyMap<RenderedSection, Size> {
  const sizes = new Map<RenderedSection, Size>();
  let left = budget;
  for (const section of [...all].sort((a, b) => a.importance - b.importance)) {
    const lengths = sizesOf(section).map((size) => [size, lengthOf(blocksOf(section, size))] as const);
    const [size, length] = lengths.find(([, candidate]) => candidate <= left) ??
      lengths.at(-1) ?? ['none', 0];
    sizes.set(section, size);
    left -= length;
  }
  return sizes;
}
