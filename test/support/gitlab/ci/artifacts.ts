import { latestAttempts, projectOf } from './find-objects.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, type Route, refuse, route } from './http.ts';
import type { EmbeddedJob, EmbeddedPipeline, EmbeddedState } from './state.ts';

function newestSuccess(
  state: EmbeddedState,
  of: { readonly project_id: number; readonly ref: string },
): EmbeddedPipeline | undefined {
  return state.pipelines
    .filter(
      ({ project_id: at, ref, status }) => at === of.project_id && ref === of.ref && status === 'success',
    )
    .sort((a, b) => b.id - a.id)[0];
}

/** GitLab keeps the archives of the newest successful pipeline of a ref, whatever their date of expiry. */
function isGone(job: EmbeddedJob, pipeline: EmbeddedPipeline, state: EmbeddedState): boolean {
  const expiresAt = job.artifacts_expire_at ?? null;
  return (
    expiresAt !== null &&
    Date.parse(expiresAt) < Date.now() &&
    newestSuccess(state, pipeline)?.id !== pipeline.id
  );
}

function fileAnswer(content: string | undefined): EmbeddedAnswer {
  return content === undefined
    ? refuse(404, '404 Not Found')
    : { status: 200, body: content, headers: { 'content-type': 'application/octet-stream' } };
}

function artifactOfJob(
  _request: EmbeddedRequest,
  [project = '', id = '', path = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const at = projectOf(project, state)?.id;
  const pipeline = state.pipelines.find(
    ({ project_id: of, jobs }) => of === at && jobs.some((job) => String(job.id) === id),
  );
  const job = pipeline?.jobs.find((candidate) => String(candidate.id) === id);
  if (pipeline === undefined || job === undefined || isGone(job, pipeline, state))
    return fileAnswer(undefined);
  return fileAnswer(job.artifacts.get(path));
}

/** Artifacts by ref come from the newest successful pipeline: https://docs.gitlab.com/api/job_artifacts/ */
function artifactOfRef(
  request: EmbeddedRequest,
  [project = '', ref = '', path = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const at = projectOf(project, state)?.id;
  const pipeline = at === undefined ? undefined : newestSuccess(state, { project_id: at, ref });
  const job = latestAttempts(pipeline?.jobs ?? []).find(({ name }) => name === request.query.get('job'));
  return fileAnswer(job?.artifacts.get(path));
}

export const artifactRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/jobs\/(\d+)\/artifacts\/(.+)$/, artifactOfJob),
  route('GET', /^\/projects\/([^/]+)\/jobs\/artifacts\/(.+?)\/raw\/(.+)$/, artifactOfRef),
];
