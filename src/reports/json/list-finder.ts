import type { ListSizes, Unit } from './found-list.ts';
import type { KeptBytes } from './kept-bytes.ts';
import type { Place } from './list-paths.ts';
import { OpenList, type OpenUnit } from './open-list.ts';
import type { ScannerWatch } from './scanner.ts';

/** A list or an object that is watched and whose end has not come yet. */
interface Frame {
  readonly place: Place;
  readonly unit: OpenUnit;
  readonly path: readonly string[];
  /** Null for an object of which single keys are known. */
  readonly list: OpenList | null;
  /** The place of the value that comes next in an object, where the key is known. */
  next: Place | null;
  key: string;
}

const noPath: readonly string[] = [];

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
    return { from: 0, to: this.#kept.length, isMember: false, lists: this.#document.lists ?? [] };
  }

  open(isList: boolean, offset: number): boolean {
    const parent = this.#frames.at(-1);
    const place = this.#placeIn(parent);
    if (place === null) return false;
    const hasEntries = isList ? place.entry !== null : place.hasMembers;
    if (!hasEntries && (isList || place.keys.size === 0)) return false;
    const list = hasEntries ? new OpenList(offset, !isList, this.#sizes.batchBytes) : null;
    this.#frames.push({ place, unit: this.#unitIn(parent), path: pathIn(parent), list, next: null, key: '' });
    return true;
  }

  close(offset: number, isEmpty: boolean): void {
    const frame = this.#frames.pop();
    if (frame === undefined || frame.list === null) return;
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
    const { list, place } = frame;
    if (list === null && !hasEscapes && !place.mayHave(to - from, this.#kept.byteAt(from))) return;
    const key: unknown = JSON.parse(`"${this.#kept.text(from, to)}"`);
    if (typeof key !== 'string') return;
    frame.key = key;
    frame.next = place.keys.get(key) ?? null;
    if (list !== null) list.addKey(key);
    else if (frame.next !== null) forget(frame, key);
  }

  #placeIn(parent: Frame | undefined): Place | null {
    if (parent === undefined) return this.#root;
    return parent.list === null || parent.list.isObject ? parent.next : parent.place.entry;
  }

  #unitIn(parent: Frame | undefined): OpenUnit {
    if (parent === undefined) return this.#document;
    return parent.list === null ? parent.unit : parent.list.beginUnit();
  }
}

/** The keys from the unit to what begins. */
function pathIn(parent: Frame | undefined): readonly string[] {
  if (parent === undefined) return noPath;
  if (parent.list === null) return [...parent.path, parent.key];
  return parent.list.isObject ? [parent.key] : noPath;
}

/** A key that comes again: what was under it counts no longer, and stays in the text, where parsing drops it. */
function forget({ unit: { lists }, path: around }: Frame, key: string): void {
  if (lists === null) return;
  const path = [...around, key];
  for (let index = lists.length - 1; index >= 0; index -= 1)
    if (path.every((step, at) => lists[index]?.path[at] === step)) lists.splice(index, 1);
}
