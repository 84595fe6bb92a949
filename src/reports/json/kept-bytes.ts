/** The bytes of a document in the pieces in which they came, and any part of them as a text. */
export class KeptBytes {
  readonly #pieces: Uint8Array[] = [];
  /** Where each piece begins. */
  readonly #starts: number[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    this.#starts.push(this.#length);
    this.#length += piece.length;
  }

  byteAt(offset: number): number {
    const last = this.#pieces.length - 1;
    const index = offset >= (this.#starts[last] ?? 0) ? last : this.#indexAt(offset);
    return this.#pieces[index]?.[offset - (this.#starts[index] ?? 0)] ?? 0;
  }

  /** Bytes `from` up to `to`, in pieces. */
  *pieces(from: number, to: number): Iterable<Uint8Array> {
    for (let index = this.#indexAt(from); index < this.#pieces.length; index += 1) {
      const start = this.#starts[index] ?? 0;
      const piece = this.#pieces[index];
      if (piece === undefined || start >= to) return;
      yield piece.subarray(Math.max(0, from - start), Math.min(piece.length, to - start));
    }
  }

  /** Bytes `from` up to `to`; what is no UTF-8 becomes U+FFFD. */
  text(from: number, to: number): string {
    const parts = [...this.pieces(from, to)];
    const [first] = parts;
    const bytes = first !== undefined && parts.length === 1 ? first : Buffer.concat(parts);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }

  /** The index of the piece that holds a byte. */
  #indexAt(offset: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
