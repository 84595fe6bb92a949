/**
 * The lines of a comment that are its author's own words: not code, not a quotation, not an HTML comment. What is in doubt counts as
 * hidden, since a command that is not seen can be written again.
 */

const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const blockQuote = /^ {0,3}>>>\s*$/;

type Hidden =
  | { readonly in: 'fence'; readonly mark: string }
  | { readonly in: 'comment' }
  | { readonly in: 'quote' }
  | null;

interface Step {
  readonly hidden: Hidden;
  /** What of the line is visible; null when nothing is. */
  readonly visible: string | null;
}

function afterComment(line: string): Step {
  const end = line.indexOf('-->');
  // What stands after a comment in the same line began no line.
  return { hidden: end < 0 ? { in: 'comment' } : null, visible: null };
}

function opensFence(line: string): string | null {
  const [, mark = '', rest = ''] = fence.exec(line) ?? [];
  if (mark === '' || (mark.startsWith('`') && rest.includes('`'))) return null;
  return mark;
}

function closesFence(line: string, mark: string): boolean {
  const [, run = '', rest = ''] = fence.exec(line) ?? [];
  return run.startsWith(mark.charAt(0)) && run.length >= mark.length && rest.trim() === '';
}

function visibleStep(line: string): Step {
  const mark = opensFence(line);
  if (mark !== null) return { hidden: { in: 'fence', mark }, visible: null };
  if (blockQuote.test(line)) return { hidden: { in: 'quote' }, visible: null };
  const start = line.indexOf('<!--');
  const isOpenAtEnd = start >= 0 && !line.includes('-->', start + 4);
  const isHidden = /^(?: {4}|\t| {1,3}\t)/.test(line) || /^ {0,3}>/.test(line) || start === 0;
  return { hidden: isOpenAtEnd ? { in: 'comment' } : null, visible: isHidden ? null : line };
}

function step(line: string, hidden: Hidden): Step {
  if (hidden === null) return visibleStep(line);
  if (hidden.in === 'comment') return afterComment(line);
  if (hidden.in === 'quote') return { hidden: blockQuote.test(line) ? null : hidden, visible: null };
  return { hidden: closesFence(line, hidden.mark) ? null : hidden, visible: null };
}

/** Zero-width and other format characters, which nobody sees. */
const unseen = /\p{Cf}/gu;

/** The visible lines in order, without characters that nobody sees. One pass over the text. */
export function visibleLines(markdown: string): readonly string[] {
  const lines: string[] = [];
  let hidden: Hidden = null;
  for (const raw of markdown.split(/\r\n|\r|\n/)) {
    const next: Step = step(raw.replace(unseen, ''), hidden);
    ({ hidden } = next);
    if (next.visible !== null) lines.push(next.visible);
  }
  return lines;
}
