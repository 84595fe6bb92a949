/**
 * Folders of other people's code, by the package manager that fills them, and of version control. Build folders
 * (`build`, `target`, `dist`, `out`, `coverage`, `_build`) are not among them: that is where reports are. Hidden
 * folders are never walked unless a pattern names them; they are also listed here, so that a pattern which names one
 * hidden folder does not open the others.
 */
const names = new Set([
  '.git',
  '.hg',
  '.svn',
  // JavaScript
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.npm',
  '.pnpm-store',
  '.yarn',
  // PHP, Go, Ruby
  'vendor',
  // C, C++, Bazel; `_deps` is where CMake's FetchContent puts what it downloads
  'third_party',
  '_deps',
  // Python
  'site-packages',
  'dist-packages',
  'venv',
  '.venv',
  '.tox',
  '.nox',
  '__pycache__',
  // JVM
  '.gradle',
  '.m2',
  // Rust
  '.cargo',
  // Apple
  'Pods',
  'Carthage',
  // .NET
  '.nuget',
  // Elm
  'elm-stuff',
  '.terraform',
]);

/**
 * Folders that are somebody else's only below a certain other one: what Maven unpacks, what Cargo, Go and LibMan
 * download.
 */
const pairs = new Set(['target/dependency', 'cargo/registry', 'pkg/mod', 'wwwroot/lib']);

/** Every pattern of a search asks about a path, before any asks about the next one. */
let last: { readonly path: string; readonly vendored: readonly string[] } = { path: '', vendored: [] };

/** Names of the folders in a path, relative to the root, that hold other people's code; usually none. */
export function vendoredIn(path: string): readonly string[] {
  if (last.path === path) return last.vendored;
  const parts = path.split('/');
  const vendored = parts.filter(
    (part, index) => names.has(part) || pairs.has(`${parts[index - 1] ?? ''}/${part}`),
  );
  last = { path, vendored };
  return vendored;
}
