/**
 * Only the two waits for the disk itself are left to another thread. Each step that goes there and back changes the
 * thread twice, and on a busy machine each change waits for its turn, often longer than for the disk itself.
 * All that is answered waits for these steps anyway.
 */
import { closeSync, fdatasync, fsync, openSync, renameSync, rmSync, writeFile, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const syncData = promisify(fdatasync);
const syncFile = promisify(fsync);
const writeLater = promisify(writeFile);

/** Copying more than this to the system would hold up other answers. */
const maxBytesAtOnce = 256 * 1024;

/** The two places of a file, in folders of one file system. */
export interface FilePlaces {
  /** Where it is written; what is left here was never complete. */
  readonly temporary: string;
  readonly final: string;
}

async function syncFolder(path: string): Promise<void> {
  // Windows has no way to sync a folder, and needs none: its file system logs the rename itself.
  if (process.platform === 'win32') return;
  // Opened each time: a folder that was replaced meanwhile would otherwise never be synced.
  const folder = openSync(path, 'r');
  try {
    await syncFile(folder);
  } finally {
    closeSync(folder);
  }
}

async function write(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const content = Buffer.concat(pieces);
  const file = openSync(path, 'w', 0o600);
  try {
    if (content.length <= maxBytesAtOnce) writeFileSync(file, content);
    else await writeLater(file, content);
    await syncData(file);
  } finally {
    closeSync(file);
  }
}

function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The first failure is the one that counts.
  }
}

/**
 * Writes a file that only its owner may read: written, synced, renamed, and the folder synced. When the promise is
 * fulfilled, it survives everything but the loss of the disk; when it is rejected, there is no such file.
 */
export async function writeDurably(
  { temporary, final }: FilePlaces,
  pieces: readonly Uint8Array[],
): Promise<void> {
  try {
    await write(temporary, pieces);
    renameSync(temporary, final);
    await syncFolder(dirname(final));
  } catch (error) {
    for (const path of [temporary, final]) removeIfPossible(path);
    throw error;
  }
}

/**
 * Appends to a file that only its owner may read. When the promise is fulfilled, the text survives the end of this
 * process; nothing waits for the disk.
 */
export async function append(path: string, text: string): Promise<void> {
  const file = openSync(path, 'a', 0o600);
  try {
    await writeLater(file, text);
  } finally {
    closeSync(file);
  }
}
