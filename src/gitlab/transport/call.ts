import type { Log } from '../../io/port.ts';
import type { HttpAnswer } from './exchange.ts';
import { type ApiRequest, followRedirects, type TryOptions } from './follow-redirects.ts';
import { refusalOf, type Speaker } from './refusal.ts';
import { isRepeatable, mayHaveLanded, type RetryLimits, retryWaitMs, type TryResult } from './retry.ts';
import { TransportFailure } from './transport-failure.ts';
import { type Circumstances, unreachableByAnswer, unreachableByFailure } from './unreachable.ts';

export interface CallLimits extends RetryLimits {
  readonly connectTimeoutMs: number;
  readonly responseTimeoutMs: number;
}

export interface CallOptions extends TryOptions {
  readonly speaker: Speaker;
  readonly limits: CallLimits;
  readonly log: Log;
}

/**
 * Sends a request until GitLab answers with success. Throws `GitLabRefusedError`, `GitLabUnreachableError` and
 * `GitLabAnswerError`.
 */
export type Call = (request: ApiRequest) => Promise<HttpAnswer>;

type Ended = { readonly answer: HttpAnswer } | { readonly failure: TransportFailure };

/** How long a request that is tried once may take. */
const patienceMs = 10_000;

/**
 * What one give-up means for the next question: that one is tried once, and not for long, until GitLab answers
 * something again. So one bad address costs its own tries only, and a GitLab that is down costs them once.
 */
interface Standing {
  isGivenUp: boolean;
}

function limitsNow(
  limits: CallLimits,
  { isGivenUp }: Standing,
  { isShortcut = false }: ApiRequest,
): CallLimits {
  if (!isGivenUp && !isShortcut) return limits;
  const responseTimeoutMs = Math.min(limits.responseTimeoutMs, patienceMs);
  const maxTotalMs = isShortcut ? Math.min(limits.maxTotalMs, patienceMs) : limits.maxTotalMs;
  return { ...limits, maxTries: 1, responseTimeoutMs, maxTotalMs };
}

/** Makes the one function that sends requests: tries, waits, redirects, the audit and the errors are all in it. */
export function createCall(given: CallOptions): Call {
  const { clock } = given;
  const standing: Standing = { isGivenUp: false };
  return async (request) => {
    const startedAt = clock.now().getTime();
    const limits = limitsNow(given.limits, standing, request);
    const options = { ...given, limits };
    for (let attempt = 1; ; attempt += 1) {
      const remainingMs = Math.max(1, limits.maxTotalMs - (clock.now().getTime() - startedAt));
      const ended = await tryOnce({ request, attempt, remainingMs }, options);
      if (isDecision(ended)) standing.isGivenUp = false;
      if ('answer' in ended && isSuccess(ended.answer)) return ended.answer;
      const failed = {
        request,
        attempt,
        result: resultOf(ended),
        elapsedMs: clock.now().getTime() - startedAt,
        now: clock.now(),
        random: clock.random(),
      };
      const wait = given.end?.aborted === true ? null : retryWaitMs(failed, limits);
      if (wait === null) {
        if (request.isShortcut !== true) standing.isGivenUp = !isDecision(ended);
        throw errorOf({ request, attempt, ended }, options);
      }
      sayRetry({ request, attempt, ended }, wait, options);
      await clock.sleep(wait);
    }
  };
}

async function tryOnce(
  { request, attempt, remainingMs }: { request: ApiRequest; attempt: number; remainingMs: number },
  options: CallOptions,
): Promise<Ended> {
  const timeouts = {
    connectMs: Math.min(options.limits.connectTimeoutMs, remainingMs),
    responseMs: Math.min(options.limits.responseTimeoutMs, remainingMs),
    deadlineMs: remainingMs,
  };
  try {
    return { answer: await followRedirects(request, { attempt, timeouts }, options) };
  } catch (error) {
    if (error instanceof TransportFailure) return { failure: error };
    throw error;
  }
}

interface GivenUp {
  readonly request: ApiRequest;
  readonly attempt: number;
  readonly ended: Ended;
}

function resultOf(ended: Ended): TryResult {
  return 'answer' in ended
    ? { kind: 'answer', status: ended.answer.status, headers: ended.answer.headers }
    : { kind: 'failure', failure: ended.failure.kind, sent: ended.failure.sent };
}

function errorOf({ request, attempt, ended }: GivenUp, options: CallOptions): Error {
  const circumstances: Circumstances = {
    request,
    origin: options.apiUrl.origin,
    tries: attempt,
    now: options.clock.now(),
    uncertain: !isRepeatable(request) && mayHaveLanded(resultOf(ended)),
    mask: options.mask,
  };
  if ('failure' in ended) return unreachableByFailure(ended.failure, circumstances);
  const { answer } = ended;
  return isDecision(ended)
    ? refusalOf(request, answer, options.speaker)
    : unreachableByAnswer(answer, circumstances);
}

function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

/** True where GitLab itself did what was asked, or said no. */
function isDecision(ended: Ended): boolean {
  if ('failure' in ended) return ended.failure.kind === 'too-large' || ended.failure.kind === 'undecodable';
  const { status } = ended.answer;
  return isSuccess(ended.answer) || (status >= 400 && status < 500 && status !== 429);
}

function sayRetry({ request, attempt, ended }: GivenUp, wait: number, { log, mask }: CallOptions): void {
  const why = 'failure' in ended ? ended.failure.message : `status ${ended.answer.status}`;
  const name = `${request.method} ${request.path}`;
  log.warn(mask(`${name}: ${why}; retrying in ${(wait / 1000).toFixed(1)} s`), { attempt });
}
