import type { XmlHandler } from '../format.ts';
import {
  EXCLAMATION,
  GREATER_THAN,
  indexOfByte,
  isNameStart,
  isSpace,
  LESS_THAN,
  maxNameBytes,
  QUESTION,
  SLASH,
} from './bytes.ts';
import { XmlOpenElements } from './open-elements.ts';
import { XmlTagGatherer } from './tag-gatherer.ts';
import { XmlTags } from './tags.ts';

/**
 * What the reader is within, from one byte to the next; a declaration is any `<!…>` but a comment, CDATA and DOCTYPE.
 */
type Mode = 'text' | 'comment' | 'cdata' | 'instruction' | 'declaration' | 'doctype' | 'tag' | 'end-tag';

const openers: readonly { readonly mark: Buffer; readonly mode: Mode }[] = [
  { mark: Buffer.from('<!--'), mode: 'comment' },
  { mark: Buffer.from('<![CDATA['), mode: 'cdata' },
  { mark: Buffer.from('<!DOCTYPE'), mode: 'doctype' },
];
const longestOpener = 9;
/** Of a longer comment only the begin is shown. */
const maxCommentBytes = 200;
const closers = {
  comment: Buffer.from('-->'),
  cdata: Buffer.from(']]>'),
  instruction: Buffer.from('?>'),
  declaration: Buffer.from('>'),
};

const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const nothing: Buffer = Buffer.alloc(0);

/** Where the reader says what is wrong with a document. */
export interface XmlProblems {
  readonly warn: (message: string) => void;
  /** The document ends before its root does. */
  readonly incomplete: (message: string) => void;
}

export interface XmlReader {
  /** UTF-8 bytes in pieces of any size; they are not kept. */
  write(chunk: Uint8Array): void;
  end(): void;
}

class Reader implements XmlReader {
  readonly #tags = new XmlTags();
  readonly #gatherer = new XmlTagGatherer();
  readonly #elements: XmlOpenElements;
  readonly #warn: XmlProblems['warn'];
  readonly #incomplete: XmlProblems['incomplete'];
  readonly #handler: XmlHandler;
  /** What is read of the comment that is open. */
  #comment = '';
  #mode: Mode = 'text';
  #brackets = 0;
  /** Of an end tag that lies in several chunks. */
  #endName = nothing;
  /** A few bytes that mean nothing without those that follow. */
  #carry = nothing;

  constructor(handler: XmlHandler, { warn, incomplete }: XmlProblems) {
    this.#elements = new XmlOpenElements(handler, this.#tags, warn);
    this.#handler = handler;
    this.#warn = warn;
    this.#incomplete = incomplete;
  }

  write(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const buffer = this.#carry.length === 0 ? bytes : Buffer.concat([this.#carry, bytes]);
    const done = this.#read(buffer, false);
    this.#carry = done >= buffer.length ? nothing : Buffer.from(buffer.subarray(done));
    this.#tags.chunkEnds();
  }

  end(): void {
    const rest = this.#carry;
    const done = this.#read(rest, true);
    if (this.#mode === 'cdata') this.#addText(rest, done, rest.length);
    const inside = this.#elements.innermost();
    const mismatches = this.#elements.mismatches();
    if (inside !== null || this.#isWithin()) {
      const where = inside === null ? '' : ` inside <${inside}>`;
      this.#incomplete(`the file is cut off${where}; Herald uses the part before that`);
    } else if (mismatches > 0) this.#warn(`end tags that close nothing or the wrong element: ${mismatches}`);
    this.#elements.end();
  }

  /** Gives the position up to which the buffer is done with; what follows is wanted again, with more bytes. */
  #read(buffer: Buffer, last: boolean): number {
    let at = 0;
    while (at < buffer.length) {
      if (this.#mode !== 'text') {
        at = this.#readOn(buffer, at);
        // Still within the same: the rest of the buffer is looked at, or too short to decide.
        if (this.#isWithin()) return at;
        continue;
      }
      const open = indexOfByte(buffer, LESS_THAN, at);
      this.#addText(buffer, at, open < 0 ? buffer.length : open);
      if (open < 0) return buffer.length;
      const next = this.#readMarkup(buffer, open, last);
      if (next < 0) return open;
      at = next;
    }
    return at;
  }

  #isWithin(): boolean {
    return this.#mode !== 'text';
  }

