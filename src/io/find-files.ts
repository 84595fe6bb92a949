import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { counted } from '../model/plural.ts';
import { codeOf, reasonOf } from './file-problem.ts';
import { createExclusion, createGlobPattern, type GlobPattern, type Reach } from './glob-pattern.ts';
import { isInGitFolder, isInside, pathWithin } from './inside.ts';
import type { FileNotice, FindResult, FoundFile, SearchWatch } from './port.ts';
import { listTree, suggestionFor } from './suggest-path.ts';

const maxFiles = 10_000;
const maxWarnings = 100;
/** Patterns that get a suggestion: each is compared with every path of the tree. */
const maxSuggestions = 10;
/** The number of linked folders to follow: links between sibling folders create too many paths to walk. */
const maxLinkedFolders = 100;
const maxPatternLength = 4096;

interface Exclusion {
  /** As given, with its `!`. */
  readonly text: string;
  excludes(path: string): boolean;
}

interface Folder {
  /** Relative to the root, empty for the root. */
  readonly path: string;
  /** Absolute, links followed. */
  readonly real: string;
  /** Real paths of the folders that lead here. */
  readonly above: readonly string[];
}

class Search {
  readonly root: string;
  readonly wanted: GlobPattern[] = [];
  readonly exclusions: Exclusion[] = [];
  readonly matched = new Set<GlobPattern>();
  /** By real path, so that a file is not read twice because a link leads to it. */
  readonly found = new Map<string, FoundFile>();
  readonly warnings: FileNotice[] = [];
  readonly misses: FileNotice[] = [];
  beyondLimit = 0;
  linkedFolders = 0;

  readonly watch: SearchWatch | null;

  constructor(root: string, watch: SearchWatch | null) {
    this.root = root;
    this.watch = watch;
  }

  warn(path: string, message: string): void {
    this.warnings.push({ path, message });
  }

  isExcluded(path: string): boolean {
    return this.exclusions.some(({ excludes }) => excludes(path));
  }

  /** Lets the watch know why a folder is not entered, if a pattern could reach it. */
  tellClosed(folder: string): void {
    if (this.watch === null) return;
    const reasons = this.wanted.map((pattern) => pattern.closedBecause(folder));
    const closed = reasons.find((reason) => reason !== null);
    const isReached = this.wanted.some((pattern) => pattern.reach(folder) !== 'no');
    if (isReached) this.tellExcluded(folder);
    else if (closed !== undefined) this.watch.skipped(folder, closed, null);
  }

  tellExcluded(path: string): void {
    if (this.watch === null) return;
    const by = this.exclusions.find(({ excludes }) => excludes(path));
    if (by !== undefined) this.watch.skipped(path, 'excluded', by.text);
  }

  /** The closest relation of any pattern to a folder. */
  reach(folder: string): Reach {
    if (this.isExcluded(folder)) return 'no';
    let isBelow = false;
    for (const pattern of this.wanted) {
      // Of the many that begin with `**` one is enough.
      if (isBelow && pattern.isDeep) continue;
      const reach = pattern.reach(folder);
      if (reach === 'step') return 'step';
      if (reach === 'below') isBelow = true;
    }
    return isBelow ? 'below' : 'no';
  }

  /** True when a pattern matches the path; which ones do is kept for the warnings. */
  wants(path: string): boolean {
    const hits = this.wanted.filter((pattern) => pattern.matches(path));
    const [first] = hits;
    if (first === undefined) return false;
    if (this.isExcluded(path)) {
      this.tellExcluded(path);
      return false;
    }
    for (const pattern of hits) this.matched.add(pattern);
    this.watch?.matched(path, first.text);
    return true;
  }

  add(file: FoundFile, real: string): void {
    const isItself = join(this.root, file.path) === real;
    if (this.found.has(real)) {
      if (isItself) this.found.set(real, file);
    } else if (this.found.size < maxFiles) this.found.set(real, file);
    else {
      this.beyondLimit += 1;
      this.watch?.skipped(file.path, 'over-limit', null);
    }
  }
}

function addPattern(search: Search, given: string, root: string): void {
  const isExclusion = given.startsWith('!');
  const text = isExclusion ? given.slice(1) : given;
  const path = pathWithin(root, text) ?? pathWithin(search.root, text);
  if (text.trim() === '') search.warn(given, 'is an empty pattern, refused');
  else if (text.length > maxPatternLength)
    search.warn(`${given.slice(0, 60)}…`, `is longer than ${maxPatternLength} characters, refused`);
  else if (path === null) search.warn(given, 'is outside the project directory, refused');
  else if (isExclusion)
    search.exclusions.push({ text: given, excludes: createExclusion(path === '' ? '**' : path) });
  else search.wanted.push(createGlobPattern(path === '' ? '**' : path));
}

async function addFile(path: string, real: string, search: Search): Promise<void> {
  const stats = await lstat(real).catch(() => null);
  if (stats === null) return;
  if (stats.isFile()) search.add({ path, sizeBytes: stats.size }, real);
  else search.warn(path, 'is not a regular file, refused');
}

