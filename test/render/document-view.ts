import type { Block, Document, Inline } from '../../src/model/document.ts';
import { codeText } from '../../src/render/markdown/code-span.ts';
import { imageWords } from '../../src/render/markdown/inline-markdown.ts';
import { emoji } from '../../src/render/words/icons.ts';
import { visibleLine, visibleLines } from '../../src/render/words/visible-text.ts';
import { type HtmlPart, htmlParts } from './gitlab-view.ts';

/**
 * What Herald puts into a comment, told from the document model alone: every element and every text in order. What
 * GitLab's parser makes of the Markdown must be this and nothing else. Told apart are neither white space nor `<code>`,
 * which guards words, nor paragraphs, which lists have or have not.
 */
const untold: ReadonlySet<string> = new Set(['code', 'p', 'thead', 'tbody']);
/** Seen or not, these are nothing when there is nothing in them. */
const mayVanish: ReadonlySet<string> = new Set(['strong', 'em', 'a', 'li', 'ul', 'ol', 'blockquote']);
/** Without white space, and without the joiners that go where what they joined is gone. */
export const spaceless = (value: string): string => value.replace(/[\s\u200C\u200D\uFE00-\uFE0F]+/gu, '');

/** What attributes Herald's elements have; any other is shown, so that it differs. */
function attributesOf(name: string, attributes: Readonly<Record<string, string>>): string {
  const told = Object.entries(attributes).filter(
    ([key]) =>
      !(name === 'pre' && key === 'lang') && !(name === 'details' && key === 'open') && key !== 'align',
  );
  return told.map(([key, value]) => ` ${key}="${shownValue(key, value)}"`).join('');
}

function shownValue(key: string, value: string): string {
  if (key === 'href' || key === 'src') return whereTo(value);
  return key === 'alt' ? spaceless(value) : value;
}

/** Where an address leads: its fragment and a query of `line` are what Herald keeps references away with. */
function whereTo(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${decodeURI(pathname.replace(/%(?![0-9a-f]{2})/gi, '%25'))}`;
}

type Line =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tag'; readonly name: string; readonly text: string };

class View {
  readonly #lines: Line[] = [];

  text(value: string): this {
    const text = spaceless(value);
    const last = this.#lines.at(-1);
    if (last?.kind === 'text') this.#lines.splice(-1, 1, { kind: 'text', text: last.text + text });
    else if (text !== '') this.#lines.push({ kind: 'text', text });
    return this;
  }

  tag(name: string, inside: () => void, attributes = ''): this {
    this.open(name, attributes);
    inside();
    return this.close(name);
  }

  open(name: string, attributes = ''): this {
    if (!untold.has(name)) this.#lines.push({ kind: 'tag', name, text: `<${name}${attributes}>` });
    return this;
  }

  close(name: string): this {
    if (untold.has(name) || name === 'br' || name === 'img') return this;
    const last = this.#lines.at(-1);
    const isBare = last?.kind === 'tag' && last.name === name && !last.text.startsWith('</');
    if (isBare && mayVanish.has(name)) this.#lines.pop();
    else this.#lines.push({ kind: 'tag', name, text: `</${name}>` });
    return this;
  }

  lines(): readonly string[] {
    return this.#lines.map(({ text }) => text);
  }
}

/** Of GitLab's rendering. */
export function viewOfHtml(html: string): readonly string[] {
  const view = new View();
  for (const part of htmlParts(html)) addPart(part, view);
  return view.lines();
}

function addPart(part: HtmlPart, view: View): void {
  if (part.kind === 'text') view.text(part.text);
  else if (part.kind === 'open') view.open(part.name, attributesOf(part.name, part.attributes));
  else view.close(part.name);
}

/** Of the document itself. */
export function viewOfDocument(document: Document): readonly string[] {
  const view = new View();
  addBlocks(document, view);
  return view.lines();
}

function isWeb(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

/** A link in a link is its words: no page can have one. */
function addInlines(inlines: readonly Inline[], view: View, inLink = false): void {
  for (const inline of joined(inlines, inLink)) addInline(inline, view, inLink);
}

/**
 * Texts in a row, as a reader reads them: an invisible character at the end of one may be dropped for the start of the
 * next.
 */
function joined(inlines: readonly Inline[], inLink: boolean): readonly Inline[] {
  const all: Inline[] = [];
  const flat = (inline: Inline): readonly Inline[] =>
    inline.kind === 'link' && (inLink || !isWeb(inline.url)) ? inline.children.flatMap(flat) : [inline];
  for (const inline of inlines.flatMap(flat)) {
    const last = all.at(-1);
    if (inline.kind === 'text' && last?.kind === 'text')
      all[all.length - 1] = { kind: 'text', text: last.text + inline.text };
    else all.push(inline);
  }
  return all;
}

function addInline(inline: Inline, view: View, inLink: boolean): void {
  switch (inline.kind) {
    case 'text':
      view.text(visibleLine(inline.text));
      return;
    case 'code':
      view.text(codeText(inline.text));
      return;
    case 'icon':
      view.text(emoji[inline.icon]);
      return;
    case 'mention':
      view.text(`@${inline.username}`);
      return;
    case 'break':
      view.open('br');
      return;
    case 'image':
      view.open('img', ` src="${whereTo(inline.url)}" alt="${spaceless(imageWords(inline.alt))}"`);
      return;
    case 'strong':
    case 'emphasis':
      view.tag(inline.kind === 'strong' ? 'strong' : 'em', () => {
        addInlines(inline.children, view, inLink);
      });
      return;
    case 'link':
      view.tag(
        'a',
        () => {
          addInlines(inline.children, view, true);
        },
        ` href="${whereTo(inline.url)}"`,
      );
  }
}

function addBlocks(blocks: readonly Block[], view: View): void {
  for (const block of blocks) addBlock(block, view);
}

function isEmpty(inlines: readonly Inline[]): boolean {
  const view = new View();
  addInlines(inlines, view);
  return view.lines().length === 0;
}

function addBlock(block: Block, view: View): void {
  switch (block.kind) {
    case 'heading':
      if (isEmpty(block.children)) return;
      view.tag(`h${block.level}`, () => {
        addInlines(block.children, view);
      });
      return;
    case 'paragraph':
      addInlines(block.children, view);
      return;
    case 'table':
      addTable(block, view);
      return;
    case 'list':
      view.tag(block.ordered ? 'ol' : 'ul', () => {
        for (const item of block.items)
          view.tag('li', () => {
            addBlocks(item, view);
          });
      });
      return;
    case 'details':
      view.tag('details', () => {
        view.tag('summary', () => {
          addInlines(block.summary, view);
        });
        addBlocks(block.blocks, view);
      });
      return;
    case 'codeBlock':
    case 'suggestion':
      view.tag('pre', () => {
        view.text(visibleLines(block.text));
      });
      return;
    case 'quote':
      view.tag('blockquote', () => {
        addBlocks(block.blocks, view);
      });
  }
}

function addTable(block: Extract<Block, { kind: 'table' }>, view: View): void {
  const row = (name: 'th' | 'td', cells: readonly (readonly Inline[])[]): void => {
    view.tag('tr', () => {
      for (let index = 0; index < block.columns.length; index += 1)
        view.tag(name, () => {
          addInlines(cells[index] ?? [], view);
        });
    });
  };
  view.tag('table', () => {
    row(
      'th',
      block.columns.map(({ title }) => title),
    );
    for (const cells of block.rows) row('td', cells);
  });
}
