import { jobJson, projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, ok } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import type { EmbeddedJob } from '../../../../src/demo/state.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedPipeline, EmbeddedState } from '../state/state.ts';

interface Listed {
  readonly job: EmbeddedJob;
  readonly pipeline: EmbeddedPipeline;
}

/** The jobs of a project, newest first, as long as none is added: a long history is sorted once. */
const sorted = new WeakMap<EmbeddedState, Map<number, readonly Listed[]>>();

function jobsOf(project: number, state: EmbeddedState): readonly Listed[] {
  const own = state.pipelines.filter(({ project_id: at }) => at === project);
  const count = own.reduce((sum, { jobs }) => sum + jobs.length, 0);
  const byProject = sorted.get(state) ?? new Map<number, readonly Listed[]>();
  sorted.set(state, byProject);
  const known = byProject.get(project);
  if (known?.length === count) return known;
  const all = own
    .flatMap((pipeline) => pipeline.jobs.map((job) => ({ job, pipeline })))
    .sort((a, b) => b.job.id - a.job.id);
  byProject.set(project, all);
  return all;
}

/** The place in a list that a cursor names: GitLab's is base64 of JSON with the last id, too. */
function placeOf(cursor: string | null): number {
  if (cursor === null) return Number.POSITIVE_INFINITY;
  const { id } = JSON.parse(Buffer.from(cursor, 'base64').toString()) as { readonly id: string };
  return Number(id);
}

/** The first of those below an id, in a list of falling ids. */
function firstBelow(jobs: readonly Listed[], id: number): number {
  let [low, high] = [0, jobs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((jobs[middle]?.job.id ?? 0) < id) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Jobs of a project, newest first, every attempt; trigger jobs are not among them, and nothing is counted. Sources:
 * `lib/api/ci/jobs.rb` of GitLab, https://docs.gitlab.com/api/rest/#keyset-based-pagination
 */
function listJobs(
  request: EmbeddedRequest,
  [part = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const project = projectOf(part, state);
  if (project === null) return refused(refusals.noProject);
  const { query } = request;
  const perPage = Math.min(Number(query.get('per_page') ?? 20) || 20, 100);
  const scopes = query.getAll('scope').concat(query.getAll('scope[]'));
  const isWanted = ({ job }: Listed): boolean => scopes.length === 0 || scopes.includes(job.status);
  const jobs = jobsOf(project.id, state).filter(isWanted);
  const isKeyset = query.get('pagination') === 'keyset';
  const start = isKeyset
    ? firstBelow(jobs, placeOf(query.get('cursor')))
    : ((Number(query.get('page') ?? 1) || 1) - 1) * perPage;
  const rows = jobs.slice(start, start + perPage);
  const next = new URLSearchParams(query);
  if (isKeyset) {
    const last = { id: String(rows.at(-1)?.job.id ?? 0), _kd: 'n' };
    next.set('cursor', Buffer.from(JSON.stringify(last)).toString('base64'));
  } else next.set('page', String(start / perPage + 2));
  const hasMore = start + perPage < jobs.length;
  const link = `<__ORIGIN__/api/v4${encodeURI(request.path)}?${next.toString()}>; rel="next"`;
  return ok(
    rows.map(({ job, pipeline }) => jobJson(job, pipeline, state)),
    hasMore ? { link } : {},
  );
}

export const jobRoutes: readonly Route[] = [route('GET', /^\/projects\/([^/]+)\/jobs$/, listJobs)];
