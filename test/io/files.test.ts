import { once } from 'node:events';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { UnreadableInputError, UsageError } from '../../src/errors.ts';
import { fileAt, filesUnder } from '../../src/io/files.ts';
import { lay, layPipe, temporaryFolder } from './temporary-folder.ts';

const kibibyte = 1024;

/** Runs in a thread of its own: the folder `in` is a link to the outside half of the time. */
const swapForEver = `
  const { renameSync } = require('node:fs');
  const { parentPort, workerData } = require('node:worker_threads');
  const move = (from, to) => renameSync(workerData + '/' + from, workerData + '/' + to);
  parentPort.postMessage('begins');
  for (;;) {
    move('in', 'aside');
    move('link', 'in');
    move('in', 'link');
    move('aside', 'in');
  }
`;

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(Uint8Array.from(chunk));
  return Buffer.concat(all);
}

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

async function readError(root: string, path: string): Promise<unknown> {
  return errorOf(collect(filesUnder(root).read(path)));
}

describe('read', () => {
  test('takes no more memory for a small file than it needs', async () => {
    const root = temporaryFolder();
    lay(root, { 'small.xml': '<testsuites/>' });
    for await (const { buffer } of filesUnder(root).read('small.xml'))
      expect(buffer.byteLength).toBeLessThanOrEqual(Buffer.poolSize);
    expect(String(await collect(filesUnder(root).read('small.xml')))).toBe('<testsuites/>');
  });

  test('gives the bytes in chunks of 256 KiB at most, each valid until the next', async () => {
    const root = temporaryFolder();
    const content = Buffer.alloc(600 * kibibyte, 'abcdefg');
    writeFileSync(join(root, 'large.xml'), content);
    const chunks: Uint8Array[] = [];
    for await (const chunk of filesUnder(root).read('large.xml')) chunks.push(Uint8Array.from(chunk));
    expect(chunks.map(({ byteLength }) => byteLength)).toEqual([
      256 * kibibyte,
      256 * kibibyte,
      88 * kibibyte,
    ]);
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
  });

  test('gives nothing for an empty file', async () => {
    const root = lay(temporaryFolder(), { 'empty.xml': '' });
    expect(await collect(filesUnder(root).read('empty.xml'))).toHaveLength(0);
  });

  test('takes an absolute path inside the root', async () => {
    const root = lay(temporaryFolder(), { 'a/b.xml': 'text' });
    expect((await collect(filesUnder(root).read(join(root, 'a/b.xml')))).toString()).toBe('text');
  });

  test.each([
    { path: 'gone.xml', reason: 'it does not exist' },
    { path: 'folder', reason: 'it is a folder' },
    { path: 'file.xml/below', reason: 'a part of its path is not a folder' },
    { path: 'circle.xml', reason: 'its links go in a circle' },
    { path: 'dangling.xml', reason: 'it does not exist' },
    { path: 'out.xml', reason: 'it is outside the project directory' },
    { path: '../outside.xml', reason: 'it is outside the project directory' },
    { path: '/etc/hostname', reason: 'it is outside the project directory' },
    { path: 'outfolder/outside.xml', reason: 'it is outside the project directory' },
    { path: 'config.xml', reason: 'Herald never reads files of .git' },
    { path: `${'x'.repeat(300)}.xml`, reason: 'its path is too long' },
    { path: 'nul\0.xml', reason: /null bytes/ },
  ])('says why $path cannot be read', async ({ path, reason }) => {
    const folder = lay(temporaryFolder(), {
      'outside.xml': 'x',
      'root/file.xml': 'x',
      'root/folder/a.xml': 'x',
      'root/circle.xml': '-> circle.xml',
      'root/dangling.xml': '-> nothing',
      'root/out.xml': '-> ../outside.xml',
      'root/outfolder': '-> ..',
      'root/.git/config': 'x',
      'root/config.xml': '-> .git/config',
    });
    const error = await readError(join(folder, 'root'), path);
    expect(error).toBeInstanceOf(UnreadableInputError);
    const { message } = error as Error;
    if (typeof reason === 'string') expect(message).toBe(`cannot read ${path}: ${reason}`);
    else expect(message).toMatch(reason);
  });

  test('refuses a pipe without waiting for its writer', async () => {
    const root = temporaryFolder();
    layPipe(join(root, 'pipe'));
    expect(await readError(root, 'pipe')).toMatchObject({
      message: 'cannot read pipe: it is not a regular file',
    });
  });

  test('reads what was found through a link inside the root', async () => {
    const root = lay(temporaryFolder(), { 'build/run-2/junit.xml': 'text', latest: '-> build/run-2' });
    const files = filesUnder(root);
    const [found] = (await files.find(['latest/*.xml'])).files;
    expect((await collect(files.read(found?.path ?? ''))).toString()).toBe('text');
  });

  test('refuses a file that became a link to the outside after it was found', async () => {
    const folder = lay(temporaryFolder(), { 'secret.xml': 'secret', 'root/report.xml': 'x' });
    const files = filesUnder(join(folder, 'root'));
    const [found] = (await files.find(['*.xml'])).files;
    unlinkSync(join(folder, 'root/report.xml'));
    symlinkSync('../secret.xml', join(folder, 'root/report.xml'));
    expect(found?.path).toBe('report.xml');
    expect(await readError(join(folder, 'root'), 'report.xml')).toMatchObject({
      message: 'cannot read report.xml: it is outside the project directory',
    });
  });

  test('never gives a byte from outside while somebody swaps a folder for a link', async () => {
    const folder = lay(temporaryFolder(), {
      'outside/report.xml': 'SECRET',
      'root/in/report.xml': 'fine',
      'root/link': '-> ../outside',
    });
    const root = join(folder, 'root');
    const swapper = new Worker(swapForEver, { eval: true, workerData: root });
    await once(swapper, 'message');
    const seen = new Map<string, number>();
    for (let round = 0; round < 3000; round += 1) {
      const text = await collect(filesUnder(root).read('in/report.xml')).then(String, () => 'refused');
      seen.set(text, (seen.get(text) ?? 0) + 1);
    }
    await swapper.terminate();
    expect([...seen.keys()].sort()).toEqual(['fine', 'refused']);
  });

  test.each([
    {
      name: 'grows',
      change: (path: string) => {
        appendFileSync(path, 'more');
      },
    },
    {
      name: 'is cut',
      change: (path: string) => {
        truncateSync(path, 10);
      },
    },
  ])('says so when the file $name while it is read', async ({ change }) => {
    const root = temporaryFolder();
    const path = join(root, 'report.xml');
    writeFileSync(path, Buffer.alloc(300 * kibibyte));
    const reading = (async () => {
      for await (const chunk of filesUnder(root).read('report.xml')) if (chunk.byteLength > 0) change(path);
    })();
    expect(await errorOf(reading)).toMatchObject({
      name: 'UnreadableInputError',
      message:
        'cannot read report.xml: it changed while Herald read it. Run Herald after the job that writes the file',
    });
  });

  test('closes the file when the reader stops early', async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'large.xml'), Buffer.alloc(600 * kibibyte));
    const openFiles = (): number => readdirSync('/proc/self/fd').length;
    const before = openFiles();
    for (let round = 0; round < 20; round += 1)
      for await (const chunk of filesUnder(root).read('large.xml')) if (chunk.byteLength > 0) break;
    expect(openFiles()).toBeLessThan(before + 10);
  });
});

