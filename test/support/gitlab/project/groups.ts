import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { userJson } from '../../../../src/demo/user-json.ts';
import { refusals } from '../refusals.ts';
import { accessLevelOf, developer } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedState } from '../state/state.ts';
import { isSearched, projectJson } from './project-json.ts';

function groupOf(part: string, { ci }: EmbeddedState): EmbeddedState['ci']['groups'][number] | null {
  return ci.groups.find(({ id, full_path }) => String(id) === part || full_path === part) ?? null;
}

function invitedOf(
  part: string,
  { relation, minLevel }: { readonly relation: 'direct' | null; readonly minLevel: number },
  state: EmbeddedState,
): readonly { readonly full_path: string }[] {
  const at = projectOf(part, state)?.id;
  return state.ci.invitedGroups
    .filter((one) => one.project_id === at && one.access_level >= minLevel)
    .filter((one) => relation === null || one.relation === relation)
    .map(({ full_path }) => ({ full_path }));
}

/** Groups and their projects. Source: https://docs.gitlab.com/api/groups/ */
export const groupRoutes: readonly Route[] = [
  // Direct members only; a group that the user cannot see is not there.
  route('GET', /^\/groups\/([^/]+)\/members$/, (request, [part = ''], state) => {
    const group = groupOf(part, state);
    const { groupMembers, hiddenGroups } = state.ci;
    const of = groupMembers.filter(({ group_id: id }) => id === group?.id);
    const isSeen =
      group !== null &&
      (!hiddenGroups.has(group.id) || of.some(({ user_id: id }) => id === request.user?.id));
    if (!isSeen) return refused(refusals.noGroup);
    const users = state.users.filter(({ id }) => of.some(({ user_id: who }) => who === id));
    return page(
      users.map((user) => ({ ...userJson(user), access_level: developer })),
      request,
    );
  }),
  // With `with_shared`; the groups above a project are known by its path. Source: https://docs.gitlab.com/api/projects/#list-all-groups
  route('GET', /^\/projects\/([^/]+)\/groups$/, (request, [part = ''], state) =>
    page(
      invitedOf(
        part,
        { relation: 'direct', minLevel: Number(request.query.get('shared_min_access_level')) },
        state,
      ),
      request,
    ),
  ),
  // Source: https://docs.gitlab.com/api/projects/#list-all-invited-groups
  route('GET', /^\/projects\/([^/]+)\/invited_groups$/, (request, [part = ''], state) =>
    page(
      invitedOf(part, { relation: null, minLevel: Number(request.query.get('min_access_level')) }, state),
      request,
    ),
  ),
  route('GET', /^\/groups\/([^/]+)$/, (_request, [part = ''], state) => {
    const group = groupOf(part, state);
    return group === null ? refused(refusals.noGroup) : ok(group);
  }),
  route('GET', /^\/groups\/([^/]+)\/projects$/, (request, [part = ''], state) => {
    const group = groupOf(part, state);
    if (group === null) return refused(refusals.noGroup);
    const deep = request.query.get('include_subgroups') === 'true';
    const found = state.projects.filter((project) => {
      const { id, path_with_namespace: path } = project;
      if (!isSearched(project, request.query)) return false;
      if (request.query.get('archived') === 'false' && project.archived === true) return false;
      const namespace = path.slice(0, path.lastIndexOf('/'));
      const inside = namespace === group.full_path || (deep && namespace.startsWith(`${group.full_path}/`));
      return inside && accessLevelOf(request.user?.id ?? 0, id, state) > 0;
    });
    return page(found.map(projectJson), request);
  }),
];
