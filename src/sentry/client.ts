import type * as z from 'zod';
import { TrackerRefusedError, TrackerUnreachableError } from '../errors.ts';
import { answerWords } from '../gitlab/transport/answer-words.ts';
import type { Audit } from '../gitlab/transport/audit.ts';
import { type Connections, createConnections } from '../gitlab/transport/connections.ts';
import { exchange, type HttpAnswer } from '../gitlab/transport/exchange.ts';
import { mayHaveLanded, retryWaitMs, type TryResult } from '../gitlab/transport/retry.ts';
import { createTokenMask } from '../gitlab/transport/token-mask.ts';
import { type TransportFailure, transportFailureOf } from '../gitlab/transport/transport-failure.ts';
import type { Clock, Log } from '../io/port.ts';
import { userAgent } from '../version.ts';

export interface SentryOptions {
  /** `https://sentry.example.com`, without the path of the API. */
  readonly server: string;
  /** Short name of the organisation. */
  readonly org: string;
  readonly token: string;
  /** Path of a PEM file with a certificate authority; null for none. */
  readonly caFile: string | null;
  /** Where the proxy variables and `NODE_EXTRA_CA_CERTS` are looked up. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  readonly clock: Clock;
  readonly audit: Audit;
  /** For all tries and waits of one call together, in milliseconds. */
  readonly maxTotalMs: number;
  readonly end?: AbortSignal | undefined;
}

export interface SentryRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the organisation, encoded: `/releases/v1.4/`. */
  readonly path: string;
  /** Short name of the project that the path is below instead. */
  readonly project?: string;
  readonly query?: string;
  readonly body?: unknown;
  /** Statuses that mean "there is none": the answer is null. */
  readonly noneAt?: readonly number[];
}

/** Sends a request until it is answered; null for an answer of `noneAt`. */
export type SentryCall = <Output>(
  request: SentryRequest,
  schema: z.ZodType<Output>,
) => Promise<Output | null>;

const maxTries = 5;
const maxBytes = 4 * 1024 * 1024;
const timeouts = { connectMs: 10_000, responseMs: 60_000 };

interface Line extends SentryOptions {
  readonly connections: Connections;
  readonly base: URL;
  readonly mask: (text: string) => string;
}

/** Sentry has a header of its own for the end of a limit. Source: https://docs.sentry.io/api/ratelimits/ */
function withReset(headers: HttpAnswer['headers']): HttpAnswer['headers'] {
  const { 'x-sentry-rate-limit-reset': reset } = headers;
  return reset === undefined ? headers : { 'ratelimit-reset': reset, 'ratelimit-remaining': '0', ...headers };
}

/** Another call sets the commits of the release at this moment: the answer is a conflict, and nothing was done. */
function statusOf({ status }: HttpAnswer): number {
  return status === 409 ? 429 : status;
}

type Ended = { readonly answer: HttpAnswer } | { readonly failure: TransportFailure };

function resultOf(ended: Ended): TryResult {
  return 'answer' in ended
    ? { kind: 'answer', status: statusOf(ended.answer), headers: withReset(ended.answer.headers) }
    : { kind: 'failure', failure: ended.failure.kind, sent: ended.failure.sent };
}

/** The address of a project, which is not below its organisation's. */
function hrefOf(project: string, { base, org }: Line): string {
  const root = base.href.slice(0, base.href.lastIndexOf('/organizations/'));
  return `${root}/projects/${encodeURIComponent(org)}/${encodeURIComponent(project)}`;
}

