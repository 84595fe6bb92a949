import { type EmbeddedAnswer, type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { allowed, developer } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedSchedule } from '../state/ci.ts';
import type { EmbeddedState } from '../state/state.ts';

const defaults = { cron_timezone: 'UTC', active: true };
const names = ['description', 'ref', 'cron', 'cron_timezone', 'active'];

function fieldsOf(request: EmbeddedRequest): Readonly<Record<string, unknown>> {
  const given = Object.fromEntries(Object.entries(request.body).filter(([name]) => names.includes(name)));
  return typeof given['ref'] === 'string'
    ? { ...given, ref: `refs/heads/${given['ref'].replace(/^refs\/heads\//, '')}` }
    : given;
}

function scheduleJson(schedule: EmbeddedSchedule, state: EmbeddedState): Record<string, unknown> {
  return {
    ...schedule.fields,
    id: schedule.id,
    owner: state.users.find(({ id }) => id === schedule.owner_id) ?? null,
  };
}

function withVariables(schedule: EmbeddedSchedule, state: EmbeddedState): object {
  const variables = [...schedule.variables].map(([key, value]) => ({ key, value, variable_type: 'env_var' }));
  const last = state.pipelines.find(({ id }) => id === schedule.last_pipeline_id);
  const lastPipeline =
    last === undefined ? null : { id: last.id, sha: last.sha, ref: last.ref, status: last.status };
  return { ...scheduleJson(schedule, state), last_pipeline: lastPipeline, variables };
}

function createSchedule(request: EmbeddedRequest, projectId: number, state: EmbeddedState): EmbeddedAnswer {
  const missing = ['description', 'ref', 'cron'].find((name) => typeof request.body[name] !== 'string');
  if (missing !== undefined) return refused(refusals.missingField, missing);
  if (request.user === null) return refused(refusals.jobToken);
  state.nextId += 1;
  const schedule: EmbeddedSchedule = {
    id: state.nextId,
    project_id: projectId,
    owner_id: request.user.id,
    fields: { ...defaults, ...fieldsOf(request) },
    variables: new Map(),
  };
  state.ci.schedules.push(schedule);
  return { status: 201, body: scheduleJson(schedule, state) };
}

type Found = { readonly schedule: EmbeddedSchedule } | { readonly refusal: EmbeddedAnswer };

function find(
  request: EmbeddedRequest,
  [part = '', id = '']: readonly string[],
  state: EmbeddedState,
): Found {
  const projectId = allowed({ request, state }, part, developer);
  if (typeof projectId !== 'number') return { refusal: projectId };
  const schedule = state.ci.schedules.find((one) => one.project_id === projectId && String(one.id) === id);
  return schedule === undefined ? { refusal: refused(refusals.noSchedule) } : { schedule };
}

/** Only the owner of a schedule changes it; everybody else takes it over first. */
function change(request: EmbeddedRequest, parts: readonly string[], state: EmbeddedState): EmbeddedAnswer {
  const found = find(request, parts, state);
  if ('refusal' in found) return found.refusal;
  const { schedule } = found;
  if (request.method === 'GET') return ok(withVariables(schedule, state));
  if (request.method === 'DELETE') {
    state.ci.schedules.splice(state.ci.schedules.indexOf(schedule), 1);
    return { status: 204, body: '' };
  }
  if (schedule.owner_id !== request.user?.id) return refused(refusals.scheduleOfOthers);
  schedule.fields = { ...schedule.fields, ...fieldsOf(request) };
  return ok(scheduleJson(schedule, state));
}

function setVariable(
  request: EmbeddedRequest,
  parts: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const found = find(request, parts, state);
  if ('refusal' in found) return found.refusal;
  if (found.schedule.owner_id !== request.user?.id) return refused(refusals.scheduleOfOthers);
  const key = parts[2] === undefined || parts[2] === '' ? String(request.body['key']) : parts[2];
  const { variables } = found.schedule;
  if (request.method === 'POST' && variables.has(key)) return refused(refusals.scheduleVariableTaken);
  variables.set(key, String(request.body['value']));
  return { status: request.method === 'POST' ? 201 : 200, body: { key, value: variables.get(key) } };
}

/** Pipeline schedules. Source: https://docs.gitlab.com/api/pipeline_schedules/ */
export const scheduleRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/pipeline_schedules$/, (request, [part = ''], state) => {
    const projectId = allowed({ request, state }, part, developer);
    if (typeof projectId !== 'number') return projectId;
    const schedules = state.ci.schedules.filter(({ project_id }) => project_id === projectId);
    return page(
      schedules.map((schedule) => scheduleJson(schedule, state)),
      request,
    );
  }),
  route('POST', /^\/projects\/([^/]+)\/pipeline_schedules$/, (request, [part = ''], state) => {
    const projectId = allowed({ request, state }, part, developer);
    return typeof projectId === 'number' ? createSchedule(request, projectId, state) : projectId;
  }),
  ...['GET', 'PUT', 'DELETE'].map((method) =>
    route(method, /^\/projects\/([^/]+)\/pipeline_schedules\/(\d+)$/, change),
  ),
  route(
    'POST',
    /^\/projects\/([^/]+)\/pipeline_schedules\/(\d+)\/take_ownership$/,
    (request, parts, state) => {
      const found = find(request, parts, state);
      if ('refusal' in found) return found.refusal;
      if (request.user !== null) found.schedule.owner_id = request.user.id;
      return { status: 201, body: scheduleJson(found.schedule, state) };
    },
  ),
  ...['POST', 'PUT'].map((method) =>
    route(method, /^\/projects\/([^/]+)\/pipeline_schedules\/(\d+)\/variables(?:\/([^/]+))?$/, setVariable),
  ),
];
