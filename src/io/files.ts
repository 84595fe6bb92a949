import { resolve } from 'node:path';
import type { Files } from './port.ts';
import { readInside, readTextInside } from './read-file.ts';
import { writeInside } from './write-file.ts';

export { fileAt } from './read-file.ts';

/** The files below a folder: finds, reads and writes only inside it, wherever links lead. */
export function filesUnder(root: string): Files {
  const folder = resolve(root);
  return {
    async find(patterns, watch) {
      // Loaded with the globs only where files are looked for.
      const { findFiles } = await import('./find-files.ts');
      return findFiles(folder, patterns, watch);
    },
    read: (path) => readInside(folder, path),
    readText: (path, maxMebibytes) => readTextInside(folder, path, maxMebibytes),
    write: (path, content) => writeInside(folder, path, content),
  };
}
