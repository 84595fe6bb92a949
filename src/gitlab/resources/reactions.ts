import {
  IssueAwardEmojis,
  IssueNoteAwardEmojis,
  MergeRequestAwardEmojis,
  MergeRequestNoteAwardEmojis,
} from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { Conversations, Reaction } from '../ports/conversations.ts';
import type { Users } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { readPages } from '../transport/read-pages.ts';
import { send } from '../transport/send-json.ts';

const onWork = {
  issue: new IssueAwardEmojis(requestsOnly),
  merge_request: new MergeRequestAwardEmojis(requestsOnly),
};
const onNotes = {
  issue: new IssueNoteAwardEmojis(requestsOnly),
  merge_request: new MergeRequestNoteAwardEmojis(requestsOnly),
};

const reactionAnswer = z.lazy(() =>
  z
    .object({ id: z.number().int(), name: z.string(), user: z.object({ id: z.number().int() }) })
    .transform(({ id, name, user }): Reaction => ({ id, name, userId: user.id })),
);

/** 500 reactions on one comment. */
const maxPages = 5;

function listOf({ kind, project, iid }: Noteable, noteId: number | null): Promise<unknown> {
  return noteId === null ? onWork[kind].all(project, iid) : onNotes[kind].all(project, iid, noteId);
}

function award({ kind, project, iid }: Noteable, noteId: number | null, name: string): Promise<unknown> {
  return noteId === null
    ? onWork[kind].award(project, iid, name)
    : onNotes[kind].award(project, iid, noteId, name);
}

function remove({ kind, project, iid }: Noteable, noteId: number | null, reaction: number): Promise<unknown> {
  return noteId === null
    ? onWork[kind].remove(project, iid, reaction)
    : onNotes[kind].remove(project, iid, noteId, reaction);
}

/** The part of the port about emoji reactions. Source: https://docs.gitlab.com/api/emoji_reactions/ */
export function createReactions(
  api: Api,
  users: Users,
): Pick<Conversations, 'fetchReactions' | 'addReaction' | 'removeReaction'> {
  const list = (on: Noteable, noteId: number | null): Promise<readonly Reaction[]> =>
    readPages({ list: listOf(on, noteId), row: reactionAnswer, maxPages }, api);

  return {
    fetchReactions: list,

    async addReaction(on, noteId, name) {
      const create = async (): Promise<'added' | 'there'> => {
        try {
          await send(award(on, noteId, name), api);
          return 'added';
        } catch (error) {
          if (isGivenAlready(error)) return 'there';
          throw error;
        }
      };
      const findLanded = async (): Promise<'added' | null> => {
        const { id } = await users.fetchCurrentUser();
        const given = await list(on, noteId);
        return given.some((reaction) => reaction.userId === id && reaction.name === name) ? 'added' : null;
      };
      return createOnce({ create, findLanded }, api.clock);
    },

    async removeReaction(on, noteId, reactionId) {
      await nullIfGone(send(remove(on, noteId, reactionId), api));
    },
  };
}

/** GitLab answers 404 to it as to an object that is gone; only its words show the difference. */
function isGivenAlready(error: unknown): boolean {
  return (
    error instanceof GitLabRefusedError &&
    error.status === 404 &&
    error.message.includes('has already been taken')
  );
}
