import { RepeatedTexts } from '../collect/repeated-texts.ts';
import type { AsciiPlace } from '../format.ts';
import { OTHER_MARK } from './bytes.ts';
import { decodeEntityBytes, decodeXmlText, resolveEntityBytes } from './text.ts';

/** Lines, times, states: values of this length are worth looking up. */
const shortBytes = 8;
/** Classes and files repeat as well, names do not: longer ones are looked up while that pays. */
const longBytes = 64;
/** How many lookups of one attribute may fail beyond those that succeed. */
const patience = 4_096;
/** Attributes are distinguished by so many slots. */
export const valueSlots = 32;

/** Where a value lies. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/**
 * Puts what a value means into a place, where it is ASCII: `marks` says what has to be decoded in it. False where it is
 * long, or not so easily had.
 */
export function putAscii(
  source: Buffer,
  { from, to, marks }: Place & { readonly marks: number },
  value: AsciiPlace,
): boolean {
  if (marks === 0) {
    value.set(source, from, to);
    return true;
  }
  if ((marks & OTHER_MARK) !== 0 || to - from > value.own.length) return false;
  const length = resolveEntityBytes(source, { from, to }, value.own);
  value.set(value.own, 0, length);
  return length >= 0;
}

/** Values of attributes as texts: one string for those that repeat. */
export class XmlValues {
  readonly #short = new RepeatedTexts(2_048, shortBytes);
  readonly #long = new RepeatedTexts(4_096, longBytes);
  /** By the slot of an attribute: how many more lookups of its long values may fail. */
  readonly #patience = new Int32Array(valueSlots).fill(patience);

  /** The text of ASCII bytes that mean themselves. */
  ascii(source: Buffer, { from, to, slot }: Place & { readonly slot: number }): string {
    if (to - from <= shortBytes) return this.#short.text(source, from, to);
    if (to - from > longBytes) return source.toString('latin1', from, to);
    const left = this.#patience[slot] ?? 0;
    if (left === 0) return source.toString('latin1', from, to);
    const before = this.#long.misses;
    const text = this.#long.text(source, from, to);
    this.#patience[slot] = this.#long.misses > before ? left - 1 : Math.min(patience, left + 1);
    return text;
  }

  /** The text of bytes that have to be decoded; `isAscii`: entities are all that there is to decode. */
  encoded(source: Buffer, { from, to, isAscii }: Place & { readonly isAscii: boolean }): string {
    const text = isAscii ? decodeEntityBytes(source, from, to) : null;
    return text ?? decodeXmlText(source.toString('utf8', from, to), false);
  }
}
