import type { Clock } from '../../io/port.ts';
import { userAgent } from '../../version.ts';
import { type Audit, auditPath } from './audit.ts';
import type { Connections } from './connections.ts';
import { type BodySink, type ExchangeTimeouts, exchange, type HttpAnswer } from './exchange.ts';
import type { RequestBudget } from './request-budget.ts';
import { TransportFailure, transportFailureOf } from './transport-failure.ts';

export interface ApiRequest {
  readonly method: string;
  /** Below the API, encoded, without query: `/projects/group%2Fproject/merge_requests/1`. */
  readonly path: string;
  /** Without the question mark; empty for none. */
  readonly query: string;
  readonly body: { readonly contentType: string; readonly bytes: Uint8Array } | null;
  readonly maxBytes: number;
  /** Gets the body of a success piece by piece; it starts over when the request is retried. */
  readonly sink?: BodySink;
  /** It saves other requests, which do the same: tried once, not for long, and its failure says nothing of GitLab. */
  readonly isShortcut?: boolean;
}

export interface TryOptions {
  readonly apiUrl: URL;
  /** The header with the credential, for GitLab's own origin only. */
  readonly credential: Readonly<Record<string, string>>;
  readonly connections: Connections;
  readonly budget: RequestBudget;
  readonly clock: Clock;
  readonly audit: Audit;
  /** Takes the token out of a text. */
  readonly mask: (text: string) => string;
  /** Once it is given, nothing is sent any more, and what is under way is broken off. */
  readonly end?: AbortSignal | undefined;
}

const maxRedirects = 5;

/** GitLab's other API, next to this one: https://docs.gitlab.com/api/graphql/ */
export const graphqlPath = '/graphql';

/**
 * One try: sends the request and follows redirects (artifacts in object storage, renamed projects). The credential goes
 * to the API's own origin only; what is not a GET is never sent elsewhere, and never turned into a GET. Every request
 * is counted and audited. Throws `TransportFailure`. Source: https://www.rfc-editor.org/rfc/rfc9110#section-15.4
 */
export async function followRedirects(
  request: ApiRequest,
  { attempt, timeouts }: { readonly attempt: number; readonly timeouts: ExchangeTimeouts },
  options: TryOptions,
): Promise<HttpAnswer> {
  let url = addressOf(request, options.apiUrl);
  for (let redirects = 0; ; redirects += 1) {
    const hop = { request, url, attempt, timeouts };
    const answer = await options.budget.run(async () => {
      const given = await send(hop, options).catch((error: unknown) => {
        throw ofRedirect(error, url, options.apiUrl);
      });
      options.budget.heard(given.headers['ratelimit-remaining']);
      return given;
    });
    const target = redirectTarget(answer, url);
    if (target === null || redirects === maxRedirects || !mayFollow(request, answer, { url, target }))
      return answer;
    url = target;
  }
}

/** A failure elsewhere, such as in an object storage that this machine cannot reach, is not one of GitLab's address. */
function ofRedirect(error: unknown, url: URL, apiUrl: URL): unknown {
  if (!(error instanceof TransportFailure) || url.origin === apiUrl.origin) return error;
  const { kind, sent, detail } = error;
  return new TransportFailure(kind, {
    sent,
    detail: `${detail}, at ${url.origin}, where GitLab redirects to`,
  });
}

/** An id or path of `..` would lead to another endpoint: addresses are normalised. */
function addressOf({ path, query }: ApiRequest, apiUrl: URL): URL {
  const base = path === graphqlPath ? new URL(apiUrl.href.replace(/\/v4$/, '')) : apiUrl;
  const url = new URL(`${base.href}${path}${query === '' ? '' : `?${query}`}`);
  if (url.pathname === `${base.pathname}${path}`) return url;
  throw new TransportFailure('invalid-request', { sent: false, detail: 'its path is outside the API' });
}

interface Hop {
  readonly request: ApiRequest;
  readonly url: URL;
  readonly attempt: number;
  readonly timeouts: ExchangeTimeouts;
}

async function send({ request, url, attempt, timeouts }: Hop, options: TryOptions): Promise<HttpAnswer> {
  const startedAt = options.clock.now();
  let status: number | null = null;
  try {
    const answer = await exchange({
      method: request.method,
      url,
      headers: headersFor(request, url, options),
      body: request.body?.bytes ?? null,
      connection: await options.connections.to(url),
      timeouts,
      maxBytes: request.maxBytes,
      sink: request.sink,
      end: options.end,
    });
    status = answer.status;
    return answer;
  } catch (error) {
    // The proxy's settings can fail before the exchange begins.
    throw transportFailureOf(error, false);
  } finally {
    options.audit({
      time: startedAt.toISOString(),
      method: request.method,
      path: options.mask(auditPath(url, options.apiUrl)),
      status,
      milliseconds: options.clock.now().getTime() - startedAt.getTime(),
      attempt,
    });
  }
}

function headersFor(
  { body }: ApiRequest,
  url: URL,
  { apiUrl, credential }: TryOptions,
): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: 'application/json, */*;q=0.5',
    ...(body === null ? {} : { 'content-type': body.contentType }),
    ...(url.origin === apiUrl.origin ? credential : {}),
  };
}

function redirectTarget({ status, headers }: HttpAnswer, url: URL): URL | null {
  const { location } = headers;
  const isRedirect = [301, 302, 303, 307, 308].includes(status);
  if (!isRedirect || location === undefined || !URL.canParse(location, url.href)) return null;
  const target = new URL(location, url);
  return target.protocol === 'http:' || target.protocol === 'https:' ? target : null;
}

function mayFollow(
  { method }: ApiRequest,
  { status }: HttpAnswer,
  { url, target }: { readonly url: URL; readonly target: URL },
): boolean {
  return method === 'GET' || ((status === 307 || status === 308) && url.origin === target.origin);
}
