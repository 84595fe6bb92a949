import type { EmbeddedAnswer, EmbeddedRequest } from '../../../src/demo/http.ts';
import { refused } from '../../../src/demo/refusals.ts';
import { permissionOf } from './permissions.ts';
import { revokeFamily } from './project/access-tokens.ts';
import { refusals } from './refusals.ts';
import type { EmbeddedState } from './state/state.ts';

/** What every classic token may ask, and the scope for rotating itself: lib/api/personal_access_tokens/*.rb */
const ofItself = /^\/personal_access_tokens\/self(?:\/rotate)?$/;

function lacksScope({ method, path, token }: EmbeddedRequest): boolean {
  const scopes = token?.facts?.scopes;
  if (scopes === undefined || scopes.includes('api') || ofItself.test(path)) return false;
  return !((method === 'GET' || method === 'HEAD') && scopes.includes('read_api'));
}

/** A revoked token that is rotated again takes its whole family with it: lib/gitlab/auth/auth_finders.rb */
function refusedAsRevoked(
  { token, path }: EmbeddedRequest,
  { accessTokens }: EmbeddedState,
): EmbeddedAnswer | undefined {
  const revoked = accessTokens.find((one) => one.value === token?.value && one.revoked);
  if (revoked === undefined) return undefined;
  if (path.endsWith('/rotate')) revokeFamily(revoked, accessTokens);
  return refused(refusals.revokedToken);
}

/**
 * GitLab's refusal of a token without the scope or the permission that a request takes; undefined where it has them, or
 * where the state says nothing about the token.
 */
export function refusedByScope(request: EmbeddedRequest, state: EmbeddedState): EmbeddedAnswer | undefined {
  const revoked = refusedAsRevoked(request, state);
  if (revoked !== undefined) return revoked;
  const permissions = state.granularTokens.get(request.token?.value ?? '');
  if (permissions === undefined) return lacksScope(request) ? refused(refusals.scopeTooNarrow) : undefined;
  const needed = permissionOf(request.method, request.path)?.split(' and ') ?? [];
  const missing = needed.filter((one) => !permissions.includes(one));
  return missing.length === 0 ? undefined : refused(refusals.granularScope, missing.join(', '));
}

const malformed = /\0|\p{Surrogate}/u;

/** Three levels are looked at: deeper ones, GitLab takes as they are. */
function hasMalformedString(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return malformed.test(value);
  if (depth > 2 || typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((inner) => hasMalformedString(inner, depth + 1));
}

/**
 * GitLab's refusal of a request with a text that no database takes: lib/gitlab/middleware/handle_malformed_strings.rb
 */
export function refusedAsMalformed({ path, query, body }: EmbeddedRequest): EmbeddedAnswer | undefined {
  const all = { path, query: [...query.values()], body: Object.values(body) };
  return hasMalformedString(Object.values(all)) ? refused(refusals.malformedString) : undefined;
}
