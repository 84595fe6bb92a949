import { GitLabRefusedError } from '../../errors.ts';
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

const roles: readonly { readonly path: RegExp; readonly write: string; readonly read?: boolean }[] = [
  {
    path: /\/(?:hooks|triggers|variables)(?:\/|$)/,
    write: 'at least the role Maintainer in the project',
    read: true,
  },
  { path: /\/statuses\//, write: 'the role Developer in the project, for commit statuses' },
  { path: /\/(?:notes|discussions)(?:\/|$)/, write: 'at least the role Reporter in the project, for notes' },
];

const botTokenNeeded =
  'A job token can only read: create a bot token (project access token or service account) with the scope api and set it as the ' +
  'masked CI/CD variable HERALD_TOKEN.';

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

function forbiddenHint({ method, path }: RequestLine, words: string, variable: string): string {
  if (words.includes('insufficient_scope')) {
    return `The token in ${variable} lacks a scope: Herald needs one with the scope api (read_api does not let it write).`;
  }
  const needed = roles.find(
    ({ path: pattern, read = false }) => (method !== 'GET' || read) && pattern.test(path),
  );
  const role =
    needed?.write ?? (method === 'GET' ? 'at least the role Reporter in the project' : 'a higher role');
  return `The token in ${variable} is valid but not allowed to do this: it needs the scope api and ${role}.`;
}
