/**
 * The lines of a comment that are its author's own words: not code, not a quotation, not HTML. What is in doubt counts as hidden, since a
 * command that is not seen can be written again. Blocks as https://spec.commonmark.org/0.31.2/ and https://docs.gitlab.com/user/markdown/
 * have them.
 */

/** List markers and indentation, behind which code can begin as well. */
const container = /^(?:\s|[-*+](?=\s)|\d{1,9}[.)](?=\s))*/;
const fence = /^(`{3,}|~{3,})(.*)$/;
const blockQuote = /^\s*>>>\s*$/;
const backticks = /`+/g;

type Hidden =
  | { readonly in: 'fence'; readonly mark: string; readonly inList: boolean }
  | { readonly in: 'comment' }
  | { readonly in: 'quote' }
  /** Nothing is told apart any more; all that follows counts as hidden. */
  | { readonly in: 'doubt' }
  /** A quotation that goes on, code between backticks: all end with the paragraph at the latest. */
  | { readonly in: 'paragraph' }
  | null;

interface Step {
  readonly hidden: Hidden;
  /** What of the line is visible; null when nothing is. */
  readonly visible: string | null;
}

const nothing = (hidden: Hidden): Step => ({ hidden, visible: null });

function opensFence(words: string): string | null {
  const [, mark = '', rest = ''] = fence.exec(words) ?? [];
  return mark === '' || (mark.startsWith('`') && rest.includes('`')) ? null : mark;
}

function fenceOf(line: string): Hidden {
  const words = line.replace(container, '');
  const mark = opensFence(words);
  return mark === null ? null : { in: 'fence', mark, inList: line !== words };
}

function afterFence(line: string, hidden: Extract<Hidden, { readonly in: 'fence' }>): Hidden {
  const { mark, inList } = hidden;
  // Where a line is not indented the list has ended, and its code as well; which fence belongs to what is not told apart from here on.
  if (inList && /^\S/.test(line)) return { in: 'doubt' };
  const [, run = '', rest = ''] = fence.exec(line.trim()) ?? [];
  const ends = run.startsWith(mark.charAt(0)) && run.length >= mark.length && rest.trim() === '';
  return ends ? null : hidden;
}

/** Whether a run of backticks has no other of its length in the line: code that can go on in the next. */
function hasOpenSpan(line: string): boolean {
  const runs: readonly string[] = line.match(backticks) ?? [];
  for (let at = 0; at < runs.length; at += 1) {
    const end = runs.indexOf(runs[at] ?? '', at + 1);
    if (end < 0) return true;
    at = end;
  }
  return false;
}

/** What begins in a line that nothing hides and that no block begins in. */
function wordsStep(line: string): Step {
  const start = line.lastIndexOf('<!--');
  if (start >= 0 && !line.includes('-->', start + 4)) return { hidden: { in: 'comment' }, visible: line };
  return { hidden: hasOpenSpan(line) ? { in: 'paragraph' } : null, visible: line };
}

function visibleStep(line: string): Step {
  const words = line.replace(container, '');
  const fenced = fenceOf(line);
  if (fenced !== null) return nothing(fenced);
  if (blockQuote.test(line)) return nothing({ in: 'quote' });
  if (words.startsWith('<!--')) return nothing(words.includes('-->', 4) ? null : { in: 'comment' });
  // Where HTML ends depends on what is in it.
  if (/^<[a-z/!?]/i.test(words)) return nothing({ in: 'doubt' });
  // A quotation goes on in lines that do not begin as it does.
  if (words.startsWith('>')) return nothing({ in: 'paragraph' });
  if (/^(?: {4}|\t| {1,3}\t)/.test(line)) return nothing(null);
  return wordsStep(line);
}

/** A line within something hidden. */
function hiddenStep(line: string, hidden: NonNullable<Hidden>): Step {
  switch (hidden.in) {
    case 'fence':
      return nothing(afterFence(line, hidden));
    case 'comment':
      // What stands after a comment in the same line began no line.
      return nothing(line.includes('-->') ? null : hidden);
    case 'quote':
      return quoteStep(line);
    case 'doubt':
      return nothing(hidden);
    case 'paragraph':
      return paragraphStep(line);
  }
}

function quoteStep(line: string): Step {
  if (blockQuote.test(line)) return nothing(null);
  const { hidden: begun } = visibleStep(line);
  // What begins within it can hide its end.
  return nothing(begun === null ? { in: 'quote' } : { in: 'doubt' });
}

function paragraphStep(line: string): Step {
  if (line.trim() === '') return nothing(null);
  const { hidden: begun } = visibleStep(line);
  // Whether it begins here or is a word of what is hidden is not told apart.
  return nothing(begun === null || begun.in === 'paragraph' ? { in: 'paragraph' } : { in: 'doubt' });
}

/** Zero-width and other format characters, which nobody sees. */
const unseen = /\p{Cf}/gu;

/** The visible lines in order, without characters that nobody sees. One pass over the text. */
export function visibleLines(markdown: string): readonly string[] {
  const lines: string[] = [];
  let hidden: Hidden = null;
  for (const raw of markdown.split(/\r\n|\r|\n/)) {
    const line = raw.replace(unseen, '');
    const next: Step = hidden === null ? visibleStep(line) : hiddenStep(line, hidden);
    ({ hidden } = next);
    if (next.visible !== null) lines.push(next.visible);
  }
  return lines;
}
