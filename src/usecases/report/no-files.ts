import { UnreadableInputError } from '../../errors.ts';
import type { Files, Git } from '../../io/port.ts';

/** The files of a run that has no checkout: none are found, and what is written goes nowhere. */
export const noFiles: Files = {
  find: () => Promise.resolve({ files: [], warnings: [], misses: [] }),
  read(path) {
    throw new UnreadableInputError(`${path}: no checkout to read it from`);
  },
  readText: () => Promise.resolve(null),
  write: () => Promise.resolve(),
};

/** The same for git. */
export const noGit: Git = { diff: () => Promise.resolve(null) };
