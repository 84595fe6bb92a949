import {
  type Block,
  codeBlock,
  type Document,
  details,
  heading,
  paragraph,
  strong,
  type TableColumn,
  text,
} from '../../model/document.ts';
import { parseInlineMarkdown } from './parse-inline-markdown.ts';

/** More of a file than this is not shown, in UTF-16 units: the comment would have no room for it. */
const maxLength = 65_536;
const maxDepth = 6;
/** A longer line is not a row of dashes: patterns with two ways to read spaces are not tried on it. */
const maxRule = 1_000;

const fencePattern = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]{0,30})/;
const headingPattern = /^ {0,3}(#{1,6})(?:\s(.*))?$/;
const rulePattern = /^ {0,3}([-*_])(?: *\1){2,} *$/;
const quotePattern = /^ {0,3}> ?/;
const itemPattern = /^( {0,3})([-*+]|\d{1,9}[.)])( +|$)/;
const delimiterRow = /^ {0,3}\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$/;
const detailsPattern = /^ {0,3}<details( open)?[^>]*>\s*/i;
const summaryPattern = /^<summary>(.{0,1000}?)<\/summary>/i;
const commentPattern = /^ {0,3}<!--.*-->\s*$/;

interface Taken {
  readonly blocks: readonly Block[];
  /** How many lines they are made of; at least 1. */
  readonly count: number;
}

/** Lines of a document from one of them on. */
interface Lines {
  readonly all: readonly string[];
  readonly from: number;
  readonly depth: number;
}

type Reader = (lines: Lines) => Taken | null;

function lineAt({ all, from }: Lines, offset = 0): string {
  return all[from + offset] ?? '';
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}

/** How many lines from here on fulfil a condition. */
function countWhile({ all, from }: Lines, test: (line: string, offset: number) => boolean): number {
  let count = 0;
  while (from + count < all.length && test(all[from + count] ?? '', count)) count += 1;
  return count;
}

const readFence: Reader = (lines) => {
  const [, fence, language = ''] = fencePattern.exec(lineAt(lines)) ?? [];
  if (fence === undefined) return null;
  const closing = new RegExp(`^ {0,3}${fence.charAt(0)}{${fence.length},} *$`);
  const rest = { ...lines, from: lines.from + 1 };
  const length = countWhile(rest, (line) => !closing.test(line));
  const content = lines.all.slice(rest.from, rest.from + length).join('\n');
  return { blocks: [codeBlock(content, language)], count: length + 2 };
};

