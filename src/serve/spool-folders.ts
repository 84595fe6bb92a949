/** The folders of a spool. */
import { mkdir, open, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { firstEventOf } from './event-file.ts';

export type Folders = Readonly<Record<'queue' | 'dead' | 'tmp' | 'seen', string>>;

/** Makes what is missing, and empties the one of unfinished files. Throws what the file system throws. */
export async function makeFolders(root: string): Promise<Folders> {
  const names = ['queue', 'dead', 'tmp', 'seen'] as const;
  const [queue, dead, tmp, seen] = names.map((name) => join(root, name));
  const folders = { queue: queue ?? root, dead: dead ?? root, tmp: tmp ?? root, seen: seen ?? root };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true, mode: 0o700 });
  // What a process that was killed was writing was never accepted.
  for (const file of await readdir(folders.tmp)) await rm(join(folders.tmp, file), { force: true });
  return folders;
}

/** Writes a file to the disk and removes it, in both folders that a new event needs. */
export async function tryOutFolders({ tmp, queue }: Folders): Promise<void> {
  const path = join(tmp, 'writable');
  const handle = await open(path, 'w', 0o600);
  try {
    await handle.writeFile('yes');
    await handle.datasync();
  } finally {
    await handle.close();
    await unlink(path);
  }
  const name = join(queue, 'writable');
  await writeFile(name, '', { mode: 0o600 });
  await unlink(name);
}

/** Puts back what was laid aside; the next receiver handles it. Returns how many. */
export async function replayDead(root: string): Promise<number> {
  const { dead, queue } = await makeFolders(root);
  const files = (await readdir(dead)).filter((file) => firstEventOf(file) !== null);
  for (const file of files) {
    await rename(join(dead, file), join(queue, file));
    await rm(join(dead, file.replace(/\.json$/, '.reason.txt')), { force: true });
  }
  return files.length;
}
