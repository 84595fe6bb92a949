import {
  jobJson,
  latestAttempts,
  pipelineJson,
  pipelineOf,
  projectOf,
  statusJson,
} from './find-pipelines.ts';
import { type EmbeddedAnswer, page, type Route, route } from './http.ts';
import { refused, serverRefusals } from './refusals.ts';
import type { DemoPipeline, DemoState } from './state.ts';

/** The pipeline whose archives GitLab gives for a ref. */
export function newestSuccess(
  { pipelines }: DemoState,
  of: Pick<DemoPipeline, 'project_id' | 'ref'>,
): DemoPipeline | undefined {
  return pipelines
    .filter(
      ({ project_id: at, ref, status }) => at === of.project_id && ref === of.ref && status === 'success',
    )
    .sort((a, b) => b.id - a.id)[0];
}

/** A file of an archive; GitLab's words for one that is not there. */
export function fileAnswer(content: string | undefined): EmbeddedAnswer {
  return content === undefined
    ? refused(serverRefusals.noArtifact)
    : { status: 200, body: content, headers: { 'content-type': 'application/octet-stream' } };
}

export const tracePattern = /^\/projects\/([^/]+)\/jobs\/(\d+)\/trace$/;

/**
 * The log of a job, whole whatever `Range` asks for, as in `lib/api/ci/jobs.rb` of GitLab; empty when it was erased.
 */
export function traceOf([part = '', id = '']: readonly string[], state: DemoState): EmbeddedAnswer {
  const at = projectOf(part, state)?.id;
  const job = state.pipelines
    .filter(({ project_id: of }) => of === at)
    .flatMap(({ jobs }) => jobs)
    .find((one) => String(one.id) === id);
  if (job === undefined) return refused(serverRefusals.noJob);
  return { status: 200, body: job.trace, headers: { 'content-type': 'text/plain' } };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Pipelines, their jobs, what the jobs left, and the status of a commit. Source: https://docs.gitlab.com/api/jobs/ */
export const pipelineRoutes: readonly Route<DemoState>[] = [
  route('GET', /^\/projects\/([^/]+)\/pipelines$/, (request, [part = ''], state) => {
    const at = projectOf(part, state)?.id;
    const found = state.pipelines
      .filter(({ project_id: of, ref }) => of === at && ref === (request.query.get('ref') ?? ref))
      .sort((a, b) => b.id - a.id);
    return page(
      found.map((pipeline) => pipelineJson(pipeline, state)),
      request,
    );
  }),
  route('GET', /^\/projects\/([^/]+)\/pipelines\/(\d+)\/jobs$/, (request, parts, state) => {
    const pipeline = pipelineOf(parts, state);
    if (pipeline === null) return refused(serverRefusals.noPipeline);
    const all = request.query.get('include_retried') === 'true';
    const jobs = all ? pipeline.jobs : latestAttempts(pipeline.jobs);
    const scopes = [...request.query.getAll('scope'), ...request.query.getAll('scope[]')];
    const newestFirst = jobs
      .filter(({ status }) => scopes.length === 0 || scopes.includes(status))
      .sort((a, b) => b.id - a.id);
    return page(
      newestFirst.map((job) => jobJson(job, pipeline, state)),
      request,
    );
  }),
  // The demo's pipelines start no others.
  route('GET', /^\/projects\/([^/]+)\/pipelines\/(\d+)\/trigger_jobs$/, (request) => page([], request)),
  route('GET', /^\/projects\/([^/]+)\/repository\/commits\/([^/]+)\/statuses$/, (request, [, sha], state) => {
    const ofCommit = state.pipelines.filter((pipeline) => pipeline.sha === sha);
    const rows = ofCommit.flatMap((pipeline) => [
      ...latestAttempts(pipeline.jobs).map((job) => jobJson(job, pipeline, state)),
      ...pipeline.statuses.map((status) => statusJson(status, pipeline)),
    ]);
    return page(rows, request);
  }),
  route('GET', tracePattern, (_request, parts, state) => traceOf(parts, state)),
  // From the newest successful pipeline: https://docs.gitlab.com/api/job_artifacts/
  route('GET', /^\/projects\/([^/]+)\/jobs\/artifacts\/(.+?)\/raw\/(.+)$/, (request, parts, state) => {
    const [part = '', ref = '', path = ''] = parts;
    const at = projectOf(part, state)?.id;
    const pipeline = at === undefined ? undefined : newestSuccess(state, { project_id: at, ref });
    const job = latestAttempts(pipeline?.jobs ?? []).find(({ name }) => name === request.query.get('job'));
    return fileAnswer(job?.artifacts.get(path));
  }),
  route('POST', /^\/projects\/([^/]+)\/statuses\/([^/]+)$/, (request, [part = ''], state) => {
    const { name, state: wanted, pipeline_id: id, ...texts } = request.body;
    const pipeline = pipelineOf([part, String(id)], state);
    if (pipeline === null) return refused(serverRefusals.noPipeline);
    state.nextId += 1;
    const status = {
      id: state.nextId,
      name: String(name),
      user: request.user?.id ?? 0,
      state: String(wanted),
      description: textOf(texts['description']),
      target_url: textOf(texts['target_url']),
    };
    pipeline.statuses.push(status);
    return { status: 201, body: statusJson(status, pipeline) };
  }),
];
