import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import type { FindResult, FoundFile } from './port.ts';

/** Folders of other people's code: never walked unless a pattern names them. */
const vendored = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  'vendor',
  'third_party',
  'bower_components',
  'jspm_packages',
  'Pods',
  'Carthage',
  '.venv',
  'venv',
  'site-packages',
  'dist-packages',
  '__pycache__',
  '.tox',
  '.nox',
  '.gradle',
  '.m2',
  '.cargo',
  '.terraform',
  '.yarn',
  '.npm',
  '.pnpm-store',
  'elm-stuff',
  'deps',
]);

const maxFiles = 10_000;
const maxDepth = 64;

interface Problem {
  readonly path: string;
  readonly message: string;
}

interface Pattern {
  readonly text: string;
  readonly base: string;
  readonly matches: (path: string) => boolean;
  /** Folder names that the pattern itself spells out. */
  readonly names: ReadonlySet<string>;
  hits: number;
}

/** True when a real path is the root or below it. */
export function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** A pattern relative to the root, or the reason why it is refused. */
function normalise(text: string, root: string): string | Problem {
  const path = isAbsolute(text) ? relative(root, text) : text.replace(/^(?:\.\/)+/, '');
  const posix = path.split(sep).join('/').replace(/\/+$/, '');
  if (posix === '..' || posix.startsWith('../') || posix.includes('/../') || isAbsolute(posix)) {
    return { path: text, message: 'leads out of the project directory, refused' };
  }
  return posix === '' ? '**' : posix;
}

function patternFrom(text: string, isFolder: boolean): Pattern {
  const glob = isFolder ? `${text}/**` : text;
  const { base } = picomatch.scan(glob);
  const matches = picomatch(glob, { dot: /(?:^|\/)\./.test(text) });
  return { text, base, matches, names: new Set(text.split('/')), hits: 0 };
}

async function isDirectory(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isDirectory() ?? false;
}

interface Search {
  readonly root: string;
  readonly realRoot: string;
  readonly wanted: readonly Pattern[];
  readonly excluded: readonly ((path: string) => boolean)[];
  readonly found: Map<string, FoundFile>;
  readonly problems: Problem[];
  omitted: number;
}

/** What keeps a link or a special file from being read; null when nothing does. */
async function refusalOf(path: string, entry: Dirent | null, search: Search): Promise<string | null> {
  const full = join(search.root, path);
  if (entry?.isSymbolicLink() === true || entry === null) {
    const target = await realpath(full).catch(() => null);
    if (target === null) return 'is a link that leads nowhere, refused';
    if (!isInside(search.realRoot, target))
      return 'is a link that leads out of the project directory, refused';
  }
  return null;
}

async function consider(path: string, entry: Dirent | null, search: Search): Promise<void> {
  const hits = search.wanted.filter((pattern) => pattern.matches(path));
  if (hits.length === 0 || search.found.has(path) || search.excluded.some((matches) => matches(path))) return;
  for (const pattern of hits) pattern.hits += 1;
  const refusal = await refusalOf(path, entry, search);
  if (refusal !== null) {
    search.problems.push({ path, message: refusal });
    return;
  }
  const stats = await stat(join(search.root, path)).catch(() => null);
  if (stats?.isDirectory() === true) return;
  if (stats?.isFile() !== true) search.problems.push({ path, message: 'is no regular file, refused' });
  else if (search.found.size >= maxFiles) search.omitted += 1;
  else search.found.set(path, { path, sizeBytes: stats.size });
}

async function walk(folder: string, depth: number, search: Search): Promise<void> {
  if (depth > maxDepth) return;
  const entries = await readdir(join(search.root, folder), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) await consider(path, entry, search);
    else if (!vendored.has(entry.name) || search.wanted.some(({ names }) => names.has(entry.name))) {
      await walk(path, depth + 1, search);
    }
  }
}

/** The folders to start from: the fixed beginnings of the patterns, those below another left out. */
function startsOf(patterns: readonly Pattern[]): readonly string[] {
  const bases = [...new Set(patterns.map(({ base }) => base))].sort();
  return bases.filter(
    (base) => !bases.some((other) => other !== base && (other === '' || base.startsWith(`${other}/`))),
  );
}

/** Names what stands there instead, when a pattern without wildcards matched nothing. */
async function suggestionFor(pattern: Pattern, search: Search): Promise<string> {
  const name = basename(pattern.text);
  if (/[*?[{]/.test(pattern.text)) return '';
  const elsewhere: Search = {
    ...search,
    wanted: [patternFrom(`**/${name}`, false)],
    found: new Map(),
    problems: [],
    omitted: 0,
  };
  await walk('', 0, elsewhere);
  const [first] = [...elsewhere.found.keys()].sort((a, b) => a.length - b.length);
  return first === undefined ? '' : `; there is ${first}`;
}

async function prepare(texts: readonly string[], root: string): Promise<Search> {
  const wanted: Pattern[] = [];
  const excluded: ((path: string) => boolean)[] = [];
  const problems: Problem[] = [];
  for (const text of texts) {
    const negated = text.startsWith('!');
    const pattern = normalise(negated ? text.slice(1) : text, root);
    if (typeof pattern !== 'string') problems.push(pattern);
    else if (negated) excluded.push(picomatch([pattern, `${pattern}/**`], { dot: true }));
    else wanted.push(patternFrom(pattern, await isDirectory(join(root, pattern))));
  }
  return {
    root,
    realRoot: await realpath(root).catch(() => resolve(root)),
    wanted,
    excluded,
    found: new Map(),
    problems,
    omitted: 0,
  };
}

/**
 * Finds the files below `root` that match GitLab's path globs (https://docs.gitlab.com/ci/yaml/#artifactspaths): `*`, `?`, `[a-z]`, `{a,b}`,
 * `**` over folders, a folder means all below it, `!` leaves out. Linked folders are not walked, links out of the root are refused.
 */
export async function findFiles(root: string, texts: readonly string[]): Promise<FindResult> {
  const search = await prepare(texts, root);
  for (const start of startsOf(search.wanted)) {
    if (start === '' || (await isDirectory(join(root, start)))) await walk(start, 0, search);
    else await consider(start, null, search);
  }
  // A pattern without wildcards names one file, which may lie where nothing is walked.
  for (const pattern of search.wanted) {
    const exists = pattern.hits === 0 && (await lstat(join(root, pattern.text)).catch(() => null)) !== null;
    if (exists) await consider(pattern.text, null, search);
  }
  const { problems } = search;
  for (const pattern of search.wanted) {
    if (pattern.hits > 0) continue;
    problems.push({ path: pattern.text, message: `matches no file${await suggestionFor(pattern, search)}` });
  }
  if (search.omitted > 0)
    problems.push({ path: '', message: `more than ${maxFiles} files match; ${search.omitted} are left out` });
  const files = [...search.found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, warnings: problems };
}
