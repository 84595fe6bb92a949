/** An object of a JSON document with many members, which are parsed each time that somebody goes through them. */
export class StreamedMembers implements Iterable<readonly [string, unknown]> {
  readonly size: number;
  readonly #members: () => Iterator<readonly [string, unknown]>;

  constructor(size: number, members: () => Iterator<readonly [string, unknown]>) {
    this.size = size;
    this.#members = members;
  }

  [Symbol.iterator](): Iterator<readonly [string, unknown]> {
    return this.#members();
  }
}
