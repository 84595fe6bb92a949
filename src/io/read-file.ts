import type { Stats } from 'node:fs';
import { constants, type FileHandle, lstat, open, readlink, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UnreadableInputError } from '../errors.ts';
import { codeOf, reasonOf } from './file-problem.ts';
import { isInGitFolder, isInside, pathWithin } from './inside.ts';

const chunkBytes = 256 * 1024;
const maxTextMebibytes = 4;

function unreadable(path: string, cause: unknown): UnreadableInputError {
  if (cause instanceof UnreadableInputError) return cause;
  return new UnreadableInputError(`cannot read ${path}: ${reasonOf(cause)}`, { cause });
}

function refused(path: string, reason: string): UnreadableInputError {
  return new UnreadableInputError(`cannot read ${path}: ${reason}`);
}

const isUnchanged = (a: Stats, b: Stats): boolean => a.size === b.size && a.mtimeMs === b.mtimeMs;

/** Reads on while the bytes before are used, with the same two buffers for all of them. */
class ReadAhead {
  readonly #handle: FileHandle;
  readonly #room: number;
  #buffer: Buffer;
  #other: Buffer | null = null;
  /** How many bytes come into the buffer; null while nobody reads. */
  #pending: Promise<number> | null = null;

  /** Each buffer has room for so many bytes. */
  constructor(handle: FileHandle, room: number) {
    this.#handle = handle;
    this.#room = room;
    this.#buffer = Buffer.allocUnsafe(room);
  }

