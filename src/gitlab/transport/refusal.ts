import { GitLabRefusedError } from '../../errors.ts';
import { accessLevels, roleName } from '../../model/person.ts';
import { type RightOfRequest, rightsOfRequest } from '../rights/rights-of-request.ts';
import { answerWords } from './answer-words.ts';
import type { HttpAnswer } from './exchange.ts';
import type { RequestLine } from './retry.ts';

export interface Speaker {
  readonly kind: 'bot' | 'job';
  /** Name of the variable that the token came from. */
  readonly variable: string;
  /** Takes the token out of a text. */
  readonly mask: (text: string) => string;
}

const botTokenNeeded =
  'A job token can only read: create a bot token (herald setup --bot makes a service account with one; on self-managed GitLab and from ' +
  'Premium on, a project access token works, too) with the scope api and set it as the masked CI/CD variable HERALD_TOKEN.';
const allPermissions = 'docs/reference/permissions.md lists all that Herald needs';

/**
 * What a refusal by GitLab means and what to do about it. The message keeps GitLab's words, but never contains the
 * token. Source: https://docs.gitlab.com/api/rest/troubleshooting/#status-codes
 */
export function refusalOf(request: RequestLine, answer: HttpAnswer, speaker: Speaker): GitLabRefusedError {
  const name = speaker.mask(`${request.method} ${request.path}`);
  const words = answerWords(answer, speaker.mask);
  return new GitLabRefusedError(`GitLab refused ${name}: ${words}`, {
    status: answer.status,
    request: name,
    hint: hintOf(request, { status: answer.status, words }, speaker),
  });
}

function hintOf(
  request: RequestLine,
  { status, words }: { readonly status: number; readonly words: string },
  { kind, variable }: Speaker,
): string {
  const isWrite = request.method !== 'GET';
  if (kind === 'job' && (status === 401 || status === 403 || (status === 404 && isWrite))) {
    return botTokenNeeded;
  }
  switch (status) {
    case 401:
      return `The token in ${variable} ${whyInvalid(words)}. Replace it.`;
    case 403:
      return forbiddenHint(request, words, variable);
    case 404:
      return `Not found, or this token (${variable}) cannot see it: check the address, and that the token's user is a member of the project.`;
    case 413:
      return 'The request is larger than GitLab or a proxy in front of it accepts: shorten the text that you send.';
    case 422:
    case 400:
      return 'GitLab did not accept a value in the request: its words above say which one.';
    default:
      return 'The words of GitLab above say why; the same request may work when that has changed.';
  }
}

/** GitLab says whether a token was valid earlier: https://docs.gitlab.com/api/rest/troubleshooting/#status-codes */
function whyInvalid(words: string): string {
  if (/\btoken is expired\b/i.test(words)) return 'has expired';
  if (/\btoken was revoked\b/i.test(words)) return 'was revoked';
  return 'is not valid here: it may have expired or been revoked, or belong to another GitLab';
}

/** Of several features that send such a request, the one that needs the lowest role. */
function rightOf({ method, path }: RequestLine): RightOfRequest | null {
  const levelOf = ({ right }: RightOfRequest): number => accessLevels[right.role];
  return [...rightsOfRequest(method, path)].sort((a, b) => levelOf(a) - levelOf(b))[0] ?? null;
}

function forFeature(found: RightOfRequest | null): string {
  return found === null ? '' : `, for ${found.right.feature}`;
}

/**
 * Three things that GitLab answers with 403: a fine-grained token without the permission, a classic token without the
 * scope, and a user without the role. Source: lib/api/api_guard.rb and
 * app/services/authz/tokens/authorize_granular_scopes_service.rb in GitLab's source.
 */
function forbiddenHint(request: RequestLine, words: string, variable: string): string {
  const found = rightOf(request);
  if (words.includes('insufficient_granular_scope')) return granularHint(found, variable);
  const permission = found === null ? '' : ` (a fine-grained token: the permission ${found.permission})`;
  if (words.includes('insufficient_scope')) {
    const scope = found?.right.scope ?? 'api';
    return `The token in ${variable} lacks a scope: Herald needs one with the scope ${scope}${permission}${forFeature(found)}. The role of its user is not the reason: ${allPermissions}.`;
  }
  return `The token in ${variable} is valid, but ${roleHint(request, found)}${forFeature(found)}. The token also needs the scope ${found?.right.scope ?? 'api'}${permission}: ${allPermissions}.`;
}

/** A classic token gets this answer, too, where the top-level group accepts only fine-grained ones of people. */
function granularHint(found: RightOfRequest | null, variable: string): string {
  const needed =
    found === null ? 'the permissions that GitLab names above' : `the permission ${found.permission}`;
  return `The fine-grained token in ${variable} lacks ${needed}${forFeature(found)}. The role of its user is not the reason: create a token that has all permissions (${allPermissions}). If it is a person's classic token, the group accepts only fine-grained tokens.`;
}

function roleHint({ method, path }: RequestLine, found: RightOfRequest | null): string {
  const role = roleName(accessLevels[found?.right.role ?? 'none']);
  const where = path.startsWith('/groups/') ? 'group' : 'project';
  if (role !== null) return `its user needs at least the role ${role} in the ${where}`;
  return method === 'GET'
    ? 'its user cannot see this'
    : 'its user is not allowed to do this: a higher role is needed';
}
