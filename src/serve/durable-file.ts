/**
 * Small steps on disk are made at once, in this thread, and only what waits for the disk itself is waited for. Each
 * step that goes to another thread and back costs a busy machine two changes of the thread, several times what the step
 * itself needs; with them a receiver on two busy cores answered ten times slower.
 */
import { closeSync, fdatasync, openSync, readFile, readFileSync, writeFile, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

const syncData = promisify(fdatasync);
const writeLater = promisify(writeFile);
const readLater = promisify(readFile);

/** Copying more than this to the system would hold up other answers. */
const maxBytesAtOnce = 256 * 1024;

/** Writes a new file that only its owner may read. When the promise is fulfilled, its content is on disk. */
export async function writeDurably(path: string, content: Uint8Array): Promise<void> {
  const file = openSync(path, 'wx', 0o600);
  try {
    if (content.length <= maxBytesAtOnce) writeFileSync(file, content);
    else await writeLater(file, content);
    await syncData(file);
  } finally {
    closeSync(file);
  }
}

/** Reads a file of about this size. */
export function readWhole(path: string, sizeBytes: number): Promise<Buffer> {
  return sizeBytes <= maxBytesAtOnce ? Promise.resolve(readFileSync(path)) : readLater(path);
}
