import type { AsciiText } from '../format.ts';

/** A 64-bit hash as two unsigned 32-bit halves. */
export interface StableHash {
  readonly high: number;
  readonly low: number;
}

const HIGH_START = 0x2545f491;
const LOW_START = 0x1ce4e5b9;
const HIGH_MULTIPLIER = 0x9e3779b1;
const LOW_MULTIPLIER = 0x85ebca77;

function mixed(value: number, other: number): number {
  const first = Math.imul(value ^ (value >>> 16), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
  return Math.imul(first ^ (first >>> 15), 0x27d4eb2f) ^ (first >>> 13);
}

/**
 * Hashes a text to 64 bits, the same on every machine and in every version of Herald: identities in baselines depend on
 * it. Not cryptographic: two multiplicative lanes with the finalisation of MurmurHash3 (public domain, Austin Appleby).
 */
export function stableHash(text: string): StableHash {
  let high = HIGH_START ^ text.length;
  let low = LOW_START;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, HIGH_MULTIPLIER);
    low = Math.imul(low ^ unit, LOW_MULTIPLIER);
    high = (high << 13) | (high >>> 19);
    low = (low << 17) | (low >>> 15);
  }
  return { high: mixed(high, low) >>> 0, low: mixed(low, high ^ 0x5bd1e995) >>> 0 };
}

const nothingWatched = new Uint8Array(128);

/** Where a running hash stood. */
export type HashMark = Readonly<Int32Array>;

const start: HashMark = Int32Array.of(HIGH_START, LOW_START);

/** A hash of several texts in a row, without joining them first; give it separators where they matter. */
export class RunningHash {
  // A typed array, because numbers of 32 bits in fields are boxed, each time they change. Its elements are copied one
  // by one: that costs a tenth of `set` and `copyWithin`.
  readonly #lanes = Int32Array.of(...start, ...start);
  readonly #taken = new Int32Array(2);

  add(text: string): void {
    this.addUnless(text, nothingWatched);
  }

  /**
   * Adds the text and gives true; with a watched character (of ASCII: its place in `watched` is 1) it adds nothing and
   * gives false.
   */
  addUnless(text: string, watched: Uint8Array): boolean {
    const lanes = this.#lanes;
    let high = lanes[0] ?? 0;
    let low = lanes[1] ?? 0;
    let seen = 0;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      high = Math.imul(high ^ unit, HIGH_MULTIPLIER);
      low = Math.imul(low ^ unit, LOW_MULTIPLIER);
      high = (high << 13) | (high >>> 19);
      low = (low << 17) | (low >>> 15);
      seen |= watched[unit & 0x7f] ?? 0;
    }
    if (seen !== 0) return false;
    lanes[0] = high;
    lanes[1] = low;
    return true;
  }

  /** Adds ASCII characters; gives what `watched` has for all of them together, 0 for a text without a watched one. */
  addAscii({ bytes, from, to }: AsciiText, watched: Uint8Array): number {
    const lanes = this.#lanes;
    let high = lanes[0] ?? 0;
    let low = lanes[1] ?? 0;
    let seen = 0;
    for (let at = from; at < to; at += 1) {
      const unit = bytes[at] ?? 0;
      high = Math.imul(high ^ unit, HIGH_MULTIPLIER);
      low = Math.imul(low ^ unit, LOW_MULTIPLIER);
      high = (high << 13) | (high >>> 19);
      low = (low << 17) | (low >>> 15);
      seen |= watched[unit] ?? 0;
    }
    lanes[0] = high;
    lanes[1] = low;
    return seen;
  }

  /** Keeps what was added up to here as the beginning of all that follow; `resume` comes back to it. */
  mark(): HashMark {
    const lanes = this.#lanes;
    lanes[2] = lanes[0] ?? 0;
    lanes[3] = lanes[1] ?? 0;
    return lanes.slice(0, 2);
  }

  /** Begins again, with what was added up to a mark. */
  resume(mark: HashMark): void {
    const lanes = this.#lanes;
    const high = mark[0] ?? 0;
    const low = mark[1] ?? 0;
    lanes[0] = high;
    lanes[1] = low;
    lanes[2] = high;
    lanes[3] = low;
  }

  /** Begins again, with nothing. */
  clear(): void {
    this.resume(start);
  }

  /** The state behind what was added up to here, which may be that of a mark. */
  peekInto(state: Int32Array): void {
    state[0] = this.#lanes[0] ?? 0;
    state[1] = this.#lanes[1] ?? 0;
  }

  /** The hash of all that was added; what is added next follows the mark again. */
  take(): StableHash {
    const halves = this.#taken;
    this.takeInto(halves);
    return { high: (halves[0] ?? 0) >>> 0, low: (halves[1] ?? 0) >>> 0 };
  }

  /** The same as two numbers of 32 bits, the high half first, for loops over millions. */
  takeInto(halves: Int32Array): void {
    const lanes = this.#lanes;
    const high = lanes[0] ?? 0;
    const low = lanes[1] ?? 0;
    lanes[0] = lanes[2] ?? 0;
    lanes[1] = lanes[3] ?? 0;
    halves[0] = mixed(high, low);
    halves[1] = mixed(low, high ^ 0x5bd1e995);
  }
}

/** The state of a hash behind a text. */
export function markOf(text: string): HashMark {
  const hash = new RunningHash();
  hash.add(text);
  return hash.mark();
}

const digits: Buffer = Buffer.alloc(8);

/** Writes a hash as 16 hexadecimal digits, the form of every identity in the model. */
export function hashDigits(hash: StableHash): string {
  // One flat text: a sum of two keeps both in memory beside itself.
  digits.writeUInt32BE(hash.high, 0);
  digits.writeUInt32BE(hash.low, 4);
  return digits.toString('hex');
}
