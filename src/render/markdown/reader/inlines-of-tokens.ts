import type { Token } from 'markdown-it';
import { code, emphasis, type Inline, lineBreak, link, strong, text } from '../../../model/document.ts';

/** Emphasis in emphasis that is deeper is dropped, its words are kept: renderers go as deep as a document does. */
const maxDepth = 5;

interface Frame {
  readonly kind: 'strong' | 'emphasis' | 'link' | 'all';
  readonly url: string;
  /** An address that was written as such. */
  readonly isBare: boolean;
  readonly children: Inline[];
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

function frameOf(token: Token): Frame | null {
  const isBare = token.markup === 'autolink' || token.markup === 'linkify';
  switch (token.type) {
    case 'strong_open':
      return { kind: 'strong', url: '', isBare, children: [] };
    case 'em_open':
      return { kind: 'emphasis', url: '', isBare, children: [] };
    case 'link_open':
      return { kind: 'link', url: attribute(token, 'href'), isBare, children: [] };
    default:
      return null;
  }
}

/** The words of a link without links in them: no page can have one. */
function withoutLinks(inlines: readonly Inline[]): readonly Inline[] {
  return inlines.flatMap((inline) => (inline.kind === 'link' ? inline.children : [inline]));
}

function linkTo(url: string, words: readonly Inline[], isBare: boolean): Inline {
  const isEmpty = words.every((word) => word.kind === 'text' && word.text.trim() === '');
  const label = words.map((word) => (word.kind === 'text' ? word.text : '')).join('');
  if (isBare || isEmpty) return link(url, code(isEmpty ? url : label));
  return link(url, ...withoutLinks(words));
}

function closed({ kind, url, isBare, children }: Frame): readonly Inline[] {
  switch (kind) {
    case 'strong':
      return [strong(...children)];
    case 'emphasis':
      return [emphasis(...children)];
    case 'link':
      return [linkTo(url, children, isBare)];
    case 'all':
      return children;
  }
}

/** HTML is text, but for a break and for what GitLab does not show. */
function htmlInline(source: string): readonly Inline[] {
  if (/^<br ?\/?>$/i.test(source)) return [lineBreak];
  return source.startsWith('<!--') ? [] : [text(source)];
}

/** The alternative text of an image in one text: images in images are not read again. */
function wordsOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ type, content }) => (type === 'softbreak' || type === 'hardbreak' ? ' ' : content))
    .join('');
}

/** What is there without anything in it. Images become links to them: a comment loads nothing from anywhere. */
function leaf(token: Token): readonly Inline[] {
  switch (token.type) {
    case 'code_inline':
      return [code(token.content)];
    case 'softbreak':
      return [text(' ')];
    case 'hardbreak':
      return [lineBreak];
    case 'html_inline':
      return htmlInline(token.content);
    case 'image':
      return [linkTo(attribute(token, 'src'), [text(wordsOf(token.children ?? []))], false)];
    case 's_open':
    case 's_close':
      return [text(token.markup)];
    default:
      return token.content === '' ? [] : [text(token.content)];
  }
}

class Frames {
  readonly #open: Frame[] = [];
  readonly #all: Frame = { kind: 'all', url: '', isBare: false, children: [] };
  /** How many are open that are too deep to be there. */
  #ignored = 0;

  #add(inlines: readonly Inline[]): void {
    (this.#open.at(-1) ?? this.#all).children.push(...inlines);
  }

  open(frame: Frame): void {
    if (this.#open.length >= maxDepth) this.#ignored += 1;
    else this.#open.push(frame);
  }

  close(): void {
    if (this.#ignored > 0) this.#ignored -= 1;
    else this.#add(closed(this.#open.pop() ?? this.#all));
  }

  leaf(token: Token): void {
    this.#add(leaf(token));
  }

  get inlines(): readonly Inline[] {
    return this.#all.children;
  }
}

const closing: ReadonlySet<string> = new Set(['strong_close', 'em_close', 'link_close']);

/** The inline content of a paragraph, heading or cell. */
export function inlinesOfTokens(tokens: readonly Token[]): readonly Inline[] {
  const frames = new Frames();
  for (const token of tokens) {
    const frame = frameOf(token);
    if (frame !== null) frames.open(frame);
    else if (closing.has(token.type)) frames.close();
    else frames.leaf(token);
  }
  return frames.inlines;
}
