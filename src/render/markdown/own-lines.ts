import type { Token } from 'markdown-it';
import { narrowRule } from './reader/gitlab-blocks.ts';
import { markdownTokens } from './reader/markdown-tokens.ts';
import { OpenElements } from './reader/open-elements.ts';

/** Paragraphs in these are not the author's own words, or no paragraphs. */
const others: ReadonlySet<string> = new Set([
  'blockquote',
  'multiline_quote',
  'footnote',
  'table',
  'heading',
]);

/**
 * More of a comment than this is not read, in UTF-16 units: commands are at its start, and GitLab takes a million
 * characters.
 */
const maxLength = 100_000;

/**
 * At the start of a comment GitLab makes code of the text between two of these (`lib/gitlab/front_matter.rb` of
 * gitlabhq/gitlabhq).
 */
function hasFrontMatter(lines: readonly string[]): boolean {
  const first = lines.findIndex((line) => /\S/.test(line) && !line.includes('coding:'));
  const mark = /^(?:---|\+\+\+|;;;)(?=[ \t]*\S*$)/.exec(lines[first] ?? '')?.[0];
  return mark !== undefined && lines.some((line, index) => index > first && isClosing(line, mark));
}

function isClosing(line: string, mark: string): boolean {
  const words = line.trimEnd();
  return words === mark || words === '...';
}

/** Counts how many containers are open that hide what is in them, and which HTML. */
class Surroundings {
  readonly html = new OpenElements();
  #depth = 0;

  enter({ type, nesting }: Token): void {
    if (others.has(type.replace(/_(?:open|close)$/, ''))) this.#depth += nesting;
  }

  get areOwn(): boolean {
    return this.#depth === 0 && !this.html.any;
  }
}

/** Footnotes of one name: GitLab shows what is around them within them. */
function hasFootnoteTwice(tokens: readonly Token[]): boolean {
  const names = tokens.flatMap(({ type, meta }) => (type === 'footnote_open' ? [meta?.['name']] : []));
  return new Set(names).size < names.length;
}

/** How many lines of a paragraph GitLab's parser could not have put into a table. */
function certainLines(content: string): number {
  const lines = content.split('\n');
  const rule = lines.findIndex(
    (line, index) =>
      line.length < 1_000 && narrowRule.test(line.trim()) && lines[index - 1]?.includes('|') === false,
  );
  return rule === -1 ? lines.length : rule - 1;
}

/** The numbers of the lines of a paragraph that begin as words. */
function linesOfParagraph(token: Token, surroundings: Surroundings): readonly number[] {
  const first = token.map?.[0] ?? 0;
  const end = first + certainLines(token.content);
  const lines = surroundings.areOwn ? [first] : [];
  let line = first;
  let counted = 0;
  for (const child of token.children ?? []) {
    if (child.type === 'html_inline') surroundings.html.read(child.content);
    const at = child.meta?.['at'];
    if (typeof at !== 'number') continue;
    line += token.content.slice(counted, at + 1).split('\n').length - 1;
    counted = at + 1;
    if (surroundings.areOwn) lines.push(line);
  }
  return lines.filter((number) => number < end);
}

/** What the end of a comment that was cut could have made of its last blocks and of brackets is not known. */
function isCertain({ map, content }: Token, isCut: boolean, lastBlock: number): boolean {
  return !isCut || ((map?.[0] ?? 0) < lastBlock && !content.includes('['));
}

function numbersOfOwnLines(tokens: readonly Token[], isCut: boolean): readonly number[] {
  if (hasFootnoteTwice(tokens)) return [];
  const surroundings = new Surroundings();
  const lastBlock = tokens.findLast(({ level, map }) => level === 0 && map !== null)?.map?.[0] ?? 0;
  return tokens.flatMap((token) => {
    surroundings.enter(token);
    if (token.type === 'html_block') surroundings.html.read(token.content);
    if (token.type !== 'inline') return [];
    const lines = linesOfParagraph(token, surroundings);
    return isCertain(token, isCut, lastBlock) ? lines : [];
  });
}

/** Zero-width and other format characters, which nobody sees. */
const unseen = /\p{Cf}/gu;

/**
 * The lines of a comment that GitLab shows as its author's own words, without what nobody sees: lines of paragraphs
 * that begin outside of code, quotations, formulas, footnotes and HTML. One pass over the first 100,000 characters; a
 * block that goes on after them is not read. As in the source: a list's mark is part of its line.
 */
export function ownLines(markdown: string): readonly string[] {
  const isCut = markdown.length > maxLength;
  const text = markdown.slice(0, maxLength).replace(/^\uFEFF/, '');
  const lines = text.split(/\r\n|\r|\n/);
  if (hasFrontMatter(lines)) return [];
  return numbersOfOwnLines(markdownTokens(lines.join('\n')), isCut).map((number) =>
    (lines[number] ?? '').replace(unseen, ''),
  );
}
