import picomatch from 'picomatch';
import { vendoredIn } from './vendored-folders.ts';

/**
 * The relation of a pattern to a folder. `step`: each of its folders matches one part of the pattern, so the user wrote
 * this level; `below`: it is reached by `**` or lies below a folder that the pattern matches as a whole; `no`: nothing
 * in it can match.
 */
export type Reach = 'step' | 'below' | 'no';

export interface GlobPattern {
  /** Normalised: relative to the root, without `./` and without a slash at the end. */
  readonly text: string;
  /** The parts before the first one with a wildcard, escapes taken off; empty when the first part has one. */
  readonly base: string;
  /** True when no part has a wildcard: then `base` is the one path that is meant. */
  readonly isLiteral: boolean;
  /** True when it begins with `**`: then no folder is a step of it. */
  readonly isDeep: boolean;
  matches(path: string): boolean;
  reach(folder: string): Reach;
  /** Why `reach` is `no` for a folder that the pattern itself allows; null for every other folder. */
  closedBecause(folder: string): 'hidden-folder' | 'ignored-folder' | null;
}

/**
 * Only what the Runner's library knows has a meaning: `*`, `**`, `?`, `[a-z]`, `[!a]`, `{a,b}`, and `\` before one of
 * them.
 */
const options = { noextglob: true, nonegate: true };

function forPicomatch(glob: string): string {
  return glob.replaceAll('[!', '[^').replace(/(?<!\\)[()|+@$]/g, '\\$&');
}

/** Parts between slashes; a slash inside braces or brackets divides nothing. */
function partsOf(glob: string): readonly string[] {
  return glob.match(/(?:\\.|\{[^}]*\}|\[[^\]]*\]|[^/])+/gs) ?? [];
}

interface Part {
  readonly text: string;
  /** True for `**` and for braces with a slash: then one part stands for any number of folders. */
  readonly isDeep: boolean;
  readonly matches: (name: string) => boolean;
}

/** The function, made when it is first called: most patterns of a search never see a path with their plain part. */
function whenCalled(make: () => (text: string) => boolean): (text: string) => boolean {
  let made: ((text: string) => boolean) | null = null;
  return (text) => {
    made ??= make();
    return made(text);
  };
}

function partFrom(text: string): Part {
  const isDeep = text.includes('**') || text.includes('/');
  const matches = isDeep ? () => true : whenCalled(() => picomatch(forPicomatch(text), options));
  return { text, isDeep, matches };
}

/** The longest run of plain characters, which every path that matches has; empty where that is not certain. */
function plainPartOf(text: string): string {
  const runs = text.replace(/\\.|\{[^{}]*\}|\[[^[\]]*\]|[*?/]/gs, '\0').split('\0');
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  return /[\\{}[\]]/.test(runs.join('')) ? '' : longest;
}

function reachOf(parts: readonly Part[], names: readonly string[]): Reach {
  for (const [index, name] of names.entries()) {
    const part = parts[index];
    if (part === undefined || part.isDeep) return 'below';
    if (!part.matches(name)) return 'no';
  }
  return 'step';
}

/** Hidden names and vendored folders are open only to a pattern that has their name in it. */
function spells(parts: readonly Part[], name: string): boolean {
  return parts.some(({ text, isDeep, matches }) => text.includes(name) && (isDeep || matches(name)));
}

function opensHidden(parts: readonly Part[], name: string): boolean {
  return parts.some(({ text, isDeep, matches }) => (isDeep ? text.includes('.') : matches(name)));
}

/**
 * A pattern as GitLab's `artifacts:paths` understands it (https://docs.gitlab.com/ci/yaml/#artifactspaths): a folder that matches means everything below it. Names that begin with a dot match only when the pattern writes the dot, vendored folders
 * only when it writes their name. `text` must be normalised.
 */
export function createGlobPattern(text: string): GlobPattern {
  const parts = partsOf(text).map(partFrom);
  const plain = plainPartOf(text);
  const isMatch = whenCalled(() => {
    const glob = forPicomatch(text);
    const [itself, below] = [picomatch.makeRe(glob, options), picomatch.makeRe(`${glob}/**`, options)];
    return (path) => itself.test(path) || below.test(path);
  });
  const firstWild = parts.findIndex((part) => /(?<!\\)[*?[{]/.test(part.text));
  const fixed = firstWild === -1 ? parts : parts.slice(0, firstWild);
  const opens = (path: string): boolean => vendoredIn(path).every((name) => spells(parts, name));
  const isHidden = (folders: readonly string[], reach: Reach): boolean => {
    const name = folders.at(-1) ?? '';
    return reach === 'below' && name.startsWith('.') && !opensHidden(parts, name);
  };
  return {
    text,
    base: fixed.map((part) => part.text.replace(/\\(.)/g, '$1')).join('/'),
    isLiteral: firstWild === -1,
    isDeep: parts[0]?.isDeep ?? false,
    // Looking for plain text first costs less than making the expression, or than running it.
    matches: (path) => path.includes(plain) && isMatch(path) && opens(path),
    reach(folder) {
      const folders = folder.split('/');
      const reach = reachOf(parts, folders);
      return isHidden(folders, reach) || !opens(folder) ? 'no' : reach;
    },
    closedBecause(folder) {
      const folders = folder.split('/');
      const reach = reachOf(parts, folders);
      if (reach === 'no') return null;
      if (!opens(folder)) return 'ignored-folder';
      return isHidden(folders, reach) ? 'hidden-folder' : null;
    },
  };
}

/** The opposite of a pattern, as `!pattern` means it: hidden names are excluded too. */
export function createExclusion(text: string): (path: string) => boolean {
  const glob = forPicomatch(text);
  return picomatch([glob, `${glob}/**`], { ...options, dot: true });
}
