import { pipelineJson, pipelineOf, projectOf, statusJson } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import type { EmbeddedStatus } from '../../../../src/demo/state.ts';
import { pageOf } from '../page-of.ts';
import { refusals } from '../refusals.ts';
import { allowed, maintainer } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedPipeline, EmbeddedState } from '../state/state.ts';

const events: Readonly<Record<string, string>> = {
  pending: 'enqueue',
  running: 'run',
  success: 'success',
  failed: 'drop',
  canceled: 'cancel',
  skipped: 'skip',
};

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Only a pending or running status of the same name and user changes; a finished one is followed by a new one. */
function setStatus(
  request: EmbeddedRequest,
  pipeline: EmbeddedPipeline,
  state: EmbeddedState,
): EmbeddedAnswer {
  const name = textOf(request.body['name']) ?? textOf(request.body['context']) ?? 'default';
  const wanted = textOf(request.body['state']) ?? '';
  const event = events[wanted];
  if (event === undefined) return refused(refusals.unknownState);
  if (pipeline.jobs.some((job) => job.name === name)) return refused(refusals.statusNamedLikeJob);
  const open = pipeline.statuses.find(
    (status) =>
      status.name === name &&
      status.user === request.user?.id &&
      (status.state === 'pending' || status.state === 'running'),
  );
  if (open?.state === wanted) return refused(refusals.sameStatusAgain, event, open.state);
  const texts = {
    description: textOf(request.body['description']),
    target_url: textOf(request.body['target_url']),
  };
  if (open !== undefined) {
    Object.assign(open, { state: wanted, ...texts });
    return { status: 201, body: statusJson(open, pipeline) };
  }
  state.nextId += 1;
  const status: EmbeddedStatus = {
    id: state.nextId,
    name,
    user: request.user?.id ?? 0,
    state: wanted,
    ...texts,
  };
  pipeline.statuses.push(status);
  return { status: 201, body: statusJson(status, pipeline) };
}

/**
 * Which pipeline a status goes to; without an id and without a pipeline of the commit GitLab makes a new, external one.
 */
function pipelineForStatus(
  request: EmbeddedRequest,
  parts: readonly string[],
  state: EmbeddedState,
): EmbeddedPipeline | null {
  const project = projectOf(parts[0] ?? '', state);
  const sha = parts[1] ?? '';
  const wanted = request.body['pipeline_id'];
  const ref = textOf(request.body['ref']);
  const ofCommit = state.pipelines.filter(
    (pipeline) =>
      pipeline.project_id === project?.id &&
      pipeline.sha === sha &&
      // `first_matching_pipeline` of `app/services/ci/create_commit_status_service.rb` leaves child pipelines out.
      pipeline.source !== 'parent_pipeline' &&
      (ref === null || pipeline.ref === ref),
  );
  if (wanted !== undefined && wanted !== null)
    return ofCommit.find(({ id }) => id === Number(wanted)) ?? null;
  const newest = ofCommit.at(-1);
  if (newest !== undefined || project === null) return newest ?? null;
  state.nextId += 1;
  const external: EmbeddedPipeline = {
    id: state.nextId,
    project_id: project.id,
    ref: ref ?? 'main',
    sha,
    status: 'running',
    source: 'external',
    created_at: new Date().toISOString(),
    jobs: [],
    statuses: [],
    test_report: null,
  };
  state.pipelines.push(external);
  return external;
}

const finished = ['success', 'failed', 'canceled', 'skipped'];

/** A pipeline whose state says no more changes when it is made, or later. */
function changedAt({ updated_at: at }: EmbeddedPipeline): number {
  return at === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(at);
}

function isInScope({ status }: EmbeddedPipeline, scope: string | null): boolean {
  if (scope === 'finished') return finished.includes(status);
  return scope === 'running' || scope === 'pending' ? status === scope : true;
}

/** Pipelines of a project; child pipelines only when they are asked for. Source: https://docs.gitlab.com/api/pipelines/ */
function listPipelines(
  request: EmbeddedRequest,
  parts: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const project = projectOf(parts[0] ?? '', state);
  if (project === null) return refused(refusals.noProject);
  const { query } = request;
  const since = Date.parse(query.get('updated_after') ?? '1970-01-01');
  const isByChange = query.get('order_by') === 'updated_at';
  const fits = (pipeline: EmbeddedPipeline): boolean =>
    (['ref', 'sha', 'status', 'source'] as const).every((name) => {
      const wanted = query.get(name);
      return wanted === null || pipeline[name] === wanted;
    }) &&
    (query.get('username') ?? pipeline.trigger?.username) === pipeline.trigger?.username &&
    (query.get('source') !== null || pipeline.source !== 'parent_pipeline') &&
    changedAt(pipeline) >= since &&
    isInScope(pipeline, query.get('scope'));
  const found = state.pipelines
    .filter((pipeline) => pipeline.project_id === project.id && fits(pipeline))
    .sort((a, b) => (isByChange ? changedAt(a) - changedAt(b) : 0) || a.id - b.id);
  if (query.get('sort') !== 'asc') found.reverse();
  return pageOf(found, request, (pipeline) => pipelineJson(pipeline, state));
}

/** Source: https://docs.gitlab.com/api/pipelines/#get-variables-of-a-pipeline */
function listVariables({ trigger }: EmbeddedPipeline, request: EmbeddedRequest): EmbeddedAnswer {
  const payload = { key: 'TRIGGER_PAYLOAD', variable_type: 'file', value: trigger?.payload };
  return page(trigger === undefined ? [] : [payload], request);
}

export const pipelineRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/pipelines\/(\d+)\/variables$/, (request, parts, state) => {
    const allowedIn = allowed({ request, state }, parts[0] ?? '', maintainer);
    if (typeof allowedIn !== 'number') return allowedIn;
    const pipeline = pipelineOf(parts, state);
    return pipeline === null ? refused(refusals.noPipeline) : listVariables(pipeline, request);
  }),
  route('GET', /^\/projects\/([^/]+)\/pipelines\/(\d+)$/, (_request, parts, state) => {
    const pipeline = pipelineOf(parts, state);
    return pipeline === null ? refused(refusals.noPipeline) : ok(pipelineJson(pipeline, state));
  }),
  route('GET', /^\/projects\/([^/]+)\/pipelines\/(\d+)\/test_report$/, (_request, parts, state) => {
    const empty = { total_time: 0, total_count: 0, test_suites: [] };
    return ok(pipelineOf(parts, state)?.test_report ?? empty);
  }),
  route('GET', /^\/projects\/([^/]+)\/pipelines$/, listPipelines),
  route('POST', /^\/projects\/([^/]+)\/statuses\/([^/]+)$/, (request, parts, state) => {
    if (request.token?.kind !== 'personal') return refused(refusals.jobToken);
    const pipeline = pipelineForStatus(request, parts, state);
    return pipeline === null ? refused(refusals.statusWithoutPipeline) : setStatus(request, pipeline, state);
  }),
];
