import type { TestId, TestIndex, TestOutcome } from './tests.ts';

/** Codes in `outcomes` and in `herald-report.json`; 0 marks an empty slot. */
const codes: readonly TestOutcome[] = ['passed', 'failed', 'errored', 'skipped'];

const recordBytes = 9;
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
  size(): number;
  /** The table as it stands; no copy is made. */
  finish(): TestIndex;
}

function emptyTable(capacity: number): { high: Uint32Array; low: Uint32Array; outcomes: Uint8Array } {
  return {
    high: new Uint32Array(capacity),
    low: new Uint32Array(capacity),
    outcomes: new Uint8Array(capacity),
  };
}

/** The slot where an id stands or would stand: linear probing from its low half; capacities are powers of two. */
function slotOf(index: Omit<TestIndex, 'size'>, high: number, low: number): number {
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

/** Calls `visit` for every test, in no particular order. */
export function eachTest(
  index: TestIndex,
  visit: (high: number, low: number, outcome: TestOutcome) => void,
): void {
  for (let slot = 0; slot < index.outcomes.length; slot += 1) {
    const outcome = outcomeOfCode(index.outcomes[slot] ?? 0);
    if (outcome !== null) visit(index.high[slot] ?? 0, index.low[slot] ?? 0, outcome);
  }
}

/** The index as bytes: 9 per test, its id (big endian) and its outcome's code, sorted by id so that equal indexes are equal bytes. */
export function indexToBytes(index: TestIndex): Uint8Array {
  const slots = Uint32Array.from({ length: index.size });
  let count = 0;
  for (let slot = 0; slot < index.outcomes.length; slot += 1)
    if (index.outcomes[slot] !== 0) slots[count++] = slot;
  slots.sort(
    (a, b) => (index.high[a] ?? 0) - (index.high[b] ?? 0) || (index.low[a] ?? 0) - (index.low[b] ?? 0),
  );
  const bytes = new Uint8Array(index.size * recordBytes);
  const view = new DataView(bytes.buffer);
  slots.forEach((slot, position) => {
    view.setUint32(position * recordBytes, index.high[slot] ?? 0);
    view.setUint32(position * recordBytes + 4, index.low[slot] ?? 0);
    view.setUint8(position * recordBytes + 8, index.outcomes[slot] ?? 0);
  });
  return bytes;
}

/** Reads what `indexToBytes` wrote; records with an unknown outcome and a torn last record are left out. */
export function indexFromBytes(bytes: Uint8Array): TestIndex {
  const index = createTestIndex();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + recordBytes <= bytes.byteLength; at += recordBytes) {
    const outcome = outcomeOfCode(view.getUint8(at + 8));
    if (outcome !== null) index.set(view.getUint32(at), view.getUint32(at + 4), outcome);
  }
  return index.finish();
}
