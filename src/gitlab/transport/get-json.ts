import type * as z from 'zod';
import type { Api } from './api.ts';
import { fitAnswer, readJson } from './json-answer.ts';

/** What is asked for: a path below the API, encoded, and its query. */
export interface Question {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** One answer in the shape that is needed. Throws as the port does. */
export async function getJson<T>(
  api: Pick<Api, 'call' | 'maxBytes'>,
  { path, query = {} }: Question,
  schema: z.ZodType<T>,
): Promise<T> {
  const search = new URLSearchParams(query).toString();
  const request = { method: 'GET', path, query: search, body: null, maxBytes: api.maxBytes };
  return fitAnswer(schema, readJson(request, await api.call(request)), request);
}
