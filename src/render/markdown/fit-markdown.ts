import { type Document, paragraph, text } from '../../model/document.ts';
import { counted } from '../../model/plural.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { renderMarkdown } from './render-markdown.ts';

export interface FittedMarkdown {
  /** Inert Markdown with at most the wanted number of UTF-16 units. */
  readonly body: string;
  /** Characters of the text that the body does not have; 0 when it has all of them. */
  readonly omitted: number;
  /** Characters of the text. */
  readonly total: number;
}

/** Each try cuts more; the last one leaves only the sentence about what is omitted. */
const maxTries = 8;

function charactersOf(source: string): number {
  return Array.from(source).length;
}

/** The beginning of a text, up to the end of a line where that does not lose much, and never half of a character. */
function beginningOf(source: string, length: number): string {
  const lineEnd = source.lastIndexOf('\n', length);
  const end = lineEnd > length / 2 ? lineEnd : length;
  return source.slice(0, Math.max(0, end)).replace(/[\uD800-\uDBFF]$/, '');
}

function noticeOf(omitted: number, total: number): Document {
  const words = counted(total, { one: 'character', other: 'characters' });
  return [paragraph(text(`… ${omitted} of ${words} are omitted.`))];
}

/**
 * Renders Markdown of somebody else like `parseMarkdown`, within a size. What does not fit is cut at its end, and the
 * last paragraph says how much that is.
 */
export function fitMarkdown(markdown: string, maxCharacters: number): FittedMarkdown {
  const source = markdown.replace(/\r\n?/g, '\n');
  const total = charactersOf(source);
  let length = Math.min(source.length, maxCharacters);
  for (let tries = 0; tries < maxTries; tries += 1) {
    const isWhole = length >= source.length;
    const kept = isWhole ? source : beginningOf(source, length);
    const omitted = total - charactersOf(kept);
    const notice = isWhole ? [] : noticeOf(omitted, total);
    const body = renderMarkdown([...parseMarkdown(kept, source.length), ...notice]);
    if (body.length <= maxCharacters) return { body, omitted, total };
    // What is rendered is longer than its source by as much as was escaped.
    length = Math.floor(Math.min(length - 100, (length * maxCharacters * 0.95) / body.length));
  }
  return { body: renderMarkdown(noticeOf(total, total)), omitted: total, total };
}
