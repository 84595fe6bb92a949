import type { MarkdownIt, StateBlock } from 'markdown-it';

/** What markdown-it gives a rule: the lines from the first to before the second; silent: only whether it applies. */
export type RuleArguments = readonly [state: StateBlock, startLine: number, endLine: number, silent: boolean];

type BlockRule = (...at: RuleArguments) => boolean;

interface Lines {
  readonly startLine: number;
  /** Before which they end. */
  readonly endLine: number;
}

/** How far in a line is within its container; below 0 where it is not in it. */
function indentOf(state: StateBlock, line: number): number {
  return (state.sCount[line] ?? 0) - state.blkIndent;
}

/** A quotation around has taken the line as one that its paragraph goes on in: markdown-it marks it so. */
function isTaken(state: StateBlock, line: number): boolean {
  return (state.sCount[line] ?? 0) < 0;
}

/** The text of a line without the indentation and the marks of its containers; null when it is indented code. */
function wordsOf(state: StateBlock, line: number): string | null {
  if (indentOf(state, line) > 3 || isTaken(state, line)) return null;
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
}

function fenceLength(words: string | null): number {
  return />{3,}(?=[ \t]*$)/y.exec(words ?? '')?.[0].length ?? 0;
}

/** Of a quotation between fences: the line of its closing fence, or where its container ends. */
function closingFence(state: StateBlock, { startLine, endLine }: Lines, length: number): number {
  let line = startLine + 1;
  for (; line < endLine; line += 1) {
    const isOutside = !state.isEmpty(line) && indentOf(state, line) < 0;
    // Directly after words it can be one of their lines.
    if (isOutside && state.isEmpty(line - 1)) break;
    if (!isOutside && fenceLength(wordsOf(state, line)) >= length) break;
  }
  return line;
}

/** Takes the spaces off lines that their container's fence has too; the answer puts them back. */
function outdent(state: StateBlock, { startLine, endLine }: Lines, spaces: number): () => void {
  const undo: (() => void)[] = [];
  for (let line = startLine; spaces > 0 && line < endLine; line += 1) {
    const [mark, shift, count] = [state.bMarks[line] ?? 0, state.tShift[line] ?? 0, state.sCount[line] ?? 0];
    const by = Math.min(spaces, count - state.blkIndent, shift);
    if (by <= 0) continue;
    state.bMarks[line] = mark + by;
    state.tShift[line] = shift - by;
    state.sCount[line] = count - by;
    undo.push(() => {
      state.bMarks[line] = mark;
      state.tShift[line] = shift;
      state.sCount[line] = count;
    });
  }
  return () => {
    for (const one of undo) one();
  };
}

/** A quotation between two lines of `>>>`: https://docs.gitlab.com/user/markdown/#multiline-blockquote */
function multilineQuote(...[state, startLine, endLine, silent]: RuleArguments): boolean {
  const length = fenceLength(wordsOf(state, startLine));
  if (length === 0 || silent) return length > 0;
  const end = closingFence(state, { startLine, endLine }, length);
  const isClosed = end < endLine && fenceLength(wordsOf(state, end)) >= length && indentOf(state, end) >= 0;
  const { lineMax, parentType } = state;
  const restore = outdent(state, { startLine: startLine + 1, endLine: end }, indentOf(state, startLine));
  state.parentType = 'multiline_quote';
  state.push('multiline_quote_open', 'blockquote', 1);
  state.lineMax = end;
  state.line = startLine + 1;
  state.md.block.tokenize(state, startLine + 1, end);
  state.push('multiline_quote_close', 'blockquote', -1);
  restore();
  state.lineMax = lineMax;
  state.parentType = parentType;
  if (isClosed && state.line >= end) state.line = end + 1;
  return true;
}

interface Container {
  readonly name: string;
  /** What the first line begins with, in characters. */
  readonly mark: number;
  /** How far in the lines after the first one have to be, in columns. */
  readonly indent: number;
  readonly meta: Readonly<Record<string, string>>;
}

/** A container whose first line begins with a mark and whose other lines are indented. */
function readContainer(state: StateBlock, { startLine, endLine }: Lines, container: Container): void {
  const { bMarks, tShift, sCount } = state;
  const old = {
    mark: bMarks[startLine] ?? 0,
    shift: tShift[startLine] ?? 0,
    count: sCount[startLine] ?? 0,
    indent: state.blkIndent,
    parentType: state.parentType,
  };
  const open = state.push(`${container.name}_open`, '', 1);
  open.meta = { ...container.meta };
  bMarks[startLine] = old.mark + old.shift + container.mark;
  tShift[startLine] = 0;
  sCount[startLine] = container.indent;
  state.blkIndent = container.indent;
  state.parentType = container.name;
  state.md.block.tokenize(state, startLine, endLine);
  bMarks[startLine] = old.mark;
  tShift[startLine] = old.shift;
  sCount[startLine] = old.count;
  state.blkIndent = old.indent;
  state.parentType = old.parentType;
  state.push(`${container.name}_close`, '', -1);
}

