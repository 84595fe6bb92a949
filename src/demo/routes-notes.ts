import { pipelineJson } from './find-objects.ts';
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
import type { EmbeddedMergeRequest, EmbeddedNote, EmbeddedPipeline, EmbeddedState } from './state.ts';

const maxNoteCharacters = 1_000_000;

function projectId(part: string, state: EmbeddedState): number {
  const project = state.projects.find(
    ({ id, path_with_namespace: path }) => String(id) === part || path === part,
  );
  return project?.id ?? -1;
}

/** The merge request of the first two parts of a path. */
function mergeRequestOf(parts: readonly string[], state: EmbeddedState): EmbeddedMergeRequest | null {
  const [project = '', iid = ''] = parts;
  const id = projectId(project, state);
  return state.mergeRequests.find((mr) => mr.project_id === id && String(mr.iid) === iid) ?? null;
}

/** Pipelines of its own refs, in its project or its fork, and those of its source branch; newest first. */
function pipelinesOf(mr: EmbeddedMergeRequest, state: EmbeddedState): readonly EmbeddedPipeline[] {
  const own = new RegExp(`^refs/merge-requests/${mr.iid}/(?:head|merge|train)$`);
  return state.pipelines
    .filter(
      ({ project_id: at, ref, sha }) =>
        ([mr.project_id, mr.source_project_id].includes(at) && own.test(ref)) ||
        (at === mr.source_project_id && ref === mr.source_branch && sha === mr.sha),
    )
    .sort((a, b) => b.id - a.id);
}

function headPipelineOf(mr: EmbeddedMergeRequest, state: EmbeddedState): EmbeddedPipeline | null {
  if (mr.head_pipeline_id === undefined) return pipelinesOf(mr, state)[0] ?? null;
  return state.pipelines.find(({ id }) => id === mr.head_pipeline_id) ?? null;
}

