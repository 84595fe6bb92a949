import { createHash } from 'node:crypto';

/** Four numbers of 32 bits that stand for an id. */
export type IdKey = Uint32Array;

const wordsPerKey = 4;
const bytesPerKey = wordsPerKey * 4;
const firstSlots = 64;
/** Beyond three quarters, slots that are looked at become many. */
const fullness = 0.75;

/**
 * The key of an id: 128 bits of its SHA-256. Among 400,000 ids, two have the same key once in 10^27 receivers, and the
 * senders of ids have proved who they are.
 */
export function keyOfId(id: string): IdKey {
  const bytes = createHash('sha256').update(id).digest();
  return Uint32Array.from({ length: wordsPerKey }, (_, at) => bytes.readUInt32LE(at * 4));
}

/**
 * A set of ids that keeps 16 bytes of each, in one block beside the heap: a set of strings needs eight times as much,
 * and its objects are looked at by every garbage collection.
 */
export class IdSet {
  #words = new Uint32Array(firstSlots * wordsPerKey);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** How much memory it has taken. */
  get bytes(): number {
    return this.#words.length * 4;
  }

  has(key: IdKey): boolean {
    return this.#isAt(this.#find(key), key);
  }

  add(key: IdKey): void {
    const at = this.#find(key);
    if (this.#isAt(at, key)) return;
    this.#words.set(key, at);
    this.#size += 1;
    if (this.#size > (this.bytes / bytesPerKey) * fullness) this.#grow();
  }

  #isAt(at: number, key: IdKey): boolean {
    return key.every((word, index) => this.#words[at + index] === word);
  }

  #isFree(at: number): boolean {
    // No SHA-256 that anybody has seen begins with so many zeros.
    for (let index = 0; index < wordsPerKey; index += 1) if (this.#words[at + index] !== 0) return false;
    return true;
  }

  /** Where a key is, or the free slot for it; there always is one. */
  #find(key: IdKey): number {
    const { length } = this.#words;
    let at = ((key[0] ?? 0) % (length / wordsPerKey)) * wordsPerKey;
    while (!this.#isFree(at) && !this.#isAt(at, key)) at = (at + wordsPerKey) % length;
    return at;
  }

  #grow(): void {
    const before = this.#words;
    this.#words = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += wordsPerKey) {
      const key = before.subarray(at, at + wordsPerKey);
      if (key.some((word) => word !== 0)) this.#words.set(key, this.#find(key));
    }
  }
}
