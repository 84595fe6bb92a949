import type { Batch, FoundList, ListSizes, Unit } from './found-list.ts';

/** A unit whose end has not come yet. */
export interface OpenUnit {
  /** Null until there is one. */
  lists: FoundList[] | null;
}

/** Keys that objects put into an order of their own. */
const wholeNumber = /^\d+$/;

/** A list, or an object with many members, whose end has not come yet. */
export class OpenList {
  readonly from: number;
  readonly isObject: boolean;
  readonly #batchBytes: number;
  readonly #segments: (Batch | Unit)[] = [];
  /** The keys of an object. */
  readonly #keys = new Set<string>();
  #isInOrder = true;
  #length = 0;
  #batchFrom: number;
  #batchCount = 0;
  #entryFrom: number;
  #entry: OpenUnit | null = null;
  #hasUnits = false;

  constructor(from: number, isObject: boolean, batchBytes: number) {
    this.from = from;
    this.isObject = isObject;
    this.#batchBytes = batchBytes;
    this.#batchFrom = from + 1;
    this.#entryFrom = from + 1;
  }

  /** A key of an object. One that comes again, or is a number, has another place in the object than in the text. */
  addKey(key: string): void {
    if (this.#keys.has(key) || wholeNumber.test(key)) this.#isInOrder = false;
    this.#keys.add(key);
  }

  /** The entry that begins is looked into. */
  beginUnit(): OpenUnit {
    this.#entry = { lists: null };
    return this.#entry;
  }

  endEntry(offset: number): void {
    this.#length += 1;
    const lists = this.#entry?.lists ?? null;
    if (lists !== null && lists.length > 0) {
      this.#endBatch(this.#entryFrom - 1, offset);
      this.#segments.push({ from: this.#entryFrom, to: offset, isMember: this.isObject, lists });
      this.#hasUnits = true;
    } else {
      this.#batchCount += 1;
      if (offset - this.#batchFrom >= this.#batchBytes) this.#endBatch(offset, offset);
    }
    this.#entryFrom = offset + 1;
    this.#entry = null;
  }

  /** The list; null when it is too short to be kept apart, or cannot be taken apart: then it stays in the text. */
  end(offset: number, { listBytes }: ListSizes): Omit<FoundList, 'place' | 'path'> | null {
    const to = offset + 1;
    if (this.#length === 0 || !this.#isInOrder) return null;
    if (!this.#hasUnits && to - this.from < listBytes) return null;
    this.#endBatch(offset, offset);
    const { from, isObject } = this;
    return { from, to, isObject, length: this.#length, segments: this.#segments };
  }

  #endBatch(to: number, next: number): void {
    if (this.#batchCount > 0) this.#segments.push({ from: this.#batchFrom, to, count: this.#batchCount });
    this.#batchFrom = next + 1;
    this.#batchCount = 0;
  }
}
