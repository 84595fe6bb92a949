import { Users as UsersResource } from '@gitbeaker/rest';
import * as z from 'zod';
import type { User, Users } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { userRequest } from '../transport/early-user.ts';
import type { HttpAnswer } from '../transport/exchange.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { fitAnswer, readJson } from '../transport/json-answer.ts';

const users = new UsersResource(requestsOnly);

const userAnswer = z.lazy(() => z.object({ id: z.number().int(), username: z.string() }));

/** The user of an early answer; null where there is none that Herald understands. */
function userOf(answer: HttpAnswer | null): User | null {
  if (answer === null) return null;
  try {
    return fitAnswer(userAnswer, readJson(userRequest, answer), userRequest);
  } catch {
    return null;
  }
}

interface RememberedUsers extends Users {
  /** What another answer said of the token's user: it need not be asked for any more. */
  remember(user: User): void;
}

/**
 * The part of the port about users. `early` is the answer to a request that was sent before this was loaded. Source:
 * https://docs.gitlab.com/api/users/#retrieve-the-current-user
 */
export function createUsers(
  api: Api,
  early: Promise<HttpAnswer | null> = Promise.resolve(null),
): RememberedUsers {
  let asked: Promise<User> | null = null;
  let isFirst = true;
  const ask = async (): Promise<User> => {
    const known = isFirst ? userOf(await early) : null;
    isFirst = false;
    return known ?? getJson(api, users.showCurrentUser(), userAnswer);
  };
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
    remember({ id, username }) {
      asked ??= Promise.resolve({ id, username });
    },
  };
}
