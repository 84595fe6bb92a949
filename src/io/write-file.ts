import { mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { codeOf, reasonOf } from './file-problem.ts';
import { isInside, pathWithin } from './inside.ts';

function refused(path: string, root: string): UsageError {
  return new UsageError(`cannot write ${path}: it leads out of the output folder ${root}`, {
    hint: 'remove the link that is in the way, or choose another --output',
  });
}

/** The real path of the nearest folder that exists: that is where `mkdir` would begin. */
async function nearestFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    if (codeOf(error) !== 'ENOENT' || parent === path) throw error;
    return nearestFolder(parent);
  }
}

/**
 * Makes the folder of a file and gives the file's real path; a link that leaves the root is refused before anything is
 * made.
 */
async function placeFor(root: string, path: string): Promise<string> {
  await mkdir(root, { recursive: true });
  const realRoot = await realpath(root);
  const within = pathWithin(root, path);
  if (within === null || within === '') throw refused(path, root);
  const folder = dirname(join(realRoot, within));
  if (!isInside(realRoot, await nearestFolder(folder))) throw refused(path, root);
  await mkdir(folder, { recursive: true });
  const realFolder = await realpath(folder);
  if (!isInside(realRoot, realFolder)) throw refused(path, root);
  return join(realFolder, basename(within));
}

async function replaceFile(target: string, content: string | Uint8Array): Promise<void> {
  // Most commands write no file, and the module takes long to load.
  const { randomBytes } = await import('node:crypto');
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
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
    throw error;
  }
}

/**
 * Writes a file below the root whole or not at all and makes its folders. A link in its place is replaced, not
 * followed. Throws `UsageError`.
 */
export async function writeInside(root: string, path: string, content: string | Uint8Array): Promise<void> {
  const absolute = resolve(root);
  try {
    await replaceFile(await placeFor(absolute, path), content);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot write ${join(absolute, path)}: ${reasonOf(error)}`, {
      hint: 'choose another folder with --output',
      cause: error,
    });
  }
}
