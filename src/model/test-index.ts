import type { TestId, TestIndex, TestOutcome } from './tests.ts';

/** Codes in `outcomes` and in `herald-report.json`; 0 marks an empty slot. */
const codes: readonly TestOutcome[] = ['passed', 'failed', 'errored', 'skipped'];

const minCapacity = 64;

/** The code of an outcome, 1 to 4. */
function outcomeCode(outcome: TestOutcome): number {
  return codes.indexOf(outcome) + 1;
}

/** The outcome of a code, null for a code that is none. */
export function outcomeOfCode(code: number): TestOutcome | null {
  return codes[code - 1] ?? null;
}

/** A test index that grows; the same table that `TestIndex` describes. */
export interface GrowingTestIndex {
  /** The slot of an id, -1 when it is not there. */
  find(high: number, low: number): number;
  /** Sets the outcome of an id, adding it when it is new; gives its slot, which is good until the next new one. */
  set(high: number, low: number, outcome: TestOutcome): number;
  /** The code of the outcome in a slot that `find` gave. */
  outcomeAt(slot: number): number;
  /** Keeps how long the test in a slot took; null leaves what is known. */
  setDuration(slot: number, seconds: number | null): void;
  /** The same by a code that was kept. */
  setDurationCode(slot: number, code: number): void;
  size(): number;
  /** The current table, not a copy. */
  finish(): TestIndex;
}

function emptyTable(capacity: number) {
  return {
    high: new Uint32Array(capacity),
    low: new Uint32Array(capacity),
    outcomes: new Uint8Array(capacity),
    durations: new Uint16Array(capacity),
  };
}

const codesPerLogUnit = 3_000;

/** A duration in 16 bits: 0 = not known, else 1 + 3,000 times the logarithm of 1 + milliseconds; exact to 0.04 %. */
export function durationCode(seconds: number): number {
  const milliseconds = Math.max(0, seconds) * 1_000;
  return Number.isFinite(milliseconds)
    ? 1 + Math.min(65_534, Math.round(codesPerLogUnit * Math.log1p(milliseconds)))
    : 0;
}

/** The seconds of a duration code, null when it is not known. */
export function secondsOfCode(code: number): number | null {
  return code === 0 ? null : Math.expm1((code - 1) / codesPerLogUnit) / 1_000;
}

/** The slot where an id is or would be: linear probing from its low half; capacities are powers of two. */
function slotOf(index: Pick<TestIndex, 'high' | 'low' | 'outcomes'>, high: number, low: number): number {
  const mask = index.outcomes.length - 1;
  let slot = low & mask;
  while (index.outcomes[slot] !== 0 && (index.low[slot] !== low || index.high[slot] !== high))
    slot = (slot + 1) & mask;
  return slot;
}

/** Makes an empty index. */
export function createTestIndex(): GrowingTestIndex {
  let table = emptyTable(minCapacity);
  let size = 0;

  function grow(): void {
    const bigger = emptyTable(table.outcomes.length * 2);
    for (let slot = 0; slot < table.outcomes.length; slot += 1) {
      const outcome = table.outcomes[slot] ?? 0;
      if (outcome === 0) continue;
      const high = table.high[slot] ?? 0;
      const low = table.low[slot] ?? 0;
      const free = slotOf(bigger, high, low);
      bigger.high[free] = high;
      bigger.low[free] = low;
      bigger.outcomes[free] = outcome;
      bigger.durations[free] = table.durations[slot] ?? 0;
    }
    table = bigger;
  }

  return {
    find(high, low) {
      const slot = slotOf(table, high, low);
      return table.outcomes[slot] === 0 ? -1 : slot;
    },
    set(high, low, outcome) {
      let slot = slotOf(table, high, low);
      if (table.outcomes[slot] === 0) {
        if ((size + 1) * 4 > table.outcomes.length * 3) {
          grow();
          slot = slotOf(table, high, low);
        }
        table.high[slot] = high;
        table.low[slot] = low;
        size += 1;
      }
      table.outcomes[slot] = outcomeCode(outcome);
      return slot;
    },
    outcomeAt: (slot) => table.outcomes[slot] ?? 0,
    setDuration(slot, seconds) {
      if (seconds !== null) table.durations[slot] = durationCode(seconds);
    },
    setDurationCode(slot, code) {
      table.durations[slot] = code;
    },
    size: () => size,
    finish: () => ({ size, ...table }),
  };
}

/** Splits an id into its halves; null when it is not 16 hexadecimal digits. */
export function halvesOf(id: TestId): { readonly high: number; readonly low: number } | null {
  if (!/^[0-9a-f]{16}$/.test(id)) return null;
  return { high: Number.parseInt(id.slice(0, 8), 16), low: Number.parseInt(id.slice(8), 16) };
}

/** The outcome of a test by its id, null when the index does not have it. */
export function findTest(index: TestIndex, id: TestId): TestOutcome | null {
  const halves = halvesOf(id);
  return halves === null ? null : findByHalves(index, halves.high, halves.low);
}

/** The same by the halves of the id, for loops over many. */
export function findByHalves(index: TestIndex, high: number, low: number): TestOutcome | null {
  if (index.outcomes.length === 0) return null;
  return outcomeOfCode(index.outcomes[slotOf(index, high, low)] ?? 0);
}

/** The slot of a test by the halves of its id, -1 when the index does not have it. */
export function findSlot(index: TestIndex, high: number, low: number): number {
  if (index.outcomes.length === 0) return -1;
  const slot = slotOf(index, high, low);
  return index.outcomes[slot] === 0 ? -1 : slot;
}

/** Calls `visit` with every slot that holds a test, in no particular order. */
export function eachSlot(index: TestIndex, visit: (slot: number) => void): void {
  for (let slot = 0; slot < index.outcomes.length; slot += 1) if (index.outcomes[slot] !== 0) visit(slot);
}

/** The id in a slot. */
export function idAt(index: TestIndex, slot: number): TestId {
  const hex = (half: number | undefined): string => (half ?? 0).toString(16).padStart(8, '0');
  return hex(index.high[slot]) + hex(index.low[slot]);
}

/** The outcome in a slot, null for an empty one. */
export function outcomeAt(index: TestIndex, slot: number): TestOutcome | null {
  return outcomeOfCode(index.outcomes[slot] ?? 0);
}

/** How long the test in a slot took, in seconds; null when it is not known. */
export function secondsAt(index: TestIndex, slot: number): number | null {
  return secondsOfCode(index.durations[slot] ?? 0);
}

/** The slot in `other` of the test in a slot of `index`; -1 when it does not have it. */
export function slotIn(other: TestIndex, index: TestIndex, slot: number): number {
  return findSlot(other, index.high[slot] ?? 0, index.low[slot] ?? 0);
}
