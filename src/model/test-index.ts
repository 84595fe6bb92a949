import {
  chunkPages,
  copyFromFlat,
  copyToFlat,
  durationCodeIn,
  emptyPages,
  flatTableWords,
  highIn,
  lowIn,
  outcomeCodeIn,
  pageSlots,
  pagesIn,
  partOf,
  partShift,
  putTest,
  slotOf,
} from './test-pages.ts';
import type { TestId, TestIndex, TestOutcome } from './tests.ts';

/** Codes of outcomes here and in `herald-report.json`; 0 marks an empty slot. */
const codes: readonly TestOutcome[] = ['passed', 'failed', 'errored', 'skipped'];

/** A table of so many pages is taken apart by the first byte of the ids. */
const pagesToTakeApart = 128;
const partCount = 256;

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
 * A test index that grows; the same pages that `TestIndex` describes. Each part grows in place and keeps its pages: the
 * memory never is much more than what it holds.
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
  addPassed(halves: Int32Array, seconds: number | null): boolean;
  /** Whether a test is there, by the halves of its id, the high one first. */
  has(halves: Int32Array): boolean;
  size(): number;
  /** The current pages, not a copy. */
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

/** Whether a part of so many slots is too full for so many tests: beyond seven eighths, looking gets long. */
function isTooFull(tests: number, slots: number): boolean {
  return tests * 8 > slots * 7;
}

/** Room for parts that get more tests than the average one. */
const reserve = 1.02;

/**
 * How many pages a full part grows by: when it is known which share of the tests it has, by as many as the others will
 * need, twice what it has at most; otherwise by a quarter.
 */
function morePages(pages: number, share: number | null): number {
  if (share === null || share <= 0) return Math.max(1, pages >>> 2);
  return Math.max(1, pages >>> 4, Math.min(pages, Math.ceil((pages / share) * reserve) - pages));
}

class Growing implements GrowingTestIndex {
  chunks: Int32Array[] = [emptyPages(1)];
  parts: Uint32Array[] = [Uint32Array.of(0)];
  #pages = 1;
  #sizes = new Uint32Array(1);
  #size = 0;
  /** For the tests of a part while it grows. */
  #flat = new Int32Array(0);
  readonly #share: () => number | null;

  constructor(share: () => number | null) {
    this.#share = share;
  }

  outcomeOf(high: number, low: number): TestOutcome | null {
    return outcomeOfCode(outcomeCodeIn(this.chunks, slotOf(this, high, low)));
  }

  set(high: number, low: number, { outcome, durationSeconds: seconds }: TimedOutcome): void {
    const slot = this.#slotFor(high, low);
    const duration = seconds === null ? durationCodeIn(this.chunks, slot) : durationCode(seconds);
    putTest(this.chunks, slot, { high, low, outcome: outcomeCode(outcome), duration });
  }

  setWithCode(high: number, low: number, { outcome, duration }: CodedOutcome): void {
    // First the slot: making room for it replaces the chunks.
    const slot = this.#slotFor(high, low);
    putTest(this.chunks, slot, { high, low, outcome: outcomeCode(outcome), duration });
  }

