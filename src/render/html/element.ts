import { breakableHtml, escapeHtml, escapeText } from '../markdown/inline-html.ts';
import { linkAddress } from '../markdown/link-address.ts';
import { shortenText } from '../words/shorten-text.ts';
import { visibleLine } from '../words/visible-text.ts';

/** Values of strangers have no length of their own: what is longer ends with an ellipsis. */
const maxText = 10_000;
const maxName = 2_000;

/** Markup that only the functions of this file can make: text of strangers enters it escaped, or not at all. */
export interface Html {
  readonly markup: string;
}

/** A string is text; null is nothing. */
export type Child = Html | string | null;

/** Values are escaped; null and false leave the attribute out, true writes it alone. */
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** Void elements of HTML: https://html.spec.whatwg.org/multipage/syntax.html#void-elements */
const withoutEnd = new Set(['input', 'br', 'meta', 'link', 'col']);
/**
 * Of these HTML lets the end tag go where their parent holds nothing but them, as tables do here: large pages have
 * thousands of cells. Source: https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
 */
const withOptionalEnd = new Set(['thead', 'tbody', 'tr', 'th', 'td']);
const name = /^[a-zA-Z][a-zA-Z0-9:-]*$/;

function attributeText([key, value]: readonly [string, string | number | boolean | null]): string {
  if (value === null || value === false || !name.test(key) || /^on/i.test(key)) return '';
  return value === true ? ` ${key}` : ` ${key}="${escapeHtml(visibleLine(String(value)))}"`;
}

function childText(child: Child): string {
  if (child === null) return '';
  return typeof child === 'string' ? escapeText(visibleLine(shortenText(child, maxText))) : child.markup;
}

/** An element with its attributes and children. */
export function el(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): Html {
  const open = `<${tag}${Object.entries(attributes).map(attributeText).join('')}>`;
  if (withoutEnd.has(tag)) return { markup: open };
  const end = withOptionalEnd.has(tag) ? '' : `</${tag}>`;
  return { markup: `${open}${children.map(childText).join('')}${end}` };
}

/** Children one after another, without an element around them. */
export function all(children: readonly Child[]): Html {
  return { markup: children.map(childText).join('\n') };
}

/** What markup takes in a file; nothing where there is none. */
export function bytesOf(content: Html | null): number {
  return content === null ? 0 : Buffer.byteLength(content.markup);
}

/** Markup of the document renderer, which escapes as well. */
export function rendered(markup: string): Html {
  return { markup };
}

/** A link; the words alone when the address is neither http nor https. */
export function anchor(url: string | null, ...children: readonly Child[]): Html {
  const address = url === null ? null : linkAddress(url);
  return address === null ? all(children) : el('a', { href: address }, ...children);
}

/** Text of unknown length, whose long words may break where their parts join. */
export function breakable(value: string): Html {
  return { markup: breakableHtml(visibleLine(shortenText(value, maxName))) };
}

/** A name or path, whose direction is its own. */
export function codeText(value: string): Html {
  return el('code', { dir: 'auto' }, breakable(value));
}

/** As many rows, from the first on, as have room in so many bytes. */
export function rowsWithin<T>(
  items: readonly T[],
  maxBytes: number,
  rowOf: (one: T) => Html,
): readonly Html[] {
  const rows: Html[] = [];
  let left = maxBytes;
  for (const one of items) {
    const row = rowOf(one);
    left -= bytesOf(row);
    if (left < 0) break;
    rows.push(row);
  }
  return rows;
}

interface Columns {
  readonly titles: readonly string[];
  /** The columns from this one on are numbers. */
  readonly numbersFrom?: number;
}

/** A table under its titles that scrolls on its own, by keyboard too, where it is too wide. */
export function tableOf({ titles, numbersFrom = titles.length }: Columns, rows: readonly Html[]): Html {
  const head = titles.map((title, index) =>
    el('th', { scope: 'col', class: index >= numbersFrom ? 'right' : null }, title),
  );
  return el(
    'div',
    { class: 'table', tabindex: 0 },
    el('table', {}, el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...rows)),
  );
}

/** The same behind a fold: what a picture shows, for readers who cannot see it. */
export function foldedTable(summary: string, columns: Columns, rows: readonly Html[]): Html {
  return el('details', {}, el('summary', {}, summary), tableOf(columns, rows));
}
