import type * as z from 'zod';
import type { Api } from './api.ts';
import { askJson, type JsonRequest } from './send-json.ts';

/** The request: a path below the API, encoded, and its query. */
export type Question = Pick<JsonRequest, 'path' | 'query'>;

/** One answer in the given shape. Throws as the port does. */
export function getJson<T>(
  api: Pick<Api, 'call' | 'maxBytes'>,
  question: Question,
  schema: z.ZodType<T>,
): Promise<T> {
  return askJson({ ...question, method: 'GET' }, schema, api);
}
