import { ProjectMembers } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { AccountOwner, AccountToken, ServiceAccount } from '../../model/setup.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { readPages } from '../transport/read-pages.ts';
import { askJson, type JsonRequest, sendJson } from '../transport/send-json.ts';
import { newTokenAnswer } from './new-token-answer.ts';

const members = new ProjectMembers(requestsOnly);

/** GitLab Free allows 100 in a top-level group: https://docs.gitlab.com/user/profile/service_accounts/ */
const maxPages = 20;

const accountAnswer = z.lazy(() =>
  z
    .object({ id: z.number().int(), username: z.string(), name: z.string().nullish() })
    .transform(({ id, username, name }): ServiceAccount => ({ id, username, name: name ?? username })),
);

const tokenAnswer = z.lazy(() =>
  z
    .object({ id: z.number().int(), name: z.string(), expires_at: z.string().nullish() })
    .transform(
      ({ id, name, expires_at: expiresAt }): AccountToken => ({ id, name, expiresAt: expiresAt ?? null }),
    ),
);

function accountsOf({ kind, id }: AccountOwner): string {
  return pathByHand`/${kind}/${id}/service_accounts`;
}

function tokensOf({ kind, id }: AccountOwner, account: number): string {
  return pathByHand`/${kind}/${id}/service_accounts/${account}/personal_access_tokens`;
}

/** Someone else on this instance may have the name. */
function isTaken(error: unknown): boolean {
  return error instanceof GitLabRefusedError && error.status === 400 && /taken/i.test(error.message);
}

function createTokens(
  api: Api,
): Pick<Accounts, 'fetchAccountTokens' | 'createAccountToken' | 'revokeAccountToken'> {
  const fetchAccountTokens: Accounts['fetchAccountTokens'] = (owner, account) => {
    const list: JsonRequest = { method: 'GET', path: tokensOf(owner, account), query: { state: 'active' } };
    return readPages({ list, row: tokenAnswer, maxPages }, api);
  };

  const revokeAccountToken: Accounts['revokeAccountToken'] = async (owner, account, id) => {
    const path = pathByHand`/${owner.kind}/${owner.id}/service_accounts/${account}/personal_access_tokens/${id}`;
    await nullIfGone(sendJson({ method: 'DELETE', path }, api));
  };

  return {
    fetchAccountTokens,
    revokeAccountToken,

    createAccountToken(owner, account, name) {
      const body = { name, scopes: ['api'] };
      return createOnce(
        {
          create: () =>
            askJson({ method: 'POST', path: tokensOf(owner, account), body }, newTokenAnswer, api),
          // One that nobody saw is of no use. The name is of this creation alone.
          findLanded: async () => {
            const landed = (await fetchAccountTokens(owner, account)).filter((one) => one.name === name);
            for (const { id } of landed) await revokeAccountToken(owner, account, id);
            return null;
          },
        },
        api.clock,
      );
    },
  };
}

/** The part of the port about service accounts. Source: https://docs.gitlab.com/api/service_accounts/ */
export function createAccounts(api: Api): Accounts {
  const fetchServiceAccounts: Accounts['fetchServiceAccounts'] = (owner) =>
    readPages({ list: { method: 'GET', path: accountsOf(owner) }, row: accountAnswer, maxPages }, api);

  const create = (owner: AccountOwner, body: { readonly name: string; readonly username?: string }) =>
    createOnce(
      {
        create: () => askJson({ method: 'POST', path: accountsOf(owner), body }, accountAnswer, api),
        findLanded: async () =>
          (await fetchServiceAccounts(owner)).find(({ name }) => name === body.name) ?? null,
      },
      api.clock,
    );

  return {
    fetchServiceAccounts,
    ...createTokens(api),

    async createServiceAccount(owner, { name, username }) {
      try {
        return await create(owner, { name, username });
      } catch (error) {
        if (!isTaken(error)) throw error;
        return create(owner, { name });
      }
    },

    async addMember(project, userId, accessLevel) {
      await sendJson(members.add(project, accessLevel, { userId }), api);
    },

    async changeMember(project, userId, accessLevel) {
      await sendJson(members.edit(project, userId, accessLevel), api);
    },
  };
}
