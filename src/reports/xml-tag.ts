import { decodeXmlText } from './xml-text.ts';

const GT = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const COLON = 0x3a;
const AMPERSAND = 0x26;
const CARRIAGE_RETURN = 0x0d;

/** More attributes than any tool writes; the rest of the tag is skipped. */
const maxAttributes = 256;
/** One value longer than this is cut. */
const maxValueBytes = 1024 * 1024;

export interface XmlTagReader {
  /** Reads a start tag whose name begins at `from`; gives the position of its `>`, or -1 when it is not complete. */
  read(buffer: Buffer, from: number): number;
  /** Local name of the tag read last. */
  name(): string;
  /** Value of an attribute by its local name, null when absent; valid until the next `read`. */
  attribute(name: string): string | null;
  /** Local name of an end tag between two positions. */
  nameBetween(buffer: Buffer, from: number, to: number): string;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === CARRIAGE_RETURN || byte === 0x09;
}

/** Byte by byte: for short names a call into the engine costs more. */
function standsAt(
  bytes: Buffer,
  buffer: Buffer,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  if (bytes.length !== to - from) return false;
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] !== buffer[from + at]) return false;
  return true;
}

/** Names repeat a million times: one string for each, found by its bytes without making a string first. */
function createNames(): (buffer: Buffer, from: number, to: number) => string {
  const known = new Map<number, { readonly bytes: Buffer; readonly name: string }>();
  const maxKnown = 4_096;
  return (buffer, from, to) => {
    let hash = to - from;
    for (let at = from; at < to; at += 1) hash = Math.imul(hash, 31) + (buffer[at] ?? 0);
    const entry = known.get(hash);
    if (entry !== undefined && standsAt(entry.bytes, buffer, { from, to })) return entry.name;
    const bytes = Buffer.from(buffer.subarray(from, to));
    const name = bytes.toString('utf8');
    if (known.size < maxKnown) known.set(hash, { bytes, name });
    return name;
  };
}

/**
 * Reads start tags leniently and decodes nothing until it is asked for. A quote opens a value only after `=`, so that stray quotes
 * and raw `<` or `&` in values do no harm; a value without quotes ends at a blank; an attribute without a value has an empty one.
 */
export function createXmlTag(): XmlTagReader {
  const nameOf = createNames();
  // Four numbers per attribute: name from and to, value from and to.
  const spans = new Int32Array(maxAttributes * 4);
  let source: Buffer = Buffer.alloc(0);
  let count = 0;
  let tagName = '';

  function localName(buffer: Buffer, from: number, to: number): string {
    let start = to;
    while (start > from && buffer[start - 1] !== COLON) start -= 1;
    return nameOf(buffer, start === to ? from : start, to);
  }

  function nameEnd(buffer: Buffer, from: number): number {
    let at = from;
    for (; at < buffer.length; at += 1) {
      const byte = buffer[at] ?? 0;
      if (byte === GT || byte === SLASH || byte === EQUALS || isSpace(byte)) break;
    }
    return at;
  }

  function skipSpaces(buffer: Buffer, from: number): number {
    let at = from;
    while (at < buffer.length && isSpace(buffer[at] ?? 0)) at += 1;
    return at;
  }

  function keep(index: number, value: number): void {
    spans[index] = value;
  }

  /** Reads one attribute at `from`; gives the position after it, or -1 when the buffer ends within it. */
  function readAttribute(buffer: Buffer, from: number): number {
    const end = nameEnd(buffer, from);
    const equals = skipSpaces(buffer, end);
    if (equals >= buffer.length) return -1;
    let valueFrom = end;
    let valueTo = end;
    let next = Math.max(end, from + 1);
    if (buffer[equals] === EQUALS) {
      valueFrom = skipSpaces(buffer, equals + 1);
      const quote = buffer[valueFrom];
      if (quote === undefined) return -1;
      if (quote === QUOTE || quote === APOSTROPHE) {
        valueFrom += 1;
        valueTo = buffer.indexOf(quote, valueFrom);
        if (valueTo < 0) return -1;
        next = valueTo + 1;
      } else {
        valueTo = unquotedEnd(buffer, valueFrom);
        if (valueTo >= buffer.length) return -1;
        next = valueTo;
      }
    }
    if (count < maxAttributes && end > from) {
      keep(count * 4, from);
      keep(count * 4 + 1, end);
      keep(count * 4 + 2, valueFrom);
      keep(count * 4 + 3, valueTo);
      count += 1;
    }
    return next;
  }

  function unquotedEnd(buffer: Buffer, from: number): number {
    let at = from;
    while (at < buffer.length && buffer[at] !== GT && !isSpace(buffer[at] ?? 0)) at += 1;
    return at;
  }

  /** True when the attribute's name is `name`, or ends in `:name` with a prefix that declares no namespace. */
  function isNamed(index: number, name: string): boolean {
    const from = spans[index * 4] ?? 0;
    const to = spans[index * 4 + 1] ?? 0;
    const start = to - name.length;
    // Most names differ in length; an attribute that is longer must have a prefix.
    if (start < from || (start > from && source[start - 1] !== COLON)) return false;
    for (let at = 0; at < name.length; at += 1) if (source[start + at] !== name.charCodeAt(at)) return false;
    if (start === from) return true;
    return source.toString('latin1', from, start) !== 'xmlns:';
  }

  function valueOf(index: number): string {
    const from = spans[index * 4 + 2] ?? 0;
    const to = Math.min(spans[index * 4 + 3] ?? 0, from + maxValueBytes);
    for (let at = from; at < to; at += 1) {
      const byte = source[at] ?? 0;
      if (byte >= 0x80 || byte === AMPERSAND || byte === CARRIAGE_RETURN)
        return decodeXmlText(source.subarray(from, to), false);
    }
    return source.toString('latin1', from, to);
  }

  return {
    read(buffer, from) {
      source = buffer;
      count = 0;
      const end = nameEnd(buffer, from);
      tagName = localName(buffer, from, end);
      let at = end;
      for (;;) {
        at = skipSpaces(buffer, at);
        const byte = buffer[at];
        if (byte === undefined) return -1;
        if (byte === GT) return at;
        if (byte === SLASH || byte === QUOTE || byte === APOSTROPHE || byte === EQUALS) at += 1;
        else {
          at = readAttribute(buffer, at);
          if (at < 0) return -1;
        }
      }
    },
    name: () => tagName,
    attribute(name) {
      for (let index = 0; index < count; index += 1) if (isNamed(index, name)) return valueOf(index);
      return null;
    },
    nameBetween: (buffer, from, to) => {
      let end = to;
      while (end > from && isSpace(buffer[end - 1] ?? 0)) end -= 1;
      return localName(buffer, from, end);
    },
  };
}