/** https://docs.gitlab.com/user/markdown/#footnotes */
function footnote(...[state, startLine, endLine, silent]: RuleArguments): boolean {
  const [mark, name = ''] = /\[\^([^\] \t]+)\]:[ \t]*/y.exec(wordsOf(state, startLine) ?? '') ?? [];
  if (mark === undefined || silent) return mark !== undefined;
  const indent = state.blkIndent + 4;
  readContainer(
    state,
    { startLine, endLine },
    { name: 'footnote', mark: mark.length, indent, meta: { name } },
  );
  return true;
}

/** `: details` after the paragraph that they describe: https://docs.gitlab.com/user/markdown/#description-lists */
function description(...[state, startLine, endLine, silent]: RuleArguments): boolean {
  const mark = /[:~][ \t]+/y.exec(wordsOf(state, startLine) ?? '')?.[0];
  const before = state.tokens.at(-1)?.type ?? '';
  if (mark === undefined || indentOf(state, startLine) < 0) return false;
  if (silent) return true;
  if (!['paragraph_close', 'description_close'].includes(before)) return false;
  const indent = (state.sCount[startLine] ?? 0) + mark.length;
  readContainer(state, { startLine, endLine }, { name: 'description', mark: mark.length, indent, meta: {} });
  return true;
}