  /** The next bytes, none at the end; those before are gone then. */
  async next(): Promise<Uint8Array> {
    const bytesRead = await (this.#pending ?? this.#read());
    this.#pending = null;
    const bytes = this.#buffer.subarray(0, bytesRead);
    // After less than there is room for, nothing follows, or a pipe has no more for now: one buffer is enough.
    if (bytesRead === this.#room) {
      [this.#buffer, this.#other] = [this.#other ?? Buffer.allocUnsafe(this.#room), this.#buffer];
      this.#pending = this.#read();
      // A fault counts when its bytes are asked for.
      this.#pending.catch(() => 0);
    }
    return bytes;
  }

  /** Waits until nothing is written into the buffers any more. */
  async end(): Promise<void> {
    await this.#pending?.catch(() => 0);
  }

  async #read(): Promise<number> {
    // Another thread may have it.
    if (this.#buffer.byteLength === 0) this.#buffer = Buffer.allocUnsafe(this.#room);
    const { bytesRead } = await this.#handle.read(this.#buffer, 0, this.#room, null);
    return bytesRead;
  }
}

async function* chunksOf(handle: FileHandle, path: string): AsyncIterable<Uint8Array> {
  let reading: ReadAhead | null = null;
  try {
    const before = await handle.stat();
    // A pipe has no size; of a file that grows, no more is read than it had.
    const limit = before.isFile() ? before.size : Infinity;
    // The same buffers for all chunks: those of a large file would fill the memory until the engine takes them back.
    // For small files small ones: memory outside of the heap makes the garbage collector run, here for each of
    // thousands of files.
    reading = new ReadAhead(handle, limit === 0 ? chunkBytes : Math.min(chunkBytes, limit + 1));
    for (let total = 0; total <= limit; ) {
      const bytes = await reading.next();
      if (bytes.byteLength === 0) break;
      total += bytes.byteLength;
      yield bytes;
    }
    if (before.isFile() && !isUnchanged(before, await handle.stat()))
      throw refused(path, 'it changed while Herald read it. Run Herald after the job that writes the file');
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await reading?.end();
    await handle.close();
  }
}

function checkPlace(realRoot: string, real: string | null, path: string): asserts real is string {
  if (real === null || !isInside(realRoot, real)) throw refused(path, 'it is outside the project directory');
  if (isInGitFolder(realRoot, real)) throw refused(path, 'Herald never reads files of .git');
}

/** The real path of a file below the root; throws when it is outside or not a regular file. */
async function checkedPath(realRoot: string, path: string): Promise<string> {
  const within = pathWithin(realRoot, path);
  const real = within === null ? null : await realpath(join(realRoot, within));
  checkPlace(realRoot, real, path);
  const stats = await lstat(real);
  if (!stats.isFile())
    throw refused(path, stats.isDirectory() ? 'it is a folder' : 'it is not a regular file');
  return real;
}

/** The real path of an open file, from Linux; null on other systems. */
async function placeOf(handle: FileHandle): Promise<string | null> {
  return readlink(`/proc/self/fd/${handle.fd}`).catch(() => null);
}

/**
 * Throws when the open file is not the one that was checked. Linux gives the path of an open file, and swapping links
 * does not change it. On other systems the path is resolved again, and must lead to the same file inside the root.
 */
async function checkOpened(handle: FileHandle, realRoot: string, path: string): Promise<void> {
  const opened = await handle.stat();
  if (!opened.isFile()) throw refused(path, 'it is not a regular file');
  const place = await placeOf(handle);
  if (place !== null) {
    checkPlace(realRoot, place, path);
    return;
  }
  const named = await lstat(await checkedPath(realRoot, path));
  if (named.dev !== opened.dev || named.ino !== opened.ino)
    throw refused(path, 'it was replaced while Herald opened it');
}

/**
 * Opens a file below the root. Its path may be changed between check and opening, so the open file is checked again.
 */
async function openInside(root: string, path: string): Promise<FileHandle> {
  const realRoot = await realpath(root);
  const real = await checkedPath(realRoot, pathWithin(root, path) ?? path);
  // Without O_NONBLOCK, opening a pipe that was put there meanwhile would wait for a writer for ever.
  const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    await checkOpened(handle, realRoot, path);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * The bytes of a file below the root, in chunks of 256 KiB at most, each of which is valid until the next is asked for;
 * throws `UnreadableInputError`.
 */
export async function* readInside(root: string, path: string): AsyncIterable<Uint8Array> {
  let handle: FileHandle;
  try {
    handle = await openInside(root, path);
  } catch (error) {
    throw unreadable(path, error);
  }
  yield* chunksOf(handle, path);
}

async function isMissing(root: string, path: string): Promise<boolean> {
  const within = pathWithin(root, path);
  if (within === null) return false;
  try {
    await lstat(join(root, within));
    return false;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return true;
    throw unreadable(path, error);
  }
}

/**
 * A text file below the root, without byte order mark; null when it does not exist. Throws `UnreadableInputError`, also
 * where it is larger than so many mebibytes.
 */
export async function readTextInside(
  root: string,
  path: string,
  maxMebibytes = maxTextMebibytes,
): Promise<string | null> {
  if (await isMissing(root, path)) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of readInside(root, path)) {
    size += chunk.byteLength;
    if (size > maxMebibytes * 1024 * 1024) throw refused(path, `it is larger than ${maxMebibytes} MiB`);
    chunks.push(Uint8Array.from(chunk));
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

async function* readAnywhere(path: string): AsyncIterable<Uint8Array> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    throw unreadable(path, error);
  }
  yield* chunksOf(handle, path);
}

/** The names under which systems show a process its standard input, and the one that command lines have for it. */
const standardInputs: ReadonlySet<string> = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

async function* readStream(stream: AsyncIterable<unknown>, path: string): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * One file that the user named, wherever it is; a pipe (`/dev/stdin`, `<(…)`) has size 0. It is opened when its chunks
 * are asked for, and each is valid until the next is asked for. The standard input is read through `stdin`, because a
 * socket cannot be opened by its name. Throws `UnreadableInputError`.
 */
export async function fileAt(
  path: string,
  stdin: () => AsyncIterable<unknown>,
): Promise<{ readonly sizeBytes: number; readonly chunks: AsyncIterable<Uint8Array> }> {
  if (standardInputs.has(path)) return { sizeBytes: 0, chunks: readStream(stdin(), 'the standard input') };
  const stats = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (stats.isDirectory()) throw refused(path, 'it is a folder. Name the report files in it');
  if (!stats.isFile() && !stats.isFIFO()) throw refused(path, 'it is not a regular file');
  return { sizeBytes: stats.size, chunks: readAnywhere(path) };
}
