/**
 * The lines of a comment that its readers see as its author's own words: not code, not a quotation, not HTML, no part
 * of an address. Doubtful lines count as hidden, because the author can write an unseen command again. Blocks as https://spec.commonmark.org/0.31.2/ and
 * https://docs.gitlab.com/user/markdown/ have them, with their white space: spaces and tabs and no other.
 */

/** List markers and indentation; blocks can begin after them too. */
const container = /^(?:[ \t]|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))*/;
const blank = /^[ \t]*$/;
const indented = /^(?: {4}| {0,3}\t)/;
/** Without what follows: a pattern that goes on to the end of the line would try again from every backtick. */
const fence = /^(?:`{3,}|~{3,})/;
const backticks = /`+/g;
/**
 * At the start of a comment GitLab shows the text between two of these as code (`lib/gitlab/front_matter.rb` of
 * gitlabhq/gitlabhq).
 */
const frontMatter = /^(?:---|\+\+\+|;;;)/;

type Hidden =
  | { readonly in: 'fence'; readonly mark: string }
  | { readonly in: 'comment' }
  | { readonly in: 'quote' }
  /** The end is unclear; everything that follows counts as hidden. */
  | { readonly in: 'doubt' }
  /** A quotation that continues, code between backticks, a tag: all end with the paragraph at the latest. */
  | { readonly in: 'paragraph' }
  | null;

interface Step {
  readonly hidden: Hidden;
  readonly visible: boolean;
}

const doubt: Step = { hidden: { in: 'doubt' }, visible: false };
const paragraph: Hidden = { in: 'paragraph' };

function nothing(hidden: Hidden): Step {
  return { hidden, visible: false };
}

function withoutSpaces(line: string): string {
  return line.replace(/^ {0,3}/, '');
}

/** Whether a run of backticks has no other of its length in the line: code that can go on in the next. */
function hasOpenSpan(line: string): boolean {
  const runs: readonly string[] = line.match(backticks) ?? [];
  // A backslash, or an address, which GitLab ends at white space only, takes a backtick away from what it would begin.
  if (runs.length > 0 && /\\`|:\/\/|www\./.test(line)) return true;
  for (let at = 0; at < runs.length; at += 1) {
    const end = runs.indexOf(runs[at] ?? '', at + 1);
    if (end < 0) return true;
    at = end;
  }
  return false;
}

const wholeLink = /!?\[[^[\]]*\]\([^()\s"'<>\\]*\)/g;

/** A tag, an address or a title that can continue in the next line, where nobody sees it. */
function hasOpenMarkup(line: string): boolean {
  const rest = line.replace(wholeLink, '').replace(/<!--(?:(?!<!--|-->)[^])*-->/g, '');
  return /<[a-z/!?]|\]\(|\]\[|!\[/i.test(rest);
}

/** Constructs that a line of words leaves open for later lines, up to the end of the paragraph. */
function openAfter(line: string, isFormula: boolean): Hidden {
  return hasOpenSpan(line) || hasOpenMarkup(line) || (isFormula && line.includes('$')) ? paragraph : null;
}

/** `[name]:` begins a definition, which is not shown; the bracket may close in the next line. */
function beginsDefinition(words: string): boolean {
  return /^\[(?:[^\\\]]|\\[^])*(?:\\?$|\]:)/.test(words);
}

function fenceAt(words: string): string | null {
  const mark = fence.exec(words)?.[0] ?? null;
  return mark?.startsWith('`') === true && words.includes('`', mark.length) ? null : mark;
}

/** The block that begins in a visible line; null when none begins. */
function blockStep(line: string): Step | null {
  const words = line.replace(container, '');
  // Text that is not at the start of the line may belong to a list, or be code: its end is unclear.
  const isPlain = line === words;
  const mark = fenceAt(words);
  if (mark !== null) return isPlain ? nothing({ in: 'fence', mark }) : doubt;
  if (words.startsWith('>>>')) return /^>>>[ \t]*$/.test(line) ? nothing({ in: 'quote' }) : doubt;
  if (words.startsWith('<!--')) return commentStep(words, isPlain);
  // The end of HTML depends on its content, and a footnote, shown elsewhere or not at all, works like a list for the
  // text after it.
  if (/^<[a-z/!?]|^\[\^/i.test(words)) return doubt;
  // A quotation continues in lines that do not begin with its mark.
  return words.startsWith('>') || beginsDefinition(words) ? nothing(paragraph) : null;
}

function commentStep(words: string, isPlain: boolean): Step {
  if (words.includes('-->', 4)) return nothing(null);
  return isPlain ? nothing({ in: 'comment' }) : doubt;
}

function visibleStep(line: string, isFormula: boolean): Step {
  return blockStep(line) ?? { hidden: openAfter(line, isFormula), visible: !indented.test(line) };
}

function fenceStep(line: string, hidden: Extract<Hidden, { readonly in: 'fence' }>): Step {
  const { mark } = hidden;
  const run = fence.exec(withoutSpaces(line))?.[0] ?? '';
  const isLong = run.startsWith(mark.charAt(0)) && run.length >= mark.length;
  return nothing(isLong && blank.test(withoutSpaces(line).slice(run.length)) ? null : hidden);
}

/** A line within something hidden. */
function hiddenStep(line: string, hidden: NonNullable<Hidden>): Step {
  switch (hidden.in) {
    case 'fence':
      return fenceStep(line, hidden);
    case 'comment':
      // Text after a comment in the same line does not begin a line.
      return nothing(line.includes('-->') ? null : hidden);
    case 'quote':
      return quoteStep(line);
    case 'doubt':
      return doubt;
    case 'paragraph':
      return paragraphStep(line);
  }
}

function quoteStep(line: string): Step {
  if (/^>>>[ \t]*$/.test(line)) return nothing(null);
  // A construct that begins inside it can hide its end.
  return visibleStep(line, true).hidden === null && !line.includes('>>>') ? nothing({ in: 'quote' }) : doubt;
}

function paragraphStep(line: string): Step {
  if (blank.test(line)) return nothing(null);
  const begun = blockStep(line)?.hidden ?? null;
  // It is unclear whether it begins here or is part of hidden text.
  return begun === null || begun.in === 'paragraph' ? nothing(paragraph) : doubt;
}

/** Zero-width and other format characters, which nobody sees. */
const unseen = /\p{Cf}/gu;

/**
 * The bot reads only this many UTF-16 units of a comment: commands are at its start, and GitLab accepts a million
 * characters.
 */
const maxLength = 100_000;

/**
 * The visible lines in order, without characters that nobody sees. One pass over the first 100,000 characters; a line
 * that continues after them is not read.
 */
export function visibleLines(markdown: string): readonly string[] {
  const text = markdown.slice(0, maxLength).replace(/^\uFEFF/, '');
  const all = text.split(/\r\n|\r|\n/);
  if (markdown.length > maxLength) all.pop();
  if (frontMatter.test(text.trimStart())) return [];
  const lines: string[] = [];
  let hidden: Hidden = null;
  // A dollar sign without another one after it does not begin a formula.
  const lastFormula = all.findLastIndex((line) => line.includes('$'));
  for (const [index, line] of all.entries()) {
    const next: Step = hidden === null ? visibleStep(line, lastFormula > index) : hiddenStep(line, hidden);
    ({ hidden } = next);
    if (next.visible) lines.push(line.replace(unseen, ''));
  }
  return lines;
}
