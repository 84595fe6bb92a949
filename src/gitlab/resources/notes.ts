import { MergeRequestNotes } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { MergeRequestAddress } from '../../model/context.ts';
import type { Note, Notes, Users } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { fitAnswer, readJson } from '../transport/json-answer.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { fetchPages, type PagedRequest } from '../transport/pager.ts';
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

/** GitLab allows 5,000 comments on a merge request, and system notes on top. */
const maxPages = 100;

const notes = new MergeRequestNotes(requestsOnly);

/** The part of the port about notes. Source: https://docs.gitlab.com/api/notes/#merge-requests */
export function createNotes(api: Api, users: Users): Notes {
  const pages = ({ project, iid }: MergeRequestAddress, sort: 'asc' | 'desc'): PagedRequest<Note> => ({
    list: notes.all(project, iid, {
      sort,
      orderBy: 'created_at',
      ...untyped({ activity_filter: 'only_comments' }),
    }),
    row: noteAnswer,
    maxPages,
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
    for await (const page of fetchPages(pages(mergeRequest, 'desc'), api)) {
      return page.find((note) => note.authorId === id && sameText(note.body, body)) ?? null;
    }
    return null;
  }

  return {
    fetchNotePages: (mergeRequest) => fetchPages(pages(mergeRequest, 'asc'), api),

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
