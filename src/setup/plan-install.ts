import { createHash } from 'node:crypto';
import type {
  CatalogState,
  ComponentProject,
  FileAction,
  HeraldPackage,
  PackageFile,
  TreeFile,
} from '../model/install.ts';
import { differencesOf } from './change.ts';
import type { InstallChange } from './install-change.ts';

/** CI configuration of an installed project: only what a release needs. The source's own one also tests. */
export const releaseConfig = '.gitlab/release.gitlab-ci.yml';

/** What GitLab has of the project now. */
export interface InstallStanding {
  /** Null while there is none; then everything else is empty. */
  readonly project: ComponentProject | null;
  readonly files: readonly TreeFile[];
  readonly tags: readonly string[];
  readonly protectedTags: readonly string[];
  /** Null where this GitLab has no such list. */
  readonly allowedGroups: readonly number[] | null;
  readonly catalog: CatalogState;
  /** Whether the release of this version's tag exists. */
  readonly isReleased: boolean;
}

export interface InstallGoal {
  readonly group: { readonly id: number; readonly path: string; readonly visibility: string };
  readonly herald: HeraldPackage;
  /** False: leave the catalog alone. */
  readonly catalog: boolean;
}

export interface InstallPlan {
  readonly changes: readonly InstallChange[];
  readonly advice: readonly string[];
}

/** Herald made everything in these folders, so what a version no longer has goes. */
const ownFolders = ['dist/', 'docs/'];

/** git's id of a file's content, with the hash that the repository uses. Source: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
function blobOf({ content }: PackageFile, like: string): string {
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** What makes the files of a branch those of the package; other people's files stay. */
export function fileActions(
  wanted: readonly PackageFile[],
  found: readonly TreeFile[],
): readonly FileAction[] {
  const blobs = new Map(found.map(({ path, blob }) => [path, blob]));
  const kept = new Set(wanted.map(({ path }) => path));
  const changed = wanted.flatMap((file): readonly FileAction[] => {
    const blob = blobs.get(file.path);
    if (blob === undefined) return [{ action: 'create', file }];
    return blob === blobOf(file, blob) ? [] : [{ action: 'update', file }];
  });
  const gone = found
    .filter(({ path }) => !kept.has(path) && ownFolders.some((folder) => path.startsWith(folder)))
    .map(({ path }): FileAction => ({ action: 'delete', path }));
  return [...changed, ...gone];
}

/** Whether a rule about tags covers a tag; `*` is any text. */
export function coversTag(rule: string, tag: string): boolean {
  const [start = '', ...rest] = rule.split('*');
  const end = rest.pop();
  if (end === undefined) return rule === tag;
  if (!tag.startsWith(start) || !tag.endsWith(end) || tag.length < start.length + end.length) return false;
  let at = start.length;
  for (const part of rest) {
    const found = tag.indexOf(part, at);
    if (found < 0 || found + part.length > tag.length - end.length) return false;
    at = found + part.length;
  }
  return true;
}

function numbersOf(version: string): readonly number[] | null {
  const [, ...parts] = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/.exec(version) ?? [];
  return parts.length === 0 ? null : parts.map(Number);
}

/** The tag of a version that is newer than this one; null for none. Pre-releases do not count. */
export function newerVersion(tags: readonly string[], version: string): string | null {
  const own = numbersOf(version) ?? [];
  const isNewer = (tag: string): boolean => {
    const numbers = numbersOf(tag);
    const at = numbers?.findIndex((number, index) => number !== own[index]) ?? -1;
    return numbers !== null && at >= 0 && (numbers[at] ?? 0) > (own[at] ?? 0);
  };
  return tags.find(isNewer) ?? null;
}

/** A repository that holds something else than Herald. */
export function isForeign(files: readonly TreeFile[]): boolean {
  return files.length > 0 && !files.some(({ path }) => path === 'templates/report/template.yml');
}

function projectChanges(
  { project }: InstallStanding,
  { group, herald }: InstallGoal,
): readonly InstallChange[] {
  if (project === null) return [{ do: 'make-project', visibility: group.visibility }];
  const found = { description: project.description, 'CI configuration': project.ciConfigPath };
  // A description that people wrote stays: the catalog only needs one.
  const description = project.description === '' ? herald.description : project.description;
  const differences = differencesOf(found, { description, 'CI configuration': releaseConfig });
  if (differences.length === 0) return [];
  return [{ do: 'change-project', set: { description, ciConfigPath: releaseConfig }, differences }];
}

function allowance(
  { project, allowedGroups }: InstallStanding,
  { group }: InstallGoal,
): readonly InstallChange[] {
  const isPrivate = group.visibility === 'private';
  const isMissing = project === null || (allowedGroups !== null && !allowedGroups.includes(group.id));
  return isPrivate && isMissing ? [{ do: 'allow-group', group: group.path }] : [];
}

function catalogChanges({ project, catalog }: InstallStanding, goal: InstallGoal): readonly InstallChange[] {
  const isMissing = project === null || catalog === 'unlisted';
  return goal.catalog && isMissing ? [{ do: 'list-in-catalog' }] : [];
}

function adviceOf(standing: InstallStanding, goal: InstallGoal): readonly string[] {
  const { project, catalog, tags, isReleased } = standing;
  if (project === null) return [];
  const { version } = goal.herald;
  const noCatalog =
    catalog === 'unknown' && goal.catalog
      ? [
          'this GitLab has no CI/CD Catalog (17.0 and later do): include the templates with include:project (docs/guides/install.md)',
        ]
      : [];
  const unreleased =
    tags.includes(version) && !isReleased
      ? [
          `the pipeline of the tag ${version} has not made its release yet: ${project.url}/-/pipelines?ref=${version}`,
        ]
      : [];
  return [...noCatalog, ...unreleased];
}

/**
 * What makes a project of a group the home of this version of Herald: nothing where it is, so that a second run writes
 * nothing. A version whose tag exists is not pushed again.
 */
export function planInstall(standing: InstallStanding, goal: InstallGoal): InstallPlan {
  const { project, files, tags, protectedTags } = standing;
  const { version } = goal.herald;
  const isTagged = tags.includes(version);
  const actions = isTagged ? [] : fileActions(goal.herald.files, files);
  const branch = project?.defaultBranch ?? 'main';
  const changes: readonly InstallChange[] = [
    ...projectChanges(standing, goal),
    ...allowance(standing, goal),
    ...(protectedTags.some((rule) => coversTag(rule, version))
      ? []
      : [{ do: 'protect-tags', pattern: '*' } as const]),
    ...(actions.length === 0 ? [] : [{ do: 'push-files', branch, version, actions } as const]),
    ...catalogChanges(standing, goal),
    ...(isTagged ? [] : [{ do: 'make-tag', version } as const]),
  ];
  return { changes, advice: adviceOf(standing, goal) };
}
