import type { AsciiPlace, XmlAttributes } from '../format.ts';
import {
  APOSTROPHE,
  afterSpaces,
  COLON,
  decodingMark,
  EQUALS,
  endsName,
  GREATER_THAN,
  isBetweenAttributes,
  isSpace,
  maxAttributes,
  maxNameBytes,
  maxValueBytes,
  OTHER_MARK,
  plainEnd,
  QUOTE,
} from './bytes.ts';
import type { XmlNames } from './names.ts';
import { putAscii, valueSlots, type XmlValues } from './values.ts';

/**
 * Numbers per attribute: where its local name begins, the name's key, where its value begins and ends, whether it needs
 * decoding.
 */
const FIELDS = 5;
const KEY = 1;
const FROM = 2;
const TO = 3;
const MARKS = 4;
/** Where attributes beyond the limit go. */
const SPARE = maxAttributes * FIELDS;
/** Of a longer value nobody knows what has to be decoded in it: the engine finds its end faster. */
const maxMarkedBytes = 512;
const namespaceDeclaration = 'xmlns:';
const nothing: Buffer = Buffer.alloc(0);

/** Of a local name by its length and its ends: distinguishes nearly all names in one comparison. */
function keyOf(length: number, first: number, last: number): number {
  return (length << 16) | (first << 8) | last;
}

function slotOf(key: number): number {
  return (key ^ (key >>> 8) ^ (key >>> 14)) & (valueSlots - 1);
}

function bitOf(key: number): number {
  return 1 << slotOf(key);
}

/**
 * Reads start tags leniently and decodes nothing until it is asked for. A quote opens a value only after `=`, so that
 * stray quotes and raw `<` or `&` in values do no harm; a value without quotes ends at a blank; an attribute without a
 * value has an empty one; of an attribute written twice the first counts.
 */
export class XmlTag implements XmlAttributes {
  readonly #names: XmlNames;
  readonly #values: XmlValues;
  readonly #fields = new Int32Array(SPARE + FIELDS);
  /** What has to be decoded in the value that was read last. */
  #marks = OTHER_MARK;
  #source: Buffer = nothing;
  /** Memory for a tag whose chunk goes away. */
  #own: Buffer = nothing;
  #start = 0;
  #end = 0;
  #count = 0;
  /** A bit for each attribute's key: most names that are asked for are not there. */
  #present = 0;
  /** Local name of the tag read last. */
  name = '';

  constructor(names: XmlNames, values: XmlValues) {
    this.#names = names;
    this.#values = values;
  }

  /** Reads the tag whose name begins at `from`; gives the position of its `>`, or -1 when the buffer ends before it. */
  read(buffer: Buffer, from: number): number {
    this.#source = buffer;
    this.#start = from;
    this.#count = 0;
    this.#present = 0;
    let at = from;
    while (at < buffer.length && !endsName(buffer[at] ?? 0)) at += 1;
    const nameEnd = at;
    while (at < buffer.length) {
      const byte = buffer[at] ?? 0;
      if (byte === GREATER_THAN) {
        this.name = this.#names.localName(buffer, from, nameEnd);
        this.#end = at;
        return at;
      }
      if (isBetweenAttributes(byte)) at += 1;
      else {
        at = this.#readAttribute(buffer, at);
        if (at < 0) return -1;
      }
    }
    return -1;
  }

  /** Value of an attribute by its local name, null when absent; valid until the next `read`. */
  attribute(name: string): string | null {
    const field = this.#find(name);
    if (field < 0) return null;
    const fields = this.#fields;
    const from = fields[field + FROM] ?? 0;
    const to = Math.min(fields[field + TO] ?? 0, from + maxValueBytes);
    const marks = fields[field + MARKS] ?? 0;
    return marks === 0
      ? this.#values.ascii(this.#source, { from, to, slot: slotOf(fields[field + KEY] ?? 0) })
      : this.#values.encoded(this.#source, { from, to, isAscii: (marks & OTHER_MARK) === 0 });
  }

