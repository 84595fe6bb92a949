import { closeSync, fsync, openSync } from 'node:fs';
import { promisify } from 'node:util';

const syncFile = promisify(fsync);

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
/**
 * Makes sure that the names in a folder are on disk, once for all that ask at the same time: a busy receiver would
 * otherwise wait for the disk twice for each event.
 */
export function createFolderSync(folder: string): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const begin = (): Promise<void> => {
    const one = syncFolder(folder).finally(() => {
      if (running === one) running = null;
    });
    running = one;
    return one;
  };
  return () => {
    if (running === null) return begin();
    // The one that runs may have begun before this name was written, so the answer is the one after it.
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return begin();
      });
    return next;
  };
}