describe('readText', () => {
  test('gives the text without its byte order mark', async () => {
    const root = lay(temporaryFolder(), { '.herald.yml': '\uFEFFkey: "Grüße"\r\n' });
    expect(await filesUnder(root).readText('.herald.yml')).toBe('key: "Grüße"\r\n');
  });

  test('replaces bytes that are no UTF-8', async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'a'), Buffer.from([0x61, 0xff, 0x62]));
    expect(await filesUnder(root).readText('a')).toBe('a\uFFFDb');
  });

  test.each(['missing.yml', 'no/such/folder.yml', 'file/below.yml'])(
    'is null for %s, which does not exist',
    async (path) => {
      expect(await filesUnder(lay(temporaryFolder(), { file: 'x' })).readText(path)).toBeNull();
    },
  );

  test('is null below a root that does not exist', async () => {
    expect(await filesUnder(join(temporaryFolder(), 'none')).readText('a.yml')).toBeNull();
  });

  test('reads 4 MiB and refuses more', async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'most'), Buffer.alloc(4 * kibibyte * kibibyte, 'a'));
    writeFileSync(join(root, 'more'), Buffer.alloc(4 * kibibyte * kibibyte + 1, 'a'));
    expect(await filesUnder(root).readText('most')).toHaveLength(4 * kibibyte * kibibyte);
    expect(await errorOf(filesUnder(root).readText('more'))).toMatchObject({
      message: 'cannot read more: it is larger than 4 MiB',
    });
  });

  test.each(['../outside.yml', 'link.yml', 'dangling.yml', 'folder'])('refuses %s', async (path) => {
    const folder = lay(temporaryFolder(), {
      'outside.yml': 'x',
      'root/link.yml': '-> ../outside.yml',
      'root/dangling.yml': '-> nothing',
      'root/folder/a': 'x',
    });
    expect(await errorOf(filesUnder(join(folder, 'root')).readText(path))).toBeInstanceOf(
      UnreadableInputError,
    );
  });
});

