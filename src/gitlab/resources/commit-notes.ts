import { CommitDiscussions } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabAnswerError } from '../../errors.ts';
import type { CommitAddress } from '../../model/context.ts';
import type { Note, NotePage, NotesOn, Users } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { askJson, requestOf, send } from '../transport/send-json.ts';
import { fetchRows, noteAnswer, perPage, postText, sameText } from './note-answers.ts';

const threads = new CommitDiscussions(requestsOnly);

const threadAnswer = z.lazy(() => z.object({ id: z.string(), notes: z.array(noteAnswer) }));

/** A commit has few comments; what is beyond is not looked at after a broken connection. */
const maxPages = 20;

/** Which discussion a note begins, as far as it was seen: a note of a commit has no address of its own. */
class Beginnings {
  private readonly threads = new Map<number, string>();

  note({ id, notes: [first] }: z.output<typeof threadAnswer>): readonly Note[] {
    if (first === undefined) return [];
    this.threads.set(first.id, id);
    return [first];
  }

  /** Throws `TypeError` for a note that was not seen. */
  threadOf(noteId: number): string {
    const thread = this.threads.get(noteId);
    if (thread === undefined) throw new TypeError(`note ${noteId} of a commit is used before it is listed`);
    return thread;
  }
}

async function fetchPage(
  { project, sha }: CommitAddress,
  page: number,
  { api, seen }: { readonly api: Api; readonly seen: Beginnings },
): Promise<NotePage> {
  const number = page === 1 ? {} : { page };
  const list = threads.all(project, sha, untyped({ perPage, ...number }));
  const { rows, ...rest } = await fetchRows(api, list, threadAnswer);
  return { notes: rows.flatMap((row) => seen.note(row)), ...rest };
}

/**
 * Notes on commits, each the first one of a discussion: plain comments on commits cannot be edited. A note is known by
 * its discussion, so it must have been listed or created here before it is read or written. Source:
 * https://docs.gitlab.com/api/discussions/#commits
 */
export function createCommitNotes(api: Api, users: Users): NotesOn<CommitAddress> {
  const seen = new Beginnings();
  const page = (commit: CommitAddress, number: number): Promise<NotePage> =>
    fetchPage(commit, number, { api, seen });

  async function start({ project, sha }: CommitAddress, body: string): Promise<Note> {
    const ask = threads.create(project, sha, body);
    const [note] = seen.note(await postText(api, ask, threadAnswer));
    if (note !== undefined) return note;
    const { method, path } = await requestOf(ask);
    const request = `${method} ${path}`;
    throw new GitLabAnswerError(`GitLab answered ${request} without a note`, { status: 201, request });
  }

  /** The newest own note with this very body. */
  async function findLanded(commit: CommitAddress, body: string): Promise<Note | null> {
    const { id } = await users.fetchCurrentUser();
    let found: Note | null = null;
    for (let number = 1; number <= maxPages; number += 1) {
      const { notes, more } = await page(commit, number);
      found = notes.findLast((note) => note.authorId === id && sameText(note.body, body)) ?? found;
      if (!more) break;
    }
    return found;
  }

  return {
    fetchNotePage: page,

    async fetchNote({ project, sha }, noteId) {
      const thread = seen.threadOf(noteId);
      const found = await nullIfGone(getJson(api, threads.show(project, sha, thread), threadAnswer));
      return found?.notes.find(({ id }) => id === noteId) ?? null;
    },

    createNote: (commit, body) =>
      createOnce(
        { create: () => start(commit, body), findLanded: () => findLanded(commit, body) },
        api.clock,
      ),

    async updateNote({ project, sha }, noteId, body) {
      const thread = seen.threadOf(noteId);
      return askJson(threads.editNote(project, sha, thread, noteId, { body }), noteAnswer, api);
    },

    async deleteNote({ project, sha }, noteId) {
      const thread = seen.threadOf(noteId);
      await nullIfGone(send(threads.removeNote(project, sha, thread, noteId), api));
    },
  };
}