/** https://spec.commonmark.org/0.31.2/#html-blocks, the seventh kind. */
const wholeTag =
  /^<(?:\/[a-z][a-z0-9-]*\s*|[a-z][a-z0-9-]*(?:\s+[a-z_:][\w:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?)>[ \t]*$/i;
/** A longer tag in a line is not looked for: its attributes can be read in more than one way. */
const maxTag = 1_000;

function isWholeTag(state: StateBlock, line: number): boolean {
  const words = wordsOf(state, line);
  return words !== null && words.length <= maxTag && wholeTag.test(words);
}

/**
 * A tag alone in a line ends a paragraph that only goes on in it, in a container that the line does not belong to:
 * GitLab's parser, unlike CommonMark's rules.
 */
function tagAfterItem(...[state, startLine, , silent]: RuleArguments): boolean {
  return silent && indentOf(state, startLine) < 0 && isWholeTag(state, startLine);
}

function tagAfterQuote(...[state, startLine, , silent]: RuleArguments): boolean {
  return silent && (isWholeTag(state, startLine) || isAlert(state, startLine - 1));
}

/** The first line of a quotation that names its kind is not a paragraph, which could go on in the next line. */
function isAlert(state: StateBlock, line: number): boolean {
  const isFirst = line === 0 || state.src.charAt((state.bMarks[line - 1] ?? 0) - 1) === '\n' || line === 1;
  return isFirst && /^\[!(?:note|tip|important|caution|warning)\]/i.test(wordsOf(state, line) ?? '');
}

/** The row of dashes below the head of a table with one column; dashes alone make a heading. */
export const narrowRule = /^(?:\|[ \t]*:?-+:?(?:[ \t]*\|)?|:?-+:?[ \t]*\||:-+:?|-+:)[ \t]*$/;

/** What a paragraph does not begin with, and so no head of a table. */
const beginsOther = /^(?:>|#{1,6}(?:[ \t]|$)|(?:\d{1,9}[.)]|[-+*])(?:[ \t]|$))/;

/** A table of one column whose head has no `|`: GitLab's parser takes it, markdown-it does not. */
function narrowTable(...[state, startLine, endLine, silent]: RuleArguments): boolean {
  const head = wordsOf(state, startLine);
  if (head === null || /(?<!\\)\|/.test(head) || beginsOther.test(head) || startLine + 1 >= endLine)
    return false;
  if (indentOf(state, startLine + 1) < 0) return false;
  const rule = wordsOf(state, startLine + 1) ?? '';
  if (rule.length > maxTag || !narrowRule.test(rule)) return false;
  return silent || readNarrowTable(state, startLine, endLine);
}

/** A definition of a link does not begin in a head. */
function narrowTableOfBracket(...[state, startLine, endLine, silent]: RuleArguments): boolean {
  return (
    wordsOf(state, startLine)?.startsWith('[') === true && narrowTable(state, startLine, endLine, silent)
  );
}

/** Rows are filled up to so many cells; more of them would take too long. */
const maxColumns = 100;

/**
 * A row of nothing but dashes makes a heading of the line before it, also where that has a `|`. A table with very many
 * columns stays text.
 */
function boundedTable(table: BlockRule): BlockRule {
  return (...[state, startLine, endLine, silent]) => {
    const rule = startLine + 1 < endLine ? (wordsOf(state, startLine + 1) ?? '') : '';
    const isBegun = beginsOther.test(wordsOf(state, startLine) ?? '');
    const isTable =
      !isBegun && rule.length <= maxTag && !/^-+[ \t]*$/.test(rule) && rule.split('|').length <= maxColumns;
    return isTable && table(state, startLine, endLine, silent);
  };
}

/** Within quotations in quotations markdown-it forgets how far in such a line was. */
function unlessTaken(rule: BlockRule): BlockRule {
  return (...[state, startLine, endLine, silent]) =>
    !(silent && isTaken(state, startLine)) && rule(state, startLine, endLine, silent);
}

/** Lines after a definition, without a blank line, belong to a paragraph, however far in or out they are. */
function withParagraphAfter(reference: BlockRule): BlockRule {
  return (...[state, startLine, endLine, silent]) => {
    if (!reference(state, startLine, endLine, silent)) return false;
    const { line } = state;
    const indent = indentOf(state, line);
    const isNext = !silent && line < endLine && !state.isEmpty(line);
    if (!isNext || (indent >= 0 && indent <= 3)) return true;
    const ends = indent < 0 ? state.md.block.ruler.getRules('paragraph') : [];
    const isEnd = (state.sCount[line] ?? 0) >= 0 && ends.some((rule) => rule(state, line, endLine, true));
    if (!isEnd) state.sCount[line] = state.blkIndent;
    return true;
  };
}

function pushRow(state: StateBlock, line: number, tag: 'th' | 'td'): void {
  state.push('tr_open', 'tr', 1);
  state.push(`${tag}_open`, tag, 1);
  const inline = state.push('inline', '', 0);
  inline.content =
    (wordsOf(state, line) ?? '')
      .replace(/^\|/, '')
      .split(/(?<!\\)\|/, 1)[0]
      ?.trim() ?? '';
  inline.map = [line, line + 1];
  inline.children = [];
  state.push(`${tag}_close`, tag, -1);
  state.push('tr_close', 'tr', -1);
}

function readNarrowTable(state: StateBlock, startLine: number, endLine: number): boolean {
  const ends = state.md.block.ruler.getRules('blockquote');
  state.push('table_open', 'table', 1);
  pushRow(state, startLine, 'th');
  let line = startLine + 2;
  for (; line < endLine && !state.isEmpty(line) && wordsOf(state, line) !== null; line += 1) {
    const at = line;
    if (indentOf(state, at) < 0 || ends.some((rule) => rule(state, at, endLine, true))) break;
    pushRow(state, at, 'td');
  }
  state.push('table_close', 'table', -1);
  state.line = line;
  return true;
}

const inParagraph = ['paragraph', 'reference'];
const inQuote = [...inParagraph, 'blockquote'];
const inList = [...inQuote, 'list'];

/** Rules of markdown-it that GitLab's parser reads otherwise, in the order in which it tries them. */
const corrections: readonly (readonly [
  name: string,
  alt: string[],
  correct: (rule: BlockRule) => BlockRule,
])[] = [
  ['table', inParagraph, boundedTable],
  ['code', [], (rule) => rule],
  ['fence', inList, unlessTaken],
  ['blockquote', inList, unlessTaken],
  ['hr', inList, unlessTaken],
  ['list', inQuote, unlessTaken],
  ['reference', [], withParagraphAfter],
  ['html_block', inQuote, unlessTaken],
  ['heading', inQuote, unlessTaken],
];

function correct(ruler: MarkdownIt['block']['ruler']): void {
  const rules = ruler.getRules('');
  for (const [index, [name, alt, corrected]] of corrections.entries()) {
    const rule = rules[index];
    if (rule !== undefined) ruler.at(name, corrected(rule), { alt });
  }
}

/** The blocks of GitLab Flavored Markdown that markdown-it does not know. */
export function addGitLabBlocks({ block: { ruler } }: MarkdownIt): void {
  correct(ruler);
  ruler.before('blockquote', 'multiline_quote', multilineQuote, { alt: inList });
  ruler.before('reference', 'footnote', footnote, { alt: inList });
  ruler.before('reference', 'narrow_table_of_bracket', narrowTableOfBracket);
  ruler.before('html_block', 'tag_after_item', tagAfterItem, { alt: ['paragraph'] });
  ruler.before('html_block', 'tag_after_quote', tagAfterQuote, { alt: ['blockquote'] });
  ruler.before('lheading', 'narrow_table', narrowTable, { alt: inParagraph });
  ruler.before('paragraph', 'description', description, { alt: ['paragraph'] });
}
