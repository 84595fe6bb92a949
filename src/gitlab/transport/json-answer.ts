import type * as z from 'zod';
import { GitLabUnreachableError } from '../../errors.ts';
import { isPage } from './answer-words.ts';
import type { HttpAnswer } from './exchange.ts';
import type { RequestLine } from './retry.ts';

const addressHint =
  'Check that CI_API_V4_URL is the address of the API, and that no login page or proxy is in front of it.';
const versionHint = 'This GitLab may be older or newer than Herald knows; please report it with its version.';

function notUnderstood(
  { method, path }: RequestLine,
  why: string,
  { status, hint }: { readonly status: number; readonly hint: string },
): GitLabUnreachableError {
  const request = `${method} ${path}`;
  const message = `Herald does not understand GitLab's answer to ${request}: ${why}`;
  return new GitLabUnreachableError(message, { status, request, hint });
}

/** The JSON of an answer, null for an empty one. Throws `GitLabUnreachableError` for anything else. */
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
 * The value in the given shape. Throws `GitLabUnreachableError` that names the first field that does not fit.
 */
export function fitAnswer<T>(schema: z.ZodType<T>, value: unknown, request: RequestLine): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  const where = field === '' ? 'the whole answer' : `the field ${field}`;
  throw notUnderstood(request, `${where} does not fit (${issue?.message ?? 'unknown'})`, {
    status: 200,
    hint: versionHint,
  });
}