/** Source: https://docs.gitlab.com/api/merge_requests/#list-project-merge-requests */
function listMergeRequests(
  request: EmbeddedRequest,
  [project = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const wanted = request.query.get('state');
  const after = Date.parse(request.query.get('updated_after') ?? '1970-01-01T00:00:00Z');
  const changedAt = ({ updated_at: at }: EmbeddedMergeRequest): number =>
    at === undefined ? Date.now() : Date.parse(at);
  const found = state.mergeRequests
    .filter(
      (mr) =>
        mr.project_id === projectId(project, state) &&
        (wanted === null || mr.state === wanted) &&
        changedAt(mr) >= after,
    )
    .sort((a, b) => changedAt(b) - changedAt(a));
  // Lists name no pipelines.
  const rows = found.map((mr) => ({ ...mergeRequestJson(mr, state), head_pipeline: undefined }));
  return page(rows, request);
}

function mergeRequestJson(mr: EmbeddedMergeRequest, state: EmbeddedState, origin = '__ORIGIN__'): object {
  const project = state.projects.find(({ id }) => id === mr.project_id);
  const pipeline = headPipelineOf(mr, state);
  const base = mr.diff_base_sha ?? mr.sha;
  return {
    id: mr.project_id * 1_000 + mr.iid,
    iid: mr.iid,
    project_id: mr.project_id,
    title: mr.title,
    state: mr.state,
    source_project_id: mr.source_project_id,
    target_project_id: mr.project_id,
    source_branch: mr.source_branch,
    target_branch: mr.target_branch,
    sha: mr.sha,
    labels: mr.labels,
    diff_refs: { base_sha: base, head_sha: mr.sha, start_sha: base },
    updated_at: mr.updated_at ?? new Date().toISOString(),
    references: { full: `${project?.path_with_namespace ?? ''}!${mr.iid}` },
    head_pipeline: pipeline === null ? null : pipelineJson(pipeline, state),
    web_url: `${origin}/${project?.path_with_namespace ?? ''}/-/merge_requests/${mr.iid}`,
  };
}

function noteJson(note: EmbeddedNote, mr: EmbeddedMergeRequest): object {
  return { ...note, noteable_type: 'MergeRequest', noteable_iid: mr.iid, resolvable: false };
}

/** A job token reads and never writes notes: https://docs.gitlab.com/ci/jobs/ci_job_token/ */
function writerOf(request: EmbeddedRequest): EmbeddedAnswer | null {
  if (request.user === null) return refuse(401, '401 Unauthorized');
  return request.token?.kind === 'job' ? refuse(403, '403 Forbidden') : null;
}

function bodyOf(request: EmbeddedRequest): string | EmbeddedAnswer {
  const { body } = request.body;
  if (typeof body !== 'string' || body.trim() === '') return refuse(400, { body: ["can't be blank"] });
  return body.length > maxNoteCharacters
    ? refuse(400, { note: ['is too long (maximum is 1000000 characters)'] })
    : body.trimEnd();
}

function listNotes(request: EmbeddedRequest, mr: EmbeddedMergeRequest): EmbeddedAnswer {
  const sorted = [...mr.notes].sort((a, b) => a.id - b.id);
  if (request.query.get('sort') !== 'asc') sorted.reverse();
  return page(
    sorted.map((note) => noteJson(note, mr)),
    request,
  );
}

function createNote(
  request: EmbeddedRequest,
  mr: EmbeddedMergeRequest,
  state: EmbeddedState,
): EmbeddedAnswer {
  const body = bodyOf(request);
  if (typeof body !== 'string' || request.user === null)
    return typeof body === 'string' ? refuse(401, '401 Unauthorized') : body;
  const now = new Date().toISOString();
  state.nextId += 1;
  const note: EmbeddedNote = {
    id: state.nextId,
    author: request.user,
    body,
    system: false,
    created_at: now,
    updated_at: now,
  };
  mr.notes.push(note);
  return { status: 201, body: noteJson(note, mr) };
}

function changeNote(request: EmbeddedRequest, mr: EmbeddedMergeRequest, id: string): EmbeddedAnswer {
  const at = mr.notes.findIndex((note) => String(note.id) === id);
  const note = mr.notes[at];
  if (note === undefined) return notFound('Note');
  if (request.method === 'GET') return ok(noteJson(note, mr));
  if (note.author.id !== request.user?.id) return refuse(403, '403 Forbidden');
  if (request.method === 'DELETE') {
    mr.notes.splice(at, 1);
    return { status: 204, body: '' };
  }
  const body = bodyOf(request);
  if (typeof body !== 'string') return body;
  note.body = body;
  note.updated_at = new Date().toISOString();
  return ok(noteJson(note, mr));
}

function notesRoute(method: string): Route {
  return {
    method,
    pattern: /^\/projects\/([^/]+)\/merge_requests\/(\d+)\/notes(?:\/(\d+))?$/,
    answer(request, parts, state) {
      const mr = mergeRequestOf(parts, state);
      if (mr === null) return notFound('Merge Request');
      const refusal = method === 'GET' ? null : writerOf(request);
      if (refusal !== null) return refusal;
      const id = parts[2] ?? '';
      if (id !== '') return changeNote(request, mr, id);
      return method === 'POST' ? createNote(request, mr, state) : listNotes(request, mr);
    },
  };
}

export const noteRoutes: readonly Route[] = [
  ...['GET', 'POST', 'PUT', 'DELETE'].map(notesRoute),
  route('GET', /^\/projects\/([^/]+)\/merge_requests$/, listMergeRequests),
  route('GET', /^\/projects\/([^/]+)\/merge_requests\/(\d+)\/pipelines$/, (request, parts, state) => {
    const mr = mergeRequestOf(parts, state);
    if (mr === null) return notFound('Merge Request');
    return page(
      pipelinesOf(mr, state).map((pipeline) => pipelineJson(pipeline, state)),
      request,
    );
  }),
  route('GET', /^\/projects\/([^/]+)\/merge_requests\/(\d+)$/, (_request, parts, state) => {
    const mr = mergeRequestOf(parts, state);
    return mr === null ? notFound('Merge Request') : ok(mergeRequestJson(mr, state));
  }),
  route(
    'GET',
    /^\/projects\/([^/]+)\/repository\/commits\/([^/]+)\/merge_requests$/,
    (request, [project = '', sha = ''], state) => {
      const id = projectId(project, state);
      const wanted = request.query.get('state');
      const found = state.mergeRequests.filter(
        (mr) =>
          (mr.source_project_id === id || mr.project_id === id) &&
          mr.sha === sha &&
          (wanted === null || mr.state === wanted),
      );
      return page(
        found.map((mr) => mergeRequestJson(mr, state)),
        request,
      );
    },
  ),
];
