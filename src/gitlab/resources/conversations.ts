import { IssueDiscussions, IssueNotes, MergeRequestDiscussions, MergeRequestNotes } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { ThreadPlace } from '../../model/inline-comment.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { Conversations, DiffPosition, Thread, ThreadNote } from '../ports/conversations.ts';
import type { Users } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { fitAnswer, readJson } from '../transport/json-answer.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { fetchPages } from '../transport/pager.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { type Ask, requestOf, send } from '../transport/send-json.ts';
import { positionBody } from './diff-position.ts';
import { fetchNoteHands } from './note-hands.ts';
import { createReactions } from './reactions.ts';

const notesOf = { issue: new IssueNotes(requestsOnly), merge_request: new MergeRequestNotes(requestsOnly) };
const threadsOf = {
  issue: new IssueDiscussions(requestsOnly),
  merge_request: new MergeRequestDiscussions(requestsOnly),
};

const positionAnswer = z
  .object({
    head_sha: z.string(),
    new_path: z.string().nullish(),
    new_line: z.number().int().nullish(),
  })
  .transform(({ head_sha: headSha, new_path: path, new_line: line }): ThreadPlace | null =>
    path ? { headSha, path, line: line ?? null } : null,
  );

const noteAnswer = z
  .object({
    id: z.number().int(),
    body: z.string(),
    author: z.object({ id: z.number().int(), username: z.string() }),
    system: z.boolean().nullish(),
    internal: z.boolean().nullish(),
    created_at: z.string(),
    updated_at: z.string(),
    resolvable: z.boolean().nullish(),
    resolved: z.boolean().nullish(),
    resolved_by: z.object({ id: z.number().int() }).nullish(),
    position: positionAnswer.nullish(),
  })
  .transform(
    ({ id, body, author, created_at: createdAt, updated_at: updatedAt, ...flags }): ThreadNote => ({
      id,
      body,
      authorId: author.id,
      authorUsername: author.username,
      system: flags.system ?? false,
      internal: flags.internal ?? false,
      createdAt,
      updatedAt,
      resolvable: flags.resolvable ?? false,
      resolved: flags.resolved ?? false,
      resolvedById: flags.resolved_by?.id ?? null,
      place: flags.position ?? null,
    }),
  );

const threadAnswer = z.object({ id: z.string(), notes: z.array(noteAnswer) });

/** As for notes: GitLab allows 5,000 comments, and system notes on top. */
const maxPages = 100;

/** The word for them in a path. */
const workOf = { issue: 'issues', merge_request: 'merge_requests' } as const;

function newThread({ kind, project, iid }: Noteable, body: string, position?: DiffPosition): Ask {
  if (position === undefined) return threadsOf[kind].create(project, iid, body);
  const path = pathByHand`/projects/${project}/${workOf[kind]}/${iid}/discussions`;
  return { method: 'POST', path, body: { body, position: positionBody(position) } };
}

/** GitLab cuts white space at the end of a body and keeps one kind of line end. */
function sameText(one: string, other: string): boolean {
  const normal = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd();
  return normal(one) === normal(other);
}

/** Posts a text. One of quick actions alone makes nothing: GitLab answers 202 with what the commands did. */
async function post<T>(api: Api, ask: Ask, schema: z.ZodType<T>): Promise<T> {
  const request = await requestOf(ask);
  const { path } = request;
  const answer = await api.call({ ...request, maxBytes: api.maxBytes });
  if (answer.status === 202)
    throw new GitLabRefusedError(
      `GitLab made no comment of POST ${path}: it took the text as quick actions`,
      {
        status: 202,
        request: `POST ${path}`,
        hint: 'A line of the comment starts with a quick action; put some text before the slash.',
      },
    );
  return fitAnswer(schema, readJson(request, answer), request);
}

/** The newest own note of this very text. */
async function newestOwn(
  notes: readonly ThreadNote[],
  body: string,
  users: Users,
): Promise<ThreadNote | null> {
  const { id } = await users.fetchCurrentUser();
  return notes.findLast((note) => note.authorId === id && sameText(note.body, body)) ?? null;
}

/** There is no order to ask for: what was just written is on the last page. */
async function findThread(
  pages: AsyncIterable<readonly Thread[]>,
  body: string,
  users: Users,
): Promise<Thread | null> {
  let found: Thread | null = null;
  for await (const page of pages)
    for (const thread of page)
      if ((await newestOwn(thread.notes.slice(0, 1), body, users)) !== null) found = thread;
  return found;
}

/** From the newest page of notes. */
async function fetchNewestNotes(api: Api, { kind, project, iid }: Noteable): Promise<readonly ThreadNote[]> {
  const newest = notesOf[kind].all(project, iid, {
    sort: 'desc',
    orderBy: 'created_at',
    ...untyped({ activity_filter: 'only_comments' }),
    perPage: 100,
  });
  return (await getJson(api, newest, z.array(noteAnswer))).reverse();
}

type Edits = Pick<Conversations, 'editNoteOf' | 'removeNoteOf' | 'setThreadResolved'>;

function createEdits(api: Api): Edits {
  return {
    async editNoteOf({ kind, project, iid }, noteId, body) {
      await send(notesOf[kind].edit(project, iid, noteId, { body }), api);
    },

    async removeNoteOf({ kind, project, iid }, noteId) {
      await nullIfGone(send(notesOf[kind].remove(project, iid, noteId), api));
    },

    async setThreadResolved({ kind, project, iid }, threadId, resolved) {
      const path = pathByHand`/projects/${project}/${workOf[kind]}/${iid}/discussions/${threadId}`;
      await send({ method: 'PUT', path, body: { resolved } }, api);
    },
  };
}

/**
 * The part of the port about talk on merge requests and issues. Sources: https://docs.gitlab.com/api/discussions/,
 * https://docs.gitlab.com/api/notes/
 */
export function createConversations(api: Api, users: Users): Conversations {
  const pages = ({ kind, project, iid }: Noteable): AsyncGenerator<readonly Thread[]> =>
    fetchPages({ list: threadsOf[kind].all(project, iid), row: threadAnswer, maxPages }, api);
  const fetchThread = ({ kind, project, iid }: Noteable, threadId: string): Promise<Thread | null> =>
    nullIfGone(getJson(api, threadsOf[kind].show(project, iid, threadId), threadAnswer));

  return {
    fetchThread,
    fetchThreadPages: pages,
    fetchNoteHands: (noteId) => fetchNoteHands(api, noteId),

    replyInThread: (on, threadId, body) =>
      createOnce(
        {
          create: () => post(api, threadsOf[on.kind].addNote(on.project, on.iid, threadId, body), noteAnswer),
          findLanded: async () => newestOwn((await fetchThread(on, threadId))?.notes ?? [], body, users),
        },
        api.clock,
      ),

    startThread: (on, body, position) =>
      createOnce(
        {
          create: () => post(api, newThread(on, body, position), threadAnswer),
          findLanded: () => findThread(pages(on), body, users),
        },
        api.clock,
      ),

    addNoteTo: (on, body) =>
      createOnce(
        {
          create: () => post(api, notesOf[on.kind].create(on.project, on.iid, body), noteAnswer),
          findLanded: async () => newestOwn(await fetchNewestNotes(api, on), body, users),
        },
        api.clock,
      ),

    ...createEdits(api),
    ...createReactions(api, users),
  };
}
