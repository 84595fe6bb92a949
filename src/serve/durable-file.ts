import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The two places of a file, in folders of one file system. */
export interface FilePlaces {
  /** Where it is written; what is left here was never complete. */
  readonly temporary: string;
  readonly final: string;
}

async function syncFolder(path: string): Promise<void> {
  // Windows has no way to sync a folder, and needs none: its file system logs the rename itself.
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function write(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const handle = await open(path, 'w', 0o600);
  try {
    await handle.writeFile(pieces.length === 1 ? (pieces[0] ?? '') : Buffer.concat(pieces));
    await handle.datasync();
  } finally {
    await handle.close();
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
    await rename(temporary, final);
    await syncFolder(dirname(final));
  } catch (error) {
    await Promise.allSettled([rm(temporary, { force: true }), rm(final, { force: true })]);
    throw error;
  }
}
