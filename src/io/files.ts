import { resolve } from 'node:path';
import { findFiles } from './find-files.ts';
import type { Files } from './port.ts';
import { readInside, readTextInside } from './read-file.ts';
import { writeInside } from './write-file.ts';

export { fileAt } from './read-file.ts';

/** The files below a folder: finds, reads and writes only inside it, wherever links lead. */
export function filesUnder(root: string): Files {
  const folder = resolve(root);
  return {
    find: (patterns, watch) => findFiles(folder, patterns, watch),
    read: (path) => readInside(folder, path),
    readText: (path) => readTextInside(folder, path),
    write: (path, content) => writeInside(folder, path, content),
  };
}
