import { PersonalAccessTokens, Users } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { Identity, TokenFacts } from '../ports/identity.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { askJson } from '../transport/send-json.ts';
import { newTokenAnswer } from './new-token-answer.ts';

const tokens = new PersonalAccessTokens(requestsOnly);
const users = new Users(requestsOnly);

const tokenAnswer = z.lazy(() =>
  z
    .object({
      name: z.string().nullish(),
      scopes: z.array(z.string()).nullish(),
      expires_at: z.string().nullish(),
      active: z.boolean().nullish(),
      created_at: z.string().nullish(),
      granular_scopes: z.array(z.object({ permissions: z.array(z.string()) })).nullish(),
    })
    .transform(
      ({
        name,
        scopes,
        expires_at: expiresAt,
        active,
        created_at: createdAt,
        granular_scopes: granular,
      }): TokenFacts => ({
        name: name ?? '',
        scopes: scopes ?? [],
        expiresAt: expiresAt ?? null,
        active: active ?? true,
        createdAt: createdAt?.slice(0, 10) ?? null,
        permissions: granular?.flatMap(({ permissions }) => permissions) ?? null,
      }),
    ),
);

const userAnswer = z.lazy(() =>
  z.object({
    id: z.number().int(),
    username: z.string(),
    name: z.string().nullish(),
    state: z.string().nullish(),
    bot: z.boolean().nullish(),
  }),
);

/** The part of the port about the token and its user. Source: https://docs.gitlab.com/api/users/#retrieve-the-current-user */
export function createIdentity(api: Api): Identity {
  return {
    async fetchTokenFacts() {
      try {
        return await getJson(api, tokens.show(), tokenAnswer);
      } catch (error) {
        // 401 is a token that does not work at all, which is another thing than one that may not say.
        if (error instanceof GitLabRefusedError && error.status !== 401) return null;
        throw error;
      }
    },
    rotateOwnToken: (expiresAt) =>
      askJson(tokens.rotate('self', expiresAt === null ? {} : { expiresAt }), newTokenAnswer, api),

    async fetchOwnPerson() {
      const { id, username, name, state, bot } = await getJson(api, users.showCurrentUser(), userAnswer);
      return {
        id,
        username,
        name: name ?? username,
        active: (state ?? 'active') === 'active',
        bot: bot ?? false,
      };
    },
  };
}
