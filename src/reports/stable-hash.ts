/** A 64-bit hash as two unsigned 32-bit halves. */
export interface StableHash {
  readonly high: number;
  readonly low: number;
}

const HIGH_MULTIPLIER = 0x9e3779b1;
const LOW_MULTIPLIER = 0x85ebca77;

function mixed(value: number, other: number): number {
  const first = Math.imul(value ^ (value >>> 16), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
  return Math.imul(first ^ (first >>> 15), 0x27d4eb2f) ^ (first >>> 13);
}

/**
 * Hashes a text to 64 bits, the same on every machine and in every version of Herald: identities in baselines depend on it.
 * Not cryptographic: two multiplicative lanes with the finalisation of MurmurHash3 (public domain, Austin Appleby).
 */
export function stableHash(text: string): StableHash {
  let high = 0x2545f491 ^ text.length;
  let low = 0x1ce4e5b9;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, HIGH_MULTIPLIER);
    low = Math.imul(low ^ unit, LOW_MULTIPLIER);
    high = (high << 13) | (high >>> 19);
    low = (low << 17) | (low >>> 15);
  }
  return { high: mixed(high, low) >>> 0, low: mixed(low, high ^ 0x5bd1e995) >>> 0 };
}

/** Writes a hash as 16 hexadecimal digits, the form of every identity in the model. */
export function hashDigits(hash: StableHash): string {
  return hash.high.toString(16).padStart(8, '0') + hash.low.toString(16).padStart(8, '0');
}
