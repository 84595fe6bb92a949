import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, realpath, stat } from 'node:fs/promises';
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

const isSameFile = (a: Stats, b: Stats): boolean => a.dev === b.dev && a.ino === b.ino;
const isUnchanged = (a: Stats, b: Stats): boolean => a.size === b.size && a.mtimeMs === b.mtimeMs;

async function* chunksOf(handle: FileHandle, path: string): AsyncIterable<Uint8Array> {
  try {
    const before = await handle.stat();
    // A pipe has no size; of a file that grows, no more is read than it had.
    const limit = before.isFile() ? before.size : Infinity;
    for (let total = 0; total <= limit; ) {
      // A new buffer each time: whoever gets a chunk may keep it.
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, null);
      if (bytesRead === 0) break;
      total += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    if (before.isFile() && !isUnchanged(before, await handle.stat()))
      throw refused(path, 'it was changed while it was read. Read it after the job that writes it');
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await handle.close();
  }
}

/** The real path of a file below the root; throws when it leads out of it or is no regular file. */
async function checkedPath(root: string, path: string): Promise<string> {
  const within = pathWithin(root, path);
  const realRoot = await realpath(root);
  const real = within === null ? null : await realpath(join(root, within));
  if (real === null || !isInside(realRoot, real))
    throw refused(path, 'it leads out of the project directory');
  if (isInGitFolder(realRoot, real)) throw refused(path, 'files of .git are never read');
  const stats = await lstat(real);
  if (!stats.isFile()) throw refused(path, stats.isDirectory() ? 'it is a folder' : 'it is no regular file');
  return real;
}

/**
 * Opens a file below the root. The path may be changed between check and opening, so it is checked once more after it: only if it
 * still leads inside, to the file that is open, no link was put in its way.
 */
async function openInside(root: string, path: string): Promise<FileHandle> {
  const real = await checkedPath(root, path);
  // Without O_NONBLOCK, opening a pipe that was put there meanwhile would wait for a writer for ever.
  const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const opened = await handle.stat();
    const named = await lstat(await checkedPath(root, path));
    if (!opened.isFile() || !isSameFile(opened, named))
      throw refused(path, 'it was replaced while it was opened');
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The bytes of a file below the root, in chunks of 256 KiB at most; throws `UnreadableInputError`. */
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

/** A text file below the root, without byte order mark; null when it does not exist. Throws `UnreadableInputError`, also above 4 MiB. */
export async function readTextInside(root: string, path: string): Promise<string | null> {
  if (await isMissing(root, path)) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of readInside(root, path)) {
    size += chunk.byteLength;
    if (size > maxTextMebibytes * 1024 * 1024)
      throw refused(path, `it is larger than ${maxTextMebibytes} MiB`);
    chunks.push(chunk);
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

/**
 * One file that the user named, wherever it is; a pipe (`/dev/stdin`, `<(…)`) has size 0. It is opened when its chunks are asked for.
 * Throws `UnreadableInputError`.
 */
export async function fileAt(
  path: string,
): Promise<{ readonly sizeBytes: number; readonly chunks: AsyncIterable<Uint8Array> }> {
  const stats = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (stats.isDirectory()) throw refused(path, 'it is a folder. Name the report files in it');
  if (!stats.isFile() && !stats.isFIFO()) throw refused(path, 'it is no regular file');
  return { sizeBytes: stats.size, chunks: readAnywhere(path) };
}
