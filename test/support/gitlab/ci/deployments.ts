import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { pageOf } from '../page-of.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedDeployment, EmbeddedState } from '../state/state.ts';
import { mergeRequestJson } from '../work-items/merge-request-json.ts';

function changedAt({ updated_at: at, created_at: created }: EmbeddedDeployment): number {
  return Date.parse(at ?? created ?? '9999-01-01');
}

/** A deployment as the API gives it. */
function deploymentJson({ mergeRequests: _mergeRequests, ...fields }: EmbeddedDeployment): object {
  const created_at = fields.created_at ?? fields.updated_at ?? new Date().toISOString();
  return { ...fields, iid: fields.id, created_at };
}

function list(
  request: EmbeddedRequest,
  [part = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const { query } = request;
  const at = projectOf(part, state)?.id;
  const wanted = query.get('environment');
  const status = query.get('status');
  const since = Date.parse(query.get('updated_after') ?? '1970-01-01');
  const found = state.deployments.filter(
    (one) =>
      one.project_id === at &&
      (wanted ?? one.environment.name) === one.environment.name &&
      (status ?? one.status) === one.status &&
      changedAt(one) >= since,
  );
  if (query.get('order_by') === 'updated_at') found.sort((a, b) => changedAt(a) - changedAt(b));
  if (query.get('order_by') === 'id') found.sort((a, b) => a.id - b.id);
  if (query.get('sort') === 'desc') found.reverse();
  return pageOf(found, request, deploymentJson);
}

/** Those that something was deployed to, by name. */
function listEnvironments(
  request: EmbeddedRequest,
  [part = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const project = projectOf(part, state);
  if (project === null) return refused(refusals.noProject);
  const own = state.deployments.filter(({ project_id: at }) => at === project.id);
  const byName = new Map(own.map(({ environment }) => [environment.name, environment]));
  const rows = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return page(
    rows.map((one, index) => ({ id: index + 1, slug: one.name, state: 'available', ...one })),
    request,
  );
}

/** Sources: https://docs.gitlab.com/api/deployments/, https://docs.gitlab.com/api/environments/ */
export const deploymentRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/environments$/, listEnvironments),
  route('GET', /^\/projects\/([^/]+)\/deployments$/, list),
  route('GET', /^\/projects\/([^/]+)\/deployments\/(\d+)$/, (_request, [part = '', id], state) => {
    const at = projectOf(part, state)?.id;
    const found = state.deployments.find((one) => one.project_id === at && String(one.id) === id);
    return found === undefined ? refused(refusals.noDeployment) : ok(deploymentJson(found));
  }),
  route(
    'GET',
    /^\/projects\/([^/]+)\/deployments\/(\d+)\/merge_requests$/,
    (request, [part = '', id], state) => {
      const at = projectOf(part, state)?.id;
      const found = state.deployments.find((one) => one.project_id === at && String(one.id) === id);
      if (found === undefined) return refused(refusals.noDeployment);
      const shipped = state.mergeRequests.filter(
        (mr) => mr.project_id === at && found.mergeRequests.includes(mr.iid),
      );
      return pageOf(shipped, request, (mr) => mergeRequestJson(mr, state));
    },
  ),
];
