import type { TestId, TestIndex, TestOutcome } from './tests.ts';

/** Codes of outcomes here and in `herald-report.json`; 0 marks an empty slot. */
const codes: readonly TestOutcome[] = ['passed', 'failed', 'errored', 'skipped'];

/** Words per slot: both halves of the id; the duration's code above the outcome's. One look reaches all of them. */
const WORDS = 3;
const LOW = 1;
const RESULT = 2;
const outcomeMask = 0xff;
const durationShift = 16;

/** Tables have a multiple of this many slots. */
const step = 64;
const stepShift = 6;
/** A table of so many slots is taken apart by the first byte of the ids. */
const slotsToTakeApart = 8_192;
const partCount = 256;
const partShift = 24;

/** The code of an outcome, 1 to 4. */
function outcomeCode(outcome: TestOutcome): number {
  return codes.indexOf(outcome) + 1;
}

const passedCode = outcomeCode('passed');

/** The outcome of a code, null for a code that is none. */
export function outcomeOfCode(code: number): TestOutcome | null {
  return codes[code - 1] ?? null;
}

/** What one run says of a test. */
export interface TimedOutcome {
  readonly outcome: TestOutcome;
  readonly durationSeconds: number | null;
}

interface CodedOutcome {
  readonly outcome: TestOutcome;
  /** The code of a duration. */
  readonly duration: number;
}

/**
 * A test index that grows; the same tables that `TestIndex` describes. Many small tables grow a quarter at a time and
 * one after another: together they never need much more than what they hold.
 */
export interface GrowingTestIndex {
  /** The outcome of an id, null when it is not there. */
  outcomeOf(high: number, low: number): TestOutcome | null;
  /** Sets the outcome of an id, adding it when it is new; a duration that is null leaves the one that is known. */
  set(high: number, low: number, run: TimedOutcome): void;
  /** The same with the duration's code; 0 = not known. */
  setWithCode(high: number, low: number, coded: CodedOutcome): void;
  /**
   * Adds a test that passed by the halves of its id, the high one first; false, and nothing is done, when it is there.
   */
  addPassed(halves: Uint32Array, seconds: number | null): boolean;
  size(): number;
  /** The current tables, not a copy. */
  finish(): TestIndex;
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

function partOf(parts: readonly Uint32Array[], high: number): number {
  return parts.length === 1 ? 0 : high >>> partShift;
}

/**
 * Where an id is or would be in a table: linear probing from the place that its low half has among all numbers of 32
 * bits. Larger tables keep that order, so that growing is one pass.
 */
function placeOf(table: Uint32Array, high: number, low: number): number {
  const end = table.length;
  let at = Math.floor((low * (end / WORDS)) / 0x1_0000_0000) * WORDS;
  while (table[at + RESULT] !== 0 && (table[at + LOW] !== low || table[at] !== high)) {
    at += WORDS;
    if (at === end) at = 0;
  }
  return at;
}

function copyInto(tableFor: (high: number) => Uint32Array, table: Uint32Array): void {
  for (let from = 0; from < table.length; from += WORDS) {
    const result = table[from + RESULT] ?? 0;
    if (result === 0) continue;
    const high = table[from] ?? 0;
    const low = table[from + LOW] ?? 0;
    const into = tableFor(high);
    const at = placeOf(into, high, low);
    into[at] = high;
    into[at + LOW] = low;
    into[at + RESULT] = result;
  }
}

function tableOf(slots: number): Uint32Array {
  return new Uint32Array(slots * WORDS);
}

class Growing implements GrowingTestIndex {
  #parts: Uint32Array[] = [tableOf(step)];
  #sizes = new Uint32Array(1);
  #size = 0;

  outcomeOf(high: number, low: number): TestOutcome | null {
    const table = this.#parts[partOf(this.#parts, high)];
    if (table === undefined) return null;
    return outcomeOfCode((table[placeOf(table, high, low) + RESULT] ?? 0) & outcomeMask);
  }

  set(high: number, low: number, { outcome, durationSeconds: seconds }: TimedOutcome): void {
    const part = this.#partFor(high, low);
    const table = this.#parts[part];
    if (table === undefined) return;
    const at = placeOf(table, high, low);
    const duration = seconds === null ? (table[at + RESULT] ?? 0) >>> durationShift : durationCode(seconds);
    this.#put(part, at, { high, low, result: (duration << durationShift) | outcomeCode(outcome) });
  }

  setWithCode(high: number, low: number, { outcome, duration }: CodedOutcome): void {
    const part = this.#partFor(high, low);
    const table = this.#parts[part];
    if (table === undefined) return;
    const at = placeOf(table, high, low);
    this.#put(part, at, { high, low, result: (duration << durationShift) | outcomeCode(outcome) });
  }

  addPassed(halves: Uint32Array, seconds: number | null): boolean {
    const high = halves[0] ?? 0;
    const low = halves[1] ?? 0;
    const part = this.#partFor(high, low);
    const table = this.#parts[part];
    if (table === undefined) return false;
    const at = placeOf(table, high, low);
    if (table[at + RESULT] !== 0) return false;
    table[at] = high;
    table[at + LOW] = low;
    table[at + RESULT] = ((seconds === null ? 0 : durationCode(seconds)) << durationShift) | passedCode;
    this.#sizes[part] = (this.#sizes[part] ?? 0) + 1;
    this.#size += 1;
    return true;
  }

  size(): number {
    return this.#size;
  }

