import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UnreadableInputError, UsageError } from '../errors.ts';
import { findFiles, isInside } from './find-files.ts';
import type { Files } from './port.ts';

const chunkBytes = 256 * 1024;
const maxTextBytes = 4 * 1024 * 1024;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'it is a folder',
  ELOOP: 'its links go in a circle',
  ENOTDIR: 'a part of its path is no folder',
  ENAMETOOLONG: 'its path is too long',
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function unreadable(path: string, error: unknown): UnreadableInputError {
  const reason = reasons[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));
  return new UnreadableInputError(`cannot read ${path}: ${reason}`, { cause: error });
}

async function* chunksOf(handle: FileHandle, path: string): AsyncIterable<Uint8Array> {
  try {
    for (;;) {
      // A new buffer each time: whoever gets a chunk may keep it.
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await handle.close();
  }
}

/** Opens what a path really is, and refuses it when that lies outside: the path may have changed since it was found. */
async function openInside(root: string, path: string): Promise<FileHandle> {
  try {
    const real = await realpath(join(root, path));
    if (!isInside(await realpath(root), real))
      throw new UnreadableInputError(`${path} leads out of the project directory, refused`);
    // The real path has no link at its end: O_NOFOLLOW refuses one that was put there meanwhile, O_NONBLOCK a pipe that would hang.
    const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
  } catch (error) {
    throw error instanceof UnreadableInputError ? error : unreadable(path, error);
  }
  throw new UnreadableInputError(`cannot read ${path}: it is no regular file`);
}

async function* readInside(root: string, path: string): AsyncIterable<Uint8Array> {
  yield* chunksOf(await openInside(root, path), path);
}

async function readText(root: string, path: string): Promise<string | null> {
  if ((await lstat(join(root, path)).catch(() => null)) === null) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of readInside(root, path)) {
    size += chunk.byteLength;
    if (size > maxTextBytes)
      throw new UnreadableInputError(`${path} is larger than ${maxTextBytes / 1024 / 1024} MiB`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

async function write(root: string, path: string, content: string | Uint8Array): Promise<void> {
  const target = resolve(root, path);
  if (!isInside(resolve(root), target))
    throw new UsageError(`${path} leads out of the output folder ${root}`);
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(target), { recursive: true });
    // `wx` makes a new file or fails; a rename replaces a link instead of following it.
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(content);
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new UsageError(
      `cannot write ${target}: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

/** The files below a folder: what is found and read stays inside it, whatever links say. */
export function filesUnder(root: string): Files {
  return {
    find: (patterns) => findFiles(root, patterns),
    read: (path) => readInside(root, path),
    readText: (path) => readText(root, path),
    write: (path, content) => write(root, path, content),
  };
}

/** One file that the user named, wherever it is. Throws `UnreadableInputError`. */
export async function fileAt(
  path: string,
): Promise<{ readonly sizeBytes: number; readonly chunks: AsyncIterable<Uint8Array> }> {
  try {
    const handle = await open(path, 'r');
    const stats = await handle.stat();
    if (stats.isDirectory()) {
      await handle.close();
      throw new UnreadableInputError(`cannot read ${path}: it is a folder`);
    }
    return { sizeBytes: stats.size, chunks: chunksOf(handle, path) };
  } catch (error) {
    throw error instanceof UnreadableInputError ? error : unreadable(path, error);
  }
}
