import { createRequesterFn } from '@gitbeaker/requester-utils';
import type { ApiRequest } from './follow-redirects.ts';

/** What is sent, but for the bounds of its answer. */
export type PreparedRequest = Pick<ApiRequest, 'method' | 'path' | 'query' | 'body'>;

/** Options for every resource class. */
interface ResourceOptions {
  readonly host: '';
  readonly requesterFn: ReturnType<typeof createRequesterFn>;
  readonly queryTimeout: null;
  readonly rateLimits: Readonly<Record<string, never>>;
}

const prefix = '/api/v4';
const prepared = new WeakMap<object, PreparedRequest>();

/**
 * Makes gitbeaker's resource classes name endpoints and parameters without sending anything: what their methods give
 * is for `getJson`, `fetchPages` and `sendJson`, which send it. Its own requester repeats creates, ignores
 * `Retry-After`, hands credentials to storage hosts, knows no bound, and reads a list to its end, however long.
 */
export const requestsOnly: ResourceOptions = {
  host: '',
  requesterFn: createRequesterFn(
    (_resource, options) => Promise.resolve(options),
    (endpoint, options = {}) => {
      const slip = {};
      prepared.set(slip, requestOf(endpoint, options));
      return Promise.resolve({ status: 200, headers: {}, body: slip });
    },
  ),
  queryTimeout: null,
  rateLimits: {},
};

/** Parameters that GitLab has and gitbeaker's types do not, with GitLab's names. */
export function untyped(parameters: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return parameters;
}

/** The request that a method of a resource class gave. Throws `TypeError` for anything else. */
export async function preparedRequest(asked: Promise<unknown>): Promise<PreparedRequest> {
  const slip = await asked;
  const request = typeof slip === 'object' && slip !== null ? prepared.get(slip) : undefined;
  if (request === undefined) throw new TypeError('no method of a resource class made with requestsOnly');
  return request;
}

function requestOf(endpoint: string, options: Readonly<Record<string, unknown>>): PreparedRequest {
  const method = textOf(options['method']);
  const base = textOf(options['prefixUrl']).slice(prefix.length).replace(/\/$/, '');
  return {
    method,
    path: `${base}/${endpoint}`,
    query: new URLSearchParams(textOf(options['searchParams'])).toString(),
    body: bodyOf(method, options['body']),
  };
}

/** gitbeaker hands over JSON, or a form where it has files or positions; nothing here is sent as one. */
function bodyOf(method: string, body: unknown): PreparedRequest['body'] {
  // gitbeaker sends an empty object with every DELETE, and some gateways refuse that.
  if (body === undefined || (method === 'DELETE' && body === '{}')) return null;
  if (typeof body !== 'string') throw new TypeError('gitbeaker sends a form here: ask by hand');
  return { contentType: 'application/json', bytes: new TextEncoder().encode(body) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