  ascii(name: string, value: AsciiPlace): boolean | null {
    const field = this.#find(name);
    if (field < 0) return null;
    const fields = this.#fields;
    const from = fields[field + FROM] ?? 0;
    const to = fields[field + TO] ?? 0;
    const marks = fields[field + MARKS] ?? 0;
    return putAscii(this.#source, { from, to, marks }, value);
  }

  /** Copies the tag that was read last out of its chunk, which goes away. */
  detach(): void {
    const start = this.#start;
    const length = this.#end - start;
    if (this.#source === this.#own) return;
    if (this.#own.length < length) this.#own = Buffer.allocUnsafe(2 * length);
    this.#source.copy(this.#own, 0, start, this.#end);
    this.#source = this.#own;
    this.#start = 0;
    this.#end = length;
    const fields = this.#fields;
    for (let field = 0, end = this.#count * FIELDS; field < end; field += FIELDS) {
      for (const place of [field, field + FROM, field + TO]) fields[place] = (fields[place] ?? 0) - start;
    }
  }

  /** Where the fields of an attribute begin, -1 when it is absent. */
  #find(name: string): number {
    const length = name.length;
    const key = keyOf(length, name.charCodeAt(0), name.charCodeAt(length - 1));
    if ((this.#present & bitOf(key)) === 0) return -1;
    const fields = this.#fields;
    for (let field = 0, end = this.#count * FIELDS; field < end; field += FIELDS)
      if (fields[field + KEY] === key && this.#isNamed(fields[field] ?? 0, name)) return field;
    return -1;
  }

  /** Reads one attribute at `from`; gives the position after it, or -1 when the buffer ends within it. */
  #readAttribute(buffer: Buffer, from: number): number {
    let end = from;
    let local = from;
    for (; end < buffer.length; end += 1) {
      const byte = buffer[end] ?? 0;
      if (endsName(byte)) break;
      if (byte === COLON) local = end + 1;
    }
    const field = this.#count < maxAttributes ? this.#count * FIELDS : SPARE;
    this.#count = Math.min(this.#count + 1, maxAttributes);
    this.#fields[field] = local;
    const key = this.#keyOf(from, local, end);
    this.#fields[field + KEY] = key;
    this.#present |= bitOf(key);
    const at = afterSpaces(buffer, end);
    if (at >= buffer.length) return -1;
    if (buffer[at] === EQUALS) return this.#readValue(buffer, afterSpaces(buffer, at + 1), field);
    this.#fields[field + FROM] = end;
    this.#fields[field + TO] = end;
    return end;
  }

  /** Declarations of namespaces and names cut off get the key 0, which no name that is asked for has. */
  #keyOf(from: number, local: number, end: number): number {
    const source = this.#source;
    const declaresNamespace =
      local - from === namespaceDeclaration.length &&
      source.toString('latin1', from, local) === namespaceDeclaration;
    return end <= local || end - from > maxNameBytes || declaresNamespace
      ? 0
      : keyOf(end - local, source[local] ?? 0, source[end - 1] ?? 0);
  }

  /** Gives the position after the value, or -1 when the buffer ends within it. */
  #readValue(buffer: Buffer, at: number, field: number): number {
    const quote = buffer[at] ?? 0;
    const isQuoted = quote === QUOTE || quote === APOSTROPHE;
    const from = isQuoted ? at + 1 : at;
    this.#marks = OTHER_MARK;
    const to = isQuoted ? this.#quotedEnd(buffer, from, quote) : unquotedEnd(buffer, at);
    if (to < 0 || to >= buffer.length) return -1;
    this.#fields[field + FROM] = from;
    this.#fields[field + TO] = to;
    this.#fields[field + MARKS] = this.#marks;
    return isQuoted ? to + 1 : to;
  }

  /** Where the quote is that ends a value, -1 without one; sets what has to be decoded in it. */
  #quotedEnd(buffer: Buffer, from: number, quote: number): number {
    const near = Math.min(buffer.length, from + maxMarkedBytes);
    let marks = 0;
    for (let to = plainEnd(buffer, from, near); to !== near; to = plainEnd(buffer, to + 1, near)) {
      if (buffer[to] === quote) {
        this.#marks = marks;
        return to;
      }
      marks |= decodingMark(buffer[to] ?? 0);
    }
    return buffer.indexOf(quote, near);
  }

  #isNamed(from: number, name: string): boolean {
    const source = this.#source;
    for (let at = 1; at < name.length - 1; at += 1)
      if (source[from + at] !== name.charCodeAt(at)) return false;
    return true;
  }
}

/** Where a value without quotes ends: at a blank or the tag's end; the buffer's length when neither comes. */
function unquotedEnd(buffer: Buffer, from: number): number {
  let at = from;
  while (at < buffer.length && buffer[at] !== GREATER_THAN && !isSpace(buffer[at] ?? 0)) at += 1;
  return at;
}
