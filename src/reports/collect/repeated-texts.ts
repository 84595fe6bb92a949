const firstSlots = 64;

function emptySlots(count: number): string[] {
  return new Array<string>(count).fill('');
}

const defaultMaxBytes = 64;

/** Short texts that repeat a million times: one string for each, found by its bytes without making a string first. */
export class RepeatedTexts {
  #known: string[];
  /** The bytes of what is known, `maxBytes` for each slot: to compare them costs less than to look into a string. */
  #bytes: Uint8Array;
  readonly #maxBytes: number;
  #mask: number;
  readonly #maxSlots: number;
  /** How many texts were not known. */
  misses = 0;

  /**
   * `maxSlots` is a power of two; a text pushes out another one of its slot. It begins with few slots, because most
   * reports are small and every one of them has its own. Texts of more than `maxBytes` are not kept.
   */
  constructor(maxSlots: number, maxBytes = defaultMaxBytes) {
    this.#maxBytes = maxBytes;
    this.#maxSlots = maxSlots;
    this.#known = emptySlots(Math.min(firstSlots, maxSlots));
    this.#bytes = new Uint8Array(this.#known.length * this.#maxBytes);
    this.#mask = this.#known.length - 1;
  }

  /** The text of ASCII bytes. */
  text(buffer: Buffer, from: number, to: number): string {
    let hash = 0;
    for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + (buffer[at] ?? 0)) | 0;
    hash ^= hash >>> 11;
    const slot = hash & this.#mask;
    const known = this.#known[slot] ?? '';
    if (known.length === to - from && this.#isIn(slot, buffer, from)) return known;
    this.misses += 1;
    if (this.misses > 2 * this.#known.length && this.#known.length < this.#maxSlots) this.#grow();
    const text = buffer.toString('latin1', from, to);
    if (to - from <= this.#maxBytes) this.#keep(hash & this.#mask, text);
    return text;
  }

  /** Whether the text of the slot, which is as long, is what the buffer has from there on. */
  #isIn(slot: number, buffer: Buffer, from: number): boolean {
    const bytes = this.#bytes;
    const start = slot * this.#maxBytes;
    const length = this.#known[slot]?.length ?? 0;
    for (let at = 0; at < length; at += 1) if (bytes[start + at] !== buffer[from + at]) return false;
    return true;
  }

  #keep(slot: number, text: string): void {
    this.#known[slot] = text;
    const start = slot * this.#maxBytes;
    for (let at = 0; at < text.length; at += 1) this.#bytes[start + at] = text.charCodeAt(at);
  }

  /** What was known is soon known again. */
  #grow(): void {
    this.#known = emptySlots(4 * this.#known.length);
    this.#bytes = new Uint8Array(this.#known.length * this.#maxBytes);
    this.#mask = this.#known.length - 1;
  }
}