  addPassed(halves: Int32Array, seconds: number | null): boolean {
    const high = halves[0] ?? 0;
    const low = halves[1] ?? 0;
    const before = this.#size;
    const slot = this.#slotFor(high, low);
    if (this.#size === before) return false;
    const duration = seconds === null ? 0 : durationCode(seconds);
    putTest(this.chunks, slot, { high, low, outcome: passedCode, duration });
    return true;
  }

  has(halves: Int32Array): boolean {
    return outcomeCodeIn(this.chunks, slotOf(this, halves[0] ?? 0, halves[1] ?? 0)) !== 0;
  }

  size(): number {
    return this.#size;
  }

  finish(): TestIndex {
    return { size: this.#size, slots: this.#pages * pageSlots, chunks: this.chunks, parts: this.parts };
  }

  /** The slot of an id, which is counted when it is new. */
  #slotFor(high: number, low: number): number {
    const slot = slotOf(this, high, low);
    if (outcomeCodeIn(this.chunks, slot) !== 0) return slot;
    const part = partOf(this.parts, high);
    const tests = (this.#sizes[part] ?? 0) + 1;
    const pages = this.parts[part]?.length ?? 0;
    if (isTooFull(tests, pages * pageSlots)) {
      if (this.parts.length === 1 && pages >= pagesToTakeApart) this.#takeApart();
      else this.#grow(part);
      return this.#slotFor(high, low);
    }
    this.#sizes[part] = tests;
    this.#size += 1;
    return slot;
  }

  #grow(part: number): void {
    const pages = this.parts[part] ?? new Uint32Array(0);
    const larger = new Uint32Array(pages.length + morePages(pages.length, this.#share()));
    larger.set(pages);
    for (let at = pages.length; at < larger.length; at += 1) larger[at] = this.#newPage();
    const words = flatTableWords(larger.length);
    if (this.#flat.length < words) this.#flat = new Int32Array(words);
    else this.#flat.fill(0, 0, words);
    copyToFlat(this.chunks, pages, { flat: this.#flat, words });
    copyFromFlat(this.chunks, larger, this.#flat);
    this.parts[part] = larger;
  }

  /** Gives every first byte of ids a part of its own. */
  #takeApart(): void {
    const whole = this.finish();
    const sizes = new Uint32Array(partCount);
    eachSlot(whole, (slot) => {
      const part = highAt(whole, slot) >>> partShift;
      sizes[part] = (sizes[part] ?? 0) + 1;
    });
    this.chunks = [emptyPages(chunkPages)];
    this.#pages = 0;
    this.#sizes = sizes;
    this.parts = Array.from(sizes, (size) =>
      Uint32Array.from({ length: Math.floor(size / (pageSlots / 2)) + 1 }, () => this.#newPage()),
    );
    eachSlot(whole, (from) => {
      const [high, low] = [highAt(whole, from), lowAt(whole, from)];
      const [outcome, duration] = [outcomeCodeAt(whole, from), durationCodeAt(whole, from)];
      putTest(this.chunks, slotOf(this, high, low), { high, low, outcome, duration });
    });
  }

  #newPage(): number {
    const page = this.#pages;
    this.#pages += 1;
    const last = this.chunks.length - 1;
    const chunk = this.chunks[last];
    if (chunk === undefined) return page;
    const within = page - last * chunkPages;
    if (within === chunkPages) this.chunks.push(emptyPages(chunkPages));
    else if (within === pagesIn(chunk)) {
      // Only the first chunk: most reports are small.
      const larger = emptyPages(Math.min(chunkPages, 2 * within));
      larger.set(chunk);
      this.chunks[last] = larger;
    }
    return page;
  }
}

/** Makes an empty index; `share` gives which share of all tests it has by now, about; null where that is not known. */
export function createTestIndex(share: () => number | null = () => null): GrowingTestIndex {
  return new Growing(share);
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
  return outcomeAt(index, slotOf(index, high, low));
}

/** The slot of a test by the halves of its id, -1 when the index does not have it. */
export function findSlot(index: TestIndex, high: number, low: number): number {
  const slot = slotOf(index, high, low);
  return outcomeCodeAt(index, slot) === 0 ? -1 : slot;
}

/** Calls `visit` with every slot that holds a test, in no particular order. */
export function eachSlot(index: TestIndex, visit: (slot: number) => void): void {
  for (let slot = 0; slot < index.slots; slot += 1) if (outcomeCodeAt(index, slot) !== 0) visit(slot);
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

/** The high half of the id in a slot. */
export function highAt(index: TestIndex, slot: number): number {
  return highIn(index.chunks, slot);
}

/** The low half of the id in a slot. */
export function lowAt(index: TestIndex, slot: number): number {
  return lowIn(index.chunks, slot);
}

/** The id in a slot. */
export function idAt(index: TestIndex, slot: number): TestId {
  const hex = (half: number): string => half.toString(16).padStart(8, '0');
  return hex(highAt(index, slot)) + hex(lowAt(index, slot));
}

/** The code of the outcome in a slot, 0 for an empty one. */
export function outcomeCodeAt(index: TestIndex, slot: number): number {
  return outcomeCodeIn(index.chunks, slot);
}

/** The outcome in a slot, null for an empty one. */
export function outcomeAt(index: TestIndex, slot: number): TestOutcome | null {
  return outcomeOfCode(outcomeCodeAt(index, slot));
}

/** The code of how long the test in a slot took; 0 when it is not known. */
export function durationCodeAt(index: TestIndex, slot: number): number {
  return durationCodeIn(index.chunks, slot);
}

/** How long the test in a slot took, in seconds; null when it is not known. */
export function secondsAt(index: TestIndex, slot: number): number | null {
  return secondsOfCode(durationCodeAt(index, slot));
}

/** The slot in `other` of the test in a slot of `index`; -1 when it does not have it. */
export function slotIn(other: TestIndex, index: TestIndex, slot: number): number {
  return findSlot(other, highAt(index, slot), lowAt(index, slot));
}
