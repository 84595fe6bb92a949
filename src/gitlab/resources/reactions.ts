import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { Conversations, Reaction } from '../ports/conversations.ts';
import type { Users } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { readPages } from '../transport/read-pages.ts';
import { send } from '../transport/send-json.ts';
import { noteablePath } from './noteable-path.ts';

const reactionAnswer = z
  .object({ id: z.number().int(), name: z.string(), user: z.object({ id: z.number().int() }) })
  .transform(({ id, name, user }): Reaction => ({ id, name, userId: user.id }));

/** 500 reactions on one comment. */
const maxPages = 5;

function reactionsPath(on: Noteable, noteId: number | null): string {
  return `${noteablePath(on)}${noteId === null ? '' : `/notes/${noteId}`}/award_emoji`;
}

/** The part of the port about emoji reactions. Source: https://docs.gitlab.com/api/emoji_reactions/ */
export function createReactions(
  api: Api,
  users: Users,
): Pick<Conversations, 'fetchReactions' | 'addReaction' | 'removeReaction'> {
  const list = (on: Noteable, noteId: number | null): Promise<readonly Reaction[]> =>
    readPages({ path: reactionsPath(on, noteId), query: {}, row: reactionAnswer, maxPages }, api);

  return {
    fetchReactions: list,

    async addReaction(on, noteId, name) {
      const path = reactionsPath(on, noteId);
      const create = async (): Promise<'added' | 'there'> => {
        try {
          await send({ method: 'POST', path, body: { name } }, api);
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
      const path = `${reactionsPath(on, noteId)}/${reactionId}`;
      await nullIfGone(send({ method: 'DELETE', path }, api));
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
