import { projectOf } from './find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, ok, page, type Route, route } from './http.ts';
import { refused, serverRefusals } from './refusals.ts';
import type { DemoMergeRequest, DemoNote, DemoState } from './state.ts';
import { userJson } from './user-json.ts';

type Answer = (mr: DemoMergeRequest, request: EmbeddedRequest, at: At) => EmbeddedAnswer;

interface At {
  readonly noteId: string;
  readonly state: DemoState;
}

function ofMergeRequest(method: string, rest: string, answer: Answer): Route<DemoState> {
  const pattern = new RegExp(`^/projects/([^/]+)/merge_requests/(\\d+)${rest}$`);
  return route(method, pattern, (request, [part = '', iid = '', noteId = ''], state) => {
    const at = projectOf(part, state)?.id;
    const mr = state.mergeRequests.find((one) => one.project_id === at && String(one.iid) === iid);
    return mr === undefined ? refused(serverRefusals.noMergeRequest) : answer(mr, request, { noteId, state });
  });
}

/** GitLab's order of notes, unless another one is asked for. */
export function byCreation(one: DemoNote, other: DemoNote): number {
  return Date.parse(one.created_at) - Date.parse(other.created_at) || one.id - other.id;
}

/** The notes that a list asks for, in its order. */
export function listedNotes<Note extends DemoNote>(
  notes: readonly Note[],
  query: URLSearchParams,
): readonly Note[] {
  const isWanted = query.get('activity_filter') !== 'only_comments';
  const sorted = notes.filter(({ system }) => isWanted || !system).sort(byCreation);
  return query.get('sort') === 'asc' ? sorted : sorted.reverse();
}

function noteJson(note: DemoNote, mr: DemoMergeRequest): object {
  return {
    ...note,
    type: null,
    author: userJson(note.author),
    internal: false,
    noteable_type: 'MergeRequest',
    noteable_iid: mr.iid,
    project_id: mr.project_id,
    resolvable: false,
  };
}

const add: Answer = (mr, { user, body }, { state }) => {
  if (user === null) return refused(serverRefusals.unknownToken);
  const now = new Date().toISOString();
  state.nextId += 1;
  const note = {
    id: state.nextId,
    author: user,
    body: String(body['body']).trimEnd(),
    system: false,
    created_at: now,
    updated_at: now,
  };
  mr.notes.push(note);
  return { status: 201, body: noteJson(note, mr) };
};

const one: Answer = (mr, { method, body }, { noteId }) => {
  const note = mr.notes.find(({ id }) => String(id) === noteId);
  if (note === undefined) return refused(serverRefusals.noNote);
  if (method === 'PUT')
    Object.assign(note, { body: String(body['body']).trimEnd(), updated_at: new Date().toISOString() });
  return ok(noteJson(note, mr));
};

/** What a merge request changes, and its notes. Sources: https://docs.gitlab.com/api/merge_requests/, https://docs.gitlab.com/api/notes/ */
export const noteRoutes: readonly Route<DemoState>[] = [
  ofMergeRequest('GET', '/raw_diffs', ({ diff }) =>
    diff?.raw === null ? refused(serverRefusals.unknownPath) : ok(diff?.raw ?? ''),
  ),
  ofMergeRequest('GET', '/notes', (mr, request) =>
    page(
      listedNotes(mr.notes, request.query).map((note) => noteJson(note, mr)),
      request,
    ),
  ),
  ofMergeRequest('POST', '/notes', add),
  ...['GET', 'PUT'].map((method) => ofMergeRequest(method, '/notes/(\\d+)', one)),
];
