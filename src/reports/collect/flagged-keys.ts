/** Keys that are each seen with or without a flag, any number of times: 8 bytes for a key. */
export interface FlaggedKeys {
  /** `key` is a whole number below 2^52. */
  add(key: number, flagged: boolean): void;
  /** Every key once, in ascending order; flagged when it was flagged at least once. */
  visit(each: (key: number, flagged: boolean) => void): void;
  /** The same as numbers: 2 × key, plus 1 when it was flagged. */
  entries(): Float64Array;
}

/**
 * Sorts entries and keeps one of each key, the flagged one if there is one; gives how many are left at the beginning.
 */
function united(entries: Float64Array): number {
  entries.sort();
  let kept = 0;
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index] ?? 0;
    const next = entries[index + 1];
    if (next !== undefined && Math.floor(next / 2) === Math.floor(entry / 2)) continue;
    entries[kept] = entry;
    kept += 1;
  }
  return kept;
}

/** Shows the keys of `entries()`. */
export function visitEntries(entries: Float64Array, each: (key: number, flagged: boolean) => void): void {
  for (const entry of entries) each(Math.floor(entry / 2), entry % 2 === 1);
}

/** Starts an empty collection. */
export function createFlaggedKeys(): FlaggedKeys {
  let entries = new Float64Array(8);
  let length = 0;
  const makeRoom = (): void => {
    // What a report repeats, as Go's profiles of many packages do, takes no more room.
    length = united(entries);
    if (length <= entries.length / 2) return;
    const larger = new Float64Array(2 * entries.length);
    larger.set(entries.subarray(0, length));
    entries = larger;
  };
  const whole = (): Float64Array => {
    length = united(entries.subarray(0, length));
    return entries.subarray(0, length);
  };
  return {
    add(key, flagged) {
      if (length === entries.length) makeRoom();
      // The flag is the lowest bit, so that sorting puts the flagged entry of a key last.
      entries[length] = 2 * key + (flagged ? 1 : 0);
      length += 1;
    },
    visit(each) {
      visitEntries(whole(), each);
    },
    entries: () => whole().slice(),
  };
}
