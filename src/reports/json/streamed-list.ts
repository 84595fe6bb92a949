/** A long list of a JSON document, whose entries are parsed each time that somebody goes through them. */
export class StreamedList implements Iterable<unknown> {
  readonly length: number;
  readonly #entries: () => Iterator<unknown>;

  constructor(length: number, entries: () => Iterator<unknown>) {
    this.length = length;
    this.#entries = entries;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.#entries();
  }
}
