import { type EmbeddedAnswer, type EmbeddedRequest } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import type { EmbeddedUser } from '../../../../src/demo/state.ts';
import { refusals } from '../refusals.ts';
import type { EmbeddedNote, EmbeddedState } from '../state/state.ts';
import type { EmbeddedTalk } from './find-noteable.ts';

const maxNoteCharacters = 1_000_000;

/** The body of a note in a request; GitLab cuts white space at its end. */
export function bodyOf(request: EmbeddedRequest): string | EmbeddedAnswer {
  const { body } = request.body;
  if (typeof body !== 'string' || body.trim() === '') return refused(refusals.emptyNote);
  return body.length > maxNoteCharacters ? refused(refusals.longNote) : body.trimEnd();
}

/** A body of quick actions alone makes no note: https://docs.gitlab.com/user/project/quick_actions/ */
function isCommandsOnly(body: string): boolean {
  return body.split('\n').every((line) => /^\/[a-z_]+\b/.test(line));
}

interface NoteOf {
  readonly request: EmbeddedRequest;
  readonly author: EmbeddedUser;
  readonly state: EmbeddedState;
}

/** Adds a note to what people talk on; GitLab's refusal, or its words about quick actions, where it makes none. */
export function addNote(
  { item }: EmbeddedTalk,
  { request, author, state }: NoteOf,
  fields: Partial<EmbeddedNote> = {},
): EmbeddedNote | EmbeddedAnswer {
  const body = bodyOf(request);
  if (typeof body !== 'string') return body;
  if (isCommandsOnly(body))
    return { status: 202, body: { commands_changes: {}, summary: ['Applied the commands.'] } };
  const now = new Date().toISOString();
  state.nextId += 1;
  const note: EmbeddedNote = {
    id: state.nextId,
    author,
    body,
    system: false,
    created_at: now,
    updated_at: now,
    ...fields,
  };
  item.notes.push(note);
  return note;
}
