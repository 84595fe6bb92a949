import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedRequest, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { accessLevelOf, developer } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedNote, EmbeddedState } from '../state/state.ts';
import { isSearched, projectJson } from './project-json.ts';

function commentsOf(
  noteable_type: 'MergeRequest' | 'Issue',
  { iid, notes }: { readonly iid: number; readonly notes: readonly EmbeddedNote[] },
): readonly object[] {
  return notes.map(({ id, body, system, created_at }) => ({
    action_name: 'commented on',
    created_at,
    note: { id, body, system, noteable_type, noteable_iid: iid },
  }));
}

function pushesOf(project: number, { pushes }: EmbeddedState): readonly object[] {
  return pushes
    .filter(({ project_id: at }) => at === project)
    .map(({ created_at, action, ref_type, ref }) => ({
      action_name: action === 'removed' ? 'deleted' : 'pushed to',
      created_at,
      push_data: { action, ref_type, ref },
    }));
}

/** Comments and pushes only. Source: https://docs.gitlab.com/api/events/#list-all-visible-events-for-a-project */
function listEvents({ query }: EmbeddedRequest, project: number, state: EmbeddedState): readonly object[] {
  const ofProject = ({ project_id: at }: { readonly project_id: number }): boolean => at === project;
  const after = Date.parse(`${query.get('after') ?? '1970-01-01'}T23:59:59Z`);
  const all = [
    ...pushesOf(project, state),
    ...state.mergeRequests.filter(ofProject).flatMap((mr) => commentsOf('MergeRequest', mr)),
    ...state.issues.filter(ofProject).flatMap((issue) => commentsOf('Issue', issue)),
  ];
  const isPush = query.get('action') === 'pushed';
  const wanted = all.filter((event) => 'push_data' in event === isPush);
  return wanted.filter((event) => !('created_at' in event) || Date.parse(String(event.created_at)) > after);
}

/** What went on in a project, and the projects that a user belongs to. */
export const activityRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/events$/, (request, [part = ''], state) => {
    const project = projectOf(part, state);
    return project === null
      ? refused(refusals.noProject)
      : page(listEvents(request, project.id, state), request);
  }),
  route('GET', /^\/projects$/, (request, _parts, state) => {
    const { user, query } = request;
    const wantsLiving = query.get('archived') === 'false';
    const own = state.projects.filter(
      (project) =>
        isSearched(project, query) &&
        !(wantsLiving && project.archived === true) &&
        user !== null &&
        accessLevelOf(user.id, project.id, state) >= developer,
    );
    const rows = own.map(projectJson);
    return page(rows, request);
  }),
];
