import { type EmbeddedAnswer, type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { userJson } from '../../../../src/demo/user-json.ts';
import { refusals } from '../refusals.ts';
import { allowed, maintainer } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedAccessToken, EmbeddedState } from '../state/state.ts';

function tokenJson({ value: _value, userId, previous: _previous, ...fields }: EmbeddedAccessToken): object {
  return { ...fields, user_id: userId, active: !fields.revoked };
}

/** GitLab adds `glpat-` and makes up the rest. */
function addToken(
  { accessTokens, tokens }: EmbeddedState,
  token: Omit<EmbeddedAccessToken, 'value' | 'revoked'>,
): EmbeddedAccessToken {
  const made = { ...token, value: `glpat-CANARY-made-${token.id}-0123456789`, revoked: false };
  accessTokens.push(made);
  const facts = { scopes: made.scopes, expires_at: made.expires_at };
  tokens.push({ value: made.value, kind: 'personal', userId: made.userId, facts });
  return made;
}

/** `projects/9` or `groups/7`, when the user may look after its service accounts; else GitLab's refusal. */
function ownerOf(
  request: EmbeddedRequest,
  parts: readonly string[],
  state: EmbeddedState,
): string | EmbeddedAnswer {
  const [kind = '', part = ''] = parts;
  if (kind === 'projects') {
    const project = allowed({ request, state }, part, maintainer);
    return typeof project === 'number' ? `projects/${project}` : project;
  }
  const group = state.ci.groups.find(({ id, full_path }) => String(id) === part || full_path === part);
  if (group === undefined) return refused(refusals.noGroup);
  const { groupOwners } = state.ci;
  const isOwner = groupOwners === null || groupOwners.has(request.user?.id ?? 0);
  return isOwner ? `groups/${group.id}` : refused(refusals.roleTooLow);
}

function createAccount({ body }: EmbeddedRequest, owner: string, state: EmbeddedState): EmbeddedAnswer {
  state.nextId += 1;
  const id = state.nextId;
  const made = `service_account_${owner.replace(/s\//, '_')}_${id}`;
  const { username = made, name = 'Service account user' } = body;
  if (state.users.some((user) => user.username === username)) return refused(refusals.usernameTaken);
  const user = { id, username: String(username), name: String(name), bot: true };
  state.users.push(user);
  state.accounts.push({ owner, userId: id });
  return { status: 201, body: userJson(user) };
}

const accounts = '/(projects|groups)/([^/]+)/service_accounts';

function accountRoute(method: string): Route {
  return route(method, new RegExp(`^${accounts}$`), (request, parts, state) => {
    const owner = ownerOf(request, parts, state);
    if (typeof owner !== 'string') return owner;
    if (method === 'POST') return createAccount(request, owner, state);
    const ids = state.accounts.filter((one) => one.owner === owner).map(({ userId }) => userId);
    return page(state.users.filter(({ id }) => ids.includes(id)).map(userJson), request);
  });
}

function createToken({ body }: EmbeddedRequest, userId: number, state: EmbeddedState): EmbeddedAnswer {
  const { name, scopes, expires_at: expires = '2027-11-30' } = body;
  if (typeof name !== 'string' || !Array.isArray(scopes)) return refused(refusals.missingField, 'name');
  state.nextId += 1;
  const token = {
    id: state.nextId,
    name,
    scopes: scopes.map(String),
    expires_at: String(expires),
    userId,
    previous: null,
  };
  const made = addToken(state, token);
  return { status: 201, body: { ...tokenJson(made), token: made.value } };
}

function tokensRoute(method: string): Route {
  return route(
    method,
    new RegExp(`^${accounts}/(\\d+)/personal_access_tokens(?:/(\\d+))?$`),
    (request, parts, state) => {
      const owner = ownerOf(request, parts, state);
      if (typeof owner !== 'string') return owner;
      const [, , account, tokenId] = parts;
      const known = state.accounts.find((one) => one.owner === owner && String(one.userId) === account);
      if (known === undefined) return refused(refusals.noUser);
      const { userId } = known;
      if (method === 'POST')
        return state.ci.accountTokensByAdminsOnly
          ? refused(refusals.accountTokenNotPermitted)
          : createToken(request, userId, state);
      const own = state.accessTokens.filter((one) => one.userId === userId && !one.revoked);
      if (method === 'GET') return page(own.map(tokenJson), request);
      const token = own.find(({ id }) => String(id) === tokenId);
      if (token === undefined) return refused(refusals.noAccessToken);
      token.revoked = true;
      return { status: 204, body: '' };
    },
  );
}

function memberRoute(method: 'POST' | 'PUT'): Route {
  const pattern = /^\/projects\/([^/]+)\/members(?:\/(\d+))?$/;
  return route(method, pattern, (request, [part = '', id = ''], state) => {
    const projectId = allowed({ request, state }, part, maintainer);
    if (typeof projectId !== 'number') return projectId;
    const userId = Number(method === 'POST' ? request.body['user_id'] : id);
    const user = state.users.find((one) => one.id === userId);
    const level = Number(request.body['access_level']);
    if (user === undefined) return refused(refusals.noUser);
    const account = state.accounts.find((one) => one.userId === userId);
    if (account?.owner.startsWith('projects/') === true && account.owner !== `projects/${projectId}`)
      return refused(refusals.accountOfOtherProject);
    const { members } = state.ci;
    const member = members.find((one) => one.project_id === projectId && one.user_id === userId);
    if (method === 'POST' && member !== undefined) return refused(refusals.memberThere);
    if (method === 'PUT' && member === undefined) return refused(refusals.noMember);
    if (member === undefined) members.push({ project_id: projectId, user_id: userId, access_level: level });
    else member.access_level = level;
    return { status: method === 'POST' ? 201 : 200, body: { ...userJson(user), access_level: level } };
  });
}

/**
 * Revokes what came of a token by rotation. Source: app/services/personal_access_tokens/revoke_token_family_service.rb
 */
export function revokeFamily(of: EmbeddedAccessToken, accessTokens: EmbeddedState['accessTokens']): void {
  for (const one of accessTokens.filter(({ previous }) => previous === of.id)) {
    one.revoked = true;
    revokeFamily(one, accessTokens);
  }
}

/** Service accounts, their tokens, members, and tokens that rotate themselves. Source: https://docs.gitlab.com/api/service_accounts/ */
export const accessTokenRoutes: readonly Route[] = [
  ...['GET', 'POST'].map(accountRoute),
  ...['GET', 'POST', 'DELETE'].map(tokensRoute),
  memberRoute('POST'),
  memberRoute('PUT'),
  route('POST', /^\/personal_access_tokens\/self\/rotate$/, ({ token, body }, _parts, state) => {
    const old = state.accessTokens.find(({ value }) => value === token?.value);
    if (old === undefined) return refused(refusals.noTokenFacts);
    state.nextId += 1;
    const { name, scopes, userId } = old;
    // A week where the request names no day: app/services/personal_access_tokens/rotate_service.rb
    const week = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
    const expires_at = typeof body['expires_at'] === 'string' ? body['expires_at'] : week;
    if (expires_at > state.ci.latestExpiry) return refused(refusals.expiryTooLate, state.ci.latestExpiry);
    old.revoked = true;
    const made = addToken(state, { id: state.nextId, name, scopes, userId, expires_at, previous: old.id });
    return ok({ ...tokenJson(made), token: made.value });
  }),
];