  finish(): TestIndex {
    const parts = this.#parts;
    const bases = new Uint32Array(parts.length);
    let slots = 0;
    for (const [part, table] of parts.entries()) {
      bases[part] = slots;
      slots += table.length / WORDS;
    }
    const owners = new Uint8Array(slots >>> stepShift);
    for (const [part, base] of bases.entries()) owners.fill(part, base >>> stepShift);
    return { size: this.#size, slots, parts, bases, owners };
  }

  #put(
    part: number,
    at: number,
    { high, low, result }: { readonly high: number; readonly low: number; readonly result: number },
  ): void {
    const table = this.#parts[part];
    if (table === undefined) return;
    if (table[at + RESULT] === 0) {
      table[at] = high;
      table[at + LOW] = low;
      this.#sizes[part] = (this.#sizes[part] ?? 0) + 1;
      this.#size += 1;
    }
    table[at + RESULT] = result;
  }

  /** The part for an id, with room for one more. */
  #partFor(high: number, low: number): number {
    const part = partOf(this.#parts, high);
    const table = this.#parts[part];
    if (table === undefined) return part;
    const slots = table.length / WORDS;
    if (((this.#sizes[part] ?? 0) + 1) * 5 <= slots * 4) return part;
    if (table[placeOf(table, high, low) + RESULT] !== 0) return part;
    if (this.#parts.length === 1 && slots >= slotsToTakeApart) {
      this.#takeApart(table);
      return this.#partFor(high, low);
    }
    const larger = tableOf(Math.ceil((slots * 1.25) / step) * step);
    copyInto(() => larger, table);
    this.#parts[part] = larger;
    return part;
  }

  #takeApart(table: Uint32Array): void {
    const sizes = new Uint32Array(partCount);
    for (let at = 0; at < table.length; at += WORDS) {
      const part = (table[at] ?? 0) >>> partShift;
      if (table[at + RESULT] !== 0) sizes[part] = (sizes[part] ?? 0) + 1;
    }
    const parts = Array.from(sizes, (size) => tableOf(Math.ceil((size + 1) / (step / 2)) * step));
    copyInto((high) => parts[high >>> partShift] ?? table, table);
    this.#parts = parts;
    this.#sizes = sizes;
  }
}

/** Makes an empty index. */
export function createTestIndex(): GrowingTestIndex {
  return new Growing();
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
  const table = index.parts[partOf(index.parts, high)];
  if (table === undefined) return null;
  return outcomeOfCode((table[placeOf(table, high, low) + RESULT] ?? 0) & outcomeMask);
}

/** The slot of a test by the halves of its id, -1 when the index does not have it. */
export function findSlot(index: TestIndex, high: number, low: number): number {
  const part = partOf(index.parts, high);
  const table = index.parts[part];
  if (table === undefined) return -1;
  const at = placeOf(table, high, low);
  return table[at + RESULT] === 0 ? -1 : (index.bases[part] ?? 0) + at / WORDS;
}

/** Calls `visit` with every slot that holds a test, in no particular order. */
export function eachSlot(index: TestIndex, visit: (slot: number) => void): void {
  for (const [part, table] of index.parts.entries()) {
    const base = index.bases[part] ?? 0;
    for (let at = 0; at < table.length; at += WORDS) if (table[at + RESULT] !== 0) visit(base + at / WORDS);
  }
}

/** A copy that can grow. */
export function copyOfTestIndex(index: TestIndex): GrowingTestIndex {
  const copy = createTestIndex();
  eachSlot(index, (slot) => {
    const outcome = outcomeAt(index, slot);
    if (outcome !== null)
      copy.setWithCode(highAt(index, slot), lowAt(index, slot), {
        outcome,
        duration: durationCodeAt(index, slot),
      });
  });
  return copy;
}

function wordAt(index: TestIndex, slot: number, word: number): number {
  const part = index.owners[slot >>> stepShift] ?? 0;
  return index.parts[part]?.[(slot - (index.bases[part] ?? 0)) * WORDS + word] ?? 0;
}

/** The high half of the id in a slot. */
export function highAt(index: TestIndex, slot: number): number {
  return wordAt(index, slot, 0);
}

/** The low half of the id in a slot. */
export function lowAt(index: TestIndex, slot: number): number {
  return wordAt(index, slot, LOW);
}

/** The id in a slot. */
export function idAt(index: TestIndex, slot: number): TestId {
  const hex = (half: number): string => half.toString(16).padStart(8, '0');
  return hex(highAt(index, slot)) + hex(lowAt(index, slot));
}

/** The code of the outcome in a slot, 0 for an empty one. */
export function outcomeCodeAt(index: TestIndex, slot: number): number {
  return wordAt(index, slot, RESULT) & outcomeMask;
}

/** The outcome in a slot, null for an empty one. */
export function outcomeAt(index: TestIndex, slot: number): TestOutcome | null {
  return outcomeOfCode(outcomeCodeAt(index, slot));
}

/** The code of how long the test in a slot took; 0 when it is not known. */
export function durationCodeAt(index: TestIndex, slot: number): number {
  return wordAt(index, slot, RESULT) >>> durationShift;
}

/** How long the test in a slot took, in seconds; null when it is not known. */
export function secondsAt(index: TestIndex, slot: number): number | null {
  return secondsOfCode(durationCodeAt(index, slot));
}

/** The slot in `other` of the test in a slot of `index`; -1 when it does not have it. */
export function slotIn(other: TestIndex, index: TestIndex, slot: number): number {
  return findSlot(other, highAt(index, slot), lowAt(index, slot));
}