/** Where a link leads, or why it is refused. */
async function resolveLink(
  path: string,
  { root }: Search,
): Promise<{ readonly real: string } | { readonly refusal: string }> {
  try {
    const real = await realpath(join(root, path));
    if (!isInside(root, real))
      return { refusal: 'is a link to a place outside the project directory, refused' };
    return isInGitFolder(root, real) ? { refusal: 'is a link into .git, refused' } : { real };
  } catch (error) {
    const isCircle = codeOf(error) === 'ELOOP';
    return { refusal: `is a link that ${isCircle ? 'goes in a circle' : 'leads nowhere'}, refused` };
  }
}

/** Enters a linked folder, unless it is one of those that lead to the link: that would never end. */
async function enterLink({ path, real, above }: Folder, search: Search): Promise<void> {
  if (above.some((folder) => isInside(real, folder))) {
    search.warn(path, 'is a link to a folder above it, refused');
    return;
  }
  search.linkedFolders += 1;
  if (search.linkedFolders <= maxLinkedFolders) await walk({ path, real, above }, search);
  else search.warn(path, `is a link to a folder, and ${maxLinkedFolders} were followed already, refused`);
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

async function followLink(path: string, above: readonly string[], search: Search): Promise<void> {
  const reach = search.reach(path);
  const isWanted = search.wants(path);
  if (reach === 'no' && !isWanted) return;
  const target = await resolveLink(path, search);
  const leadsToFolder = await isFolder(join(search.root, path));
  if ('refusal' in target) {
    // A link to a file that no pattern matches needs no warning.
    if (isWanted || leadsToFolder || reach === 'step') search.warn(path, target.refusal);
  } else if (leadsToFolder) {
    if (reach !== 'no') await enterLink({ path, real: target.real, above }, search);
  } else if (isWanted) await addFile(path, target.real, search);
}

async function walk(folder: Folder, search: Search): Promise<void> {
  const entries = await readdir(folder.real, { withFileTypes: true }).catch((error: unknown) => {
    search.warn(folder.path === '' ? '.' : folder.path, `cannot be searched: ${reasonOf(error)}`);
    return [];
  });
  const above = [...folder.above, folder.real];
  // Sorted, so that the limit on files omits the same ones every time.
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
    const real = join(folder.real, entry.name);
    if (entry.isSymbolicLink()) await followLink(path, above, search);
    else if (!entry.isDirectory()) {
      if (search.wants(path)) await addFile(path, real, search);
    } else if (search.reach(path) === 'no') search.tellClosed(path);
    else await walk({ path, real, above }, search);
  }
}

async function findMisses(search: Search): Promise<void> {
  const misses = search.wanted.filter((pattern) => !search.matched.has(pattern));
  const mayBeMeant = misses.some(({ text }) => !text.startsWith('**'));
  const tree = mayBeMeant ? await listTree(search.root) : { files: [], folders: [] };
  for (const [index, pattern] of misses.entries()) {
    const suggestion = index < maxSuggestions ? suggestionFor(pattern, tree) : null;
    const hint = suggestion === null ? '' : `; did you mean "${suggestion}"?`;
    search.misses.push({ path: pattern.text, message: `matches no file${hint}` });
  }
}

function resultOf({ found, beyondLimit, warnings, misses }: Search): FindResult {
  const more = warnings.length - maxWarnings;
  return {
    files: [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    warnings: [
      ...(beyondLimit === 0
        ? []
        : [
            {
              path: '.',
              message: `${maxFiles + beyondLimit} files match; only the first ${maxFiles} are read. Name fewer files`,
            },
          ]),
      ...warnings.slice(0, maxWarnings),
      ...(more > 0
        ? [
            {
              path: '.',
              message: `${counted(more, { one: 'more warning about files is', other: 'more warnings about files are' })} not shown`,
            },
          ]
        : []),
    ],
    misses: misses.slice(0, maxWarnings),
  };
}

/**
 * Finds the files below `root` that match GitLab's path globs (https://docs.gitlab.com/ci/yaml/#artifactspaths): `*`, `?`, `[a-z]`, `{a,b}`,
 * `**` over folders, a folder means all below it, `!` excludes, wherever it is in the list. Never fails: folders that
 * cannot be searched and refused files become warnings, a pattern without a file a miss. `watch` hears the rest.
 */
export async function findFiles(
  root: string,
  patterns: readonly string[],
  watch: SearchWatch | null = null,
): Promise<FindResult> {
  const absolute = resolve(root);
  const search = new Search(await realpath(absolute).catch(() => absolute), watch);
  for (const pattern of patterns) addPattern(search, pattern, absolute);
  if (search.wanted.length > 0) {
    await walk({ path: '', real: search.root, above: [] }, search);
    await findMisses(search);
  }
  return resultOf(search);
}