describe('write', () => {
  test('makes the folders, the root included, and leaves no other file', async () => {
    const root = join(temporaryFolder(), 'new/output');
    await filesUnder(root).write('a/b/report.json', '{}');
    expect(readFileSync(join(root, 'a/b/report.json'), 'utf8')).toBe('{}');
    expect(readdirSync(join(root, 'a/b'))).toEqual(['report.json']);
  });

  test('replaces what is there, and takes bytes as well as text', async () => {
    const root = lay(temporaryFolder(), { 'a.bin': 'a longer text that was there before' });
    await filesUnder(root).write('a.bin', new Uint8Array([0, 255]));
    expect([...readFileSync(join(root, 'a.bin'))]).toEqual([0, 255]);
  });

  test('replaces a link instead of writing to where it leads', async () => {
    const folder = lay(temporaryFolder(), { precious: 'kept', 'out/report.json': '-> ../precious' });
    await filesUnder(join(folder, 'out')).write('report.json', '{}');
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('kept');
    expect(readFileSync(join(folder, 'out/report.json'), 'utf8')).toBe('{}');
  });

  test.each([
    '../x',
    'a/../../x',
    '/etc/herald-test',
    'linked/x',
    'linked/deep/x',
    'dangling/x',
    'dangling/deep/x',
    '',
    '.',
    'a/..',
  ])('refuses %j and makes nothing outside', async (path) => {
    const folder = lay(temporaryFolder(), {
      'elsewhere/a': 'x',
      'out/linked': '-> ../elsewhere',
      'out/dangling': '-> ../made',
    });
    const error = await errorOf(filesUnder(join(folder, 'out')).write(path, 'x'));
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).hint).not.toBeNull();
    expect(readdirSync(folder).sort()).toEqual(['elsewhere', 'out']);
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['a']);
  });

  test('follows a link that stays inside the output folder', async () => {
    const root = lay(temporaryFolder(), { 'real/a': 'x', alias: '-> real' });
    await filesUnder(root).write('alias/b', 'y');
    expect(readFileSync(join(root, 'real/b'), 'utf8')).toBe('y');
  });

  test.each([
    { path: 'folder', reason: 'it is a folder' },
    { path: 'file/below', reason: 'a file exists where a folder must be' },
    { path: 'file/far/below', reason: 'a part of its path is not a folder' },
  ])('says why $path cannot be written and leaves no temporary file', async ({ path, reason }) => {
    const root = lay(temporaryFolder(), { file: 'x', 'folder/a': 'x' });
    const error = await errorOf(filesUnder(root).write(path, 'y'));
    expect(error).toMatchObject({
      name: 'UsageError',
      message: `cannot write ${join(root, path)}: ${reason}`,
    });
    expect(readdirSync(root).sort()).toEqual(['file', 'folder']);
  });

  test('two writers at once leave the whole of one of them', async () => {
    const root = temporaryFolder();
    const contents = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(100_000));
    await Promise.all(contents.map((content) => filesUnder(root).write('report', content)));
    expect(contents).toContain(readFileSync(join(root, 'report'), 'utf8'));
    expect(readdirSync(root)).toEqual(['report']);
  });
});

