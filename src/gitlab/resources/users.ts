import { Users as UsersResource } from '@gitbeaker/rest';
import * as z from 'zod';
import type { User, Users } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { fitAnswer } from '../transport/json-answer.ts';

const userAnswer = z.object({ id: z.number().int(), username: z.string() });

/** The part of the port about users. Source: https://docs.gitlab.com/api/users/#retrieve-the-current-user */
export function createUsers({ resources, signature }: Api): Users {
  const users = new UsersResource(resources);
  let asked: Promise<User> | null = null;
  const ask = async (): Promise<User> =>
    fitAnswer(userAnswer, await users.showCurrentUser(), { method: 'GET', path: '/user' });
  return {
    async fetchCurrentUser() {
      asked ??= ask();
      try {
        return await asked;
      } catch (error) {
        // A failure is not remembered: the next one may ask again.
        asked = null;
        throw error;
      }
    },
    signature,
  };
}
