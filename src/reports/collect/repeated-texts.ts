function equals(text: string, buffer: Buffer, from: number): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) !== buffer[from + at]) return false;
  return true;
}

/** Short texts that repeat a million times: one string for each, found by its bytes without making a string first. */
export class RepeatedTexts {
  readonly #known: string[];
  readonly #mask: number;
  /** How many texts were not known. */
  misses = 0;

  /** `slots` is a power of two; a text pushes out another one of its slot. */
  constructor(slots: number) {
    this.#known = Array.from({ length: slots }, () => '');
    this.#mask = slots - 1;
  }

  /** The text of ASCII bytes. */
  text(buffer: Buffer, from: number, to: number): string {
    let hash = 0;
    for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + (buffer[at] ?? 0)) | 0;
    const slot = (hash ^ (hash >>> 11)) & this.#mask;
    const known = this.#known[slot] ?? '';
    if (known.length === to - from && equals(known, buffer, from)) return known;
    this.misses += 1;
    const text = buffer.toString('latin1', from, to);
    this.#known[slot] = text;
    return text;
  }
}