describe('fileAt', () => {
  const noInput = (): never => {
    throw new Error('the standard input was asked for');
  };

  test('reads a file anywhere, through links too', async () => {
    const folder = lay(temporaryFolder(), { 'a.xml': 'text', 'link.xml': '-> a.xml' });
    const { sizeBytes, chunks } = await fileAt(join(folder, 'link.xml'), noInput);
    expect(sizeBytes).toBe(4);
    expect((await collect(chunks)).toString()).toBe('text');
  });

  test('reads a pipe, of which no size is known', async () => {
    const path = join(temporaryFolder(), 'pipe');
    layPipe(path);
    const { sizeBytes, chunks } = await fileAt(path, noInput);
    const reading = collect(chunks);
    writeFileSync(path, 'piped');
    expect(sizeBytes).toBe(0);
    expect((await reading).toString()).toBe('piped');
  });

  test.each([
    { path: 'gone.xml', reason: 'it does not exist' },
    { path: 'folder', reason: 'it is a folder. Name the report files in it' },
    { path: '/dev/null', reason: 'it is not a regular file' },
  ])('says why $path cannot be read', async ({ path, reason }) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder'));
    const full = path.startsWith('/') ? path : join(folder, path);
    expect(await errorOf(fileAt(full, noInput))).toMatchObject({
      name: 'UnreadableInputError',
      message: `cannot read ${full}: ${reason}`,
    });
  });

  test.each(['/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'])(
    'reads %s from the stream, which may be a socket that has no name',
    async (path) => {
      const { sizeBytes, chunks } = await fileAt(path, () => Readable.from(['pi', Buffer.from('ped')]));
      expect(sizeBytes).toBe(0);
      expect((await collect(chunks)).toString()).toBe('piped');
    },
  );

  test('says why the standard input cannot be read', async () => {
    const broken = new Readable({
      read() {
        this.destroy(Object.assign(new Error('read'), { code: 'EISDIR' }));
      },
    });
    const { chunks } = await fileAt('/dev/stdin', () => broken);
    expect(await errorOf(collect(chunks))).toMatchObject({
      name: 'UnreadableInputError',
      message: 'cannot read the standard input: it is a folder',
    });
  });

  test('says so when the file is gone by the time it is read', async () => {
    const folder = lay(temporaryFolder(), { 'a.xml': 'text' });
    const { chunks } = await fileAt(join(folder, 'a.xml'), noInput);
    unlinkSync(join(folder, 'a.xml'));
    expect(await errorOf(collect(chunks))).toMatchObject({ name: 'UnreadableInputError' });
  });
});

describe('the chunks of a large file', () => {
  test('share their memory, and get other memory when it was given away', async () => {
    const root = temporaryFolder();
    const content = Buffer.alloc(1_100 * kibibyte, 'abcdefg');
    writeFileSync(join(root, 'large.xml'), content);
    const buffers: unknown[] = [];
    const read: Uint8Array[] = [];
    for await (const chunk of filesUnder(root).read('large.xml')) {
      read.push(Uint8Array.from(chunk));
      buffers.push(chunk.buffer);
      if (buffers.length === 2) structuredClone(chunk.buffer, { transfer: [chunk.buffer as ArrayBuffer] });
    }
    expect(Buffer.concat(read).equals(content)).toBe(true);
    expect(buffers.length).toBe(5);
    // One is read into while the other is used.
    expect(new Set(buffers).size).toBe(3);
    expect([buffers[0] === buffers[2], buffers[2] === buffers[4]]).toEqual([true, true]);
  });

  test('stay as they are until the next is asked for', async () => {
    const root = temporaryFolder();
    const content = Buffer.from(Array.from({ length: 700 * kibibyte }, (_, at) => at % 251));
    writeFileSync(join(root, 'large.xml'), content);
    let read = 0;
    for await (const chunk of filesUnder(root).read('large.xml')) {
      // Whatever reads on has read by then.
      expect((await readFile(join(root, 'large.xml'))).equals(content)).toBe(true);
      expect(content.subarray(read, read + chunk.byteLength).equals(chunk)).toBe(true);
      read += chunk.byteLength;
    }
    expect(read).toBe(content.length);
  });

  test('are no longer read when nobody wants them', async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'large.xml'), Buffer.alloc(1_100 * kibibyte, 'a'));
    const handles = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === 'FSReqPromise').length;
    for await (const chunk of filesUnder(root).read('large.xml')) {
      expect(chunk.byteLength).toBe(256 * kibibyte);
      break;
    }
    expect(handles()).toBe(0);
  });
});
