import type { IncomingMessage } from 'node:http';
import type { RefusalCode } from '../receiver/refusal.ts';

export interface BodyLimits {
  /** Of one body. */
  readonly maxBytes: number;
  /** Of all bodies that are being read: what is announced does not count, only what came. */
  readonly maxBytesAtOnce: number;
}

export type ReadBody = (incoming: IncomingMessage) => Promise<Uint8Array | RefusalCode>;

/** Makes the function that reads bodies to their end, or to a limit and no further. It throws nothing. */
export function createBodyReader({ maxBytes, maxBytesAtOnce }: BodyLimits): ReadBody {
  let bytesAtOnce = 0;
  return async (incoming) => {
    const pieces: Uint8Array[] = [];
    let size = 0;
    try {
      // The connection must stay for the answer.
      for await (const piece of incoming.iterator({ destroyOnReturn: false })) {
        if (!(piece instanceof Uint8Array)) continue;
        size += piece.length;
        bytesAtOnce += piece.length;
        if (size > maxBytes) return 'body-too-large';
        if (bytesAtOnce > maxBytesAtOnce) return 'too-busy';
        pieces.push(piece);
      }
      return incoming.complete ? Buffer.concat(pieces) : 'body-incomplete';
    } catch {
      return 'body-incomplete';
    } finally {
      bytesAtOnce -= size;
    }
  };
}
