import { visibleLine, visibleLines } from '../words/visible-text.ts';

export interface SpanPlace {
  /** A row of a table is split before its code spans are read. */
  readonly inTable: boolean;
  /** A line that begins with a link whose words hold `]:` would be a definition of links, which nobody sees. */
  readonly inLink: boolean;
}

/**
 * A code span that shows the text exactly and ends nowhere but at its end; in a table, pipes are escaped.
 * https://spec.commonmark.org/0.31.2/#code-spans, https://github.github.com/gfm/#example-200
 */
export function codeSpan(value: string, { inTable, inLink }: SpanPlace): string {
  const content = codeText(value);
  // A row is split before its code spans are read, and takes a backslash and a pipe for one escaped character: two
  // spans.
  const whole = inTable ? content.split(/(?<=\\)(?=\|)/) : [content];
  const parts = inLink ? whole.flatMap((span) => span.split(/(?<=\])(?=:)/)) : whole;
  const spans = parts.flatMap((span) => span.replace(longRun, '$&\n').split('\n'));
  return spans.map((span) => oneSpan(span, inTable)).join('<!-- -->');
}

/**
 * A run that would need a fence of more backticks than a parser looks for: `MAXBACKTICKS` is 80 in
 * `src/parser/inlines.rs` of kivikakk/comrak. What is between longer ones is not code and is read.
 */
const longRun = /`{64}(?=`)/g;

function oneSpan(content: string, inTable: boolean): string {
  const fence = '`'.repeat(longestRun(content) + 1);
  const isPadded = content.startsWith(' ') && content.endsWith(' ') && content.trim() !== '';
  const needsPadding = isPadded || content.startsWith('`') || content.endsWith('`');
  const padded = needsPadding ? ` ${content} ` : content;
  return fence + (inTable ? padded.replaceAll('|', '\\|') : padded) + fence;
}

/** The text of a code span: one line, never empty. */
export function codeText(value: string): string {
  const content = visibleLines(value).replace(/[\n\t]/g, ' ');
  if (content === '') return '""';
  return content.trim() === '' ? `"${visibleLine(content)}"` : content;
}

/** Length of the longest run of backticks in a text. */
export function longestRun(value: string): number {
  return (value.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
