import { type Document, paragraph, text } from '../../model/document.ts';
import { blocksOfTokens } from './reader/blocks-of-tokens.ts';
import { markdownTokens } from './reader/markdown-tokens.ts';

/** More of a file than this is not shown, in UTF-16 units: the comment would have no room for it. */
const usualLength = 65_536;

/**
 * Markdown of somebody else as a document of ours: headings, paragraphs, lists, tables, quotes, code, folds, emphasis
 * and links. What is not of these is text, so that our own renderers escape it: no HTML, image, mention or quick action
 * comes through. A file longer than 64 Ki characters, or than was asked for, is cut at a line, with an ellipsis. Reads
 * as GitLab does.
 */
export function parseMarkdown(markdown: string, maxLength: number = usualLength): Document {
  const normal = markdown.replace(/\r\n?/g, '\n');
  if (normal.length <= maxLength) return blocksOfTokens(markdownTokens(normal));
  const cut = normal.slice(0, Math.max(normal.lastIndexOf('\n', maxLength), 1));
  return [...blocksOfTokens(markdownTokens(cut)), paragraph(text('…'))];
}
