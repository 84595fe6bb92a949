import type { AsciiPlace, XmlAttributes } from '../format.ts';
import {
  APOSTROPHE,
  afterSpaces,
  decodingMark,
  EQUALS,
  GREATER_THAN,
  indexOfByte,
  isAt,
  isPlainNameByte,
  OTHER_MARK,
  plainEnd,
  QUOTE,
  SLASH,
} from './bytes.ts';
import { putAscii, XmlValues } from './values.ts';

/** Numbers per attribute: where its value begins and ends, and what has to be decoded in it. */
const FIELDS = 3;
const TO = 1;
const MARKS = 2;
/** A tag with more, and a value that is longer, are left to `XmlTag`. */
const maxPlainAttributes = 64;
const maxPlainBytes = 512;
/** Names are found by their length and their first byte. */
const places = 256;

function placeOf(length: number, first: number): number {
  return (Math.imul(length, 31) + first) & (places - 1);
}

const nothing: Buffer = Buffer.alloc(0);

/**
 * Reads start tags of one name as nearly all tools write them, in half the time that `XmlTag` takes: quoted values,
 * names without a prefix, nothing twice. It gives up on every other tag, so that what it says is what `XmlTag` says. It
 * knows only the attributes that it is made for.
 */
export class PlainTag implements XmlAttributes {
  readonly #name: Buffer;
  readonly #names: readonly Buffer[];
  /** By the name of an attribute: where its fields begin. */
  readonly #fieldOf: ReadonlyMap<string, number>;
  /** By the place of a name: 1 + its number; 0 for no name. */
  readonly #numbers = new Uint8Array(places);
  readonly #fields: Int32Array;
  readonly #values = new XmlValues();
  #source: Buffer = nothing;
  /** What has to be decoded in the value that was read last. */
  #marks = 0;
  /** Whether the tag read last is an element of its own: `<a/>`. */
  isEmpty = false;

  /** Throws where two of the attributes have one length and one first character: no two of those that count do. */
  constructor(name: string, attributes: readonly string[]) {
    this.#name = Buffer.from(name);
    this.#names = attributes.map((attribute) => Buffer.from(attribute));
    this.#fieldOf = new Map(attributes.map((attribute, number) => [attribute, number * FIELDS]));
    this.#fields = new Int32Array(attributes.length * FIELDS);
    for (const [number, attribute] of attributes.entries()) {
      const place = placeOf(attribute.length, attribute.charCodeAt(0));
      if (this.#numbers[place] !== 0) throw new Error(`${attribute} is too much like another attribute`);
      this.#numbers[place] = number + 1;
    }
  }

  /**
   * Reads the tag whose `<` is at `from`; gives the position after its `>`, or -1 for another tag, one that is not
   * plain, and one that does not end in the buffer.
   */
  read(buffer: Buffer, from: number): number {
    if (!isAt(buffer, from + 1, this.#name)) return -1;
    this.#source = buffer;
    this.#fields.fill(-1);
    let before = from + 1 + this.#name.length;
    for (let left = maxPlainAttributes; left > 0; left -= 1) {
      const at = afterSpaces(buffer, before);
      if (buffer[at] === GREATER_THAN || buffer[at] === SLASH) return this.#end(buffer, at);
      // Without a space before it, it goes on with what is before.
      if (at === before || at >= buffer.length) return -1;
      before = this.#readAttribute(buffer, at);
      if (before < 0) return -1;
    }
    return -1;
  }

  attribute(name: string): string | null {
    const field = this.#find(name);
    if (field < 0) return null;
    const from = this.#fields[field] ?? 0;
    const to = this.#fields[field + TO] ?? 0;
    const marks = this.#fields[field + MARKS] ?? 0;
    return marks === 0
      ? this.#values.ascii(this.#source, { from, to, slot: 0 })
      : this.#values.encoded(this.#source, { from, to, isAscii: (marks & OTHER_MARK) === 0 });
  }

  ascii(name: string, value: AsciiPlace): boolean | null {
    const field = this.#find(name);
    if (field < 0) return null;
    const from = this.#fields[field] ?? 0;
    const to = this.#fields[field + TO] ?? 0;
    const marks = this.#fields[field + MARKS] ?? 0;
    return putAscii(this.#source, { from, to, marks }, value);
  }

  /** Where the fields of an attribute begin; -1 when the tag does not have it. */
  #find(name: string): number {
    const field = this.#fieldOf.get(name) ?? -1;
    return field < 0 || (this.#fields[field] ?? -1) < 0 ? -1 : field;
  }

  /** The position after the `>` or the `/>` at `at`, -1 where it is neither. */
  #end(buffer: Buffer, at: number): number {
    this.isEmpty = buffer[at] === SLASH;
    if (!this.isEmpty) return at + 1;
    return at + 1 < buffer.length && buffer[at + 1] === GREATER_THAN ? at + 2 : -1;
  }

  /** Gives the position after the value, or -1. */
  #readAttribute(buffer: Buffer, from: number): number {
    let at = from;
    while (at < buffer.length && isPlainNameByte(buffer[at] ?? 0)) at += 1;
    if (at === from || at + 1 >= buffer.length || buffer[at] !== EQUALS) return -1;
    const quote = buffer[at + 1] ?? 0;
    if (quote !== QUOTE && quote !== APOSTROPHE) return -1;
    const number = this.#numberOf(buffer, from, at);
    const end = number < 0 ? indexOfByte(buffer, quote, at + 2) : this.#readValue(buffer, at + 1, number);
    return end < 0 ? -1 : end + 1;
  }

  /** Reads the value whose quote is at `at`, of the attribute of that number; gives where it ends, or -1. */
  #readValue(buffer: Buffer, at: number, number: number): number {
    const end = this.#quotedEnd(buffer, at + 1, buffer[at] ?? 0);
    const fields = this.#fields;
    const field = number * FIELDS;
    // Of an attribute written twice the first counts: `XmlTag` knows.
    if (end < 0 || fields[field] !== -1) return -1;
    fields[field] = at + 1;
    fields[field + TO] = end;
    fields[field + MARKS] = this.#marks;
    return end;
  }

  /** The number of the attribute of that name, -1 for one that does not count. */
  #numberOf(buffer: Buffer, from: number, to: number): number {
    const number = (this.#numbers[placeOf(to - from, buffer[from] ?? 0)] ?? 0) - 1;
    const name = this.#names[number];
    return name?.length === to - from && isAt(buffer, from, name) ? number : -1;
  }

  /** Where the quote is that ends a value, -1 where it is far away; sets what has to be decoded in it. */
  #quotedEnd(buffer: Buffer, from: number, quote: number): number {
    const near = Math.min(buffer.length, from + maxPlainBytes);
    let marks = 0;
    for (let to = plainEnd(buffer, from, near); to < near; to = plainEnd(buffer, to + 1, near)) {
      const byte = buffer[to] ?? 0;
      if (byte === quote) {
        this.#marks = marks;
        return to;
      }
      marks |= decodingMark(byte);
    }
    return -1;
  }
}
