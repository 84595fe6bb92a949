import {
  CommitDiscussions,
  IssueDiscussions,
  IssueNotes,
  MergeRequestDiscussions,
  MergeRequestNotes,
} from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { ThreadPlace } from '../../model/inline-comment.ts';
import type { CommitPlace, Noteable, TalkPlace } from '../../model/noteable.ts';
import type { Conversations, DiffPosition, Thread, ThreadNote } from '../ports/conversations.ts';
import type { Users } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { fetchPages } from '../transport/pager.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { type Ask, send } from '../transport/send-json.ts';
import { positionBody } from './diff-position.ts';
import { postText, sameText } from './note-answers.ts';
import { fetchNoteHands } from './note-hands.ts';
import { createReactions } from './reactions.ts';

const notesOf = { issue: new IssueNotes(requestsOnly), merge_request: new MergeRequestNotes(requestsOnly) };
const threadsOf = {
  issue: new IssueDiscussions(requestsOnly),
  merge_request: new MergeRequestDiscussions(requestsOnly),
};
const onCommits = new CommitDiscussions(requestsOnly);

const positionAnswer = z.lazy(() =>
  z
    .object({
      head_sha: z.string(),
      new_path: z.string().nullish(),
      new_line: z.number().int().nullish(),
    })
    .transform(({ head_sha: headSha, new_path: path, new_line: line }): ThreadPlace | null =>
      path ? { headSha, path, line: line ?? null } : null,
    ),
);

const noteAnswer = z.lazy(() =>
  z
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
    ),
);

const threadAnswer = z.lazy(() =>
  z.object({ id: z.string(), individual_note: z.boolean().nullish(), notes: z.array(noteAnswer) }).transform(
    ({ id, individual_note: individual, notes }): Thread => ({
      id,
      individual: individual ?? false,
      notes,
    }),
  ),
);

/** As for notes: GitLab allows 5,000 comments, and system notes on top. */
const maxPages = 100;

/** The word for them in a path. */
const workOf = { issue: 'issues', merge_request: 'merge_requests' } as const;

/** Threads on lines of a commit's diff are not needed: there the position is ignored. */
function newThread(on: TalkPlace, body: string, position?: DiffPosition): Ask {
  if (on.kind === 'commit') return onCommits.create(on.project, on.sha, body);
  const { kind, project, iid } = on;
  if (position === undefined) return threadsOf[kind].create(project, iid, body);
  const path = pathByHand`/projects/${project}/${workOf[kind]}/${iid}/discussions`;
  return { method: 'POST', path, body: { body, position: positionBody(position) } };
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

function listOfThreads(on: TalkPlace): Promise<unknown> {
  return on.kind === 'commit'
    ? onCommits.all(on.project, on.sha)
    : threadsOf[on.kind].all(on.project, on.iid);
}

function oneThread(on: TalkPlace, threadId: string): Promise<unknown> {
  return on.kind === 'commit'
    ? onCommits.show(on.project, on.sha, threadId)
    : threadsOf[on.kind].show(on.project, on.iid, threadId);
}

function newReply(on: TalkPlace, threadId: string, body: string): Ask {
  return on.kind === 'commit'
    ? onCommits.addNote(on.project, on.sha, threadId, body)
    : threadsOf[on.kind].addNote(on.project, on.iid, threadId, body);
}

type Pages = (on: TalkPlace) => AsyncGenerator<readonly Thread[]>;

/** Comments on a commit have no address of their own: the thread of one is part of it. Null when it is gone. */
async function threadIdOf(on: CommitPlace, noteId: number, pages: Pages): Promise<string | null> {
  for await (const page of pages(on)) {
    const thread = page.find(({ notes }) => notes.some(({ id }) => id === noteId));
    if (thread !== undefined) return thread.id;
  }
  return null;
}

type Edits = Pick<Conversations, 'editNoteOf' | 'removeNoteOf' | 'setThreadResolved'>;

function noteIsGone(noteId: number): GitLabRefusedError {
  return new GitLabRefusedError(`comment ${noteId} on the commit is gone`, {
    status: 404,
    request: 'GET repository/commits/:sha/discussions',
    hint: 'Write the command again.',
  });
}

function createEdits(api: Api, pages: Pages): Edits {
  return {
    async editNoteOf(on, noteId, body) {
      if (on.kind !== 'commit') {
        await send(notesOf[on.kind].edit(on.project, on.iid, noteId, { body }), api);
        return;
      }
      const threadId = await threadIdOf(on, noteId, pages);
      if (threadId === null) throw noteIsGone(noteId);
      await send(onCommits.editNote(on.project, on.sha, threadId, noteId, { body }), api);
    },

    async removeNoteOf(on, noteId) {
      if (on.kind !== 'commit') {
        await nullIfGone(send(notesOf[on.kind].remove(on.project, on.iid, noteId), api));
        return;
      }
      const threadId = await threadIdOf(on, noteId, pages);
      if (threadId === null) return;
      await nullIfGone(send(onCommits.removeNote(on.project, on.sha, threadId, noteId), api));
    },

    async setThreadResolved({ kind, project, iid }, threadId, resolved) {
      const path = pathByHand`/projects/${project}/${workOf[kind]}/${iid}/discussions/${threadId}`;
      await send({ method: 'PUT', path, body: { resolved } }, api);
    },
  };
}

/**
 * The part of the port about talk on merge requests, issues and commits. Sources: https://docs.gitlab.com/api/discussions/,
 * https://docs.gitlab.com/api/notes/
 */
export function createConversations(api: Api, users: Users): Conversations {
  const pages: Pages = (on) => fetchPages({ list: listOfThreads(on), row: threadAnswer, maxPages }, api);
  const fetchThread = (on: TalkPlace, threadId: string): Promise<Thread | null> =>
    nullIfGone(getJson(api, oneThread(on, threadId), threadAnswer));

  return {
    fetchThread,
    fetchThreadPages: pages,
    fetchNoteHands: (noteId) => fetchNoteHands(api, noteId),

    replyInThread: (on, threadId, body) =>
      createOnce(
        {
          create: () => postText(api, newReply(on, threadId, body), noteAnswer),
          findLanded: async () => newestOwn((await fetchThread(on, threadId))?.notes ?? [], body, users),
        },
        api.clock,
      ),

    startThread: (on, body, position) =>
      createOnce(
        {
          create: () => postText(api, newThread(on, body, position), threadAnswer),
          findLanded: () => findThread(pages(on), body, users),
        },
        api.clock,
      ),

    addNoteTo: (on, body) =>
      createOnce(
        {
          create: () => postText(api, notesOf[on.kind].create(on.project, on.iid, body), noteAnswer),
          findLanded: async () => newestOwn(await fetchNewestNotes(api, on), body, users),
        },
        api.clock,
      ),

    ...createEdits(api, pages),
    ...createReactions(api, users),
  };
}
