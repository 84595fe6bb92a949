function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withoutScheme(path: string): string {
  const file = /^file:\/\/(?:localhost)?(\/.*)$/is.exec(path);
  if (file === null) return path;
  const absolute = decoded(file[1] ?? '');
  return /^\/[a-z]:/i.test(absolute) ? absolute.slice(1) : absolute;
}

function withSlashes(path: string): string {
  return /^[a-z]:[\\/]|^\\\\/i.test(path) || !path.includes('/') ? path.replaceAll('\\', '/') : path;
}

function withoutDots(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    const last = kept.at(-1);
    if (segment === '..' && last !== undefined && last !== '..') kept.pop();
    else kept.push(segment);
  }
  return (path.startsWith('/') ? '/' : '') + kept.join('/');
}

/** Writes a path in one way: `/` between segments, no `file:` scheme, no `.` and no needless `..`. */
export function normalisedPath(path: string): string {
  return withoutDots(withSlashes(withoutScheme(path.trim())));
}

function inside(path: string, root: string): string | null {
  const prefix = root.endsWith('/') ? root : `${root}/`;
  return root !== '' && path.startsWith(prefix) && path.length > prefix.length
    ? path.slice(prefix.length)
    : null;
}

/**
 * Makes a path relative to the first of the given folders that it lies in; a project's checkout comes first, then the
 * roots that a report names. Other absolute paths stay as the tool wrote them.
 */
export function rootedPath(path: string, roots: readonly string[]): string {
  const clean = normalisedPath(path);
  for (const root of roots) {
    const relative = inside(clean, normalisedPath(root));
    if (relative !== null) return relative;
  }
  return clean;
}
