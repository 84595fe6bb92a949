import type { Block, Document } from '../../model/document.ts';
import { renderHtml } from './document.ts';
import { type Html, rendered } from './element.ts';

/**
 * The comment's headings start at 3, as GitLab's page has two above them; here they start at 2, below the page's own.
 */
function withPageHeadings(document: Document): Document {
  return document.map((block): Block => {
    if (block.kind === 'heading') return { ...block, level: block.level === 4 ? 3 : 2 };
    if (block.kind === 'details') return { ...block, blocks: withPageHeadings(block.blocks) };
    return block;
  });
}

/** A section of the comment as a part of the page. */
export function sectionHtml(document: Document): Html {
  return rendered(renderHtml(withPageHeadings(document)));
}
