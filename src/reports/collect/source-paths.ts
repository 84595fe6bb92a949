/** What decides where a path fits several files. */
export interface PathPlace {
  /** The module that the report puts the file in, `group/of/modules` where they are nested; untrusted. */
  readonly module?: string;
  /** The report's own folder, relative to the project. */
  readonly folder?: string;
}

/** Says where in the project a path of a report lies, given the folders that the report names as its roots. */
export type PathResolver = (path: string, roots: readonly string[], place?: PathPlace) => string;

export interface PathResolverOptions {
  /** The checkout on the machine that Herald runs on; null when there is none. */
  readonly projectDirectory: string | null;
  /** The project's files, relative with `/`; null when they are not known. */
  readonly knownFiles: ReadonlySet<string> | null;
  /** The project's path on its server, `group/project`: other runners' folders end with it. */
  readonly projectPath?: string | null;
}

const DRIVE = /^[a-z]:\//i;
/** Deeper paths are compared by this many of their last segments. */
const MOST_SEGMENTS = 64;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// https://www.rfc-editor.org/rfc/rfc8089: `file:///C:/a`, `file://localhost/a`, `file:/a`.
function withoutScheme(path: string): string {
  if (!/^file:\//i.test(path)) return path;
  const local = decoded(path.slice('file:'.length).replace(/^\/\/(?:localhost)?(?=\/)/i, ''));
  return /^\/[a-z]:[\\/]/i.test(local) ? local.slice(1) : local;
}

// A backslash is a legal character of a name on other systems: it separates where nothing else does.
function withSlashes(path: string): string {
  return /^[a-z]:[\\/]|^\\\\/i.test(path) || !path.includes('/') ? path.replaceAll('\\', '/') : path;
}

function removeParent(kept: string[], absolute: boolean): void {
  const last = kept.at(-1);
  if (last === undefined || last === '..') {
    if (!absolute) kept.push('..');
  } else if (!/^[a-z]:$/i.test(last)) kept.pop();
}

function withoutDots(path: string): string {
  const absolute = path.startsWith('/');
  if (!/(?:^|\/)\.{0,2}(?:\/|$)/.test(absolute ? path.slice(1) : path)) return path;
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') removeParent(kept, absolute);
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  return (absolute ? '/' : '') + kept.join('/');
}

/**
 * Writes a path in one way: `/` between segments, no `file:` scheme, no `.`, no empty segments and no `..` but those
 * that lead out of where a relative path begins.
 */
export function cleanPath(path: string): string {
  return withoutDots(withSlashes(withoutScheme(path.trim())));
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || DRIVE.test(path);
}

function inside(path: string, folder: string): string | null {
  if (folder === '' || path.length <= folder.length) return null;
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  if (path.startsWith(prefix)) return path.slice(prefix.length);
  // Windows names drives and folders in any case.
  const same = DRIVE.test(path) && path.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
  return same ? path.slice(prefix.length) : null;
}

function joined(root: string, path: string): string {
  if (root === '' || root === '.') return path;
  return withoutDots(`${root.replace(/\/$/, '')}/${path}`);
}

function leavesProject(path: string): boolean {
  return path === '..' || path.startsWith('../');
}

function lastSegments(path: string, count: number): string {
  let at = path.length;
  for (let segment = 0; segment < count && at > 0; segment += 1) at = path.lastIndexOf('/', at - 1);
  return path.slice(at + 1);
}

/** The project's files by their last one and their last two segments: nearly every bucket is short. */
interface KnownFiles {
  has(path: string): boolean;
  /** The longest end of the path that is a file of the project, or of the folder that the report lies in. */
  endOf(path: string, folder: string): string | null;
  /**
   * The file of the project that ends with the path; null when there is none, or the place does not decide among
   * several.
   */
  endingWith(path: string, place: PathPlace): string | null;
}

function filesByEnd(files: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const byEnd = new Map<string, string[]>();
  for (const file of files) {
    for (const end of new Set([lastSegments(file, 1), lastSegments(file, 2)])) {
      const bucket = byEnd.get(end);
      if (bucket === undefined) byEnd.set(end, [file]);
      else bucket.push(file);
    }
  }
  return byEnd;
}

function createKnownFiles(files: ReadonlySet<string>): KnownFiles {
  let byEnd: ReadonlyMap<string, readonly string[]> | null = null;
  const bucketOf = (end: string): readonly string[] => {
    byEnd ??= filesByEnd(files);
    return byEnd.get(end) ?? [];
  };
  return {
    has: (path) => files.has(path),
    endOf(path, folder) {
      let end = lastSegments(path, MOST_SEGMENTS);
      while (end.includes('/')) {
        const found = files.has(end) ? end : fromFolder(end, files, folder);
        if (found !== null) return found;
        end = end.slice(end.indexOf('/') + 1);
      }
      // A name alone says little: `main.go` of a dependency is not the one in the project's root.
      return files.has(end) && bucketOf(end).length === 1 ? end : null;
    },
    endingWith(path, place) {
      const bucket = bucketOf(lastSegments(path, 2));
      const matching = bucket.filter((file) => file === path || file.endsWith(`/${path}`));
      return matching.length > 1 ? nearestOf(matching, place) : (matching[0] ?? null);
    },
  };
}

/** The one that scores most; null when two do, or none scores. */
function best(files: readonly string[], score: (file: string) => number): string | null {
  let most = 0;
  let found: string | null = null;
  for (const file of files) {
    const reached = score(file);
    if (reached === most) found = null;
    else if (reached > most) [most, found] = [reached, file];
  }
  return found;
}

/** Modules are named after their folder, or end with its name: `shop-core` in `core`. */
function inFolderOf(file: string, module: string): number {
  const folders = file.split('/').slice(0, -1);
  const name = lastSegments(module, 1);
  if (name === '') return 0;
  if (folders.includes(name)) return 2;
  return folders.some((folder) => folder !== '' && /[-_.:]/.test(name) && endsAsWord(name, folder)) ? 1 : 0;
}

function endsAsWord(name: string, folder: string): boolean {
  return name.endsWith(folder) && /[-_.:]/.test(name.charAt(name.length - folder.length - 1));
}

function sharedFolders(file: string, folder: string): number {
  const [first, second] = [file.split('/'), folder.split('/')];
  let shared = 0;
  while (shared < second.length && first[shared] === second[shared]) shared += 1;
  return shared;
}

function nearestOf(files: readonly string[], { module = '', folder = '' }: PathPlace): string | null {
  return (
    (module === '' ? null : best(files, (file) => inFolderOf(file, module))) ??
    (folder === '' ? null : best(files, (file) => sharedFolders(file, folder)))
  );
}

/**
 * A file that a relative path leads to from the report's own folder or one above it, the nearest first, the project's
 * own last.
 */
function fromFolder(path: string, known: Pick<ReadonlySet<string>, 'has'>, folder: string): string | null {
  let at = folder;
  while (at !== '') {
    const place = joined(at, path);
    if (known.has(place)) return place;
    at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '';
  }
  return null;
}

/**
 * What follows the project's path in a path of another machine: `/builds/x/0/group/project/…`,
 * `D:\a\project\project\…`.
 */
function afterProject(path: string, projectPath: string): readonly string[] {
  const name = lastSegments(projectPath, 1);
  return [`/${projectPath}/`, `/${name}/${name}/`, `/${name}/`].flatMap((folder) => {
    const at = path.toLowerCase().indexOf(folder.toLowerCase());
    return at < 0 ? [] : [path.slice(at + folder.length)];
  });
}

function withoutProject(path: string, projectDirectory: string | null): string {
  return projectDirectory === null ? path : (inside(path, projectDirectory) ?? path);
}

/** Where a root of the report puts a path, the project's own folder taken off. */
interface RootedPath {
  readonly path: string;
  /** A relative root may begin at the report's own folder. */
  readonly isRelative: boolean;
}

function placesOf(
  path: string,
  roots: readonly string[],
  projectDirectory: string | null,
): readonly RootedPath[] {
  if (isAbsolute(path)) return [{ path: withoutProject(path, projectDirectory), isRelative: false }];
  return roots.map((root) => ({
    path: withoutProject(joined(withoutProject(root, projectDirectory), path), projectDirectory),
    isRelative: !isAbsolute(root),
  }));
}

function inProject(path: string): boolean {
  return !isAbsolute(path) && !leavesProject(path);
}

interface Search {
  readonly known: KnownFiles;
  readonly projectPath: string;
  readonly folder: string;
  readonly place: PathPlace;
}

/** Where a path of another machine lies in the project: after the project's own path, else by the longest end. */
function endOfAbsolute(path: string, { known, projectPath, folder }: Search): string | null {
  const after = projectPath === '' ? [] : afterProject(path, projectPath);
  return after.find((end) => known.has(end)) ?? known.endOf(path, folder);
}

function underRoot({ path, isRelative }: RootedPath, { known, folder }: Search): string | null {
  const near = isRelative ? fromFolder(path, known, folder) : null;
  return near ?? (known.has(path) ? path : null);
}

function knownPlace(path: string, places: readonly RootedPath[], search: Search): string | null {
  const { known, folder, place } = search;
  const ways = [
    ...places.map((rooted) => () => underRoot(rooted, search)),
    ...places
      .filter((rooted) => isAbsolute(rooted.path))
      .map((rooted) => () => endOfAbsolute(rooted.path, search)),
  ];
  for (const way of ways) {
    const found = way();
    if (found !== null) return found;
  }
  if (isAbsolute(path)) return null;
  const near = fromFolder(path, known, folder);
  if (near !== null || leavesProject(path)) return near;
  return known.has(path) ? path : (known.endingWith(path, place) ?? known.endOf(path, folder));
}

function guessedPlace(path: string, roots: readonly string[], places: readonly RootedPath[]): string {
  const possible = [...new Set(places.map((rooted) => rooted.path).filter(inProject))];
  if (possible.length === 1) return possible[0] ?? path;
  // The root of another machine's checkout, as SARIF's `%SRCROOT%` is.
  for (const root of isAbsolute(path) ? roots : []) {
    const relative = inside(path, root);
    if (relative !== null) return relative;
  }
  return path;
}

/** Files of one name in two modules are two files, also where nobody knows where the modules lie. */
export function inModule(path: string, module: string | undefined): string {
  const folder = module === undefined ? '' : cleanPath(module);
  if (folder === '' || isAbsolute(path) || !inProject(folder)) return path;
  return `${folder}/${path}`;
}

/**
 * Makes the function that finds a report's paths in the project. In this order: under a root of the report; what
 * follows the project's own path, or the longest end that is a file (checkouts of other machines); from the report's
 * own folder or one above it; as written; the file that ends with the path (packages of JVM languages), of several that
 * of the report's module or the one nearest to the report; the longest end (Go's module paths). Without a list of
 * files, the project's directory is taken off, or the only root that leads into the project is put before, or a root
 * that the path lies in is taken off. What stays unknown is returned clean (see `cleanPath`), its module before it;
 * `../` above the project's root is never resolved.
 */
export function createPathResolver(options: PathResolverOptions): PathResolver {
  const projectDirectory = options.projectDirectory === null ? null : cleanPath(options.projectDirectory);
  const projectPath = options.projectPath ?? '';
  const known = options.knownFiles === null ? null : createKnownFiles(options.knownFiles);
  const cleanRoots = new WeakMap<readonly string[], readonly string[]>();
  const cleaned = (roots: readonly string[]): readonly string[] => {
    const earlier = cleanRoots.get(roots);
    if (earlier?.length === roots.length) return earlier;
    const clean = roots.map(cleanPath);
    cleanRoots.set(roots, clean);
    return clean;
  };
  return (path, written, place = {}) => {
    const clean = cleanPath(path);
    if (clean === '') return path.trim() === '' ? '' : '.';
    const roots = cleaned(written);
    const places = placesOf(clean, roots, projectDirectory);
    const { folder = '', module } = place;
    const found = known === null ? null : knownPlace(clean, places, { known, projectPath, folder, place });
    return found ?? inModule(guessedPlace(clean, roots, places), module);
  };
}
