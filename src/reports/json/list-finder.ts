import type { KeptBytes } from './kept-bytes.ts';
import type { Place } from './list-paths.ts';
import type { ScannerWatch } from './scanner.ts';

/** Entries of a list that lie one behind the other, from the first byte of the first up to the comma or `]` behind the last. */
export interface Batch {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The document, or an entry of a list in it: a value that is parsed as one, without its long lists. */
export interface Unit {
  readonly from: number;
  readonly to: number;
  /** In the order of the text. */
  readonly lists: readonly FoundList[];
}

/** A long list at a place that a format declares. */
export interface FoundList {
  /** Offset of the `[`. */
  readonly from: number;
  /** Offset behind the `]`. */
  readonly to: number;
  readonly place: Place;
  /** The keys that lead to it from its unit; none when the list is the unit. */
  readonly path: readonly string[];
  readonly length: number;
  /** Its entries; one that has long lists itself is a unit. */
  readonly segments: readonly (Batch | Unit)[];
}

/** What is long. */
export interface ListSizes {
  /** Lists of fewer bytes stay in the text around them. */
  readonly listBytes: number;
  /** Entries are parsed together up to about so many bytes. */
  readonly batchBytes: number;
}

/** A unit whose end has not come yet. */
interface OpenUnit {
  /** Null until there is one. */
  lists: FoundList[] | null;
}

interface Frame {
  readonly place: Place;
  readonly unit: OpenUnit;
  readonly path: readonly string[];
  readonly list: OpenList | null;
  /** The place of the value that comes next, where the key is known. */
  next: Place | null;
  key: string;
}

const noPath: readonly string[] = [];

/** A list whose end has not come yet. */
class OpenList {
  readonly from: number;
  readonly #batchBytes: number;
  readonly #segments: (Batch | Unit)[] = [];
  #length = 0;
  #batchFrom: number;
  #batchCount = 0;
  #entryFrom: number;
  #entry: OpenUnit | null = null;
  #hasUnits = false;

  constructor(from: number, batchBytes: number) {
    this.from = from;
    this.#batchBytes = batchBytes;
    this.#batchFrom = from + 1;
    this.#entryFrom = from + 1;
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
      this.#segments.push({ from: this.#entryFrom, to: offset, lists });
      this.#hasUnits = true;
    } else {
      this.#batchCount += 1;
      if (offset - this.#batchFrom >= this.#batchBytes) this.#endBatch(offset, offset);
    }
    this.#entryFrom = offset + 1;
    this.#entry = null;
  }

  /** The list, or null when it is too short to be kept apart. */
  end(
    offset: number,
    { listBytes }: ListSizes,
  ): Pick<FoundList, 'from' | 'to' | 'length' | 'segments'> | null {
    const to = offset + 1;
    if (this.#length === 0 || (!this.#hasUnits && to - this.from < listBytes)) return null;
    this.#endBatch(offset, offset);
    return { from: this.from, to, length: this.#length, segments: this.#segments };
  }

  #endBatch(to: number, next: number): void {
    if (this.#batchCount > 0) this.#segments.push({ from: this.#batchFrom, to, count: this.#batchCount });
    this.#batchFrom = next + 1;
    this.#batchCount = 0;
  }
}

/** Finds the long lists at the places that formats declare, while a scanner walks over the bytes. */
export class ListFinder implements ScannerWatch {
  readonly #kept: KeptBytes;
  readonly #root: Place;
  readonly #sizes: ListSizes;
  readonly #frames: Frame[] = [];
  readonly #document: OpenUnit = { lists: null };

  constructor(kept: KeptBytes, root: Place, sizes: ListSizes) {
    this.#kept = kept;
    this.#root = root;
    this.#sizes = sizes;
  }

  /** The document, once the scanner is at its end. */
  document(): Unit {
    return { from: 0, to: this.#kept.length, lists: this.#document.lists ?? [] };
  }

  open(isList: boolean, offset: number): boolean {
    const parent = this.#frames.at(-1);
    const place = this.#placeIn(parent);
    if (place === null || (isList ? place.entry === null : place.keys.size === 0)) return false;
    const list = isList ? new OpenList(offset, this.#sizes.batchBytes) : null;
    this.#frames.push({ place, unit: this.#unitIn(parent), path: pathIn(parent), list, next: null, key: '' });
    return true;
  }

  close(offset: number, isEmpty: boolean): void {
    const frame = this.#frames.pop();
    if (frame?.list === null || frame === undefined) return;
    const { list, unit, place, path } = frame;
    if (!isEmpty) list.endEntry(offset);
    const found = list.end(offset, this.#sizes);
    if (found === null) return;
    unit.lists ??= [];
    unit.lists.push({ ...found, place, path });
  }

  comma(offset: number): void {
    this.#frames.at(-1)?.list?.endEntry(offset);
  }

  key(from: number, to: number, hasEscapes: boolean): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    frame.next = null;
    if (!hasEscapes && !frame.place.mayHave(to - from, this.#kept.byteAt(from))) return;
    const key: unknown = JSON.parse(`"${this.#kept.text(from, to)}"`);
    const place = typeof key === 'string' ? frame.place.keys.get(key) : undefined;
    if (typeof key !== 'string' || place === undefined) return;
    frame.next = place;
    frame.key = key;
    forget(frame, key);
  }

  #placeIn(parent: Frame | undefined): Place | null {
    if (parent === undefined) return this.#root;
    return parent.list === null ? parent.next : parent.place.entry;
  }

  #unitIn(parent: Frame | undefined): OpenUnit {
    if (parent === undefined) return this.#document;
    return parent.list === null ? parent.unit : parent.list.beginUnit();
  }
}

/** The keys from the unit to what begins. */
function pathIn(parent: Frame | undefined): readonly string[] {
  return parent === undefined || parent.list !== null ? noPath : [...parent.path, parent.key];
}

/** A key that comes again: what was under it counts no longer, and stays in the text, where parsing drops it. */
function forget({ unit: { lists }, path: around }: Frame, key: string): void {
  if (lists === null) return;
  const path = [...around, key];
  for (let index = lists.length - 1; index >= 0; index -= 1)
    if (path.every((step, at) => lists[index]?.path[at] === step)) lists.splice(index, 1);
}