/** The comment's own headings are of level 3 and 4: those of a text are below them. */
const readHeading: Reader = (lines) => {
  const [, marks, title = ''] = headingPattern.exec(lineAt(lines)) ?? [];
  if (marks === undefined) return null;
  const children = parseInlineMarkdown(
    title
      .trim()
      .replace(/(?:^|(?<=\s))#+$/, '')
      .trim(),
  );
  const block = marks.length <= 2 ? heading(4, ...children) : paragraph(strong(...children));
  return { blocks: children.length === 0 ? [] : [block], count: 1 };
};

const readNothing: Reader = (lines) => {
  const line = lineAt(lines);
  return isBlank(line) || rulePattern.test(line) || commentPattern.test(line)
    ? { blocks: [], count: 1 }
    : null;
};

const readQuote: Reader = (lines) => {
  const count = countWhile(lines, (line) => quotePattern.test(line));
  if (count === 0) return null;
  const inner = lines.all.slice(lines.from, lines.from + count).map((line) => line.replace(quotePattern, ''));
  return { blocks: [{ kind: 'quote', blocks: blocksOf(inner, lines.depth + 1) }], count };
};

function withoutCheckbox(line: string): string {
  return line.replace(/^\[([ xX])\]\s/, (_, mark: string) => (mark === ' ' ? '☐ ' : '☑ '));
}

/** One item: its first line and all that is as far in as its content, blank lines between them included. */
function readItem(lines: Lines, isOrdered: boolean): Taken | null {
  const first = lineAt(lines);
  const mark = itemPattern.exec(first);
  if (mark === null || /\d/.test(mark[2] ?? '') !== isOrdered || rulePattern.test(first)) return null;
  const indent = Math.min(mark[0].length, (mark[1] ?? '').length + (mark[2] ?? '').length + 4);
  const rest = { ...lines, from: lines.from + 1 };
  const count =
    1 +
    countWhile(rest, (line, offset) => {
      if (!isBlank(line)) return indentOf(line) >= Math.min(indent, 2);
      const next = rest.all[rest.from + offset + 1];
      return next !== undefined && !isBlank(next) && indentOf(next) >= Math.min(indent, 2);
    });
  const content = [
    withoutCheckbox(first.slice(mark[0].length)),
    ...lines.all
      .slice(lines.from + 1, lines.from + count)
      .map((line) => line.slice(Math.min(indent, indentOf(line)))),
  ];
  return { blocks: blocksOf(content, lines.depth + 1), count };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

const readList: Reader = (lines) => {
  const mark = itemPattern.exec(lineAt(lines));
  if (mark === null) return null;
  const ordered = /\d/.test(mark[2] ?? '');
  const items: (readonly Block[])[] = [];
  let count = 0;
  for (;;) {
    const blanks = items.length === 0 ? 0 : countWhile({ ...lines, from: lines.from + count }, isBlank);
    const item = readItem({ ...lines, from: lines.from + count + blanks }, ordered);
    if (item === null) break;
    items.push(item.blocks);
    count += blanks + item.count;
  }
  return items.length === 0 ? null : { blocks: [{ kind: 'list', ordered, items }], count };
};

/** Cells of a row; a pipe after a backslash is text. */
function cellsOf(line: string): readonly string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function alignOf(cell: string): TableColumn['align'] {
  if (cell.startsWith(':') && cell.endsWith(':')) return 'center';
  return cell.endsWith(':') ? 'right' : 'left';
}

const readTable: Reader = (lines) => {
  const head = lineAt(lines);
  const rule = lineAt(lines, 1);
  if (!head.includes('|') || !rule.includes('-') || rule.length > maxRule || !delimiterRow.test(rule))
    return null;
  const titles = cellsOf(head);
  const aligns = cellsOf(rule).map(alignOf);
  if (titles.length !== aligns.length) return null;
  const body = { ...lines, from: lines.from + 2 };
  const count = countWhile(body, (line) => !isBlank(line) && line.includes('|'));
  const rows = lines.all
    .slice(body.from, body.from + count)
    .map((line) => cellsOf(line).map(parseInlineMarkdown));
  const columns = titles.map((title, index) => ({
    title: parseInlineMarkdown(title),
    align: aligns[index] ?? 'left',
  }));
  return { blocks: [{ kind: 'table', columns, rows }], count: count + 2 };
};

/**
 * A fold, the one piece of HTML that means something here; it needs its summary, on its own line or on the next one.
 */
const readDetails: Reader = (lines) => {
  const opening = detailsPattern.exec(lineAt(lines));
  if (opening === null) return null;
  const rest = lineAt(lines).slice(opening[0].length).trim();
  const isNext = rest === '';
  const summaryLine = isNext ? lineAt(lines, 1).trim() : rest;
  const summary = summaryPattern.exec(summaryLine);
  if (summary === null) return null;
  let depth = 0;
  const length = countWhile(lines, (line) => {
    depth += (line.match(/<details\b/gi) ?? []).length - (line.match(/<\/details>/gi) ?? []).length;
    return depth > 0;
  });
  const own = summaryLine.slice(summary[0].length).replace(/<\/details>[^]*$/i, '');
  const inner = lines.all.slice(lines.from + (isNext ? 2 : 1), lines.from + length);
  const last = length === 0 ? '' : lineAt(lines, length).replace(/<\/details>[^]*$/i, '');
  const title = parseInlineMarkdown(summary[1] ?? '').filter(({ kind }) => kind !== 'break');
  const blocks = blocksOf([own, ...inner, last], lines.depth + 1);
  return { blocks: [details(title, blocks, opening[1] !== undefined)], count: length + 1 };
};

const structures: readonly Reader[] = [
  readNothing,
  readFence,
  readHeading,
  readQuote,
  readDetails,
  readList,
  readTable,
];

function structureAt(lines: Lines): Taken | null {
  for (const reader of structures) {
    const taken = reader(lines);
    if (taken !== null) return taken;
  }
  return null;
}

/** What ends a paragraph without a blank line. */
function interrupts(line: string): boolean {
  return (
    isBlank(line) ||
    fencePattern.test(line) ||
    /^ {0,3}#{1,6}\s/.test(line) ||
    quotePattern.test(line) ||
    detailsPattern.test(line) ||
    /^ {0,3}(?:[-*+]|1[.)]) +\S/.test(line)
  );
}

function readParagraph(lines: Lines): Taken {
  const count = Math.max(
    1,
    countWhile(lines, (line, offset) => offset === 0 || !interrupts(line)),
  );
  const content = lines.all
    .slice(lines.from, lines.from + count)
    .map((line) => (line.endsWith('  ') ? `${line.trim()}\\` : line.trim()))
    .join('\n')
    .replace(/\\$/, '');
  return { blocks: [paragraph(...parseInlineMarkdown(content))], count };
}

function blocksOf(all: readonly string[], depth: number): readonly Block[] {
  if (depth > maxDepth) return [paragraph(text(all.join(' ').trim()))];
  const blocks: Block[] = [];
  for (let from = 0; from < all.length; ) {
    const lines = { all, from, depth };
    const { blocks: read, count } = structureAt(lines) ?? readParagraph(lines);
    blocks.push(...read);
    from += count;
  }
  return blocks;
}

/**
 * Markdown of somebody else as a document of ours: headings, paragraphs, lists, tables, quotes, code, folds, emphasis
 * and links. What is not of these is text, so that our own renderers escape it: no HTML, image, mention or quick action
 * comes through. A file longer than 64 Ki characters is cut at a line, with an ellipsis. Follows https://spec.commonmark.org/ as far as the subset goes.
 */
export function parseMarkdown(markdown: string): Document {
  const normal = markdown.replace(/\r\n?/g, '\n').replaceAll('\t', '    ');
  if (normal.length <= maxLength) return blocksOf(normal.split('\n'), 0);
  const cut = normal.slice(0, Math.max(normal.lastIndexOf('\n', maxLength), 1));
  return [...blocksOf(cut.split('\n'), 0), paragraph(text('…'))];
}
