import { describe, expect, test } from 'vitest';
import { parseCommands } from '../../../src/bot/commands/parse-commands.ts';
import type { Block, Inline } from '../../../src/model/document.ts';
import { parseMarkdown } from '../../../src/render/markdown/parse-markdown.ts';
import { linesShownAsWords } from '../gitlab-own-lines.ts';
import { type HtmlPart, htmlParts, parsedByGitLab } from '../gitlab-view.ts';
import { markdownTexts } from './markdown-texts.ts';

/** Words with where they are, `word:code,list`, in order. */
class Words {
  readonly all: string[] = [];

  add(text: string, where: Iterable<string>): void {
    const places = [...new Set(where)].sort().join(',');
    for (const [word] of text.replace(/\[\^\w+\]:?/g, '').matchAll(/[a-z0-9]+/gi))
      this.all.push(`${word.toLowerCase()}:${places}`);
  }
}

const isWeb = (url: string): boolean => /^https?:\/\//.test(url);

/** An address that was written as one is in code in our documents, so that it does nothing. */
function isAddress({ children, url }: Extract<Inline, { readonly kind: 'link' }>): boolean {
  const [only] = children;
  return children.length === 1 && only?.kind === 'code' && url.endsWith(only.text);
}

function addInlines(words: Words, inlines: readonly Inline[], where: readonly string[]): void {
  let text = '';
  const flush = (): void => {
    words.add(text, where);
    text = '';
  };
  for (const inline of inlines) {
    if (inline.kind === 'text') {
      text += inline.text;
      continue;
    }
    flush();
    if (inline.kind === 'code') words.add(inline.text, [...where, 'code']);
    else if (inline.kind === 'link') {
      const inside = isWeb(inline.url) ? [...where, 'link'] : where;
      addInlines(words, isAddress(inline) ? asTexts(inline.children) : inline.children, inside);
    } else if ('children' in inline) addInlines(words, inline.children, [...where, inline.kind]);
  }
  flush();
}

function asTexts(inlines: readonly Inline[]): readonly Inline[] {
  return inlines.map((inline) => (inline.kind === 'code' ? { kind: 'text', text: inline.text } : inline));
}

function addBlocks(words: Words, blocks: readonly Block[], where: readonly string[]): void {
  for (const block of blocks) {
    switch (block.kind) {
      case 'heading':
        addInlines(words, block.children, [...where, 'heading']);
        break;
      case 'paragraph':
        addInlines(words, block.children, where);
        break;
      case 'table':
        for (const cell of [...block.columns.map(({ title }) => title), ...block.rows.flat()])
          addInlines(words, cell, [...where, 'table']);
        break;
      case 'list':
        for (const item of block.items) addBlocks(words, item, [...where, 'list']);
        break;
      case 'quote':
        addBlocks(words, block.blocks, [...where, 'quote']);
        break;
      case 'details':
        addInlines(words, block.summary, where);
        addBlocks(words, block.blocks, where);
        break;
      case 'codeBlock':
      case 'suggestion':
        words.add(block.text, [...where, 'code']);
    }
  }
}

const places: Readonly<Record<string, string>> = {
  h1: 'heading',
  h2: 'heading',
  h3: 'strong',
  h4: 'strong',
  h5: 'strong',
  h6: 'strong',
  strong: 'strong',
  em: 'emphasis',
  li: 'list',
  dd: 'list',
  blockquote: 'quote',
  table: 'table',
  pre: 'code',
  code: 'code',
};

type Open = Extract<HtmlPart, { readonly kind: 'open' }>;

/** Where the content of an element is; `gone` for what only GitLab shows. */
function placeOf({ name, attributes }: Open): string | null {
  if (name === 'sup' || 'data-footnote-backref' in attributes) return 'gone';
  if ('data-math-style' in attributes || attributes['id']?.startsWith('fn-') === true) return null;
  if (name === 'div' && attributes['class']?.includes('markdown-alert') === true) return 'quote';
  if (name === 'a') return isWeb(attributes['href'] ?? '') ? 'link' : null;
  return places[name] ?? null;
}

/** The words of GitLab's HTML, with HTML of the text as text. */
function wordsOfGitLab(markdown: string): readonly string[] {
  const words = new Words();
  const open: { readonly name: string; readonly place: string | null }[] = [];
  let text = '';
  const where = (): readonly string[] => open.flatMap(({ place }) => place ?? []);
  const flush = (): void => {
    if (!where().includes('gone')) words.add(text, where());
    text = '';
  };
  for (const part of htmlParts(parsedByGitLab(markdown, { isHtmlText: true }))) {
    if (part.kind === 'text') text += part.text;
    else if (part.kind === 'open') {
      flush();
      const { src = '', alt = '' } = part.name === 'img' ? part.attributes : {};
      words.add(alt, isWeb(src) ? [...where(), 'link'] : where());
      open.push({ name: part.name, place: placeOf(part) });
    } else {
      flush();
      const at = open.findLastIndex(({ name }) => name === part.name);
      open.splice(at === -1 ? open.length : at);
    }
  }
  flush();
  return words.all;
}

function wordsOfDocument(markdown: string): readonly string[] {
  const words = new Words();
  addBlocks(words, parseMarkdown(markdown), []);
  return words.all;
}

const texts = Object.entries(markdownTexts).flatMap(([construct, all]) =>
  all.map((markdown) => ({ construct, markdown, name: JSON.stringify(markdown) })),
);

/** What is in HTML that folds, breaks and comments are made of is not text in a document of ours. */
const read = texts.filter(({ markdown }) => !/<br|<!--/.test(markdown));

describe('a text is read as GitLab reads it', () => {
  test('there are enough of them', () => {
    expect(texts.length).toBeGreaterThanOrEqual(150);
  });

  test.each(read)('$construct: $name', ({ construct, markdown }) => {
    // GitLab moves footnotes to the end.
    const sorted = (words: readonly string[]): readonly string[] =>
      construct === 'footnotes' ? [...words].sort() : words;
    expect(sorted(wordsOfDocument(markdown))).toEqual(sorted(wordsOfGitLab(markdown)));
  });
});

const grammar = { prefix: '/herald', username: 'herald-bot', names: ['retry'] };

/** The text with a command before each of its lines, and after the last. */
function withCommand(markdown: string, command: string): readonly string[] {
  const lines = markdown.split('\n');
  return Array.from({ length: lines.length + 1 }, (_, at) => lines.toSpliced(at, 0, command).join('\n'));
}

describe('a command is obeyed where GitLab shows its line as words', () => {
  test.each(texts)('$construct: $name', ({ markdown }) => {
    for (const command of ['/herald retry', '  /herald retry', '    /herald retry'])
      for (const comment of withCommand(markdown, command)) {
        const isObeyed = parseCommands(comment, grammar).calls.length > 0;
        expect(isObeyed, comment).toBe(linesShownAsWords(comment).some((line) => line === '/herald retry'));
      }
  });
});
