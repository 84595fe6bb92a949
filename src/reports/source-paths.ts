/** Says where in the project a path of a report lies, given the folders that the report names as its roots. */
export type PathResolver = (path: string, roots: readonly string[]) => string;

export interface PathResolverOptions {
  /** The checkout on the machine that Herald runs on; null when there is none. */
  readonly projectDirectory: string | null;
  /** The project's files, relative with `/`; null when they are not known. */
  readonly knownFiles: ReadonlySet<string> | null;
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
 * Writes a path in one way: `/` between segments, no `file:` scheme, no `.`, no empty segments and no `..` but those that lead
 * out of where a relative path begins.
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
  /** The longest end of the path that is a file of the project. */
  endOf(path: string): string | null;
  /** The one file of the project that ends with the path; null when there is none or more than one. */
  endingWith(path: string): string | null;
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
    endOf(path) {
      let end = lastSegments(path, MOST_SEGMENTS);
      while (end.includes('/')) {
        if (files.has(end)) return end;
        end = end.slice(end.indexOf('/') + 1);
      }
      // A name alone says little: `main.go` of a dependency is not the one in the project's root.
      return files.has(end) && bucketOf(end).length === 1 ? end : null;
    },
    endingWith(path) {
      const bucket = bucketOf(lastSegments(path, 2));
      const matching = bucket.filter((file) => file === path || file.endsWith(`/${path}`));
      return matching.length === 1 ? (matching[0] ?? null) : null;
    },
  };
}

function withoutProject(path: string, projectDirectory: string | null): string {
  return projectDirectory === null ? path : (inside(path, projectDirectory) ?? path);
}

/** Every place where the report's roots put a path, the project's own folder taken off. */
function placesOf(
  path: string,
  roots: readonly string[],
  projectDirectory: string | null,
): readonly string[] {
  if (isAbsolute(path)) return [withoutProject(path, projectDirectory)];
  return roots.map((root) =>
    withoutProject(joined(withoutProject(root, projectDirectory), path), projectDirectory),
  );
}

function inProject(path: string): boolean {
  return !isAbsolute(path) && !leavesProject(path);
}

function knownPlace(path: string, places: readonly string[], known: KnownFiles): string | null {
  for (const place of [...places, path]) if (known.has(place)) return place;
  for (const place of places) {
    const end = isAbsolute(place) ? known.endOf(place) : null;
    if (end !== null) return end;
  }
  if (isAbsolute(path)) return known.endOf(path);
  return leavesProject(path) ? null : (known.endingWith(path) ?? known.endOf(path));
}

function guessedPlace(path: string, roots: readonly string[], places: readonly string[]): string {
  const possible = [...new Set(places.filter(inProject))];
  if (possible.length === 1) return possible[0] ?? path;
  // The root of another machine's checkout, as SARIF's `%SRCROOT%` is.
  for (const root of isAbsolute(path) ? roots : []) {
    const relative = inside(path, root);
    if (relative !== null) return relative;
  }
  return path;
}

/**
 * Makes the function that finds a report's paths in the project. In this order: under a root of the report, as written, by the
 * longest end that is a file of the project (checkouts of other machines, Go module paths), by the one file that ends with the
 * path (packages of JVM languages). Without a list of files, the project's directory is taken off, or the only root that leads
 * into the project is put before, or a root that the path lies in is taken off. What stays unknown is returned clean (see
 * `cleanPath`); `../` above the project's root is never resolved.
 */
export function createPathResolver(options: PathResolverOptions): PathResolver {
  const projectDirectory = options.projectDirectory === null ? null : cleanPath(options.projectDirectory);
  const known = options.knownFiles === null ? null : createKnownFiles(options.knownFiles);
  const cleanRoots = new WeakMap<readonly string[], readonly string[]>();
  const cleaned = (roots: readonly string[]): readonly string[] => {
    const earlier = cleanRoots.get(roots);
    if (earlier?.length === roots.length) return earlier;
    const clean = roots.map(cleanPath);
    cleanRoots.set(roots, clean);
    return clean;
  };
  return (path, written) => {
    const clean = cleanPath(path);
    if (clean === '') return path.trim() === '' ? '' : '.';
    const roots = cleaned(written);
    const places = placesOf(clean, roots, projectDirectory);
    return (known === null ? null : knownPlace(clean, places, known)) ?? guessedPlace(clean, roots, places);
  };
}
