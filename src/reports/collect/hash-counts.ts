import type { StableHash } from './stable-hash.ts';

const firstSlots = 64;
const numbersPerSlot = 3;
/** Counts of 0 mark free slots. */
const COUNT = 2;

/** How often each of many hashes came: 12 bytes for a slot, and up to two slots for a hash. */
export class HashCounts {
  #slots = new Uint32Array(numbersPerSlot * firstSlots);
  #size = 0;

  /** How many different hashes there are. */
  get size(): number {
    return this.#size;
  }

  countOf(hash: StableHash): number {
    return this.#slots[this.#slotOf(hash) + COUNT] ?? 0;
  }

  add(hash: StableHash): void {
    const at = this.#slotOf(hash);
    const count = this.#slots[at + COUNT] ?? 0;
    this.#put(at, hash, count + 1);
    if (count > 0) return;
    this.#size += 1;
    if (2 * numbersPerSlot * this.#size > this.#slots.length) this.#grow();
  }

  /** The slot that holds the hash, or the free one for it. */
  #slotOf({ high, low }: StableHash): number {
    const slots = this.#slots;
    const count = slots.length / numbersPerSlot;
    for (let slot = low & (count - 1); ; slot = (slot + 1) & (count - 1)) {
      const at = numbersPerSlot * slot;
      if (slots[at + COUNT] === 0 || (slots[at] === high && slots[at + 1] === low)) return at;
    }
  }

  #put(at: number, { high, low }: StableHash, count: number): void {
    this.#slots[at] = high;
    this.#slots[at + 1] = low;
    this.#slots[at + COUNT] = count;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(2 * old.length);
    for (let at = 0; at < old.length; at += numbersPerSlot) {
      const count = old[at + COUNT] ?? 0;
      const hash = { high: old[at] ?? 0, low: old[at + 1] ?? 0 };
      if (count > 0) this.#put(this.#slotOf(hash), hash, count);
    }
  }
}
