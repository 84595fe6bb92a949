import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { userJson } from '../../../../src/demo/user-json.ts';
import { refusals } from '../refusals.ts';
import { accessLevelOf, reporter } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedNote, EmbeddedState } from '../state/state.ts';
import { writerOf } from './find-noteable.ts';
import { addNote, bodyOf } from './new-note.ts';
import { discussionIdOf, discussionsOf } from './note-json.ts';

interface CommitItem {
  readonly project_id: number;
  readonly sha: string;
  readonly notes: EmbeddedNote[];
}

const path = String.raw`^/projects/([^/]+)/repository/commits/([0-9a-f]+)/discussions`;

/** The notes of a commit that the request's user may see: code is for Reporters and above. */
function commitOf(
  { user }: EmbeddedRequest,
  [part = '', sha = '']: readonly string[],
  state: EmbeddedState,
): CommitItem | EmbeddedAnswer {
  const at = projectOf(part, state)?.id;
  const isThere =
    state.commits.some((commit) => commit.project_id === at && commit.id === sha) ||
    state.pipelines.some((pipeline) => pipeline.project_id === at && pipeline.sha === sha);
  if (at === undefined || !isThere) return refused(refusals.noCommit);
  if (user !== null && accessLevelOf(user.id, at, state) < reporter) return refused(refusals.noCommit);
  state.commitNotes ??= new Map();
  const key = `${at} ${sha}`;
  const notes = state.commitNotes.get(key) ?? [];
  state.commitNotes.set(key, notes);
  return { project_id: at, sha, notes };
}

function noteJson(note: EmbeddedNote, { project_id, sha }: CommitItem): object {
  const { id, body, author, system, created_at, updated_at, type = null } = note;
  return {
    id,
    type,
    body,
    author: userJson(author),
    system,
    created_at,
    updated_at,
    noteable_id: null,
    noteable_type: 'Commit',
    commit_id: sha,
    project_id,
    resolvable: false,
  };
}

function threadJson(notes: readonly EmbeddedNote[], item: CommitItem): object {
  const [first] = notes;
  return {
    id: first === undefined ? '' : discussionIdOf(first),
    individual_note: first?.type === undefined,
    notes: notes.map((note) => noteJson(note, item)),
  };
}

/** A note begins a discussion of its own. */
function start(request: EmbeddedRequest, item: CommitItem, state: EmbeddedState): EmbeddedAnswer {
  const author = writerOf(request);
  if ('status' in author) return author;
  const note = addNote({ item }, { request, author, state }, { type: 'DiscussionNote' });
  return 'status' in note ? note : { status: 201, body: threadJson([note], item) };
}

function change(request: EmbeddedRequest, item: CommitItem, note: EmbeddedNote | undefined): EmbeddedAnswer {
  const user = writerOf(request);
  if ('status' in user) return user;
  if (note === undefined) return refused(refusals.noNote);
  if (note.author.id !== user.id) return refused(refusals.noteOfOthers);
  if (request.method === 'DELETE') {
    item.notes.splice(item.notes.indexOf(note), 1);
    return { status: 204, body: '' };
  }
  const body = bodyOf(request);
  if (typeof body !== 'string') return body;
  Object.assign(note, { body, updated_at: new Date().toISOString() });
  return ok(noteJson(note, item));
}

/** Discussions on commits. Source: https://docs.gitlab.com/api/discussions/#commits */
export const commitConversationRoutes: readonly Route[] = [
  ...['GET', 'POST'].map((method) =>
    route(method, new RegExp(`${path}$`), (request, parts, state) => {
      const item = commitOf(request, parts, state);
      if ('status' in item) return item;
      if (method === 'POST') return start(request, item, state);
      return page(
        discussionsOf({ item }).map((notes) => threadJson(notes, item)),
        request,
      );
    }),
  ),
  ...['GET', 'PUT', 'DELETE'].map((method) =>
    route(
      method,
      new RegExp(`${path}/([0-9a-f]+)${method === 'GET' ? '' : String.raw`/notes/(\d+)`}$`),
      (request, parts, state) => {
        const item = commitOf(request, parts, state);
        if ('status' in item) return item;
        const thread = discussionsOf({ item }).find(
          ([first]) => first !== undefined && discussionIdOf(first) === parts[2],
        );
        if (thread === undefined) return refused(refusals.noDiscussion);
        if (method === 'GET') return ok(threadJson(thread, item));
        return change(
          request,
          item,
          thread.find(({ id }) => String(id) === parts[3]),
        );
      },
    ),
  ),
];
