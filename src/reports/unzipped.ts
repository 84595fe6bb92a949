import type { Gunzip } from 'node:zlib';
import { Unreadable } from './consumer.ts';

/** RFC 1952, section 2.3.1. */
const magic = [0x1f, 0x8b] as const;

/** Whether bytes begin as those of a gzip file do. */
export function isGzip(head: Uint8Array): boolean {
  return magic.every((byte, index) => head[index] === byte);
}

/** Feeds a gunzip as fast as it takes bytes. */
async function feed(gunzip: Gunzip, head: Uint8Array, rest: AsyncIterator<Uint8Array>): Promise<void> {
  for (let chunk: IteratorResult<Uint8Array> = { value: head, done: false }; chunk.done !== true; ) {
    // A copy, because it is unpacked while the next chunk may be read.
    if (!gunzip.write(Uint8Array.from(chunk.value)))
      await new Promise((resolve) => gunzip.once('drain', resolve));
    chunk = await rest.next();
  }
  gunzip.end();
}

/**
 * The bytes of a file in chunks, each valid until the next is asked for; unpacked where they are those of a gzip file;
 * how many there are is for the reader to bound. Throws `Unreadable` for a gzip file that is cut off or broken.
 */
export async function* unzipped(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const rest = chunks[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < magic.length) {
    const next = await rest.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  if (!isGzip(head)) {
    if (head.length > 0) yield head;
    yield* { [Symbol.asyncIterator]: () => rest };
    return;
  }
  // Few reports are packed.
  const { createGunzip } = await import('node:zlib');
  const gunzip = createGunzip();
  feed(gunzip, head, rest).catch((error: unknown) => {
    gunzip.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    for await (const chunk of gunzip) if (chunk instanceof Uint8Array) yield chunk;
  } catch (error) {
    throw new Unreadable(
      `is a gzip file that is cut off or broken (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}
