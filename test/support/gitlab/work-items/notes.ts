import { type EmbeddedAnswer, type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { listedNotes } from '../../../../src/demo/routes-notes.ts';
import { refusals } from '../refusals.ts';
import type { Route } from '../route.ts';
import type { EmbeddedState } from '../state/state.ts';
import { type EmbeddedNoteable, maySeeNote, noteableOf, noteablePattern, writerOf } from './find-noteable.ts';
import { addNote, bodyOf } from './new-note.ts';
import { noteJson } from './note-json.ts';

function listNotes(request: EmbeddedRequest, of: EmbeddedNoteable, state: EmbeddedState): EmbeddedAnswer {
  const { query, user } = request;
  const visible = of.item.notes.filter((note) => maySeeNote(note, of.item, { user, state }));
  return page(
    listedNotes(visible, query).map((note) => noteJson(note, of)),
    request,
  );
}

function createNote(request: EmbeddedRequest, of: EmbeddedNoteable, state: EmbeddedState): EmbeddedAnswer {
  const author = writerOf(request);
  if ('status' in author) return author;
  const note = addNote(of, { request, author, state });
  return 'status' in note ? note : { status: 201, body: noteJson(note, of) };
}

function changeNote(request: EmbeddedRequest, of: EmbeddedNoteable, id: string): EmbeddedAnswer {
  const { notes } = of.item;
  const at = notes.findIndex((note) => String(note.id) === id);
  const note = notes[at];
  if (note === undefined) return refused(refusals.noNote);
  if (request.method === 'GET') return ok(noteJson(note, of));
  if (note.author.id !== request.user?.id) return refused(refusals.noteOfOthers);
  if (request.method === 'DELETE') {
    notes.splice(at, 1);
    return { status: 204, body: '' };
  }
  const body = bodyOf(request);
  if (typeof body !== 'string') return body;
  if (note.body !== body) note.last_edited_by = request.user;
  note.body = body;
  note.updated_at = new Date().toISOString();
  return ok(noteJson(note, of));
}

function notesRoute(method: string): Route {
  return {
    method,
    pattern: noteablePattern('/notes(?:/(\\d+))?'),
    answer(request, parts, state) {
      const of = noteableOf(request, parts, state);
      if ('status' in of) return of;
      const writer = method === 'GET' ? null : writerOf(request);
      if (writer !== null && 'status' in writer) return writer;
      const id = parts[3] ?? '';
      if (id !== '') return changeNote(request, of, id);
      return method === 'POST' ? createNote(request, of, state) : listNotes(request, of, state);
    },
  };
}

/** Notes of merge requests and issues. Source: https://docs.gitlab.com/api/notes/ */
export const noteRoutes: readonly Route[] = ['GET', 'POST', 'PUT', 'DELETE'].map(notesRoute);
