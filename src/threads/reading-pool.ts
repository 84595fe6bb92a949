import { noEvidence } from '../model/evidence.ts';
import type { ReadReport } from '../model/report.ts';
import type { FileToRead, StartedThreads } from '../usecases/reading.ts';
import { Feed } from './feed.ts';
import { isFromThread, type ThreadPort } from './messages.ts';
import { Room } from './room.ts';

/** Files that may be needed as a whole take up this much together; one that is larger is read without another. */
const maxBytesInMemory = 64 * 1024 * 1024;

/** A thread as the pool sees it. */
export interface Thread extends ThreadPort {
  /** Says once why the thread ended by itself. */
  onEnd(listen: (why: string) => void): void;
  stop(): Promise<void>;
}

interface PoolOptions {
  readonly count: number;
  readonly startThread: () => Thread;
  /** Takes secrets out of the path of a file that could not be read. */
  readonly mask: (text: string) => string;
}

/** A file whose thread ended holds something or nothing, nobody knows: it is unreadable, which is never green. */
function lost({ path, sizeBytes }: FileToRead, why: string, mask: PoolOptions['mask']): ReadReport {
  return {
    path: mask(path),
    sizeBytes,
    format: 'unknown',
    report: null,
    error: `cannot be read: the thread that read it ended (${mask(why).slice(0, 200)})`,
    isForeign: false,
    warnings: [],
    evidence: noEvidence,
  };
}

/** One thread; it reads one file at a time. */
class Reader {
  readonly #thread: Thread;
  readonly #memory: Room;
  readonly #mask: PoolOptions['mask'];
  #ended: string | null = null;
  #feed: Feed | null = null;
  #answer: (read: ReadReport) => void = () => undefined;
  #fail: (why: string) => void = () => undefined;

  constructor(thread: Thread, memory: Room, mask: PoolOptions['mask']) {
    this.#thread = thread;
    this.#memory = memory;
    this.#mask = mask;
    thread.onMessage((message) => {
      if (!isFromThread(message)) this.#end('it said something unknown');
      else if (message.kind === 'read') this.#answer(message.read);
      else this.#feed?.chunkIsRead();
    });
    thread.onEnd((why) => {
      this.#end(why);
    });
  }

  isUsable(): boolean {
    return this.#ended === null;
  }

  async read(file: FileToRead): Promise<ReadReport> {
    const { chunks: _chunks, ...facts } = file;
    const feed = new Feed(this.#thread, this.#memory);
    const answered = new Promise<ReadReport>((resolve) => {
      this.#answer = resolve;
      this.#fail = (why) => {
        resolve(lost(file, why, this.#mask));
      };
    });
    this.#feed = feed;
    if (this.#ended !== null) this.#fail(this.#ended);
    else this.#thread.postMessage({ kind: 'file', file: facts });
    const fed = feed.run(file);
    const read = await answered;
    feed.stop();
    // Closes the file.
    await fed;
    this.#feed = null;
    return read;
  }

  stop(): Promise<void> {
    this.#ended ??= 'it was stopped';
    return this.#thread.stop();
  }

  #end(why: string): void {
    this.#ended ??= why;
    this.#fail(why);
  }
}

/** Threads that each read one file at a time; they are started when they are needed, and again after one ended. */
export function createReadingPool({ count, startThread, mask }: PoolOptions): StartedThreads {
  const turns = new Room(count);
  const memory = new Room(maxBytesInMemory);
  const idle: Reader[] = [];
  const all = new Set<Reader>();
  const takeReader = (): Reader => {
    const known = idle.pop();
    if (known?.isUsable() === true) return known;
    const reader = new Reader(startThread(), memory, mask);
    all.add(reader);
    return reader;
  };
  return {
    async read(file) {
      await turns.take(1);
      try {
        const reader = takeReader();
        const read = await reader.read(file);
        if (reader.isUsable()) idle.push(reader);
        return read;
      } catch (error) {
        return lost(file, error instanceof Error ? error.message : String(error), mask);
      } finally {
        turns.give(1);
      }
    },
    async stop() {
      await Promise.all([...all].map((reader) => reader.stop()));
    },
  };
}
