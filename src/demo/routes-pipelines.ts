import {
  type EmbeddedAnswer,
  type EmbeddedRequest,
  notFound,
  ok,
  page,
  type Route,
  refuse,
  route,
} from './http.ts';
import type { EmbeddedJob, EmbeddedPipeline, EmbeddedState, EmbeddedStatus } from './state.ts';

function projectOf(
  part: string,
  state: EmbeddedState,
): { readonly id: number; readonly path: string } | null {
  const project = state.projects.find(
    ({ id, path_with_namespace: path }) => String(id) === part || path === part,
  );
  return project === undefined ? null : { id: project.id, path: project.path_with_namespace };
}

function pipelineJson(pipeline: EmbeddedPipeline, state: EmbeddedState): object {
  const path = state.projects.find(({ id }) => id === pipeline.project_id)?.path_with_namespace ?? '';
  const { id, project_id, ref, sha, status, source, created_at } = pipeline;
  return {
    id,
    iid: id,
    project_id,
    ref,
    sha,
    status,
    source,
    created_at,
    web_url: `__ORIGIN__/${path}/-/pipelines/${id}`,
  };
}

function jobJson(job: EmbeddedJob, pipeline: EmbeddedPipeline, state: EmbeddedState): object {
  const { artifacts, trace: _trace, ...fields } = job;
  const path = state.projects.find(({ id }) => id === pipeline.project_id)?.path_with_namespace ?? '';
  return {
    ...fields,
    artifacts: artifacts.size === 0 ? [] : [{ file_type: 'archive', filename: 'artifacts.zip', size: 1 }],
    pipeline: pipelineJson(pipeline, state),
    web_url: `__ORIGIN__/${path}/-/jobs/${job.id}`,
  };
}

function pipelineOf(parts: readonly string[], state: EmbeddedState): EmbeddedPipeline | null {
  const project = projectOf(parts[0] ?? '', state);
  return (
    state.pipelines.find(({ id, project_id: at }) => at === project?.id && String(id) === parts[1]) ?? null
  );
}

function latestAttempts(jobs: readonly EmbeddedJob[]): readonly EmbeddedJob[] {
  return jobs.filter((job) => !jobs.some((other) => other.name === job.name && other.id > job.id));
}

function listJobs(
  request: EmbeddedRequest,
  pipeline: EmbeddedPipeline,
  state: EmbeddedState,
): EmbeddedAnswer {
  const all = request.query.get('include_retried') === 'true' ? pipeline.jobs : latestAttempts(pipeline.jobs);
  const newestFirst = [...all].sort((a, b) => b.id - a.id);
  return page(
    newestFirst.map((job) => jobJson(job, pipeline, state)),
    request,
  );
}

/** Artifacts by ref come from the newest successful pipeline: https://docs.gitlab.com/api/job_artifacts/ */
function artifactOfRef(
  request: EmbeddedRequest,
  parts: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const project = projectOf(parts[0] ?? '', state);
  const [, ref, path = ''] = parts;
  const pipeline = state.pipelines
    .filter(
      (candidate) =>
        candidate.project_id === project?.id && candidate.ref === ref && candidate.status === 'success',
    )
    .sort((a, b) => b.id - a.id)[0];
  const content = pipeline?.jobs.find(({ name }) => name === request.query.get('job'))?.artifacts.get(path);
  return content === undefined
    ? refuse(404, '404 Not Found')
    : { status: 200, body: content, headers: { 'content-type': 'application/octet-stream' } };
}

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
  if (event === undefined) return refuse(400, 'state does not have a valid value');
  if (pipeline.jobs.some((job) => job.name === name))
    return refuse(400, { name: ['has already been taken'] });
  const open = pipeline.statuses.find(
    (status) =>
      status.name === name &&
      status.user === request.user?.id &&
      (status.state === 'pending' || status.state === 'running'),
  );
  if (open?.state === wanted)
    return refuse(
      400,
      `Cannot transition status via :${event} from :${open.state} (Reason(s): Status cannot transition via "${event}")`,
    );
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

function statusJson(status: EmbeddedStatus, { id, sha, ref }: EmbeddedPipeline): object {
  return { ...status, status: status.state, sha, ref, pipeline_id: id };
}

/** Which pipeline a status goes to; without an id and without a pipeline of the commit GitLab makes a new, external one. */
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
      pipeline.project_id === project?.id && pipeline.sha === sha && (ref === null || pipeline.ref === ref),
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

export const pipelineRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/pipelines\/(\d+)\/jobs$/, (request, parts, state) => {
    const pipeline = pipelineOf(parts, state);
    return pipeline === null ? notFound('Pipeline') : listJobs(request, pipeline, state);
  }),
  route('GET', /^\/projects\/([^/]+)\/pipelines\/(\d+)\/test_report$/, (_request, parts, state) => {
    const empty = { total_time: 0, total_count: 0, test_suites: [] };
    return ok(pipelineOf(parts, state)?.test_report ?? empty);
  }),
  route('GET', /^\/projects\/([^/]+)\/pipelines$/, (request, parts, state) => {
    const project = projectOf(parts[0] ?? '', state);
    const ref = request.query.get('ref');
    const status = request.query.get('status');
    const found = state.pipelines
      .filter(
        (p) =>
          p.project_id === project?.id &&
          (ref === null || p.ref === ref) &&
          (status === null || p.status === status),
      )
      .sort((a, b) => b.id - a.id);
    return page(
      found.map((pipeline) => pipelineJson(pipeline, state)),
      request,
    );
  }),
  route(
    'GET',
    /^\/projects\/([^/]+)\/jobs\/(\d+)\/artifacts\/(.+)$/,
    (_request, [project = '', id = '', path = ''], state) => {
      const at = projectOf(project, state)?.id;
      const job = state.pipelines
        .filter((p) => p.project_id === at)
        .flatMap(({ jobs }) => jobs)
        .find((candidate) => String(candidate.id) === id);
      const content = job?.artifacts.get(path);
      return content === undefined
        ? refuse(404, '404 Not Found')
        : { status: 200, body: content, headers: { 'content-type': 'application/octet-stream' } };
    },
  ),
  route('GET', /^\/projects\/([^/]+)\/jobs\/artifacts\/(.+?)\/raw\/(.+)$/, artifactOfRef),
  route(
    'GET',
    /^\/projects\/([^/]+)\/repository\/commits\/([^/]+)\/statuses$/,
    (request, [project = '', sha = ''], state) => {
      const at = projectOf(project, state)?.id;
      const found = state.pipelines
        .filter((pipeline) => pipeline.project_id === at && pipeline.sha === sha)
        .flatMap((pipeline) => pipeline.statuses.map((status) => statusJson(status, pipeline)));
      return page(found, request);
    },
  ),
  route('POST', /^\/projects\/([^/]+)\/statuses\/([^/]+)$/, (request, parts, state) => {
    if (request.token?.kind !== 'personal') return refuse(401, '401 Unauthorized');
    const pipeline = pipelineForStatus(request, parts, state);
    return pipeline === null
      ? refuse(404, '404 Pipeline for pipeline_id, sha and ref Not Found')
      : setStatus(request, pipeline, state);
  }),
];
