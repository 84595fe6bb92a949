import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedNote, EmbeddedState } from '../state/state.ts';
import { discussionOf, newDiscussionId } from '../work-items/conversations.ts';
import { type EmbeddedTalk, writerOf } from '../work-items/find-noteable.ts';
import { addNote, bodyOf } from '../work-items/new-note.ts';
import { discussionIdOf, discussionJson, discussionsOf, noteJson } from '../work-items/note-json.ts';

/** By the names that GitLab takes for a commit: its id or the start of it, or a branch. */
function talkOf(
  [part = '', sha = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedTalk | EmbeddedAnswer {
  const at = projectOf(part, state)?.id;
  const branch = state.branches.find(({ project_id: of, name }) => of === at && name === sha);
  const wanted = branch?.sha ?? sha;
  const commit = state.commits.find(
    ({ project_id: of, id }) => of === at && wanted.length >= 7 && id.startsWith(wanted),
  );
  if (commit === undefined) return refused(refusals.noCommit);
  commit.notes ??= [];
  return { kind: 'Commit', item: { project_id: commit.project_id, notes: commit.notes } };
}

function start(request: EmbeddedRequest, of: EmbeddedTalk, state: EmbeddedState): EmbeddedAnswer {
  const author = writerOf(request);
  if ('status' in author) return author;
  const fields = { type: 'DiscussionNote', discussion_id: newDiscussionId(state) } as const;
  const note = addNote(of, { request, author, state }, fields);
  return 'status' in note ? note : { status: 201, body: discussionJson([note], of) };
}

interface Place {
  readonly request: EmbeddedRequest;
  readonly of: EmbeddedTalk;
  readonly state: EmbeddedState;
}

/** Unlike on merge requests and issues, a plain comment does not become a thread. */
function reply({ request, of, state }: Place, notes: readonly EmbeddedNote[]): EmbeddedAnswer {
  const author = writerOf(request);
  if ('status' in author) return author;
  const [first] = notes;
  if (first?.type === undefined) return refused(refusals.replyToCommitComment);
  const fields = { type: first.type, discussion_id: discussionIdOf(first) };
  const note = addNote(of, { request, author, state }, fields);
  return 'status' in note ? note : { status: 201, body: noteJson(note, of) };
}

function change({ request, of }: Place, noteId: string): EmbeddedAnswer {
  const { notes } = of.item;
  const at = notes.findIndex(({ id }) => String(id) === noteId);
  const note = notes[at];
  if (note === undefined) return refused(refusals.noNote);
  if (note.author.id !== request.user?.id) return refused(refusals.noteOfOthers);
  if (request.method === 'DELETE') {
    notes.splice(at, 1);
    return { status: 204, body: '' };
  }
  const body = bodyOf(request);
  if (typeof body !== 'string') return body;
  Object.assign(note, { body, updated_at: new Date().toISOString() });
  return ok(noteJson(note, of));
}

const path = '^/projects/([^/]+)/repository/commits/([^/]+)/discussions';

/** Discussions on commits. Source: https://docs.gitlab.com/api/discussions/#commits */
export const commitDiscussionRoutes: readonly Route[] = [
  route('GET', new RegExp(`${path}$`), (request, parts, state) => {
    const of = talkOf(parts, state);
    if ('status' in of) return of;
    return page(
      discussionsOf(of).map((notes) => discussionJson(notes, of)),
      request,
    );
  }),
  route('POST', new RegExp(`${path}$`), (request, parts, state) => {
    const of = talkOf(parts, state);
    return 'status' in of ? of : start(request, of, state);
  }),
  ...['GET', 'POST', 'PUT', 'DELETE'].map((method) =>
    route(
      method,
      new RegExp(
        `${path}/([0-9a-f]+)${method === 'GET' ? '' : '/notes'}${method === 'POST' || method === 'GET' ? '' : '/(\\d+)'}$`,
      ),
      (request, parts, state) => {
        const of = talkOf(parts, state);
        if ('status' in of) return of;
        const notes = discussionOf(of, parts[2] ?? '');
        if ('status' in notes) return notes;
        if (method === 'GET') return ok(discussionJson(notes, of));
        const place = { request, of, state };
        return method === 'POST' ? reply(place, notes) : change(place, parts[3] ?? '');
      },
    ),
  ),
];
