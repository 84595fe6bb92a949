import picomatch from 'picomatch';
import { defaultSettings } from '../../bot/settings.ts';
import { GitLabRefusedError } from '../../errors.ts';
import type { Project } from '../../gitlab/ports/repository.ts';
import type { Person } from '../../model/person.ts';
import { fetchSettings } from '../fetch-settings.ts';
import type { BotScope, BotWorld, NothingToDo } from './bot-world.ts';
import type { Desk } from './desk.ts';

/** Whether the bot serves a project: by default only its own. `deny` wins over `projects`. */
export function whyNotServed(project: Project, { ownProject, projects, deny }: BotScope): string | null {
  const fits = (patterns: readonly string[]): boolean =>
    patterns.length > 0 && picomatch([...patterns], { nocase: true, dot: true })(project.path);
  if (fits(deny)) return `${project.path} is excluded by "deny"`;
  const isServed =
    projects.length === 0
      ? ownProject !== null && [project.id, project.path].includes(ownProject)
      : fits(projects);
  if (!isServed) return `${project.path} is not among the projects that the bot serves`;
  return project.archived ? `${project.path} is archived` : null;
}

async function projectOf(id: number | string, { gitlab }: BotWorld): Promise<Project | null> {
  try {
    return await gitlab.fetchProject(id);
  } catch (error) {
    if (error instanceof GitLabRefusedError && error.status === 404) return null;
    throw error;
  }
}

async function fetchSelf({ gitlab }: BotWorld): Promise<Person> {
  const self = await gitlab.fetchCurrentUser();
  return { ...self, name: self.username, active: true };
}

/** A served project with its settings and the bot's own user. Throws `UsageError` for a configuration that is wrong. */
export async function deskOf(project: Project, world: BotWorld): Promise<Desk> {
  const [self, settings] = await Promise.all([fetchSelf(world), fetchSettings(project, world)]);
  return { world, self, project, settings };
}

/** The same without the project's settings, for a project whose configuration is wrong. */
export async function deskWithoutSettings(projectId: number, world: BotWorld): Promise<Desk | null> {
  const project = await projectOf(projectId, world);
  if (project === null) return null;
  return { world, self: await fetchSelf(world), project, settings: defaultSettings };
}

/** The same by the project's id or full path, or why the bot does nothing there. */
export async function openDesk(projectId: number | string, world: BotWorld): Promise<Desk | NothingToDo> {
  const project = await projectOf(projectId, world);
  if (project === null) return { nothing: `project ${projectId} does not exist, or the token cannot see it` };
  const nothing = whyNotServed(project, world.scope);
  return nothing === null ? deskOf(project, world) : { nothing };
}