  /** Reads on within what is not text; gives the position after what it has dealt with. */
  #readOn(buffer: Buffer, from: number): number {
    switch (this.#mode) {
      case 'tag':
        return this.#readGathered(buffer, from);
      case 'end-tag':
        return this.#readEndTag(buffer, from);
      case 'doctype':
        return this.#readDoctype(buffer, from);
      case 'text':
        return from;
      case 'comment':
      case 'cdata':
      case 'instruction':
      case 'declaration':
        return this.#readUntil(closers[this.#mode], buffer, from);
    }
  }

  #readUntil(mark: Buffer, buffer: Buffer, from: number): number {
    const at = buffer.indexOf(mark, from);
    // Without the mark, its first bytes may be the buffer's last.
    const end = at < 0 ? Math.max(from, buffer.length - (mark.length - 1)) : at;
    if (this.#mode === 'cdata') this.#addText(buffer, from, end);
    else if (this.#mode === 'comment') this.#readComment(buffer, { from, end, isWhole: at >= 0 });
    if (at < 0) return end;
    this.#mode = 'text';
    return at + mark.length;
  }

  #readComment(
    buffer: Buffer,
    { from, end, isWhole }: { from: number; end: number; isWhole: boolean },
  ): void {
    if (this.#handler.comment === undefined) return;
    const room = maxCommentBytes - this.#comment.length;
    if (room > 0) this.#comment += buffer.toString('latin1', from, Math.min(end, from + room));
    if (!isWhole) return;
    this.#handler.comment(this.#comment);
    this.#comment = '';
  }

  /** Up to the `>` outside of the internal subset's brackets. */
  #readDoctype(buffer: Buffer, from: number): number {
    for (let at = from; at < buffer.length; at += 1) {
      const byte = buffer[at];
      if (byte === OPEN_BRACKET) this.#brackets += 1;
      else if (byte === CLOSE_BRACKET) this.#brackets -= 1;
      else if (byte === GREATER_THAN && this.#brackets <= 0) {
        this.#mode = 'text';
        return at + 1;
      }
    }
    return buffer.length;
  }

  /** Handles what a `<` at `at` begins; gives the position after it, or -1 when more bytes are needed. */
  #readMarkup(buffer: Buffer, at: number, last: boolean): number {
    const next = buffer[at + 1];
    if (next === undefined && !last) return -1;
    if (next === EXCLAMATION) return this.#readDeclaration(buffer, at, last);
    if (next === QUESTION) {
      this.#mode = 'instruction';
      return at + 2;
    }
    if (next === SLASH) {
      this.#mode = 'end-tag';
      this.#endName = nothing;
      return at + 2;
    }
    if (next === undefined || !isNameStart(next)) {
      // A `<` that begins nothing is text.
      this.#addText(buffer, at, at + 1);
      return at + 1;
    }
    const taken = this.#elements.take(buffer, at);
    if (taken > at) return taken;
    const end = this.#tags.current.read(buffer, at + 1);
    if (end >= 0) {
      this.#elements.open(buffer[end - 1] === SLASH);
      return end + 1;
    }
    this.#mode = 'tag';
    this.#gatherer.start();
    return at + 1;
  }

  #readDeclaration(buffer: Buffer, at: number, last: boolean): number {
    if (!last && buffer.length - at < longestOpener) return -1;
    const opener = openers.find(
      ({ mark }) =>
        buffer.length - at >= mark.length && buffer.compare(mark, 0, mark.length, at, at + mark.length) === 0,
    );
    this.#mode = opener?.mode ?? 'declaration';
    this.#brackets = 0;
    return at + (opener?.mark.length ?? '<!'.length);
  }

  /** The rest of a start tag that began in an earlier chunk. */
  #readGathered(buffer: Buffer, from: number): number {
    const next = this.#gatherer.feed(buffer, from);
    if (next < 0) return buffer.length;
    const bytes = this.#gatherer.bytes();
    const end = this.#tags.current.read(bytes, 0);
    this.#mode = 'text';
    if (end >= 0) this.#elements.open(bytes[end - 1] === SLASH);
    // The next tag is gathered in the same place.
    this.#tags.chunkEnds();
    return next;
  }

  #readEndTag(buffer: Buffer, from: number): number {
    if (this.#endName.length === 0) {
      const next = this.#readMatchingEnd(buffer, from);
      if (next > 0) return next;
    }
    const end = indexOfByte(buffer, GREATER_THAN, from);
    if (end >= 0 && this.#endName.length === 0) {
      this.#mode = 'text';
      this.#elements.close(this.#nameIn(buffer, from, end));
      return end + 1;
    }
    const to = end < 0 ? buffer.length : end;
    const room = maxNameBytes - this.#endName.length;
    if (room > 0)
      this.#endName = Buffer.concat([this.#endName, buffer.subarray(from, Math.min(to, from + room))]);
    if (end < 0) return to;
    this.#mode = 'text';
    this.#elements.close(this.#nameIn(this.#endName, 0, this.#endName.length));
    return end + 1;
  }

  /** Nearly every end tag is that of the innermost element: gives the position after it, or 0 for any other. */
  #readMatchingEnd(buffer: Buffer, from: number): number {
    const name = this.#elements.innermost();
    if (name === null) return 0;
    const end = from + name.length;
    if (buffer[end] !== GREATER_THAN) return 0;
    for (let at = 0; at < name.length; at += 1) {
      const byte = buffer[from + at] ?? 0;
      if (byte >= 0x80 || byte !== name.charCodeAt(at)) return 0;
    }
    this.#mode = 'text';
    this.#elements.close(name);
    return end + 1;
  }

  #nameIn(buffer: Buffer, from: number, end: number): string {
    let to = Math.min(end, from + maxNameBytes);
    while (to > from && isSpace(buffer[to - 1] ?? 0)) to -= 1;
    return this.#tags.names.localName(buffer, from, to);
  }

  #addText(buffer: Buffer, from: number, to: number): void {
    if (to > from) this.#elements.addText(buffer, { from, to }, this.#mode === 'cdata');
  }
}

/**
 * A streaming reader of XML as tools write it. It loses nothing over faults that strict parsers stop at: bare `&`, raw
 * `<` in attribute values, control characters, missing end tags, junk around the root, a file cut off. Entities beyond
 * the five and the numeric ones stay as they are written; a DOCTYPE is skipped, nothing is expanded or fetched. Time is
 * linear in the bytes, however they are cut into chunks, and memory is bounded.
 */
export function createXmlReader(handler: XmlHandler, problems: XmlProblems): XmlReader {
  return new Reader(handler, problems);
}
