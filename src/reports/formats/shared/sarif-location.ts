import { listAt, numberAt, objectOf, textAt, valueAt } from './json-value.ts';

/** Where a SARIF result is. */
export interface SarifPlace {
  readonly path: string | null;
  /** For results about a web page or an image instead of a file. */
  readonly url: string | null;
  readonly line: number | null;
  readonly endLine: number | null;
  readonly column: number | null;
}

/** Resolves the artifact locations of one run (SARIF 2.1.0 §3.4, §3.14.14). */
export interface SarifLocations {
  /** Absolute folders that `originalUriBaseIds` names. */
  readonly roots: readonly string[];
  /** The first location is the place; the others are parts of the same problem. */
  placeOf(result: unknown): SarifPlace;
  /** Path of an artifactLocation, null for none and for other than files. */
  pathOf(artifactLocation: unknown): string | null;
}

const maxBaseDepth = 8;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function schemeOf(uri: string): string | null {
  // One letter before the colon is a drive.
  return /^([a-z][a-z0-9+.-]+):/i.exec(uri)?.[1]?.toLowerCase() ?? null;
}

function isAbsolute(uri: string): boolean {
  return uri.startsWith('/') || /^[a-z]:[\\/]/i.test(uri) || schemeOf(uri) !== null;
}

/** Path of a file URI or of a relative reference, decoded; null for other schemes. */
function filePath(uri: string): string | null {
  const scheme = schemeOf(uri);
  if (scheme !== null && scheme !== 'file') return null;
  const path = decoded(scheme === null ? uri : uri.slice('file:'.length).replace(/^\/\/[^/]*(?=\/)/, ''));
  return /^\/[a-z]:[\\/]/i.test(path) ? path.slice(1) : path;
}

/** Relative parts of the chain of bases before a reference; stops at an absolute one, at an unknown or a broken one. */
function basePrefix(bases: unknown, first: string | null): string {
  let prefix = '';
  const seen = new Set<string>();
  for (let id = first; id !== null && !seen.has(id) && seen.size < maxBaseDepth; ) {
    seen.add(id);
    const base = valueAt(bases, id);
    const uri = typeof base === 'string' ? base : textAt(base, 'uri');
    if (uri === null) break;
    const folder = uri.endsWith('/') ? uri : `${uri}/`;
    if (isAbsolute(folder)) return folder + prefix;
    if (folder.includes(':')) break;
    prefix = folder + prefix;
    id = textAt(base, 'uriBaseId');
  }
  return prefix;
}

function rootsOf(bases: unknown): readonly string[] {
  return Object.keys(objectOf(bases))
    .slice(0, 100)
    .map((id) => basePrefix(bases, id))
    .filter((uri) => isAbsolute(uri))
    .flatMap((uri) => filePath(uri) ?? []);
}

/** 2.1.0 nests an artifactLocation, 2.0.0 a fileLocation, 1.0.0 has the URI in the physical location itself. */
function physicalOf(result: unknown): unknown {
  const location = listAt(result, 'locations')[0];
  return (
    valueAt(location, 'physicalLocation') ??
    valueAt(location, 'resultFile') ??
    valueAt(location, 'analysisTarget')
  );
}

/** Prepares the resolution of one run's locations. */
export function sarifLocations(run: unknown): SarifLocations {
  const bases = valueAt(run, 'originalUriBaseIds');

  function uriOf(artifact: unknown): string | null {
    const index = numberAt(artifact, 'index');
    const listed = index === null || index < 0 ? null : valueAt(listAt(run, 'artifacts')[index], 'location');
    const uri = textAt(artifact, 'uri') ?? textAt(listed, 'uri');
    if (uri === null || isAbsolute(uri)) return uri;
    return basePrefix(bases, textAt(artifact, 'uriBaseId') ?? textAt(listed, 'uriBaseId')) + uri;
  }

  function pathOf(artifact: unknown): string | null {
    const uri = uriOf(artifact);
    return uri === null ? null : filePath(uri);
  }

  return {
    roots: rootsOf(bases),
    pathOf,
    placeOf(result) {
      const physical = physicalOf(result);
      const artifact =
        valueAt(physical, 'artifactLocation') ??
        valueAt(physical, 'fileLocation') ??
        (textAt(physical, 'uri') === null ? valueAt(result, 'analysisTarget') : physical);
      const region = valueAt(physical, 'region');
      const path = pathOf(artifact);
      return {
        path,
        url: path === null ? uriOf(artifact) : null,
        line: numberAt(region, 'startLine'),
        endLine: numberAt(region, 'endLine'),
        column: numberAt(region, 'startColumn'),
      };
    },
  };
}
