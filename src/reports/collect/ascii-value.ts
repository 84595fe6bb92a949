import type { AsciiPlace, AsciiText } from '../format.ts';

/** The longest value that is decoded without a text of its own. */
const maxDecodedBytes = 128;

const nothing: Buffer = Buffer.alloc(0);

/**
 * A value as bytes: in the place where it was read, or decoded in a place of its own. It is filled again and again, so
 * that a million values need none.
 */
export class AsciiValue implements AsciiPlace {
  bytes: Buffer = nothing;
  from = 0;
  to = 0;
  /** Where a value that had to be decoded is put. */
  readonly own: Buffer = Buffer.alloc(maxDecodedBytes);

  /** Lets it be `bytes[from, to)`, as long as these stay what they are. */
  set(bytes: Buffer, from: number, to: number): void {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }
}

/** The characters as a text. */
export function textOfAscii({ bytes, from, to }: AsciiText): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);
}
