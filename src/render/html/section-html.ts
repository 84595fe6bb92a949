import { type Block, type Document, paragraph, text } from '../../model/document.ts';
import { fitDocument } from '../comment/fit-document.ts';
import type { Language } from '../words/english.ts';
import { renderHtml } from './document.ts';
import { bytesOf, type Html, rendered } from './element.ts';

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

/** The same in so many bytes, about: what has no room is counted. */
export function fittedSection(document: Document, maxBytes: number, words: Language): Html {
  const whole = sectionHtml(document);
  if (bytesOf(whole) <= maxBytes) return whole;
  return sectionHtml(
    fitDocument(document, maxBytes, {
      bytesOf: (block) => bytesOf(sectionHtml([block])) + 1,
      omitted: (count) => paragraph(text(words.page.notShown(count))),
    }),
  );
}
