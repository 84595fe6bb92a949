import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formats } from '../../src/reports/registry.ts';
import { createReadingPool } from '../../src/threads/reading-pool.ts';
import { createReading, type FileToRead, type ReadFile } from '../../src/usecases/reading.ts';
import { digested } from '../../src/usecases/report/read-source.ts';
import { mask } from '../mask.ts';
import { aThread, type FakeThread } from './threads-in-process.ts';

const reading = createReading(
  { reruns: 'marked', checkout: { projectDirectory: '/builds/shop', knownFiles: new Set(['src/a.ts']) } },
  { formats, mask },
);

/** Bytes in pieces of one length, each in memory of its own as files come. */
async function* pieces(bytes: Uint8Array, length: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) {
    await Promise.resolve();
    yield new Uint8Array(bytes.subarray(at, at + length));
  }
}

function aFile(path: string, text: string | Uint8Array, pieceBytes = 4_096): FileToRead {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return {
    path,
    sizeBytes: bytes.length,
    chunks: pieces(bytes, pieceBytes),
    folder: path.slice(0, Math.max(0, path.lastIndexOf('/'))),
    jobId: null,
  };
}

const root = join(import.meta.dirname, '../fixtures/reports');
/** Two of each format's fixtures. */
const fixtures = readdirSync(root).flatMap((format) =>
  readdirSync(join(root, format), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .slice(0, 2)
    .map(({ name }) => ({ path: `${format}/${name}`, bytes: readFileSync(join(root, format, name)) })),
);

/** Reads as the function, but ends at another time: threads overtake each other. */
function unevenly(read: ReadFile, seed: number): ReadFile {
  let state = seed;
  return async (file) => {
    const result = await read(file);
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    for (let turn = state % 40; turn > 0; turn -= 1) await new Promise((resolve) => setImmediate(resolve));
    return result;
  };
}

test.each([
  [1, 65_536],
  [2, 777],
  [5, 4_096],
])('%d threads, pieces of %d bytes: what every format gives is the same as in one', async (count, bytes) => {
  const expected = [];
  for (const fixture of fixtures) expected.push(await reading(aFile(fixture.path, fixture.bytes, bytes)));
  let started = 0;
  const startThread = () => aThread(unevenly(reading, (started += 1)));
  const pool = createReadingPool({ count, startThread, mask });
  const reads = await Promise.all(
    fixtures.map((fixture) => pool.read(aFile(fixture.path, fixture.bytes, bytes))),
  );
  await pool.stop();
  expect(fixtures.length).toBeGreaterThan(100);
  expect(reads).toEqual(expected);
  expect(started).toBe(count);
});

const passing = '<testsuite name="s"><testcase name="one"/></testsuite>';

/** Reads the first file never, and the others as they are; `isStuck` is fulfilled when the first one is there. */
function stuckOnce(): { readonly read: ReadFile; readonly isStuck: Promise<void> } {
  let isFirst = true;
  let tell: () => void = () => undefined;
  const isStuck = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const read: ReadFile = (file) => {
    if (!isFirst) return reading(file);
    isFirst = false;
    tell();
    return new Promise(() => undefined);
  };
  return { read, isStuck };
}

test('a thread that ends makes its file unreadable, and the next file gets another thread', async () => {
  const threads: FakeThread[] = [];
  const { read, isStuck } = stuckOnce();
  const startThread = () => {
    const thread = aThread(read);
    threads.push(thread);
    return thread;
  };
  const pool = createReadingPool({ count: 1, startThread, mask });
  const [first, second] = [pool.read(aFile('a.xml', passing)), pool.read(aFile('b.xml', passing))];
  await isStuck;
  threads[0]?.end('out of memory');
  expect(await first).toMatchObject({
    path: 'a.xml',
    report: null,
    isForeign: false,
    error: 'cannot be read: the thread that read it ended (out of memory)',
  });
  expect((await second).report).toMatchObject({ totals: { total: 1, passed: 1 } });
  expect(threads).toHaveLength(2);
});

test('a thread that cannot be started makes its file unreadable', async () => {
  const startThread = () => {
    throw new Error('no more threads');
  };
  const pool = createReadingPool({ count: 2, startThread, mask });
  expect(await pool.read(aFile('a.xml', passing))).toMatchObject({
    report: null,
    error: 'cannot be read: the thread that read it ended (no more threads)',
  });
});

test('a file that breaks off while it is read says why, as in one thread', async () => {
  const broken = (): FileToRead => ({
    ...aFile('a.xml', passing),
    chunks: (async function* () {
      yield* pieces(Buffer.from(passing.slice(0, 30)), 10);
      throw new Error('cannot read a.xml: it changed while Herald read it');
    })(),
  });
  const pool = createReadingPool({ count: 1, startThread: () => aThread(reading), mask });
  const read = await pool.read(broken());
  expect(read).toEqual(await reading(broken()));
  expect(read.error).toContain('it changed while Herald read it');
});

test.each([4_096, 65_536])(
  'a file that is given up is not read to its end, in pieces of %d bytes',
  async (length) => {
    const text = `<html><body>${'x'.repeat(180_000)}</body></html>`;
    const [here, there] = [new Set<string>(), new Set<string>()];
    const file = (digests: Set<string>): FileToRead => {
      const plain = aFile('a.xml', text, length);
      return { ...plain, chunks: digested(plain.chunks, digests) };
    };
    const pool = createReadingPool({ count: 1, startThread: () => aThread(reading), mask });
    const read = await pool.read(file(there));
    expect(read).toEqual(await reading(file(here)));
    expect(read.error).toContain('HTML');
    expect([here.size, there.size]).toEqual([0, 0]);
    expect((await pool.read(aFile('b.xml', passing))).error).toBeNull();
  },
);

test('a file that ends where it is found to be none has its digest, as in one thread', async () => {
  const [here, there] = [new Set<string>(), new Set<string>()];
  const file = (digests: Set<string>): FileToRead => {
    const plain = aFile('a.json', '{"nothing": "known"}');
    return { ...plain, chunks: digested(plain.chunks, digests) };
  };
  const pool = createReadingPool({ count: 1, startThread: () => aThread(reading), mask });
  expect(await pool.read(file(there))).toEqual(await reading(file(here)));
  expect(there.size).toBe(1);
  expect(there).toEqual(here);
});

test('files that are needed whole are not all in memory at once, and XML is not held up by them', async () => {
  const mebibyte = 1024 * 1024;
  let [now, most] = [0, 0];
  const counting: ReadFile = async (file) => {
    for await (const _chunk of file.chunks) {
      now += file.path.endsWith('.json') ? 1 : 0;
      most = Math.max(most, now);
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
    now -= file.path.endsWith('.json') ? 1 : 0;
    return reading(aFile(file.path, passing));
  };
  const pool = createReadingPool({ count: 4, startThread: () => aThread(counting), mask });
  const large = (path: string): FileToRead => ({ ...aFile(path, `{"a":1}`), sizeBytes: 40 * mebibyte });
  const reads = await Promise.all([
    ...['a', 'b', 'c'].map((name) => pool.read(large(`${name}.json`))),
    pool.read({ ...aFile('d.xml', passing), sizeBytes: 900 * mebibyte }),
  ]);
  expect(most).toBe(1);
  expect(reads.map(({ error }) => error)).toEqual([null, null, null, null]);
});
