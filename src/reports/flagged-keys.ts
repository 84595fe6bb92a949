/** Keys that are each seen with or without a flag, any number of times: 8 bytes an entry, united when they are visited. */
export interface FlaggedKeys {
  /** `key` is a whole number below 2^52. */
  add(key: number, flagged: boolean): void;
  /** Every key once, in ascending order; flagged when it was flagged at least once. */
  visit(each: (key: number, flagged: boolean) => void): void;
}

/** Starts an empty collection. */
export function createFlaggedKeys(): FlaggedKeys {
  let entries = new Float64Array(8);
  let length = 0;
  return {
    add(key, flagged) {
      if (length === entries.length) {
        const larger = new Float64Array(2 * length);
        larger.set(entries);
        entries = larger;
      }
      // The flag is the lowest bit, so that sorting puts the flagged entry of a key last.
      entries[length] = 2 * key + (flagged ? 1 : 0);
      length += 1;
    },
    visit(each) {
      const sorted = entries.subarray(0, length).sort();
      for (let index = 0; index < length; index += 1) {
        const entry = sorted[index] ?? 0;
        const key = Math.floor(entry / 2);
        const next = sorted[index + 1];
        if (next === undefined || Math.floor(next / 2) !== key) each(key, entry % 2 === 1);
      }
    },
  };
}
