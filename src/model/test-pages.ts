/**
 * Where a test index keeps its tests: slots in pages of 64, so that a table grows by a few pages and nothing is left
 * behind. A page is a run of words: the two halves of every id, then the codes of durations, two to a word, then the
 * codes of outcomes, eight to a word. So a slot takes ten and a half bytes.
 */
import type { TestIndex } from './tests.ts';

export const pageSlots = 64;
const pageShift = 6;
const slotMask = pageSlots - 1;
const durationsAt = 2 * pageSlots;
const outcomesAt = durationsAt + pageSlots / 2;
const pageWords = outcomesAt + pageSlots / 8;
/** Pages lie side by side in chunks, all but the last of them full. */
const chunkShift = 8;
export const chunkPages = 2 ** chunkShift;
const pageMask = chunkPages - 1;
/** Ids are taken apart by their first byte. */
export const partShift = 24;

const durationMask = 0xffff;
const outcomeMask = 0xf;

/** The pages of a test index, and which of them each part has, in their order. */
export type TestPages = Pick<TestIndex, 'chunks' | 'parts'>;

/** Memory for so many pages, all of them empty. */
export function emptyPages(count: number): Int32Array {
  return new Int32Array(count * pageWords);
}

/** How many pages a chunk has. */
export function pagesIn(chunk: Int32Array): number {
  return chunk.length / pageWords;
}

/** The part that has an id, by the high half of the id. */
export function partOf(parts: readonly Uint32Array[], high: number): number {
  return parts.length === 1 ? 0 : high >>> partShift;
}

/** Where the words of a slot's page begin in its chunk. */
function pageStart(slot: number): number {
  return ((slot >>> pageShift) & pageMask) * pageWords;
}

function chunkOf(chunks: readonly Int32Array[], slot: number): Int32Array | undefined {
  return chunks[slot >>> (pageShift + chunkShift)];
}

/**
 * The slot where an id is or would be: linear probing from the place that its low half has among all numbers of 32
 * bits. Larger tables keep that order, so that growing is one pass. -1 only for pages that are not of a test index.
 */
export function slotOf({ chunks, parts }: TestPages, high: number, low: number): number {
  const pages = parts[partOf(parts, high)];
  if (pages === undefined) return -1;
  const slots = pages.length << pageShift;
  const wantedHigh = high | 0;
  const wantedLow = low | 0;
  let at = Math.floor(((low >>> 0) * slots) / 0x1_0000_0000);
  for (;;) {
    const first = (pages[at >>> pageShift] ?? 0) << pageShift;
    const chunk = chunkOf(chunks, first);
    if (chunk === undefined) return -1;
    const start = pageStart(first);
    const end = start + durationsAt;
    for (let word = start + 2 * (at & slotMask); word < end; word += 2) {
      const stored = chunk[word + 1];
      const isWanted = stored === wantedLow && chunk[word] === wantedHigh;
      if (isWanted || (stored === 0 && isFree(chunk, word, start))) return first + ((word - start) >>> 1);
    }
    at = (at | slotMask) + 1;
    if (at === slots) at = 0;
  }
}

/** The id of zeros is one like any other: only the outcome says that a slot is free. */
function isFree(chunk: Int32Array, word: number, start: number): boolean {
  return chunk[word] === 0 && outcomeIn(chunk, start, (word - start) >>> 1) === 0;
}

function outcomeIn(chunk: Int32Array, start: number, within: number): number {
  return ((chunk[start + outcomesAt + (within >>> 3)] ?? 0) >>> ((within & 7) << 2)) & outcomeMask;
}

/** The high half of the id in a slot. */
export function highIn(chunks: readonly Int32Array[], slot: number): number {
  return (chunkOf(chunks, slot)?.[pageStart(slot) + 2 * (slot & slotMask)] ?? 0) >>> 0;
}

/** The low half of the id in a slot. */
export function lowIn(chunks: readonly Int32Array[], slot: number): number {
  return (chunkOf(chunks, slot)?.[pageStart(slot) + 2 * (slot & slotMask) + 1] ?? 0) >>> 0;
}

/** The code of the outcome in a slot, 0 for an empty one. */
export function outcomeCodeIn(chunks: readonly Int32Array[], slot: number): number {
  const chunk = chunkOf(chunks, slot);
  return chunk === undefined ? 0 : outcomeIn(chunk, pageStart(slot), slot & slotMask);
}

