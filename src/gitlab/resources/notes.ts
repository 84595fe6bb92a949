import { MergeRequestNotes } from '@gitbeaker/rest';
import type { MergeRequestAddress } from '../../model/context.ts';
import type { Note, NotePage, Notes, NotesOn, Users } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { fitAnswer, readJson } from '../transport/json-answer.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { fetchPages, type PagedRequest } from '../transport/pager.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { askJson, requestOf, send } from '../transport/send-json.ts';
import { createCommitNotes } from './commit-notes.ts';
import { commandsOnly, fetchRows, isCommandSummary, noteAnswer, perPage, sameText } from './note-answers.ts';

const notes = new MergeRequestNotes(requestsOnly);

const listing = { orderBy: 'created_at', ...untyped({ activity_filter: 'only_comments' }) } as const;

async function fetchNotePage(
  api: Api,
  { project, iid }: MergeRequestAddress,
  page: number,
): Promise<NotePage> {
  const number = page === 1 ? {} : { page };
  const list = notes.all(project, iid, { sort: 'asc', ...listing, perPage, ...number });
  const { rows, ...rest } = await fetchRows(api, list, noteAnswer);
  return { notes: rows, ...rest };
}

/** Source: https://docs.gitlab.com/api/notes/#merge-requests */
function createMergeRequestNotes(api: Api, users: Users): NotesOn<MergeRequestAddress> {
  const newest = ({ project, iid }: MergeRequestAddress): PagedRequest<Note> => ({
    list: notes.all(project, iid, { sort: 'desc', ...listing }),
    row: noteAnswer,
    maxPages: 1,
  });

  async function postNote(mergeRequest: MergeRequestAddress, body: string): Promise<Note> {
    const { project, iid } = mergeRequest;
    const path = pathByHand`/projects/${project}/merge_requests/${iid}/notes`;
    const request = await requestOf({ method: 'POST', path, body: { body } });
    const answer = readJson(request, await api.call({ ...request, maxBytes: api.maxBytes }));
    if (isCommandSummary(answer)) throw commandsOnly(`${request.method} ${request.path}`);
    return fitAnswer(noteAnswer, answer, request);
  }

  /** The newest own note with this very body, from the newest page. */
  async function findLanded(mergeRequest: MergeRequestAddress, body: string): Promise<Note | null> {
    const { id } = await users.fetchCurrentUser();
    for await (const page of fetchPages(newest(mergeRequest), api)) {
      return page.find((note) => note.authorId === id && sameText(note.body, body)) ?? null;
    }
    return null;
  }

  return {
    fetchNotePage: (mergeRequest, page) => fetchNotePage(api, mergeRequest, page),

    async fetchNote(mergeRequest, noteId) {
      const { project, iid } = mergeRequest;
      return nullIfGone(getJson(api, notes.show(project, iid, noteId), noteAnswer));
    },

    createNote: (mergeRequest, body) =>
      createOnce(
        {
          create: () => postNote(mergeRequest, body),
          findLanded: () => findLanded(mergeRequest, body),
        },
        api.clock,
      ),

    async updateNote(mergeRequest, noteId, body) {
      const { project, iid } = mergeRequest;
      const path = pathByHand`/projects/${project}/merge_requests/${iid}/notes/${noteId}`;
      return askJson({ method: 'PUT', path, body: { body } }, noteAnswer, api);
    },

    async deleteNote({ project, iid }, noteId) {
      await nullIfGone(send(notes.remove(project, iid, noteId), api));
    },
  };
}

/** The part of the port about notes, on merge requests and on commits. */
export function createNotes(api: Api, users: Users): Notes {
  const ofMergeRequest = createMergeRequestNotes(api, users);
  const ofCommit = createCommitNotes(api, users);
  return {
    fetchNotePage: (place, page) =>
      'sha' in place ? ofCommit.fetchNotePage(place, page) : ofMergeRequest.fetchNotePage(place, page),
    fetchNote: (place, noteId) =>
      'sha' in place ? ofCommit.fetchNote(place, noteId) : ofMergeRequest.fetchNote(place, noteId),
    createNote: (place, body) =>
      'sha' in place ? ofCommit.createNote(place, body) : ofMergeRequest.createNote(place, body),
    updateNote: (place, noteId, body) =>
      'sha' in place
        ? ofCommit.updateNote(place, noteId, body)
        : ofMergeRequest.updateNote(place, noteId, body),
    deleteNote: (place, noteId) =>
      'sha' in place ? ofCommit.deleteNote(place, noteId) : ofMergeRequest.deleteNote(place, noteId),
  };
}
