import type * as z from 'zod';
import type { Api } from './api.ts';
import { fitAnswer, readJson } from './json-answer.ts';
import { jsonRequest } from './json-request.ts';

/** Sends JSON to a path below the API and gives the answer in the shape that is needed. Throws as the port does. */
export async function postJson<T>(
  api: Api,
  { path, body = {} }: { readonly path: string; readonly body?: object },
  schema: z.ZodType<T>,
): Promise<T> {
  const request = jsonRequest(api, { method: 'POST', path }, body);
  return fitAnswer(schema, readJson(request, await api.call(request)), request);
}
