import { notFound, ok, page, type Route, route } from './http.ts';
import type { EmbeddedMergeRequest, EmbeddedState } from './state.ts';

/** A commit and those before it, newest first. */
function ancestorsOf(sha: string, state: EmbeddedState): readonly string[] {
  const found: string[] = [];
  for (let at: string | null = sha; at !== null; at = state.parents.get(at) ?? null) found.push(at);
  return found;
}

function mergeRequestOf(
  project: string,
  iid: string,
  state: EmbeddedState,
): EmbeddedMergeRequest | undefined {
  return state.mergeRequests.find((mr) => String(mr.project_id) === project && String(mr.iid) === iid);
}

export const repositoryRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/repository\/commits$/, (request, _parts, state) => {
    const sha = request.query.get('ref_name') ?? '';
    if (!state.parents.has(sha)) return notFound('Commit');
    return page(
      ancestorsOf(sha, state).map((id) => ({ id, short_id: id.slice(0, 8) })),
      request,
    );
  }),
  route(
    'GET',
    /^\/projects\/([^/]+)\/merge_requests\/(\d+)\/raw_diffs$/,
    (_request, [project = '', iid = ''], state) => {
      const mr = mergeRequestOf(project, iid, state);
      return mr === undefined ? notFound('Merge Request') : ok(mr.patch);
    },
  ),
];
