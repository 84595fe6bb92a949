import type { Api } from './api.ts';
import type { ApiRequest } from './follow-redirects.ts';

/** A request with a JSON body, for what gitbeaker sends in another form than GitLab's documentation has. */
export function jsonRequest(
  { maxBytes }: Pick<Api, 'maxBytes'>,
  { method, path }: Pick<ApiRequest, 'method' | 'path'>,
  body: object,
): ApiRequest {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  return { method, path, query: '', body: { contentType: 'application/json', bytes }, maxBytes };
}
