const firstSlots = 64;

function emptySlots(count: number): string[] {
  return new Array<string>(count).fill('');
}

function equals(text: string, buffer: Buffer, from: number): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) !== buffer[from + at]) return false;
  return true;
}

/** Short texts that repeat a million times: one string for each, found by its bytes without making a string first. */
export class RepeatedTexts {
  #known: string[];
  #mask: number;
  readonly #maxSlots: number;
  /** How many texts were not known. */
  misses = 0;

  /**
   * `maxSlots` is a power of two; a text pushes out another one of its slot. It begins with few slots, because most
   * reports are small and every one of them has its own.
   */
  constructor(maxSlots: number) {
    this.#maxSlots = maxSlots;
    this.#known = emptySlots(Math.min(firstSlots, maxSlots));
    this.#mask = this.#known.length - 1;
  }

  /** The text of ASCII bytes. */
  text(buffer: Buffer, from: number, to: number): string {
    let hash = 0;
    for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + (buffer[at] ?? 0)) | 0;
    hash ^= hash >>> 11;
    const known = this.#known[hash & this.#mask] ?? '';
    if (known.length === to - from && equals(known, buffer, from)) return known;
    this.misses += 1;
    if (this.misses > 2 * this.#known.length && this.#known.length < this.#maxSlots) this.#grow();
    const text = buffer.toString('latin1', from, to);
    this.#known[hash & this.#mask] = text;
    return text;
  }

  /** What was known is soon known again. */
  #grow(): void {
    this.#known = emptySlots(4 * this.#known.length);
    this.#mask = this.#known.length - 1;
  }
}
