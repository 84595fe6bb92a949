import {
  APOSTROPHE,
  EQUALS,
  endsName,
  GREATER_THAN,
  isBetweenAttributes,
  isSpace,
  maxAttributes,
  maxNameBytes,
  maxValueBytes,
  QUOTE,
  SLASH,
} from './bytes.ts';

type State = 'name' | 'between' | 'attribute-name' | 'after-name' | 'before-value' | 'quoted' | 'unquoted';

const SPACE = 0x20;
const startBytes = 4_096;

/**
 * Gathers a start tag that lies in several chunks, byte by byte by the same grammar as `XmlTag`, so that the tag is
 * looked at once however small the chunks are, and keeps no more of it than `XmlTag` would show: long names and values
 * are cut, without stray bytes.
 */
export class XmlTagGatherer {
  #bytes: Buffer = Buffer.allocUnsafe(startBytes);
  #length = 0;
  #state: State = 'name';
  #quote = 0;
  #attributes = 0;
  /** Bytes of the name or value that is being read. */
  #run = 0;
  #previous = 0;

  /** Begins a tag; its bytes follow, from the name on. */
  start(): void {
    this.#length = 0;
    this.#attributes = 0;
    this.#previous = 0;
    this.#enter('name');
  }

  /** Takes bytes from `from` on; gives the position after the tag's `>`, or -1 when the tag goes on. */
  feed(buffer: Buffer, from: number): number {
    let at = from;
    while (at < buffer.length) {
      if (this.#state === 'quoted') {
        const end = buffer.indexOf(this.#quote, at);
        this.#putRun(buffer, at, end < 0 ? buffer.length : end);
        if (end < 0) return -1;
        this.#put(this.#quote);
        this.#previous = this.#quote;
        this.#enter('between');
        at = end + 1;
      } else {
        const byte = buffer[at] ?? 0;
        at += 1;
        if (this.#step(byte)) return at;
        this.#previous = byte;
      }
    }
    return -1;
  }

  /** What was gathered, from the name to the `>`; valid until the next `start`. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #enter(state: State): void {
    this.#state = state;
    this.#run = 0;
  }

  /** True when the byte ends the tag. */
  #step(byte: number): boolean {
    switch (this.#state) {
      case 'name':
        if (!endsName(byte)) this.#putInRun(byte, maxNameBytes);
        else return this.#between(byte);
        return false;
      case 'attribute-name':
        // One byte more than names may have, so that `XmlTag` sees that it is too long.
        if (!endsName(byte)) this.#putInRun(byte, maxNameBytes + 1);
        else return this.#afterName(byte);
        return false;
      case 'after-name':
        return this.#afterName(byte);
      case 'before-value':
        return this.#beforeValue(byte);
      case 'unquoted':
        return this.#unquoted(byte);
      case 'quoted':
        return false;
      case 'between':
        return this.#between(byte);
    }
  }

  #between(byte: number): boolean {
    this.#enter('between');
    if (byte === GREATER_THAN) {
      this.#finish();
      return true;
    }
    if (isBetweenAttributes(byte)) return false;
    this.#attributes += 1;
    this.#enter('attribute-name');
    this.#put(SPACE);
    this.#putInRun(byte, maxNameBytes + 1);
    return false;
  }

  #afterName(byte: number): boolean {
    if (byte === EQUALS) {
      this.#put(EQUALS);
      this.#enter('before-value');
      return false;
    }
    this.#enter('after-name');
    return isSpace(byte) ? false : this.#between(byte);
  }

  #beforeValue(byte: number): boolean {
    if (isSpace(byte)) return false;
    if (byte === QUOTE || byte === APOSTROPHE) {
      this.#quote = byte;
      this.#put(byte);
      this.#enter('quoted');
      return false;
    }
    this.#enter('unquoted');
    return this.#unquoted(byte);
  }

  #unquoted(byte: number): boolean {
    if (byte === GREATER_THAN || isSpace(byte)) return this.#between(byte);
    this.#putInRun(byte, maxValueBytes);
    return false;
  }

  /**
   * The byte before the `>` says whether the element is empty: it must stay what it was. A slash that was dropped
   * comes back behind a blank, or it would become the end of a value without quotes.
   */
  #finish(): void {
    this.#attributes = 0;
    const isEmpty = this.#previous === SLASH;
    if (isEmpty !== (this.#bytes[this.#length - 1] === SLASH)) {
      this.#put(SPACE);
      if (isEmpty) this.#put(SLASH);
    }
    this.#put(GREATER_THAN);
  }

  #putInRun(byte: number, max: number): void {
    if (this.#run < max) this.#put(byte);
    this.#run += 1;
  }

  #putRun(buffer: Buffer, from: number, to: number): void {
    const kept = Math.min(to - from, maxValueBytes - this.#run);
    if (kept > 0 && this.#attributes <= maxAttributes) {
      this.#reserve(kept);
      buffer.copy(this.#bytes, this.#length, from, from + kept);
      this.#length += kept;
    }
    this.#run += to - from;
  }

  #put(byte: number): void {
    if (this.#attributes > maxAttributes) return;
    this.#reserve(1);
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const bigger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + more));
    this.#bytes.copy(bigger, 0, 0, this.#length);
    this.#bytes = bigger;
  }
}
