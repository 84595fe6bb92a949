import { createRequesterFn, type ResponseBodyTypes } from '@gitbeaker/requester-utils';
import type { Call } from './call.ts';
import type { ApiRequest } from './follow-redirects.ts';
import { readJson } from './json-answer.ts';

/** Options for every resource class. */
export interface ResourceOptions {
  readonly host: '';
  readonly requesterFn: ReturnType<typeof createRequesterFn>;
  readonly queryTimeout: null;
  readonly rateLimits: Readonly<Record<string, never>>;
}

const prefix = '/api/v4';
const emptyBody = '{}';

/**
 * Options that make gitbeaker's resource classes send through our call: its own requester repeats creates, ignores
 * `Retry-After`, sends credentials to storage hosts and has no limits. They get no host and no token; both are added
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
  // The content type of a form contains the boundary of its parts.
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
