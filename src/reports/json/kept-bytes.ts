import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const blockBytes = 1024 * 1024;
/** So many blocks stay as they are: most files have no more. */
const plainBlocks = 4;
/** A text that lies on the border of two blocks needs both. */
const unpackedBlocks = 2;

/** Room for a whole block and a byte more, so that it is unpacked into one piece and not put together from many. */
const unpacking = { chunkSize: blockBytes + 1 } as const;

interface Block {
  readonly bytes: Uint8Array;
  readonly isPacked: boolean;
}

/** Quick rather than small: JSON of reports repeats itself so much that a tenth is left. */
function packed(bytes: Uint8Array): Block {
  const small = deflateRawSync(bytes, { level: constants.Z_BEST_SPEED });
  return small.length < bytes.length / 2 ? { bytes: small, isPacked: true } : { bytes, isPacked: false };
}

/** The bytes of a document, and any part of them as a text; what is behind the first megabytes is kept packed. */
export class KeptBytes {
  readonly #blocks: Block[] = [];
  /** The block that is not full yet. */
  #open = Buffer.allocUnsafe(64 * 1024);
  #openBytes = 0;
  /** Used again for each text. */
  #copy = Buffer.allocUnsafe(0);
  /** The blocks that were unpacked last, with their indexes; their memory is used again. */
  readonly #unpacked: (readonly [number, Uint8Array])[] = [];

  get length(): number {
    return this.#blocks.length * blockBytes + this.#openBytes;
  }

  add(piece: Uint8Array): void {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + blockBytes - this.#openBytes);
      this.#makeRoom(this.#openBytes + part.length);
      this.#open.set(part, this.#openBytes);
      this.#openBytes += part.length;
      at += part.length;
      if (this.#openBytes === blockBytes) this.#closeBlock();
    }
  }

  byteAt(offset: number): number {
    const at = offset - this.#blocks.length * blockBytes;
    if (at >= 0) return this.#open[at] ?? 0;
    return this.#block(Math.floor(offset / blockBytes))[offset % blockBytes] ?? 0;
  }

  /** Bytes `from` up to `to`, in pieces; use each before you ask for the next. */
  *pieces(from: number, to: number): Iterable<Uint8Array> {
    for (let at = from; at < to; ) {
      const index = Math.floor(at / blockBytes);
      const start = index * blockBytes;
      const piece = this.#block(index).subarray(at - start, to - start);
      if (piece.length === 0) return;
      yield piece;
      at += piece.length;
    }
  }

  /** Bytes `from` up to `to`; U+FFFD stands for all that is not UTF-8. */
  text(from: number, to: number): string {
    return decoder.decode(this.#copied(from, to, 0));
  }

  /** The same between brackets or braces. */
  textBetween(brackets: '[]' | '{}', from: number, to: number): string {
    const bytes = this.#copied(from, to, 1);
    bytes[0] = brackets.charCodeAt(0);
    bytes[bytes.length - 1] = brackets.charCodeAt(1);
    return decoder.decode(bytes);
  }

  /** The bytes with room around them, until the next copy is made. */
  #copied(from: number, to: number, room: number): Uint8Array {
    const length = to - from + 2 * room;
    const copy = this.#copy.length >= length ? this.#copy : Buffer.allocUnsafe(length);
    if (length <= blockBytes) this.#copy = copy;
    let at = room;
    for (const piece of this.pieces(from, to)) {
      copy.set(piece, at);
      at += piece.length;
    }
    return copy.subarray(0, at + room);
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#open.length) return;
    const larger = Buffer.allocUnsafe(Math.min(blockBytes, Math.max(bytes, 2 * this.#open.length)));
    larger.set(this.#open.subarray(0, this.#openBytes));
    this.#open = larger;
  }

  #closeBlock(): void {
    if (this.#blocks.length < plainBlocks) {
      this.#blocks.push({ bytes: this.#open, isPacked: false });
      this.#open = Buffer.allocUnsafe(blockBytes);
    } else {
      const block = packed(this.#open);
      this.#blocks.push(block);
      if (!block.isPacked) this.#open = Buffer.allocUnsafe(blockBytes);
    }
    this.#openBytes = 0;
  }

  #block(index: number): Uint8Array {
    const block = this.#blocks[index];
    if (block === undefined) return this.#open.subarray(0, this.#openBytes);
    if (!block.isPacked) return block.bytes;
    const known = this.#unpacked.find(([at]) => at === index);
    if (known !== undefined) return known[1];
    // What zlib gives is garbage at once and goes with the next quick collection; a block in use would grow old.
    const oldest = this.#unpacked.length < unpackedBlocks ? undefined : this.#unpacked.shift();
    const bytes = oldest?.[1] ?? Buffer.allocUnsafe(blockBytes);
    bytes.set(inflateRawSync(block.bytes, unpacking));
    this.#unpacked.push([index, bytes]);
    return bytes;
  }
}
