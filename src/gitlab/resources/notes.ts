import { MergeRequestNotes } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { MergeRequestAddress } from '../../model/context.ts';
import type { Note, NotePage, Notes, Users } from '../ports/port.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { fitAnswer, readJson } from '../transport/json-answer.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { fetchPages, nextQuery, type PagedRequest } from '../transport/pager.ts';

const noteAnswer = z
  .object({
    id: z.number().int(),
    body: z.string(),
    author: z.object({ id: z.number().int() }),
    system: z.boolean().nullish(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .transform(
    ({ id, body, author, system, created_at, updated_at }): Note => ({
      id,
      body,
      authorId: author.id,
      system: system ?? false,
      createdAt: created_at,
      updatedAt: updated_at,
    }),
  );

const perPage = '100';

function notesPath({ project, iid }: MergeRequestAddress): string {
  return `${projectPath(project)}/merge_requests/${iid}/notes`;
}

const listing = { order_by: 'created_at', activity_filter: 'only_comments' };

async function fetchNotePage(api: Api, mergeRequest: MergeRequestAddress, page: number): Promise<NotePage> {
  const of = new URLSearchParams({ sort: 'asc', ...listing, per_page: perPage });
  if (page > 1) of.set('page', String(page));
  const query = of.toString();
  const request = { method: 'GET', path: notesPath(mergeRequest), query, body: null };
  const answer = await api.call({ ...request, maxBytes: api.maxBytes });
  const notes = fitAnswer(z.array(noteAnswer), readJson(request, answer), request);
  return { notes, more: nextQuery(query, answer.headers) !== null, last: lastPage(answer.headers) };
}

/** The part of the port about notes. Source: https://docs.gitlab.com/api/notes/#merge-requests */
export function createNotes(api: Api, users: Users): Notes {
  const notes = new MergeRequestNotes(api.resources);
  const newest = (mergeRequest: MergeRequestAddress): PagedRequest<Note> => ({
    path: notesPath(mergeRequest),
    query: { sort: 'desc', ...listing },
    row: noteAnswer,
    maxPages: 1,
  });

  async function postNote(mergeRequest: MergeRequestAddress, body: string): Promise<Note> {
    const { project, iid } = mergeRequest;
    const request = { method: 'POST', path: notesPath(mergeRequest) };
    const answer = await notes.create(project, iid, body);
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
      const answer = await nullIfGone(notes.show(project, iid, noteId));
      const request = { method: 'GET', path: `${notesPath(mergeRequest)}/${noteId}` };
      return answer === null ? null : fitAnswer(noteAnswer, answer, request);
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
      const answer = await notes.edit(project, iid, noteId, { body });
      return fitAnswer(noteAnswer, answer, { method: 'PUT', path: `${notesPath(mergeRequest)}/${noteId}` });
    },

    async deleteNote({ project, iid }, noteId) {
      await nullIfGone(notes.remove(project, iid, noteId));
    },
  };
}

/** GitLab leaves the number out above 10,000 rows. Source: https://docs.gitlab.com/api/rest/#other-pagination-headers */
function lastPage(headers: Readonly<Record<string, string>>): number | null {
  const number = headers['x-total-pages']?.trim() ?? '';
  return /^\d{1,6}$/.test(number) ? Number(number) : null;
}

/** GitLab cuts white space at the end of a body and keeps one kind of line end. */
function sameText(one: string, other: string): boolean {
  const normal = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd();
  return normal(one) === normal(other);
}

/** A body of quick actions alone makes no note: GitLab answers 202 with what the commands did. */
function isCommandSummary(answer: unknown): boolean {
  return (
    answer === null ||
    (typeof answer === 'object' && 'commands_changes' in answer && !('body' in answer && 'author' in answer))
  );
}

function commandsOnly(request: string): GitLabRefusedError {
  return new GitLabRefusedError(`GitLab made no note of ${request}: it took the text as quick actions`, {
    status: 202,
    request,
    hint: 'A line of the comment starts with a slash and a command; put something before it.',
  });
}
