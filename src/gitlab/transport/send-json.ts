import type * as z from 'zod';
import type { Api } from './api.ts';
import type { HttpAnswer } from './exchange.ts';
import type { ApiRequest } from './follow-redirects.ts';
import { fitAnswer, readJson } from './json-answer.ts';

type Sender = Pick<Api, 'call' | 'maxBytes'>;

/** A request for what gitbeaker lacks, or sends in another form than GitLab's documentation has. */
export interface JsonRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API, encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON, exactly as given. */
  readonly body?: object;
}

function asJson(body: object): ApiRequest['body'] {
  return { contentType: 'application/json', bytes: new TextEncoder().encode(JSON.stringify(body)) };
}

/** Sends a request whose body is JSON. Throws as the port does; ignores the content of the answer. */
export function send(
  { method, path, query = {}, body }: JsonRequest,
  { call, maxBytes }: Sender,
): Promise<HttpAnswer> {
  return call({
    method,
    path,
    query: new URLSearchParams(query).toString(),
    body: body === undefined ? null : asJson(body),
    maxBytes,
  });
}

/** The same; returns the answer's content, null if it is empty. */
export async function sendJson(request: JsonRequest, api: Sender): Promise<unknown> {
  return readJson(request, await send(request, api));
}

/** The same; returns the answer in the given shape. */
export async function askJson<T>(request: JsonRequest, schema: z.ZodType<T>, api: Sender): Promise<T> {
  return fitAnswer(schema, await sendJson(request, api), request);
}
