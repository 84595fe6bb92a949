import type * as z from 'zod';
import type { Api } from './api.ts';
import { fitAnswer, readJson } from './json-answer.ts';

export interface JsonRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API, encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON, exactly as given. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Sends a request whose body is JSON; gives what the answer holds, null for an empty one. */
export async function sendJson(
  { method, path, query = {}, body }: JsonRequest,
  { call, maxBytes }: Api,
): Promise<unknown> {
  const request = {
    method,
    path,
    query: new URLSearchParams(query).toString(),
    body:
      body === undefined
        ? null
        : { contentType: 'application/json', bytes: new TextEncoder().encode(JSON.stringify(body)) },
    maxBytes,
  };
  return readJson(request, await call(request));
}

/** The same, and the answer in the shape that is needed. */
export async function askJson<T>(request: JsonRequest, schema: z.ZodType<T>, api: Api): Promise<T> {
  return fitAnswer(schema, await sendJson(request, api), request);
}
