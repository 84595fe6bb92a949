import { type Route, refuse, route } from './http.ts';

/**
 * The log of a job, whole whatever `Range` asks for, as GitLab answers; empty when it was erased. A job token may not
 * read it. Source: `lib/api/ci/jobs.rb` of GitLab.
 */
export const traceRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/jobs\/(\d+)\/trace$/, (request, [project = '', id = ''], state) => {
    if (request.token?.kind !== 'personal') return refuse(403, '403 Forbidden');
    const at = state.projects.find(
      ({ id: number, path_with_namespace: path }) => String(number) === project || path === project,
    )?.id;
    const job = state.pipelines
      .filter((pipeline) => pipeline.project_id === at)
      .flatMap(({ jobs }) => jobs)
      .find((candidate) => String(candidate.id) === id);
    if (job === undefined) return refuse(404, '404 Not found');
    return { status: 200, body: job.trace, headers: { 'content-type': 'text/plain' } };
  }),
];
