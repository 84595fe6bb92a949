import type { XmlElement, XmlHandler } from './format.ts';
import { createXmlTag, type XmlTagReader } from './xml-tag.ts';
import { decodeXmlText } from './xml-text.ts';

/** Deeper elements are counted and not shown to the handler. */
const maxDepth = 1_000;
/** A start tag may not be larger: what is over is skipped up to its end. */
const maxTagBytes = 8 * 1024 * 1024;
/** How far up an end tag looks for the element it closes. */
const maxUnwind = 64;

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;

const commentEnd = Buffer.from('-->');
const cdataEnd = Buffer.from(']]>');
const piEnd = Buffer.from('?>');
const cdataStart = Buffer.from('<![CDATA[');
const commentStart = Buffer.from('<!--');

/** Character data of one element that was asked for, as bytes until the element closes. */
interface KeptText {
  readonly maxBytes: number;
  readonly maxCharacters: number;
  bytes: number;
  readonly parts: { readonly verbatim: boolean; readonly chunks: Buffer[] }[];
}

interface OpenElement {
  readonly name: string;
  text: KeptText | null;
}

export interface XmlReader {
  /** UTF-8 bytes; the chunk is not kept. */
  write(chunk: Uint8Array): void;
  end(): void;
}

/** `until` = where the scanner is: in text, or inside something that ends with a mark of its own. */
type Mode = 'text' | 'comment' | 'cdata' | 'pi' | 'doctype' | 'oversized';

/**
 * A streaming reader of XML as tools write it. It loses nothing over faults that strict parsers stop at: bare `&`, raw `<` in attribute
 * values, control characters, missing end tags, junk around the root, a file cut off. Entities beyond the five and the numeric ones stay
 * as they are written; a DOCTYPE is skipped, nothing is expanded or fetched. Time is linear in the bytes, memory bounded.
 */
