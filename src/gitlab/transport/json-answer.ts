import type * as z from 'zod';
import { GitLabAnswerError } from '../../errors.ts';
import { once } from '../../model/once.ts';
import { isPage } from './answer-words.ts';
import type { Call } from './call.ts';
import type { HttpAnswer } from './exchange.ts';
import type { ApiRequest } from './follow-redirects.ts';
import type { RequestLine } from './retry.ts';

/** What to check where something between Herald and GitLab changes answers. */
export const addressHint =
  'Check the address of GitLab (--server, else CI_API_V4_URL), and that no login page or proxy is in front of its API.';
const versionHint = 'This GitLab may be older or newer than Herald knows; please report it with its version.';

/** The error for an answer of a success that cannot be used. */
export function notUnderstood(
  { method, path }: RequestLine,
  why: string,
  { status, hint }: { readonly status: number; readonly hint: string },
): GitLabAnswerError {
  const request = `${method} ${path}`;
  const message = `Herald does not understand GitLab's answer to ${request}: ${why}`;
  return new GitLabAnswerError(message, { status, request, hint });
}

/** How often a list or an object is read that came without its end. */
const maxReadings = 3;

/**
 * Asks, and reads the JSON of the answer. What was cut off inside a good length is read again: something on the way
 * broke off, and the status says nothing of it. Throws what `call` throws, and `GitLabAnswerError`.
 */
export async function callForJson(
  request: ApiRequest,
  call: Call,
): Promise<{ readonly answer: HttpAnswer; readonly value: unknown }> {
  for (let reading = 1; ; reading += 1) {
    const answer = await call(request);
    try {
      return { answer, value: readJson(request, answer) };
    } catch (error) {
      const mayReadAgain = request.method === 'GET' && reading < maxReadings && beginsAsJson(answer);
      if (!mayReadAgain) throw error;
    }
  }
}

/** True for what begins as a list or an object. */
function beginsAsJson({ body }: HttpAnswer): boolean {
  return /^\s*[[{]/.test(new TextDecoder().decode(body.subarray(0, 64)));
}

/** The JSON of an answer, null for an empty one. Throws `GitLabAnswerError` for anything else. */
export function readJson(request: RequestLine, { status, headers, body }: HttpAnswer): unknown {
  const text = new TextDecoder().decode(body);
  if (text.trim() === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    const why = isPage(text.slice(0, 1000), headers)
      ? 'it is an HTML page'
      : `it is not JSON, or was cut off (${body.byteLength} bytes)`;
    throw notUnderstood(request, why, { status, hint: addressHint });
  }
}

/**
 * The value in the given shape. Throws `GitLabAnswerError` that names the first field that does not fit.
 */
export function fitAnswer<T>(schema: z.ZodType<T>, value: unknown, request: RequestLine): T {
  const result = schema.safeParse(value, once);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  const where = field === '' ? 'the whole answer' : `the field ${field}`;
  throw notUnderstood(request, `${where} does not fit (${issue?.message ?? 'unknown'})`, {
    status: 200,
    hint: versionHint,
  });
}
