import { type Document, paragraph, text } from '../../model/document.ts';
import type { InlineItem } from '../../model/inline-comment.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import type { Language } from '../words/english.ts';

const maxTold = 10;

/** What several items say, each text once. */
function bodies(items: readonly InlineItem[], words: Language): Document {
  const told = new Map(items.map(({ body }) => [JSON.stringify(body), body]));
  const more = told.size - maxTold;
  return [
    ...[...told.values()].slice(0, maxTold).flat(),
    ...(more > 0 ? [paragraph(text(words.tests.more(more)))] : []),
  ];
}

/** The Markdown of one comment on items of a group. */
export function inlineBody(items: readonly InlineItem[], words: Language): string {
  return renderMarkdown([...(items[0]?.head ?? []), ...bodies(items, words)]);
}

/** The last line of a thread whose cause is gone. */
export function goneLine(sha: string, words: Language): string {
  return renderMarkdown([paragraph(text(words.inline.gone(sha.slice(0, 8))))]);
}