export function createXmlReader(handler: XmlHandler, warn: (message: string) => void): XmlReader {
  const stack: OpenElement[] = [];
  const tag: XmlTagReader = createXmlTag();
  let hidden = 0;
  let mode: Mode = 'text';
  let doctypeDepth = 0;
  let pending: Buffer = Buffer.alloc(0);
  let mismatches = 0;

  const element: XmlElement = {
    get name() {
      return tag.name();
    },
    get depth() {
      return stack.length - 1;
    },
    attribute: (name) => tag.attribute(name),
    keepText(maxCharacters) {
      const top = stack.at(-1);
      if (top !== undefined) top.text = { maxCharacters, maxBytes: maxCharacters * 4, bytes: 0, parts: [] };
    },
  };

  /** Keeps `buffer[from, to)` where the innermost element asked for its text. */
  function addText(buffer: Buffer, from: number, to: number): void {
    const text = stack[stack.length - 1]?.text ?? null;
    if (text === null || hidden > 0 || to <= from || text.bytes >= text.maxBytes) return;
    const verbatim = mode === 'cdata';
    // A copy: the chunk it lies in is much larger.
    const kept = Buffer.from(buffer.subarray(from, Math.min(to, from + text.maxBytes - text.bytes)));
    text.bytes += kept.length;
    const last = text.parts.at(-1);
    if (last?.verbatim === verbatim) last.chunks.push(kept);
    else text.parts.push({ verbatim, chunks: [kept] });
  }

  function closeTop(): void {
    const top = stack.pop();
    if (top === undefined) return;
    handler.close(top.name, top.text === null ? '' : textOf(top.text));
  }

  function openElement(selfClosing: boolean): void {
    if (stack.length >= maxDepth) {
      if (hidden === 0) warn(`elements nested more than ${maxDepth} deep are left out`);
      if (!selfClosing) hidden += 1;
      return;
    }
    stack.push({ name: tag.name(), text: null });
    handler.open(element);
    if (selfClosing) closeTop();
  }

  function closeElement(name: string): void {
    if (hidden > 0) {
      hidden -= 1;
      return;
    }
    if (stack.at(-1)?.name === name) {
      closeTop();
      return;
    }
    mismatches += 1;
    const from = Math.max(0, stack.length - maxUnwind);
    const at = stack.findLastIndex((open, index) => index >= from && open.name === name);
    // An end tag of nothing that is open is ignored; one of an outer element closes those inside it.
    if (at >= 0) while (stack.length > at) closeTop();
  }

  /** Where the mark that ends the mode stands, or -1; then all but its possible beginning is taken off. */
  function skipTo(
    buffer: Buffer,
    from: number,
    mark: Buffer,
  ): { readonly end: number; readonly next: number } {
    const at = buffer.indexOf(mark, from);
    if (at >= 0) return { end: at, next: at + mark.length };
    return { end: Math.max(from, buffer.length - (mark.length - 1)), next: -1 };
  }

  function readSkipped(buffer: Buffer, from: number): number {
    if (mode === 'doctype') return readDoctype(buffer, from);
    if (mode === 'oversized') {
      const at = buffer.indexOf(GT, from);
      if (at < 0) return buffer.length;
      mode = 'text';
      return at + 1;
    }
    const { end, next } = skipTo(
      buffer,
      from,
      mode === 'comment' ? commentEnd : mode === 'cdata' ? cdataEnd : piEnd,
    );
    if (mode === 'cdata') addText(buffer, from, end);
    if (next < 0) return end;
    mode = 'text';
    return next;
  }

  /** Up to the `>` outside of the internal subset's brackets. */
  function readDoctype(buffer: Buffer, from: number): number {
    for (let at = from; at < buffer.length; at += 1) {
      const byte = buffer[at];
      if (byte === 0x5b) doctypeDepth += 1;
      else if (byte === 0x5d) doctypeDepth -= 1;
      else if (byte === GT && doctypeDepth <= 0) {
        mode = 'text';
        return at + 1;
      }
    }
    return buffer.length;
  }

  /** Handles what a `<` at `at` begins; gives the position after it, or -1 when more bytes are needed. */
  function readMarkup(buffer: Buffer, at: number, last: boolean): number {
    const next = buffer[at + 1];
    if (next === undefined) return last ? asText(buffer, at) : -1;
    if (next === BANG) return readDeclaration(buffer, at, last);
    if (next === QUESTION) {
      mode = 'pi';
      return at + 2;
    }
    if (next === SLASH) return readEndTag(buffer, at, last);
    if (!isNameStart(next)) return asText(buffer, at);
    const end = tag.read(buffer, at + 1);
    if (end < 0) {
      if (buffer.length - at <= maxTagBytes) return -1;
      warn(`a start tag is larger than ${maxTagBytes / 1024 / 1024} MiB; it is cut`);
      openElement(false);
      mode = 'oversized';
      return buffer.length;
    }
    openElement(buffer[end - 1] === SLASH);
    return end + 1;
  }

  /** A `<` that begins nothing is text. */
  function asText(buffer: Buffer, at: number): number {
    addText(buffer, at, at + 1);
    return at + 1;
  }

  function readDeclaration(buffer: Buffer, at: number, last: boolean): number {
    if (startsAt(buffer, at, commentStart)) mode = 'comment';
    else if (startsAt(buffer, at, cdataStart)) mode = 'cdata';
    else if (!last && buffer.length - at < cdataStart.length) return -1;
    else {
      mode = 'doctype';
      doctypeDepth = 0;
      return at + 2;
    }
    return at + (mode === 'comment' ? commentStart.length : cdataStart.length);
  }

  function readEndTag(buffer: Buffer, at: number, last: boolean): number {
    const end = buffer.indexOf(GT, at);
    if (end < 0) return last || buffer.length - at > maxTagBytes ? buffer.length : -1;
    closeElement(tag.nameBetween(buffer, at + 2, end));
    return end + 1;
  }

  function read(buffer: Buffer, last: boolean): number {
    let at = 0;
    while (at < buffer.length) {
      if (mode !== 'text') {
        const next = readSkipped(buffer, at);
        if (next === at || next >= buffer.length) return next;
        at = next;
        continue;
      }
      const lt = buffer.indexOf(LT, at);
      addText(buffer, at, lt < 0 ? buffer.length : lt);
      if (lt < 0) return buffer.length;
      const next = readMarkup(buffer, lt, last);
      if (next < 0) return lt;
      at = next;
    }
    return at;
  }

  return {
    write(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const buffer = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
      const done = read(buffer, false);
      pending = done >= buffer.length ? Buffer.alloc(0) : Buffer.from(buffer.subarray(done));
    },
    end() {
      const cut = pending.length > 0;
      const done = read(pending, true);
      if (mode === 'cdata') addText(pending, done, pending.length);
      const inside = stack.at(-1)?.name ?? null;
      if (inside !== null || (cut && mode !== 'text')) {
        warn(
          `the file is cut off${inside === null ? '' : ` inside <${inside}>`}; what stands before that counts`,
        );
      } else if (mismatches > 0) warn(`${mismatches} end tags do not match`);
      while (stack.length > 0) closeTop();
      handler.end();
    },
  };
}

function startsAt(buffer: Buffer, at: number, mark: Buffer): boolean {
  return (
    buffer.length - at >= mark.length && buffer.compare(mark, 0, mark.length, at, at + mark.length) === 0
  );
}

/** Letters, `_`, `:` and everything outside of ASCII: https://www.w3.org/TR/xml/#NT-NameStartChar, read leniently. */
function isNameStart(byte: number): boolean {
  const letter = byte | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || byte === 0x5f || byte === 0x3a || byte >= 0x80;
}

function textOf(text: KeptText): string {
  const whole = text.parts
    .map(({ verbatim, chunks }) =>
      decodeXmlText(chunks.length === 1 ? (chunks[0] ?? cdataEnd) : Buffer.concat(chunks), verbatim),
    )
    .join('');
  return whole.length > text.maxCharacters ? whole.slice(0, text.maxCharacters) : whole;
}
