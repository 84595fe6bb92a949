import { type Inline, type Link, link } from '../../model/document.ts';
import { emoji } from '../words/icons.ts';
import { shortenText } from '../words/shorten-text.ts';
import { visibleLine } from '../words/visible-text.ts';
import { codeText } from './code-span.ts';
import { linkAddress, reportPage } from './link-address.ts';
import { mergeText, wordsOf } from './merge-text.ts';
import { safePieces } from './safe-pieces.ts';

/**
 * `guarded` = GitLab's filters will read it (inside a comment): words that it would make something of are in
 * `<code>`.
 */
export interface HtmlMode {
  readonly guarded: boolean;
}

/** On a page of our own, what is longer ends with an ellipsis. */
const maxText = 10_000;
const maxCode = 2_000;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for HTML content and attribute values. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/**
 * Escapes text for the content of elements on a page of our own, where nothing but these two begins markup
 * (https://html.spec.whatwg.org/multipage/syntax.html#normal-elements): names of tests are full of quotes and arrows.
 */
export function escapeText(text: string): string {
  return text.replace(/[&<]/g, (character) => entities[character] ?? character);
}

/** Where the parts of a path or a name join: a long word may break there. */
const joints = /(?<=[/\\._:=,])(?![/\\._:=,])|(?<=\p{Ll})(?=\p{Lu})/u;

/** The longest piece of a word that stays whole where it has joints. */
const maxJoined = 16;

function breakableWord(word: string): string {
  const pieces: string[] = [];
  for (const piece of word.split(joints).flatMap((part) => part.match(/.{1,24}/gu) ?? [])) {
    const before = pieces.at(-1);
    if (before === undefined || before.length + piece.length > maxJoined) pieces.push(piece);
    else pieces[pieces.length - 1] = before + piece;
  }
  return pieces.map(escapeText).join('<wbr>');
}

/**
 * Escapes text for a page of our own and marks where its long words may break, so that a narrow table breaks no word
 * elsewhere.
 */
export function breakableHtml(text: string): string {
  return text
    .split(/(\S{17,})/)
    .map((part, index) => (index % 2 === 0 ? escapeText(part) : breakableWord(part)))
    .join('');
}

function textHtml(value: string, { guarded }: HtmlMode): string {
  if (!guarded) return breakableHtml(visibleLine(shortenText(value, maxText)));
  return safePieces(value, false)
    .map((piece) => (piece.kind === 'code' ? codeHtml(piece.text, { guarded }) : escapeHtml(piece.text)))
    .join('');
}

/** On a page of our own the direction of a name is its own; GitLab sets it itself. */
function codeHtml(value: string, { guarded }: HtmlMode): string {
  if (guarded) return `<code>${escapeHtml(codeText(value))}</code>`;
  return `<code dir="auto">${breakableHtml(codeText(shortenText(value, maxCode)))}</code>`;
}

/** Inline content as HTML on one line. */
export function inlineHtml(children: readonly Inline[], mode: HtmlMode): string {
  return mergeText(children, (url) => addressOf(url, mode) !== null)
    .map((child) => oneHtml(child, mode))
    .join('');
}

/** On a page of our own the full report may be the file beside it. */
function addressOf(url: string, { guarded }: HtmlMode, words = ''): string | null {
  return !guarded && url === reportPage ? reportPage : linkAddress(url, words);
}

function linkHtml({ url, children }: Link, mode: HtmlMode): string {
  const address = addressOf(url, mode, wordsOf(children));
  const content = inlineHtml(children, mode);
  return address === null ? content : `<a href="${escapeHtml(address)}">${content}</a>`;
}

function oneHtml(inline: Inline, mode: HtmlMode): string {
  switch (inline.kind) {
    case 'text':
      return textHtml(inline.text, mode);
    case 'code':
      return codeHtml(inline.text, mode);
    case 'strong':
      return `<strong>${inlineHtml(inline.children, mode)}</strong>`;
    case 'emphasis':
      return `<em>${inlineHtml(inline.children, mode)}</em>`;
    case 'icon':
      return mode.guarded ? emoji[inline.icon] : `<span aria-hidden="true">${emoji[inline.icon]}</span>`;
    case 'mention':
      return textHtml(`@${inline.username}`, mode);
    case 'break':
      return '<br>';
    case 'image':
      return linkHtml(link(inline.url, { kind: 'text', text: inline.alt }), mode);
    case 'link':
      return linkHtml(inline, mode);
  }
}
