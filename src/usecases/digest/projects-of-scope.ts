import type { Activity } from '../../gitlab/ports/activity.ts';
import type { History } from '../../gitlab/ports/history.ts';
import type { Project, Repository } from '../../gitlab/ports/repository.ts';
import type { Allowance } from './reading/allowance.ts';
import { readPages } from './reading/read-pages.ts';

/** Whose history a digest is about. */
export type HistoryScope =
  | { readonly kind: 'project'; readonly project: number | string }
  /** Of the projects that the token's user is a member of. */
  | { readonly kind: 'projects'; readonly globs: readonly string[] }
  | { readonly kind: 'group'; readonly group: string };

export interface ProjectsOfScope {
  readonly projects: readonly Project[];
  /** Why there may be more; plain sentences. */
  readonly gaps: readonly string[];
}

type GitLabOfScope = Pick<History, 'fetchProjectPagesOfGroup'> &
  Pick<Repository, 'fetchProject'> &
  Pick<Activity, 'fetchOwnProjects'>;

/** Archived projects have no history that goes on. Throws `GitLabError` where GitLab does not give the first page. */
export async function projectsOfScope(
  gitlab: GitLabOfScope,
  scope: HistoryScope,
  allowance: Allowance,
): Promise<ProjectsOfScope> {
  if (scope.kind === 'group') return projectsOfGroup(gitlab, scope.group, allowance);
  allowance.take();
  if (scope.kind === 'project') return { projects: [await gitlab.fetchProject(scope.project)], gaps: [] };
  // The rules of the bot are not loaded for one project or a group.
  const { pathMatcher } = await import('../../bot/rules/globs.ts');
  const isWanted = pathMatcher(scope.globs);
  const own = await gitlab.fetchOwnProjects();
  return { projects: own.filter(({ path, archived }) => !archived && isWanted(path)), gaps: [] };
}

async function projectsOfGroup(
  gitlab: GitLabOfScope,
  group: string,
  allowance: Allowance,
): Promise<ProjectsOfScope> {
  const projects = new Map<number, Project>();
  const ending = await readPages(gitlab.fetchProjectPagesOfGroup(group), allowance, ({ rows }) => {
    for (const project of rows) if (!project.archived) projects.set(project.id, project);
    return 'more';
  });
  const gaps = ending.kind === 'whole' ? [] : [`Not all projects of ${group} are known: ${ending.gap}.`];
  return { projects: [...projects.values()], gaps };
}
