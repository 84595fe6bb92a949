import type { FileToRead } from '../usecases/reading.ts';
import type { ThreadPort } from './messages.ts';
import type { Room } from './room.ts';

/** Chunks that a thread may have before it, so that it never waits for the next. */
const mostWaiting = 4;
/** What an archive of text commonly holds for each of its bytes. */
const unpackedShare = 16;

/** Memory that a file may need beyond what is kept of it: XML is streamed, the whole of other files may be needed. */
function memoryFor(head: Uint8Array, sizeBytes: number): number {
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 256)).toString('latin1');
  if (/^(?:\xef\xbb\xbf)?\s*</.test(start)) return 0;
  return start.startsWith('\x1f\x8b') ? unpackedShare * sizeBytes : sizeBytes;
}

/** Bytes that can be given away: memory that nothing else lies in. */
function ownBytes(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = chunk;
  return buffer instanceof ArrayBuffer && chunk.byteLength === buffer.byteLength
    ? new Uint8Array(buffer)
    : new Uint8Array(chunk);
}

/** Hands one file to a thread, chunk by chunk, as fast as the thread reads. */
export class Feed {
  readonly #port: ThreadPort;
  readonly #memory: Room;
  #waiting = 0;
  #taken = 0;
  #isOver = false;
  #wake: () => void = () => undefined;

  constructor(port: ThreadPort, memory: Room) {
    this.#port = port;
    this.#memory = memory;
  }

  chunkIsRead(): void {
    this.#waiting -= 1;
    this.#wake();
  }

  /** The thread wants no more. */
  stop(): void {
    this.#isOver = true;
    this.#memory.give(this.#taken);
    this.#taken = 0;
    this.#wake();
  }

  /** Ends when the thread has all, or wants no more. Never throws: what the chunks throw goes to the thread. */
  async run({ chunks, sizeBytes }: FileToRead): Promise<void> {
    let sent = 0;
    try {
      for await (const chunk of chunks) {
        if (sent === 0) await this.#takeMemory(chunk, sizeBytes);
        sent += chunk.byteLength;
        this.#send(chunk);
        // The end is only looked for when the thread is done with the rest, as a reader in this thread would do it.
        await this.#untilWaiting(sent < sizeBytes ? mostWaiting - 1 : 0);
        if (this.#isOver) return;
      }
      this.#port.postMessage({ kind: 'end' });
    } catch (error) {
      this.#port.postMessage({
        kind: 'broken',
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  async #takeMemory(head: Uint8Array, sizeBytes: number): Promise<void> {
    const memory = memoryFor(head, sizeBytes);
    if (memory === 0) return;
    await this.#memory.take(memory);
    if (this.#isOver) this.#memory.give(memory);
    else this.#taken = memory;
  }

  #send(chunk: Uint8Array): void {
    const bytes = ownBytes(chunk);
    this.#waiting += 1;
    this.#port.postMessage({ kind: 'chunk', bytes }, [bytes.buffer]);
  }

  async #untilWaiting(most: number): Promise<void> {
    while (this.#waiting > most && !this.#isOver)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
  }
}
