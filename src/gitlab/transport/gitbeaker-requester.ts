import { createRequesterFn, type ResponseBodyTypes } from '@gitbeaker/requester-utils';
import type { Call } from './call.ts';
import type { ApiRequest } from './follow-redirects.ts';
import { readJson } from './json-answer.ts';

/** What is sent, but for the bounds of its answer. */
export type PreparedRequest = Pick<ApiRequest, 'method' | 'path' | 'query' | 'body'>;

/** What every resource class is made with. */
export interface ResourceOptions {
  readonly host: '';
  readonly requesterFn: ReturnType<typeof createRequesterFn>;
  readonly queryTimeout: null;
  readonly rateLimits: Readonly<Record<string, never>>;
}

const prefix = '/api/v4';
const emptyBody = '{}';
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

/**
 * Options that make gitbeaker's resource classes send through our call: its own requester repeats creates, ignores
 * `Retry-After`, hands credentials to storage hosts and knows no bound. They get no host and no token; both are added
 * below.
 */
export function resourceOptions(call: Call, maxBytes: number): ResourceOptions {
  const requesterFn = createRequesterFn(
    (_resource, options) => Promise.resolve(options),
    async (endpoint, options = {}) => {
      const base = typeof options['prefixUrl'] === 'string' ? options['prefixUrl'] : prefix;
      const request: ApiRequest = {
        method: typeof options['method'] === 'string' ? options['method'] : 'GET',
        path: `${base.slice(prefix.length).replace(/\/$/, '')}/${endpoint}`,
        query: typeof options['searchParams'] === 'string' ? options['searchParams'] : '',
        body: await requestBody(options['body'], options['headers']),
        maxBytes,
      };
      const answer = await call(request);
      const body = readJson(request, answer);
      return {
        status: answer.status,
        headers: { ...answer.headers },
        body: isResponseBody(body) ? body : 'a boolean',
      };
    },
  );
  return { host: '', requesterFn, queryTimeout: null, rateLimits: {} };
}

/** gitbeaker hands over JSON text, or a form: that is how discussions with positions and uploads are sent. */
async function requestBody(body: unknown, headers: unknown): Promise<ApiRequest['body']> {
  // gitbeaker sends one with every DELETE, and some gateways refuse that.
  if (body === emptyBody) return null;
  if (typeof body === 'string') {
    return { contentType: contentTypeOf(headers), bytes: new TextEncoder().encode(body) };
  }
  // The name alone makes Node load its fetch, which nothing else here needs.
  if (typeof body !== 'object' || body === null || !(body instanceof FormData)) return null;
  // The boundary of the parts stands in the content type that comes with them.
  const form = new Response(body);
  return {
    contentType: form.headers.get('content-type') ?? 'multipart/form-data',
    bytes: new Uint8Array(await form.arrayBuffer()),
  };
}

function contentTypeOf(headers: unknown): string {
  if (typeof headers === 'object' && headers !== null && 'content-type' in headers) {
    const { 'content-type': type } = headers;
    if (typeof type === 'string') return type;
  }
  return 'application/json';
}

/** All that JSON can be, but for a lone boolean. */
function isResponseBody(value: unknown): value is ResponseBodyTypes {
  return typeof value !== 'boolean';
}
