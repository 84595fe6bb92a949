import { framePath } from './frames/frame-path.ts';

function isSamePath(named: string, changed: string): boolean {
  return named === changed || named.endsWith(`/${changed}`) || changed.endsWith(`/${named}`);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * Makes the function that finds the changed file that a log or a report names; null when there is none, or more than
 * one may be meant. They name paths in containers (`/builds/shop/till/src/till.ts`) and paths in a folder of the
 * repository (`src/till.ts`).
 */
export function changedFileFinder(changed: readonly string[]): (path: string) => string | null {
  const files = new Set(changed);
  const byName = new Map<string, string[]>();
  for (const file of files) {
    const others = byName.get(nameOf(file));
    if (others === undefined) byName.set(nameOf(file), [file]);
    else others.push(file);
  }
  return (path) => {
    const named = framePath(path);
    if (files.has(named)) return named;
    const alike = (byName.get(nameOf(named)) ?? []).filter((file) => isSamePath(named, file));
    const [only] = alike;
    return only !== undefined && alike.length === 1 ? only : null;
  };
}
