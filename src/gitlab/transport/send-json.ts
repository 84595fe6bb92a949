import type * as z from 'zod';
import type { Api } from './api.ts';
import type { HttpAnswer } from './exchange.ts';
import type { ApiRequest } from './follow-redirects.ts';
import { type PreparedRequest, preparedRequest } from './gitbeaker-requester.ts';
import { callForJson, fitAnswer } from './json-answer.ts';

export type Sender = Pick<Api, 'call' | 'maxBytes'>;

/** A request for what gitbeaker lacks, or sends in another form than GitLab's documentation has. */
export interface JsonRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API, encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON, exactly as given. */
  readonly body?: object;
}

/** What a method of gitbeaker's resource classes gave (see `requestsOnly`), or a request by hand. */
export type Ask = Promise<unknown> | JsonRequest;

function asJson(body: object): ApiRequest['body'] {
  return { contentType: 'application/json', bytes: new TextEncoder().encode(JSON.stringify(body)) };
}

/** The request, ready to be sent. */
export async function requestOf(ask: Ask): Promise<PreparedRequest> {
  if (ask instanceof Promise) return preparedRequest(ask);
  const { method, path, query = {}, body } = ask;
  const encoded = new URLSearchParams(query).toString();
  return { method, path, query: encoded, body: body === undefined ? null : asJson(body) };
}

/** Sends a request. Throws as the port does; ignores the content of the answer. */
export async function send(ask: Ask, { call, maxBytes }: Sender): Promise<HttpAnswer> {
  return call({ ...(await requestOf(ask)), maxBytes });
}

/** The same; returns the answer’s content, null if it is empty. */
export async function sendJson(ask: Ask, { call, maxBytes }: Sender): Promise<unknown> {
  const request = await requestOf(ask);
  return (await callForJson({ ...request, maxBytes }, call)).value;
}

/** The same; returns the answer in the given shape. */
export async function askJson<T>(ask: Ask, schema: z.ZodType<T>, { call, maxBytes }: Sender): Promise<T> {
  const request = await requestOf(ask);
  const { value } = await callForJson({ ...request, maxBytes }, call);
  return fitAnswer(schema, value, request);
}