/** One request and its answer. Redirects are not followed, so that the token goes to this server alone. */
async function send(request: SentryRequest, attempt: number, line: Line): Promise<Ended> {
  const { base, clock, token, end } = line;
  const { method, path, query = '', body } = request;
  const url = new URL(
    `${request.project === undefined ? base.href : hrefOf(request.project, line)}${path}${query}`,
  );
  const startedAt = clock.now();
  let status: number | null = null;
  try {
    const answer = await exchange({
      method,
      url,
      headers: {
        'user-agent': userAgent,
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : new TextEncoder().encode(JSON.stringify(body)),
      connection: await line.connections.to(url),
      timeouts: { ...timeouts, deadlineMs: Math.max(1, line.maxTotalMs) },
      maxBytes,
      end,
    });
    status = answer.status;
    return { answer };
  } catch (error) {
    const failure = transportFailureOf(error, false);
    return { failure };
  } finally {
    line.audit({
      time: startedAt.toISOString(),
      method,
      path: line.mask(`${url.origin}${url.pathname}`),
      status,
      milliseconds: clock.now().getTime() - startedAt.getTime(),
      attempt,
    });
  }
}

const remedies: Readonly<Record<number, string>> = {
  401: 'The token does not count there: make a new one, and put it into the variable.',
  403: 'Give the token the scope project:releases (an organisation token of Sentry has it by itself).',
  404: 'Check --sentry-org, and that the token belongs to that organisation.',
};
const otherRemedy =
  'Check --sentry-server, --sentry-org and --sentry-projects: short names, as in the addresses of its pages.';

function refusal({ method, path }: SentryRequest, answer: HttpAnswer, { mask, base }: Line): Error {
  const { status, headers } = answer;
  const name = mask(`${method} ${path}`);
  if (status >= 300 && status < 400) {
    const target = mask(headers['location'] ?? 'nowhere')
      .replace(/[?#].*$/s, '')
      .slice(0, 200);
    return new TrackerRefusedError(
      `The error tracker at ${base.origin} redirects ${name} to ${target}: Herald sends the token to no other address`,
      { hint: 'give the address that answers itself as --sentry-server' },
    );
  }
  return new TrackerRefusedError(`The error tracker refuses ${name}: ${answerWords(answer, mask)}`, {
    hint: remedies[status] ?? otherRemedy,
  });
}

function unreached(
  { method, path }: SentryRequest,
  { ended, attempt }: { readonly ended: Ended; readonly attempt: number },
  { mask, base }: Line,
): Error {
  const what = 'answer' in ended ? answerWords(ended.answer, mask) : mask(ended.failure.message);
  const tries = attempt === 1 ? '' : ` (${attempt} tries)`;
  return new TrackerUnreachableError(
    `The error tracker at ${base.origin} gives no answer to ${mask(`${method} ${path}`)}: ${what}${tries}`,
    {
      hint: 'Check --sentry-server, and that this machine can reach it (firewall, HTTPS_PROXY, NO_PROXY).',
      uncertain: method !== 'GET' && mayHaveLanded(resultOf(ended)),
    },
  );
}

function parsed<Output>(
  answer: HttpAnswer,
  schema: z.ZodType<Output>,
  { base, method, path }: SentryRequest & Pick<Line, 'base'>,
): Output {
  const text = new TextDecoder().decode(answer.body);
  let value: unknown = null;
  try {
    value = text === '' ? null : JSON.parse(text);
  } catch {
    // A text that is not JSON fits no schema.
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new TrackerUnreachableError(
    `${base.origin} answers ${method} ${path} with something else than an error tracker would`,
    { hint: 'Check --sentry-server: it is the address without /api/0.', uncertain: false },
  );
}

/** Addresses are normalised: the API's own path may be given, too. */
function baseOf({ server, org }: SentryOptions): URL {
  const root = server.replace(/\/+$/, '').replace(/\/api\/0$/, '');
  return new URL(`${root}/api/0/organizations/${encodeURIComponent(org)}`);
}

interface Ask {
  readonly request: SentryRequest;
  /** When the first try began, in milliseconds. */
  readonly startedAt: number;
}

/** How long to wait before the next try, in milliseconds; null to give up. */
function waitBefore(
  { request, startedAt }: Ask,
  { ended, attempt }: { readonly ended: Ended; readonly attempt: number },
  { clock, end, maxTotalMs }: Line,
): number | null {
  if (end?.aborted === true) return null;
  const now = clock.now();
  const elapsedMs = now.getTime() - startedAt;
  const failed = { request, attempt, result: resultOf(ended), elapsedMs, now, random: clock.random() };
  return retryWaitMs(failed, { maxTries, maxTotalMs });
}

/** The error for what no other try can change. */
function errorOf(
  request: SentryRequest,
  failed: { readonly ended: Ended; readonly attempt: number },
  line: Line,
): Error {
  const { ended } = failed;
  if (!('answer' in ended)) return unreached(request, failed, line);
  const status = statusOf(ended.answer);
  const isDecision = status < 500 && status !== 429;
  return isDecision ? refusal(request, ended.answer, line) : unreached(request, failed, line);
}

/** What an answer holds; null where it is not one to use. */
function valueOf<Output>(
  request: SentryRequest,
  { schema, ended }: { readonly schema: z.ZodType<Output>; readonly ended: Ended },
  { base }: Line,
): { readonly value: Output | null } | null {
  if (!('answer' in ended)) return null;
  const { status } = ended.answer;
  if (request.noneAt?.includes(status) === true) return { value: null };
  if (status < 200 || status >= 300) return null;
  return { value: parsed(ended.answer, schema, { ...request, base }) };
}

/** Makes the one function that asks an error tracker: tries, waits, the audit and the errors are all in it. */
export function createSentryCall(options: SentryOptions): SentryCall {
  const line: Line = {
    ...options,
    connections: createConnections(options),
    base: baseOf(options),
    mask: createTokenMask(options.token),
  };
  const { clock, log } = options;
  return async (request, schema) => {
    const ask = { request, startedAt: clock.now().getTime() };
    for (let attempt = 1; ; attempt += 1) {
      const ended = await send(request, attempt, line);
      const found = valueOf(request, { schema, ended }, line);
      if (found !== null) return found.value;
      const waitMs = waitBefore(ask, { ended, attempt }, line);
      if (waitMs === null) throw errorOf(request, { ended, attempt }, line);
      log.info(`the error tracker did not take ${request.method} ${request.path}; trying again`, { waitMs });
      await clock.sleep(waitMs);
    }
  };
}
