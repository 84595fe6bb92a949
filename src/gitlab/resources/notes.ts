import { MergeRequestNotes } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { MergeRequestAddress } from '../../model/context.ts';
import type { Note, NotePage, Notes, Users } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { callForJson, fitAnswer, readJson } from '../transport/json-answer.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { fetchPages, nextQuery, type PagedRequest } from '../transport/pager.ts';
import { askJson, requestOf, send } from '../transport/send-json.ts';

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

const perPage = 100;

const notes = new MergeRequestNotes(requestsOnly);

const listing = { orderBy: 'created_at', ...untyped({ activity_filter: 'only_comments' }) } as const;

async function fetchNotePage(
  api: Api,
  { project, iid }: MergeRequestAddress,
  page: number,
): Promise<NotePage> {
  const number = page === 1 ? {} : { page };
  const list = notes.all(project, iid, { sort: 'asc', ...listing, perPage, ...number });
  const request = await requestOf(list);
  const { answer, value } = await callForJson({ ...request, maxBytes: api.maxBytes }, api.call);
  const rows = fitAnswer(z.array(noteAnswer), value, request);
  const more = nextQuery(request.query, answer.headers) !== null;
  return { notes: rows, more, last: lastPage(answer.headers) };
}

/** The part of the port about notes. Source: https://docs.gitlab.com/api/notes/#merge-requests */
export function createNotes(api: Api, users: Users): Notes {
  const newest = ({ project, iid }: MergeRequestAddress): PagedRequest<Note> => ({
    list: notes.all(project, iid, { sort: 'desc', ...listing }),
    row: noteAnswer,
    maxPages: 1,
  });

  async function postNote(mergeRequest: MergeRequestAddress, body: string): Promise<Note> {
    const { project, iid } = mergeRequest;
    const request = await requestOf(notes.create(project, iid, body));
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
      return askJson(notes.edit(project, iid, noteId, { body }), noteAnswer, api);
    },

    async deleteNote({ project, iid }, noteId) {
      await nullIfGone(send(notes.remove(project, iid, noteId), api));
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
  return new GitLabRefusedError(`GitLab created no note from ${request}: it read the text as quick actions`, {
    status: 202,
    request,
    hint: 'A line of the comment starts with a quick action; put some text before the slash.',
  });
}
