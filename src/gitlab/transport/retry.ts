import type { FailureKind } from './transport-failure.ts';

export interface RetryLimits {
  readonly maxTries: number;
  /** For all tries and waits of one call together. */
  readonly maxTotalMs: number;
}

export interface RequestLine {
  readonly method: string;
  /** Below the API: `/projects/1/statuses/4f2b9c1d`. */
  readonly path: string;
}

export type TryResult =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'failure'; readonly failure: FailureKind; readonly sent: boolean };

export interface FailedTry {
  readonly request: RequestLine;
  /** 1 for the first. */
  readonly attempt: number;
  readonly result: TryResult;
  readonly elapsedMs: number;
  readonly now: Date;
  /** 0 ≤ n < 1, for jitter. */
  readonly random: number;
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);
const statusPath = /^\/projects\/[^/]+\/statuses\/[^/]+$/;

/** Where an error of GitLab itself passes, too: a database that hands over, a worker that ends. */
const reads: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** The gateway's errors, and those of the network in front of gitlab.com. Source: https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/ */
const passingStatuses: ReadonlySet<number> = new Set([502, 503, 504, 520, 521, 522, 523, 524]);

const maxTriesOfFailure: Readonly<Record<FailureKind, number>> = {
  dns: 3,
  refused: Infinity,
  'connect-timeout': Infinity,
  'response-timeout': Infinity,
  broken: Infinity,
  proxy: 3,
  certificate: 1,
  'no-tls': 1,
  'too-large': 1,
  undecodable: 1,
  'invalid-request': 1,
};

const firstWaitMs = 1000;
const firstRateLimitWaitMs = 5000;
const longestWaitMs = 60_000;

/**
 * True for requests that have the same effect however often they are sent: all but creates. A status is set, not added
 * to.
 */
export function isRepeatable({ method, path }: RequestLine): boolean {
  return safeMethods.has(method) || (method === 'POST' && statusPath.test(path));
}

/** True when GitLab may have executed the request without confirming it. */
export function mayHaveLanded(result: TryResult): boolean {
  return result.kind === 'answer' ? result.status >= 500 : result.sent;
}

/**
 * How long to wait before the next try, in milliseconds; null to give up. Waits as long as GitLab asks (`Retry-After`,
 * else `RateLimit-Reset`), else exponentially longer, with jitter; gives up at once when that would pass the total.
 * Source: https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers
 */
export function retryWaitMs(failed: FailedTry, { maxTries, maxTotalMs }: RetryLimits): number | null {
  if (failed.attempt >= maxTries || !isWorthARetry(failed)) return null;
  const wait = Math.round(waitMs(failed));
  return failed.elapsedMs + wait > maxTotalMs ? null : wait;
}

/** Exponentially longer waits: 1, 2, 4 s …, at most a minute, each up to half as long again. */
export function backOffMs(attempt: number, random: number, firstMs = firstWaitMs): number {
  return Math.min(longestWaitMs, firstMs * 2 ** (attempt - 1)) * (1 + random / 2);
}

function isWorthARetry({ request, attempt, result }: FailedTry): boolean {
  if (result.kind === 'failure') {
    const isSafe = isRepeatable(request) || !result.sent;
    return isSafe && attempt < maxTriesOfFailure[result.failure];
  }
  if (result.status === 429) return true;
  if (result.status === 409) return isStatusPost(request);
  if (result.status === 500) return reads.has(request.method);
  return isRepeatable(request) && passingStatuses.has(result.status);
}

/** Another update of the same commit holds GitLab's lock. */
function isStatusPost({ method, path }: RequestLine): boolean {
  return method === 'POST' && statusPath.test(path);
}

function waitMs({ attempt, result, now, random }: FailedTry): number {
  if (result.kind === 'failure') return backOffMs(attempt, random);
  const asked = askedWaitMs(result.headers, now);
  // A little jitter, so that refused clients do not all return at the same time.
  if (asked !== null) return asked + random * firstWaitMs;
  return backOffMs(attempt, random, result.status === 429 ? firstRateLimitWaitMs : firstWaitMs);
}

/**
 * The wait that GitLab asks for: `Retry-After` in seconds or as a date, else `RateLimit-Reset` in Unix time; null when
 * neither counts.
 */
export function askedWaitMs(headers: Readonly<Record<string, string>>, now: Date): number | null {
  const retryAfter = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000;
  // The specification's three forms of a date all start with the name of a day.
  const date = /^[A-Z][a-z]{2}/.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
  if (!Number.isNaN(date)) return Math.max(0, date - now.getTime());
  const reset = headers['ratelimit-reset']?.trim() ?? '';
  // The answer may come from another limit than the one in the headers: only a used-up limit says when it ends.
  const isUsedUp = (headers['ratelimit-remaining'] ?? '0').trim() === '0';
  if (!isUsedUp || !/^\d{1,12}$/.test(reset)) return null;
  const wait = Number(reset) * 1000 - now.getTime();
  return wait > 0 ? wait : null;
}
