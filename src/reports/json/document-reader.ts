import { createDocument, type JsonDocument } from './document.ts';
import type { ListSizes } from './found-list.ts';
import { KeptBytes } from './kept-bytes.ts';
import { ListFinder } from './list-finder.ts';
import { type ListsOfFormat, type Place, placesOf } from './list-paths.ts';
import { JsonScanner } from './scanner.ts';

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
    return this.#scanner.isWhole ? createDocument(this.kept, this.#finder.document()) : null;
  }

  /**
   * Of a document that is cut off, everything up to the last object or list that is whole, closed; null when nothing
   * is, or when the text is wrong.
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
    return scanner.isWhole ? createDocument(kept, finder.document()) : null;
  }
}
