import { KeptBytes } from './kept-bytes.ts';
import { type Batch, type FoundList, ListFinder, type ListSizes, type Unit } from './list-finder.ts';
import { type ListsOfFormat, type Place, placesOf } from './list-paths.ts';
import { JsonScanner } from './scanner.ts';
import { StreamedList } from './streamed-list.ts';

/** As many entries as `detect` looks at. */
const sampledEntries = 1_000;

/** A whole JSON document, of which long lists are parsed piece by piece. */
export interface JsonDocument {
  /** The value with at most the first entries of long lists, and some more. */
  sample(): unknown;
  /** The value, with a `StreamedList` for each long list that the format declares. */
  valueFor(format: string): unknown;
  /** The value, with a `StreamedList` for each long list that any format declares. */
  outline(): unknown;
}

/** Takes the bytes of a document as they come. */
export class JsonDocumentReader {
  readonly kept = new KeptBytes();
  readonly #places: Place;
  readonly #sizes: ListSizes;
  readonly #finder: ListFinder;
  readonly #scanner: JsonScanner;

  constructor(formats: readonly ListsOfFormat[], sizes: ListSizes) {
    this.#sizes = sizes;
    this.#places = placesOf(formats);
    this.#finder = new ListFinder(this.kept, this.#places, sizes);
    this.#scanner = new JsonScanner(this.#finder);
  }

  write(piece: Uint8Array): void {
    this.kept.add(piece);
    this.#scanner.write(piece);
  }

  /** The document; null when `JSON.parse` would not take it. */
  document(): JsonDocument | null {
    return this.#scanner.isWhole ? documentOf(this.kept, this.#finder.document()) : null;
  }

  /**
   * Of a document that is cut off, everything up to the last object or list that is whole, closed; null when nothing is,
   * or when the text is wrong.
   */
  wholePart(): JsonDocument | null {
    const part = this.#scanner.isJsonSoFar ? this.#scanner.wholePart() : null;
    if (part === null) return null;
    const kept = new KeptBytes();
    for (const piece of this.kept.pieces(0, part.bytes)) kept.add(piece);
    kept.add(Buffer.from(part.closers));
    const finder = new ListFinder(kept, this.#places, this.#sizes);
    const scanner = new JsonScanner(finder);
    for (const piece of kept.pieces(0, kept.length)) scanner.write(piece);
    return scanner.isWhole ? documentOf(kept, finder.document()) : null;
  }
}

function isUnit(segment: Batch | Unit): segment is Unit {
  return 'lists' in segment;
}

/** Puts a value where the text had an empty list. */
function put(root: unknown, path: readonly string[], value: unknown): void {
  let target = root;
  for (const [index, key] of path.entries()) {
    if (typeof target !== 'object' || target === null) return;
    if (index === path.length - 1) Reflect.set(target, key, value);
    else target = Reflect.get(target, key);
  }
}

/** Parses the entries of a list that lie one behind the other. */
function parsedEntries(text: string): readonly unknown[] {
  const entries: unknown = JSON.parse(text);
  return Array.isArray(entries) ? entries : [];
}

/** What stands for a long list in the value. */
type ValueOf = (list: FoundList) => unknown;

function documentOf(kept: KeptBytes, document: Unit): JsonDocument {
  function parsed({ from, to, lists }: Unit, valueOf: ValueOf): unknown {
    const [first] = lists;
    if (first?.path.length === 0) return valueOf(first);
    let text = '';
    let at = from;
    for (const list of lists) {
      text += `${kept.text(at, list.from)}[]`;
      at = list.to;
    }
    const value: unknown = JSON.parse(text + kept.text(at, to));
    for (const list of lists) put(value, list.path, valueOf(list));
    return value;
  }

  function* entriesOf({ segments }: FoundList, valueOf: ValueOf): IterableIterator<unknown> {
    for (const segment of segments) {
      if (isUnit(segment)) yield parsed(segment, valueOf);
      else yield* parsedEntries(kept.listText(segment.from, segment.to));
    }
  }

  function firstOf(list: FoundList): readonly unknown[] {
    const first: unknown[] = [];
    for (const entry of entriesOf(list, firstOf)) {
      first.push(entry);
      if (first.length >= sampledEntries) break;
    }
    return first;
  }

  function streaming(isStreamed: (place: Place) => boolean): unknown {
    const valueOf = (list: FoundList): unknown => {
      const entries = (): IterableIterator<unknown> => entriesOf(list, valueOf);
      return isStreamed(list.place) ? new StreamedList(list.length, entries) : [...entries()];
    };
    return parsed(document, valueOf);
  }

  return {
    sample: () => parsed(document, firstOf),
    valueFor: (format) => streaming(({ formats }) => formats.has(format)),
    outline: () => streaming(() => true),
  };
}
