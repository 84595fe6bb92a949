import { GitLabRefusedError, UsageError } from '../../errors.ts';
import type { Projects } from '../../gitlab/ports/setup.ts';
import { counted } from '../../model/plural.ts';
import type { ProjectSettings } from '../../model/setup.ts';
import type { SetupWishes } from './wishes.ts';

/** A watched project, or why it cannot be one. */
export type Watched =
  | { readonly project: ProjectSettings }
  | { readonly path: string; readonly refusal: GitLabRefusedError };

export interface WatchedProjects {
  readonly watched: readonly Watched[];
  /** The number of skipped projects, with the reasons. */
  readonly leftOut: readonly string[];
}

const projectForms = { one: 'project is', other: 'projects are' };

async function watchedOfGroup(
  { group, subgroups }: { readonly group: string; readonly subgroups: boolean },
  bot: ProjectSettings | null,
  gitlab: Projects,
): Promise<WatchedProjects> {
  const found = await gitlab.fetchGroup(group);
  if (found === null)
    throw new UsageError(`group ${group} not found, or the token cannot see it`, {
      hint: 'give the full path of the group, and a token whose user is a member of it',
    });
  const all: ProjectSettings[] = [];
  for await (const page of gitlab.fetchGroupProjectPages(found.id, subgroups)) all.push(...page);
  const archived = all.filter((project) => project.archived);
  const doomed = all.filter((project) => !project.archived && project.pendingDeletion);
  const live = all.filter((project) => !project.archived && !project.pendingDeletion);
  const watched = live.filter(({ id }) => id !== bot?.id);
  return {
    watched: watched.map((project) => ({ project })),
    leftOut: [
      ...(archived.length === 0 ? [] : [`${counted(archived.length, projectForms)} archived`]),
      ...(doomed.length === 0 ? [] : [`${counted(doomed.length, projectForms)} about to be deleted`]),
      ...(bot === null || watched.length === live.length
        ? []
        : [`${bot.path} is the project of the bot itself`]),
    ],
  };
}

async function watchedByName(name: number | string, gitlab: Projects): Promise<Watched> {
  try {
    return { project: await gitlab.fetchProjectSettings(name) };
  } catch (error) {
    if (error instanceof GitLabRefusedError) return { path: String(name), refusal: error };
    throw error;
  }
}

/**
 * The projects to watch: those named, all of a group without archived ones and without the bot's own, or the bot's own
 * alone. Throws `UsageError` for a group that cannot be seen; a project that cannot be seen is listed with the others.
 * `bot` is null where its own project cannot be seen.
 */
export async function fetchWatchedProjects(
  wishes: SetupWishes,
  bot: ProjectSettings | null,
  gitlab: Projects,
): Promise<WatchedProjects> {
  const { group, subgroups, projects } = wishes;
  if (group !== null) return watchedOfGroup({ group, subgroups }, bot, gitlab);
  if (projects.length === 0) return { watched: bot === null ? [] : [{ project: bot }], leftOut: [] };
  const watched: Watched[] = [];
  for (const name of projects) watched.push(await watchedByName(name, gitlab));
  return { watched, leftOut: [] };
}
