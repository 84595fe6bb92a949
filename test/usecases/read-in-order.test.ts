import { expect, test } from 'vitest';
import { noEvidence } from '../../src/model/evidence.ts';
import type { ReadReport } from '../../src/model/report.ts';
import { readInOrder } from '../../src/usecases/read-in-order.ts';
import type { FileToRead, HowToRead, ReadFile, ReadingThreads } from '../../src/usecases/reading.ts';

const mebibyte = 1024 * 1024;
const how: HowToRead = { formatPatterns: [], reruns: 'marked', checkout: null };

async function* noChunks(): AsyncIterable<Uint8Array> {
  // Nobody looks at them.
}

function aFile(path: string, sizeBytes: number): FileToRead {
  return { path, sizeBytes, chunks: noChunks(), folder: '', jobId: null };
}

const readAs =
  (format: string): ReadFile =>
  ({ path, sizeBytes }) =>
    Promise.resolve({
      path,
      sizeBytes,
      format,
      report: null,
      error: null,
      isForeign: false,
      warnings: [],
      evidence: noEvidence,
    });

interface Seen {
  count: number | null;
  stopped: boolean;
  running: number;
  most: number;
}

/** Threads that read the later files first. */
function backwards(cores: number): { readonly threads: ReadingThreads; readonly seen: Seen } {
  const seen: Seen = { count: null, stopped: false, running: 0, most: 0 };
  let turns = 50;
  const threads: ReadingThreads = {
    room: () => cores,
    start: (_how, count) => {
      seen.count = count;
      return Promise.resolve({
        async read(file) {
          seen.running += 1;
          seen.most = Math.max(seen.most, seen.running);
          turns -= 3;
          for (let left = Math.max(0, turns); left > 0; left -= 1)
            await new Promise((resolve) => setImmediate(resolve));
          seen.running -= 1;
          return readAs('there')(file);
        },
        stop() {
          seen.stopped = true;
          return Promise.resolve();
        },
      });
    },
  };
  return { threads, seen };
}

async function readAll(
  files: readonly FileToRead[],
  threads: ReadingThreads | null,
): Promise<readonly ReadReport[]> {
  const reads: ReadReport[] = [];
  const readers = { readHere: readAs('here'), threads, how: () => Promise.resolve(how) };
  for await (const read of readInOrder(files, readers)) reads.push(read);
  return reads;
}

const tenLarge = Array.from({ length: 10 }, (_, index) => aFile(`${index}.xml`, mebibyte));

test('large files are read by threads, small ones here, and come in their order', async () => {
  const { threads, seen } = backwards(2);
  const reads = await readAll([...tenLarge, aFile('small.xml', 100)], threads);
  expect(reads.map(({ path, format }) => `${path} ${format}`)).toEqual([
    ...tenLarge.map(({ path }) => `${path} there`),
    'small.xml here',
  ]);
  expect(seen).toMatchObject({ count: 2, stopped: true, most: 4 });
});

test.each<[what: string, files: readonly FileToRead[], cores: number]>([
  ['one core', tenLarge, 1],
  ['one large file', [aFile('a.xml', 900 * mebibyte), aFile('b.xml', 100)], 4],
  ['little to read', tenLarge.slice(0, 7), 4],
  ['many small files', Array.from({ length: 10_000 }, (_, index) => aFile(`${index}.xml`, 15_000)), 4],
])('%s: no thread is started', async (_what, files, cores) => {
  const { threads, seen } = backwards(cores);
  const reads = await readAll(files, threads);
  expect(seen.count).toBeNull();
  expect(reads.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
  expect(new Set(reads.map(({ format }) => format))).toEqual(new Set(['here']));
});

test('where no thread can be started, all is read here', async () => {
  const threads: ReadingThreads = { room: () => 4, start: () => Promise.resolve(null) };
  const reads = await readAll(tenLarge, threads);
  expect(reads.map(({ format }) => format)).toEqual(tenLarge.map(() => 'here'));
});

test('threads are stopped when nobody wants the rest', async () => {
  const { threads, seen } = backwards(3);
  const readers = { readHere: readAs('here'), threads, how: () => Promise.resolve(how) };
  for await (const read of readInOrder(tenLarge, readers)) {
    expect(read.path).toBe('0.xml');
    break;
  }
  expect(seen.stopped).toBe(true);
});