function durationIn(chunk: Int32Array, start: number, within: number): number {
  return ((chunk[start + durationsAt + (within >>> 1)] ?? 0) >>> ((within & 1) << 4)) & durationMask;
}

/** The code of the duration in a slot. */
export function durationCodeIn(chunks: readonly Int32Array[], slot: number): number {
  const chunk = chunkOf(chunks, slot);
  return chunk === undefined ? 0 : durationIn(chunk, pageStart(slot), slot & slotMask);
}

/** What a slot holds. */
export interface HeldTest {
  readonly high: number;
  readonly low: number;
  /** The code of an outcome, which is not 0. */
  readonly outcome: number;
  /** The code of a duration. */
  readonly duration: number;
}

/** Puts a test into a slot. */
export function putTest(
  chunks: readonly Int32Array[],
  slot: number,
  { high, low, outcome, duration }: HeldTest,
): void {
  const chunk = chunkOf(chunks, slot);
  if (chunk === undefined) return;
  const within = slot & slotMask;
  const start = pageStart(slot);
  chunk[start + 2 * within] = high;
  chunk[start + 2 * within + 1] = low;
  putCode(chunk, start + durationsAt + (within >>> 1), {
    code: duration,
    mask: durationMask,
    shift: (within & 1) << 4,
  });
  putCode(chunk, start + outcomesAt + (within >>> 3), {
    code: outcome,
    mask: outcomeMask,
    shift: (within & 7) << 2,
  });
}

function putCode(
  chunk: Int32Array,
  word: number,
  { code, mask, shift }: { readonly code: number; readonly mask: number; readonly shift: number },
): void {
  chunk[word] = ((chunk[word] ?? 0) & ~(mask << shift)) | (code << shift);
}

/** Words of a test outside of pages: its id, and the code of its outcome above that of its duration. */
const flatWords = 3;
const flatOutcomeShift = 16;

/** How many words a flat table for so many pages has. */
export function flatTableWords(pages: number): number {
  return pages * pageSlots * flatWords;
}

/** The first free place of a flat table from one on. */
function freeIn(flat: Int32Array, words: number, from: number): number {
  let at = from;
  while (flat[at + 2] !== 0) {
    at += flatWords;
    if (at === words) at = 0;
  }
  return at;
}

/** Copies what pages hold into an empty flat table of so many words, where it lies as it would in that many slots. */
export function copyToFlat(
  chunks: readonly Int32Array[],
  pages: Uint32Array,
  { flat, words }: { readonly flat: Int32Array; readonly words: number },
): void {
  const share = words / flatWords / 0x1_0000_0000;
  for (const page of pages) {
    const chunk = chunks[page >>> chunkShift];
    if (chunk === undefined) continue;
    const start = (page & pageMask) * pageWords;
    for (let within = 0; within < pageSlots; within += 1) {
      const outcome = outcomeIn(chunk, start, within);
      if (outcome === 0) continue;
      const low = chunk[start + 2 * within + 1] ?? 0;
      const at = freeIn(flat, words, Math.floor((low >>> 0) * share) * flatWords);
      flat[at] = chunk[start + 2 * within] ?? 0;
      flat[at + 1] = low;
      flat[at + 2] = (outcome << flatOutcomeShift) | durationIn(chunk, start, within);
    }
  }
}

/** Writes a flat table over pages, slot by slot. */
export function copyFromFlat(chunks: readonly Int32Array[], pages: Uint32Array, flat: Int32Array): void {
  let from = 0;
  for (const page of pages) {
    const chunk = chunks[page >>> chunkShift];
    if (chunk === undefined) continue;
    const start = (page & pageMask) * pageWords;
    chunk.fill(0, start + durationsAt, start + pageWords);
    for (let within = 0; within < pageSlots; within += 1, from += flatWords) {
      const result = flat[from + 2] ?? 0;
      chunk[start + 2 * within] = flat[from] ?? 0;
      chunk[start + 2 * within + 1] = flat[from + 1] ?? 0;
      const durations = start + durationsAt + (within >>> 1);
      chunk[durations] = (chunk[durations] ?? 0) | ((result & durationMask) << ((within & 1) << 4));
      const outcomes = start + outcomesAt + (within >>> 3);
      chunk[outcomes] = (chunk[outcomes] ?? 0) | ((result >>> flatOutcomeShift) << ((within & 7) << 2));
    }
  }
}
