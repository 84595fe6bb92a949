import type * as z from 'zod';
import { askJson, type JsonRequest, type Sender } from './send-json.ts';

/** A request by hand: a path below the API, encoded, and its query. */
export type Question = Pick<JsonRequest, 'path' | 'query'>;

/** One answer in the given shape. Throws as the port does. */
export function getJson<T>(
  api: Sender,
  question: Promise<unknown> | Question,
  schema: z.ZodType<T>,
): Promise<T> {
  return askJson(question instanceof Promise ? question : { ...question, method: 'GET' }, schema, api);
}
