import type * as z from 'zod';
import type { Api } from './api.ts';
import type { HttpAnswer } from './exchange.ts';
import type { ApiRequest } from './follow-redirects.ts';
import { callForJson, fitAnswer } from './json-answer.ts';

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

/** Sends a request whose body is JSON. Throws as the port does; what the answer holds is not looked at. */
export function send(request: JsonRequest, { call, maxBytes }: Sender): Promise<HttpAnswer> {
  return call(apiRequest(request, maxBytes));
}

function apiRequest({ method, path, query = {}, body }: JsonRequest, maxBytes: number): ApiRequest {
  return {
    method,
    path,
    query: new URLSearchParams(query).toString(),
    body: body === undefined ? null : asJson(body),
    maxBytes,
  };
}

/** The same; gives what the answer holds, null for an empty one. */
export async function sendJson(request: JsonRequest, api: Sender): Promise<unknown> {
  return (await callForJson(apiRequest(request, api.maxBytes), api.call)).value;
}

/** The same, and the answer in the shape that is needed. */
export async function askJson<T>(request: JsonRequest, schema: z.ZodType<T>, api: Sender): Promise<T> {
  return fitAnswer(schema, await sendJson(request, api), request);
}
