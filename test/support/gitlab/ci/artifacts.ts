import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest } from '../../../../src/demo/http.ts';
import { fileAnswer, newestSuccess } from '../../../../src/demo/routes-pipelines.ts';
import type { EmbeddedJob } from '../../../../src/demo/state.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedPipeline, EmbeddedState } from '../state/state.ts';

/** GitLab keeps the archives of the newest successful pipeline of a ref, whatever their date of expiry. */
function isGone(job: EmbeddedJob, pipeline: EmbeddedPipeline, state: EmbeddedState): boolean {
  const expiresAt = job.artifacts_expire_at ?? null;
  return (
    expiresAt !== null &&
    Date.parse(expiresAt) < Date.now() &&
    newestSuccess(state, pipeline)?.id !== pipeline.id
  );
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

export const artifactRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/jobs\/(\d+)\/artifacts\/(.+)$/, artifactOfJob),
];
