import { Users as UsersResource } from '@gitbeaker/rest';
import * as z from 'zod';
import type { User, Users } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';

const users = new UsersResource(requestsOnly);

const userAnswer = z.object({ id: z.number().int(), username: z.string() });

/** The part of the port about users. Source: https://docs.gitlab.com/api/users/#retrieve-the-current-user */
export function createUsers(api: Api): Users {
  let asked: Promise<User> | null = null;
  const ask = (): Promise<User> => getJson(api, users.showCurrentUser(), userAnswer);
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
    signature: api.signature,
  };
}
