import type { Report } from '../model/report.ts';
import type { ReadFile } from '../usecases/reading.ts';
import { isToThread, type ThreadPort, type ToThread } from './messages.ts';

/** Smaller tables are copied: the constants of a module are among them, which must not be given away. */
const minBytesGivenAway = 1_024;

/** The tables of a report, which the other thread takes over without a copy. */
function tablesOf(report: Report | null): readonly ArrayBuffer[] {
  const views: readonly ArrayBufferView[] =
    report?.kind === 'tests'
      ? [...report.index.chunks, ...report.index.parts]
      : report?.kind === 'coverage'
        ? report.files.flatMap(({ hits, named }) =>
            named === null ? [hits] : [hits, named.branches, named.statements],
          )
        : [];
  const buffers = new Set<ArrayBuffer>();
  for (const { buffer, byteLength } of views)
    if (buffer instanceof ArrayBuffer && byteLength >= minBytesGivenAway) buffers.add(buffer);
  return [...buffers];
}

/** The messages of one file, from its first chunk on. */
class Incoming {
  readonly #port: ThreadPort;
  readonly #waiting: ToThread[] = [];
  #wake: () => void = () => undefined;

  constructor(port: ThreadPort) {
    this.#port = port;
  }

  add(message: ToThread): void {
    this.#waiting.push(message);
    this.#wake();
  }

  async *chunks(): AsyncIterable<Uint8Array> {
    for (;;) {
      const message = await this.#next();
      if (message.kind === 'broken') throw new Error(message.message);
      if (message.kind !== 'chunk') return;
      yield message.bytes;
      this.#port.postMessage({ kind: 'done-with-chunk' });
    }
  }

  async #next(): Promise<ToThread> {
    for (;;) {
      const message = this.#waiting.shift();
      if (message !== undefined) return message;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** Reads the files that come through a port, one after another, and says what each holds. */
export function serveReading(port: ThreadPort, readFile: ReadFile): void {
  let incoming = new Incoming(port);
  port.onMessage((message) => {
    if (!isToThread(message)) return;
    if (message.kind !== 'file') {
      // Of a file that was given up, the rest goes nowhere.
      incoming.add(message);
      return;
    }
    incoming = new Incoming(port);
    const { file } = message;
    void readFile({ ...file, chunks: incoming.chunks() }).then((read) => {
      port.postMessage({ kind: 'read', read }, [
        ...new Set([...tablesOf(read.report), ...tablesOf(read.also ?? null)]),
      ]);
    });
  });
}
