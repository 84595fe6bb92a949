import { open } from 'node:fs/promises';

async function syncFolder(folder: string): Promise<void> {
  // Windows has no way to sync a folder, and needs none: its file system logs the rename itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
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
