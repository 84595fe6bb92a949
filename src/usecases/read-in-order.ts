import type { ReadReport } from '../model/report.ts';
import type { FileToRead, HowToRead, ReadFile, ReadingThreads } from './reading.ts';

/** Smaller files are read here: another thread would cost more than it saves. */
const minBytes = 16 * 1024;
/** Starting threads costs about as much as reading this. */
const minBytesInAll = 8 * 1024 * 1024;
/** Each thread takes memory of its own. */
const maxThreads = 8;

export interface SeveralReaders {
  /** In this thread. */
  readonly readHere: ReadFile;
  /** Null where there are no threads, or where it is not known how they should read. */
  readonly threads: ReadingThreads | null;
  /** Asked for only when threads are started. */
  readonly how: () => Promise<HowToRead>;
}

function isForThread({ sizeBytes }: FileToRead): boolean {
  return sizeBytes >= minBytes;
}

/** How many threads are worth starting; 0 where this one is as good. */
function threadsFor(files: readonly FileToRead[], threads: ReadingThreads | null): number {
  const large = files.filter(isForThread);
  const bytes = large.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const count = Math.min(threads?.room() ?? 1, large.length, maxThreads);
  return count < 2 || bytes < minBytesInAll ? 0 : count;
}

/** Begins at most so many at once, and gives the results in the order of the files. */
async function* ahead(files: readonly FileToRead[], most: number, read: ReadFile): AsyncIterable<ReadReport> {
  const begun: Promise<ReadReport>[] = [];
  for (const file of files) {
    const first = begun.length < most ? undefined : begun.shift();
    if (first !== undefined) yield await first;
    const reading = read(file);
    // Its error comes when its turn comes; until then it must not count as unhandled.
    reading.catch(() => undefined);
    begun.push(reading);
  }
  for (const reading of begun) yield await reading;
}

/**
 * Reads files one after another, or on several threads where there are cores and enough to read. The results are the
 * same and come in the order of the files; a bounded number is read before it is their turn.
 */
export async function* readInOrder(
  files: readonly FileToRead[],
  { readHere, threads, how }: SeveralReaders,
): AsyncIterable<ReadReport> {
  const count = threadsFor(files, threads);
  const started = count === 0 ? null : ((await threads?.start(await how(), count)) ?? null);
  if (started === null) {
    yield* ahead(files, 1, readHere);
    return;
  }
  try {
    yield* ahead(files, 2 * count, (file) => (isForThread(file) ? started.read(file) : readHere(file)));
  } finally {
    await started.stop();
  }
}
