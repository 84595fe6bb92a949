import { ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { accessLevelOf } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedState } from '../state/state.ts';
import { isSearched, projectJson } from './project-json.ts';

function groupOf(part: string, { ci }: EmbeddedState): EmbeddedState['ci']['groups'][number] | null {
  return ci.groups.find(({ id, full_path }) => String(id) === part || full_path === part) ?? null;
}

/** Groups and their projects. Source: https://docs.gitlab.com/api/groups/ */
export const groupRoutes: readonly Route[] = [
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
      const namespace = path.slice(0, path.lastIndexOf('/'));
      const inside = namespace === group.full_path || (deep && namespace.startsWith(`${group.full_path}/`));
      return inside && accessLevelOf(request.user?.id ?? 0, id, state) > 0;
    });
    return page(found.map(projectJson), request);
  }),
];
