import type { HttpAnswer } from './exchange.ts';
import { followRedirects, type TryOptions } from './follow-redirects.ts';

/** The request for the token's own user. Source: https://docs.gitlab.com/api/users/#retrieve-the-current-user */
export const userRequest = { method: 'GET', path: '/user' } as const;

/** A hanging GitLab must not hold up a command that ends for another reason. */
const patienceMs = 5_000;
const maxBytes = 1024 * 1024;

/** A request for the token's user that was sent before the rest of Herald was loaded. */
export interface EarlyUser {
  readonly line: TryOptions;
  /** Null for anything but success: then the usual request is sent, which waits, repeats and explains. */
  readonly answer: Promise<HttpAnswer | null>;
}

/** Sends one try of the request for the token's user. */
export function askEarly(line: TryOptions): EarlyUser {
  const request = { ...userRequest, query: '', body: null, maxBytes };
  const timeouts = { connectMs: patienceMs, responseMs: patienceMs, deadlineMs: patienceMs };
  const answer = followRedirects(request, { attempt: 1, timeouts }, line).then(
    (given) => (given.status === 200 ? given : null),
    () => null,
  );
  return { line, answer };
}
