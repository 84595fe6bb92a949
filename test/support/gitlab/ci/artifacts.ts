import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { fileAnswer, newestSuccess } from '../../../../src/demo/routes-pipelines.ts';
import type { EmbeddedJob } from '../../../../src/demo/state.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';
import { type EmbeddedPipeline, type EmbeddedState, isSince } from '../state/state.ts';

/** GitLab keeps the archives of the newest successful pipeline of a ref, whatever their date of expiry. */
function isGone(job: EmbeddedJob, pipeline: EmbeddedPipeline, state: EmbeddedState): boolean {
  const expiresAt = job.artifacts_expire_at ?? null;
  return (
    expiresAt !== null &&
    Date.parse(expiresAt) < Date.now() &&
    newestSuccess(state, pipeline)?.id !== pipeline.id
  );
}

/** The job of a path whose artifacts are still there. */
function jobWithArtifacts(
  [project = '', id = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedJob | undefined {
  const at = projectOf(project, state)?.id;
  const pipeline = state.pipelines.find(
    ({ project_id: of, jobs }) => of === at && jobs.some((job) => String(job.id) === id),
  );
  const job = pipeline?.jobs.find((candidate) => String(candidate.id) === id);
  return pipeline === undefined || job === undefined || isGone(job, pipeline, state) ? undefined : job;
}

function artifactOfJob(
  _request: EmbeddedRequest,
  parts: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  return fileAnswer(jobWithArtifacts(parts, state)?.artifacts.get(parts[2] ?? ''));
}

/** A zip file of nothing: only its first bytes are looked at. */
const zip = Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)]);

function bytesAnswer(bytes: Uint8Array): EmbeddedAnswer {
  return { status: 200, body: bytes, headers: { 'content-type': 'application/octet-stream' } };
}

/** What can be asked for by type; `trace` and `metadata` cannot. Source: `Enums::Ci::JobArtifact` of GitLab */
const types: ReadonlySet<string> = new Set([
  'archive',
  'junit',
  'metrics',
  'metrics_referee',
  'network_referee',
  'dotenv',
  'cobertura',
  'jacoco',
  'lsif',
  'cyclonedx',
  'annotations',
  'sast',
  'secret_detection',
  'dependency_scanning',
  'container_scanning',
  'cluster_image_scanning',
  'dast',
  'license_scanning',
  'accessibility',
  'codequality',
  'performance',
  'browser_performance',
  'load_performance',
  'terraform',
  'requirements',
  'coverage_fuzzing',
  'api_fuzzing',
]);

/** The whole archive, or since 19.4 one artifact by its type; before, a type is not refused, and not looked at. */
function archiveOfJob(
  { query }: EmbeddedRequest,
  parts: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const type = isSince('19.4', state) ? (query.get('file_type') ?? 'archive') : 'archive';
  if (!types.has(type)) return refused(refusals.unknownFileType);
  const job = jobWithArtifacts(parts, state);
  if (type !== 'archive') {
    const bytes = job?.reports.find(({ file_type: own }) => own === type)?.bytes ?? null;
    return bytes === null ? fileAnswer(undefined) : bytesAnswer(bytes);
  }
  return job === undefined || job.artifacts.size === 0 ? fileAnswer(undefined) : bytesAnswer(zip);
}

/** Files only, as if all stood in the root: the entries of folders are of no use to anybody here. */
function listOfArchive(
  request: EmbeddedRequest,
  parts: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  // Before, `tree` is the name of a file.
  if (!isSince('18.8', state)) return artifactOfJob(request, [...parts, 'tree'], state);
  const job = jobWithArtifacts(parts, state);
  if (job === undefined || job.artifacts.size === 0) return fileAnswer(undefined);
  const entries = [...job.artifacts].map(([path, content]) => ({
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    type: 'file',
    size: Buffer.byteLength(content),
    mode: '100644',
  }));
  return page(entries, request);
}

export const artifactRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/jobs\/(\d+)\/artifacts$/, archiveOfJob),
  route('GET', /^\/projects\/([^/]+)\/jobs\/(\d+)\/artifacts\/tree$/, listOfArchive),
  route('GET', /^\/projects\/([^/]+)\/jobs\/(\d+)\/artifacts\/(.+)$/, artifactOfJob),
];
