import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { userJson } from '../../../../src/demo/user-json.ts';
import { refusals } from '../refusals.ts';
import { accessLevelOf, allowed, developer, maintainer } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedBranchRule } from '../state/protection.ts';
import type { EmbeddedState } from '../state/state.ts';

/** GitLab protects the default branch by itself: https://docs.gitlab.com/user/project/repository/branches/default/ */
function branchRulesOf(projectId: number, state: EmbeddedState): readonly object[] {
  const own = state.branchRules.filter(({ project_id: at }) => at === projectId);
  const branch = state.projects.find(({ id }) => id === projectId)?.default_branch ?? '';
  const isOpen =
    state.ci.unprotectedBranches.has(`${projectId}:${branch}`) || own.some(({ name }) => name === branch);
  const maintainers = [{ access_level: maintainer, access_level_description: 'Maintainers' }];
  const standard: EmbeddedBranchRule = {
    project_id: projectId,
    name: branch,
    push_access_levels: maintainers,
    merge_access_levels: maintainers,
  };
  return (isOpen ? own : [standard, ...own]).map(({ project_id: _at, ...rule }, index) => ({
    id: index + 1,
    ...rule,
    allow_force_push: false,
  }));
}

/** Members of a project and who of the instance's users they are. */
function membersOf(
  projectId: number,
  state: EmbeddedState,
  isListed: (userId: number) => boolean = () => true,
): readonly object[] {
  return state.users.flatMap((user) => {
    if (!isListed(user.id)) return [];
    const level = accessLevelOf(user.id, projectId, state);
    return level === 0 ? [] : [{ ...userJson(user), access_level: level, membership_state: 'active' }];
  });
}

function usernameOf({ query }: EmbeddedRequest): string | null {
  return query.get('username')?.toLowerCase() ?? null;
}

/** Users, members, protected branches and milestones. Sources: https://docs.gitlab.com/api/members/, https://docs.gitlab.com/api/protected_branches/ */
export const peopleRoutes: readonly Route[] = [
  route('GET', /^\/users$/, (request, _parts, state) =>
    page(
      state.users
        .filter(({ username }) => username.toLowerCase() === (usernameOf(request) ?? username.toLowerCase()))
        .map(userJson),
      request,
    ),
  ),
  route('GET', /^\/users\/(\d+)$/, (_request, [id = ''], state) => {
    const user = state.users.find((one) => String(one.id) === id);
    return user === undefined ? refused(refusals.noUser) : ok(userJson(user));
  }),
  // Without those of the groups above.
  route('GET', /^\/projects\/([^/]+)\/members$/, (request, [part = ''], state) => {
    const project = projectOf(part, state);
    if (project === null) return refused(refusals.noProject);
    const { inheritedMembers } = state.ci;
    const isDirect = (userId: number): boolean => !inheritedMembers.has(`${project.id}:${userId}`);
    return page(membersOf(project.id, state, isDirect), request);
  }),
  route('GET', /^\/projects\/([^/]+)\/members\/all$/, (request, [part = ''], state) => {
    const project = projectOf(part, state);
    return project === null ? refused(refusals.noProject) : page(membersOf(project.id, state), request);
  }),
  route('GET', /^\/projects\/([^/]+)\/members\/all\/(\d+)$/, (_request, [part = '', id = ''], state) => {
    const project = projectOf(part, state);
    const user = state.users.find((one) => String(one.id) === id);
    const level = project === null ? 0 : accessLevelOf(Number(id), project.id, state);
    return level === 0 || user === undefined
      ? refused(refusals.noMember)
      : ok({ ...userJson(user), access_level: level, membership_state: 'active' });
  }),
  route('GET', /^\/projects\/([^/]+)\/protected_branches$/, (request, [part = ''], state) => {
    const projectId = allowed({ request, state }, part, developer);
    return typeof projectId === 'number' ? page(branchRulesOf(projectId, state), request) : projectId;
  }),
  route('GET', /^\/projects\/([^/]+)\/protected_environments$/, (request, [part = ''], state) => {
    const projectId = allowed({ request, state }, part, maintainer);
    if (typeof projectId !== 'number') return projectId;
    const own = state.protectedEnvironments.filter(({ project_id: at }) => at === projectId);
    return page(
      own.map(({ project_id: _at, ...environment }) => environment),
      request,
    );
  }),
  route('GET', /^\/projects\/([^/]+)\/milestones$/, (request, [part = ''], state) => {
    const project = projectOf(part, state);
    const wanted = request.query.get('state') ?? 'all';
    const rows = state.milestones.filter(
      ({ project_id: at, state: is }) => at === project?.id && (wanted === 'all' || is === wanted),
    );
    return project === null ? refused(refusals.noProject) : page(rows, request);
  }),
];
