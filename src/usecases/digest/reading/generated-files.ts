import { pathPattern, type SplitPath, splitPath } from '../../../code-owners/path-pattern.ts';

/**
 * Files that tools write, by their names: those of GitHub's Linguist, by which GitLab folds them in a merge request,
 * and the lock files of package managers. Sources: https://docs.gitlab.com/user/project/merge_requests/changes/#collapse-generated-files,
 * https://github.com/github-linguist/linguist/blob/main/lib/linguist/generated.rb, https://google.github.io/osv-scanner/supported-languages-and-lockfiles/
 */
const wellKnown: readonly string[] = [
  ...['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', '.pnp.*'],
  ...['composer.lock', 'Gemfile.lock', 'Cargo.lock', 'poetry.lock', 'pdm.lock', 'uv.lock', 'Pipfile.lock'],
  ...['go.sum', 'Gopkg.lock', 'glide.lock', 'mix.lock', 'pubspec.lock', 'Podfile.lock', 'Package.resolved'],
  ...[
    'gradle.lockfile',
    'packages.lock.json',
    'conan.lock',
    'flake.lock',
    '.terraform.lock.hcl',
    '*esy.lock',
  ],
  ...['*.js.map', '*.css.map', '*.min.js', '*.min.css', '*.designer.cs', '*.designer.vb', '*.feature.cs'],
  ...['*.nib', '*.xcworkspacedata', '*.xcuserstate', '*_tlb.pas', '*.zep.c', '*.zep.h', '*.zep.php'],
  ...['node_modules/', 'Godeps/', '__generated__/', 'Pods/', 'Carthage/Build/', '.idea/'],
];

/** The attributes that mark a file; GitLab's own decides over that of Linguist. */
const attributes = ['gitlab-generated', 'linguist-generated'] as const;
type Attribute = (typeof attributes)[number];

/** `null` = back to what nobody has said. */
type Setting = readonly [Attribute, boolean | null];

interface Rule {
  readonly fits: (path: SplitPath) => boolean;
  readonly settings: readonly Setting[];
}

/** One word of a line: `name`, `-name`, `!name` or `name=value`. */
function settingsOf(word: string, macros: ReadonlyMap<string, readonly Setting[]>): readonly Setting[] {
  const macro = macros.get(word);
  if (macro !== undefined) return macro;
  const [named] = word.replace(/^[-!]/, '').split('=', 1);
  const name = attributes.find((one) => one === named);
  if (name === undefined) return [];
  if (word.startsWith('!')) return [[name, null]];
  return [[name, !word.startsWith('-') && !/=(?:false|0)$/.test(word)]];
}

/**
 * A pattern of git as one of CODEOWNERS: without a slash inside it is a name at any depth, else a path from the root.
 */
function fitsOf(pattern: string): Rule['fits'] {
  // Git ignores patterns that exclude, and folders have no attributes.
  if (pattern.startsWith('!') || pattern.endsWith('/')) return () => false;
  const isPath = pattern.includes('/');
  const rooted = isPath ? `/${pattern.replace(/^\//, '')}` : pattern;
  return pathPattern(rooted.endsWith('/**') ? `${rooted}/*` : rooted);
}

/** The pattern of a line, which may be in quotes, and the words after it. */
function partsOf(line: string): { readonly pattern: string; readonly words: readonly string[] } {
  const [, quoted, rest = ''] = /^"((?:[^"\\]|\\.)*)"(.*)$/.exec(line) ?? [];
  const [pattern = '', ...words] = line.split(/\s+/);
  if (quoted === undefined) return { pattern, words };
  return { pattern: quoted.replaceAll(/\\(.)/g, '$1'), words: rest.trim().split(/\s+/) };
}

/** So many lines are read. */
const maxLines = 2_000;

/** The rules of a `.gitattributes` file about generated files. Source: https://git-scm.com/docs/gitattributes */
function rulesOf(text: string): readonly Rule[] {
  const macros = new Map<string, readonly Setting[]>();
  const rules: Rule[] = [];
  for (const raw of text.split('\n', maxLines)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const { pattern, words } = partsOf(line);
    const settings = words.flatMap((word) => settingsOf(word, macros));
    if (pattern.startsWith('[attr]')) macros.set(pattern.slice('[attr]'.length), settings);
    else if (settings.length > 0) rules.push({ fits: fitsOf(pattern), settings });
  }
  return rules;
}

/**
 * Whether a file is generated: as the `.gitattributes` of the default branch says, the last line that fits first; else
 * by its name. Null = there is no such file.
 */
export function generatedFiles(gitattributes: string | null): (path: string) => boolean {
  const rules = rulesOf(gitattributes ?? '');
  const known = wellKnown.map(pathPattern);
  return (path) => {
    const split = splitPath(path);
    const said = new Map<Attribute, boolean | null>();
    for (const { fits, settings } of rules)
      if (fits(split)) for (const [name, value] of settings) said.set(name, value);
    const [first, second] = attributes.map((name) => said.get(name) ?? null);
    return first ?? second ?? known.some((fits) => fits(split));
  };
}
