import { isAbsolute, relative, sep } from 'node:path';

/**
 * True when an absolute path is the folder itself or below it; both must be real paths, without links.
 */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** True when a real path is in a `.git` folder: its configuration holds the job's token. */
export function isInGitFolder(folder: string, path: string): boolean {
  return relative(folder, path).split(sep).includes('.git');
}

/** A path or pattern relative to the folder, with `/` and without `./`; null when it is outside. */
export function pathWithin(folder: string, path: string): string | null {
  const inside = isAbsolute(path) ? relative(folder, path).split(sep).join('/') : path;
  const parts: string[] = [];
  for (const part of inside.split('/')) {
    if (part === '..' && parts.pop() === undefined) return null;
    if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return isAbsolute(inside) ? null : parts.join('/');
}
