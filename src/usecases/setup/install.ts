import { GitLabRefusedError, UsageError } from '../../errors.ts';
import type { ComponentProject, HeraldPackage } from '../../model/install.ts';
import { explainRefusal } from '../../setup/explain-refusal.ts';
import type { InstallChange } from '../../setup/install-change.ts';
import {
  type InstallGoal,
  type InstallStanding,
  isForeign,
  newerVersion,
  planInstall,
  releaseConfig,
} from '../../setup/plan-install.ts';
import type { SetupOutcome, SetupWorld } from './wishes.ts';

export interface InstallWishes {
  /** Path of the group. */
  readonly group: string;
  /** Name of the project in it. */
  readonly name: string;
  readonly planOnly: boolean;
  /** False: leave the CI/CD Catalog alone. */
  readonly catalog: boolean;
  readonly herald: HeraldPackage;
}

const nothing: InstallStanding = {
  project: null,
  files: [],
  tags: [],
  protectedTags: [],
  allowedGroups: null,
  catalog: 'unknown',
  isReleased: false,
};

async function fetchStanding(
  path: string,
  { version }: HeraldPackage,
  { gitlab }: SetupWorld,
): Promise<InstallStanding> {
  const project = await gitlab.findComponentProject(path);
  if (project === null) return nothing;
  const { id, defaultBranch } = project;
  const [files, tags, protectedTags, allowedGroups, catalog, release] = await Promise.all([
    defaultBranch === null ? [] : gitlab.fetchTree(id, defaultBranch),
    gitlab.fetchTagNames(id),
    gitlab.fetchProtectedTags(id),
    gitlab.fetchAllowedGroups(id),
    gitlab.fetchCatalogState(path),
    gitlab.fetchRelease(id, version),
  ]);
  return { project, files, tags, protectedTags, allowedGroups, catalog, isReleased: release !== null };
}

/** Throws `UsageError` where pushing would spoil something. */
function check({ project, files, tags }: InstallStanding, { version }: HeraldPackage): void {
  if (project === null) return;
  if (project.archived)
    throw new UsageError(`${project.path} is archived`, { hint: 'name another project with --install-name' });
  if (isForeign(files))
    throw new UsageError(`${project.path} holds something else than Herald, and stays as it is`, {
      hint: 'name another project with --install-name',
    });
  const newer = newerVersion(tags, version);
  if (newer !== null)
    throw new UsageError(`${project.path} has the newer version ${newer}; this is ${version}`, {
      hint: 'install with the newest version of Herald',
    });
}

interface Installing {
  readonly goal: InstallGoal;
  readonly name: string;
  readonly world: SetupWorld;
  /** Known once it exists. */
  project: ComponentProject | null;
  /** The commit to be tagged; null = the head of the default branch. */
  head: string | null;
}

function existing({ project }: Installing): ComponentProject {
  if (project === null) throw new TypeError('the project comes before everything in it');
  return project;
}

/** Says what this GitLab does not offer, and goes on. */
async function listInCatalog(installing: Installing): Promise<void> {
  const { gitlab, log } = installing.world;
  const { path } = existing(installing);
  if ((await gitlab.fetchCatalogState(path)) === 'unknown') {
    log.warn('This GitLab has no CI/CD Catalog: include the templates with include:project.');
    return;
  }
  await gitlab.addToCatalog(path);
}

async function apply(change: InstallChange, installing: Installing): Promise<void> {
  const { goal, name, world } = installing;
  const { gitlab } = world;
  const { group, herald } = goal;
  switch (change.do) {
    case 'make-project':
      installing.project = await gitlab.createComponentProject({
        groupId: group.id,
        name,
        visibility: change.visibility,
        description: herald.description,
        ciConfigPath: releaseConfig,
      });
      return;
    case 'change-project':
      return gitlab.updateComponentProject(existing(installing).id, change.set);
    case 'allow-group':
      return allowGroup(installing);
    case 'protect-tags':
      return gitlab.protectTags(existing(installing).id, change.pattern);
    case 'push-files': {
      const { id, defaultBranch } = existing(installing);
      const branch = defaultBranch ?? change.branch;
      const message = `Herald ${change.version}`;
      installing.head = (await gitlab.commitFiles(id, { branch, message, actions: change.actions })).sha;
      return;
    }
    case 'list-in-catalog':
      return listInCatalog(installing);
    case 'make-tag': {
      const { id, defaultBranch } = existing(installing);
      return gitlab.createTag(id, change.version, installing.head ?? defaultBranch ?? 'main');
    }
  }
}

async function allowGroup(installing: Installing): Promise<void> {
  const { goal, world } = installing;
  const { id } = existing(installing);
  // A new project of an older GitLab has no such list, and needs none.
  if ((await world.gitlab.fetchAllowedGroups(id)) === null) return;
  await world.gitlab.allowGroup(id, goal.group.id);
}

/** The group and its project are named by people: GitLab's paths only. */
function checkedPath(group: string, name: string): string {
  const path = `${group.replace(/^\/+|\/+$/g, '')}/${name}`;
  if (!name.includes('/') && path.split('/').every((part) => /^\w[\w.-]*$/.test(part))) return path;
  throw new UsageError(`no path of a project: ${path}`, {
    hint: 'give --install with the path of a group, such as my-group, and --install-name with a single word',
  });
}

/**
 * Makes a project of a group the home of this version of Herald, from which all projects of the instance include it:
 * the project, its files, the catalog, a protected tag. The pipeline of the tag builds the image and makes the release.
 * A second run changes nothing, the next run continues an interrupted one, and a newer version pushes an upgrade.
 */
export async function install(wishes: InstallWishes, world: SetupWorld): Promise<SetupOutcome> {
  const { herald, name, catalog } = wishes;
  const path = checkedPath(wishes.group, name);
  const group = await world.gitlab.fetchGroup(path.slice(0, path.lastIndexOf('/')));
  if (group === null)
    throw new UsageError(`no group ${wishes.group} that this token sees`, {
      hint: 'create the group, or give the token to a user who is an Owner of it',
    });
  const standing = await fetchStanding(path, herald, world);
  check(standing, herald);
  const goal = { group, herald, catalog };
  const { changes, advice } = planInstall(standing, goal);
  const outcome = { path, of: 'install', changes, advice, testedBy: null } as const;
  if (wishes.planOnly) return { ...outcome, done: 0, refusal: null };
  const installing: Installing = { goal, name, world, project: standing.project, head: null };
  let done = 0;
  try {
    for (const change of changes) {
      await apply(change, installing);
      done += 1;
    }
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    const hint = explainRefusal(error.message) ?? error.hint;
    return { ...outcome, done, refusal: { message: error.message, hint } };
  }
  return { ...outcome, done, refusal: null };
}
