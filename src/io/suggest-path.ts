import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { editDistance } from '../model/edit-distance.ts';
import { createGlobPattern, type GlobPattern } from './glob-pattern.ts';
import { vendoredIn } from './vendored-folders.ts';

/** Files below a root, without hidden and vendored folders and files beyond the limit. */
export interface Tree {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

const maxEntries = 20_000;

const isShown = (path: string, { name }: Dirent): boolean =>
  !name.startsWith('.') && vendoredIn(path).length === 0;

/** Lists the nearest folders first, so that a limit omits the deepest. */
export async function listTree(root: string): Promise<Tree> {
  const files: string[] = [];
  const folders: string[] = [];
  const waiting = [''];
  let queued = 0;
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (!isShown(path, entry)) continue;
      if (files.length + folders.length >= maxEntries) return { files, folders };
      if (entry.isFile()) files.push(path);
      if (entry.isDirectory()) folders.push(path);
    }
    waiting.push(...folders.slice(queued));
    queued = folders.length;
  }
  return { files, folders };
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1).toLowerCase();

/** The path that is most similar to the wanted one: almost the same spelling, or the same name in another folder. */
function nearestOf(wanted: string, paths: readonly string[]): string | null {
  const limit = Math.max(1, Math.floor(wanted.length / 5));
  const scored = paths.flatMap((path) => {
    const sameName = lastPart(path) === lastPart(wanted);
    const edits = editDistance(wanted.toLowerCase(), path.toLowerCase(), limit);
    if (edits === Infinity && !sameName) return [];
    return [{ path, score: edits === Infinity ? 1000 + path.length : edits }];
  });
  return scored.sort((a, b) => a.score - b.score || (a.path < b.path ? -1 : 1))[0]?.path ?? null;
}

function matchesSomething(text: string, { files }: Tree): boolean {
  const pattern = createGlobPattern(text);
  return files.some((path) => pattern.matches(path));
}

/**
 * What the user may have meant with a pattern that matched nothing: a path or a pattern that matches something, else
 * null.
 */
export function suggestionFor({ text, base, isLiteral }: GlobPattern, tree: Tree): string | null {
  // A backslash is an escape in a pattern; on Windows people write it between folders.
  const slashed = text.replaceAll('\\', '/');
  if (slashed !== text && matchesSomething(slashed, tree)) return slashed;
  if (isLiteral) return nearestOf(base, [...tree.files, ...tree.folders]);
  if (text.startsWith('**')) return null;
  if (base === '') return matchesSomething(`**/${text}`, tree) ? `**/${text}` : null;
  const folder = nearestOf(base, tree.folders);
  const other = folder === null ? null : folder + text.slice(base.length);
  return other !== null && other !== text && matchesSomething(other, tree) ? other : null;
}
