import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { Note, NotePage } from '../ports/port.ts';
import { callForJson, fitAnswer, readJson } from '../transport/json-answer.ts';
import { nextQuery } from '../transport/pager.ts';
import { type Ask, requestOf, type Sender } from '../transport/send-json.ts';

/** A note, on whatever it is. Source: https://docs.gitlab.com/api/notes/ */
export const noteAnswer = z.lazy(() =>
  z
    .object({
      id: z.number().int(),
      body: z.string(),
      author: z.object({ id: z.number().int() }),
      system: z.boolean().nullish(),
      created_at: z.string(),
      updated_at: z.string(),
    })
    .transform(
      ({ id, body, author, system, created_at, updated_at }): Note => ({
        id,
        body,
        authorId: author.id,
        system: system ?? false,
        createdAt: created_at,
        updatedAt: updated_at,
      }),
    ),
);

/** Notes a page; the most that GitLab gives. */
export const perPage = 100;

/** GitLab leaves the number out above 10,000 rows. Source: https://docs.gitlab.com/api/rest/#other-pagination-headers */
function lastPage(headers: Readonly<Record<string, string>>): number | null {
  const number = headers['x-total-pages']?.trim() ?? '';
  return /^\d{1,6}$/.test(number) ? Number(number) : null;
}

/** GitLab cuts white space at the end of a body and keeps one kind of line end. */
export function sameText(one: string, other: string): boolean {
  const normal = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd();
  return normal(one) === normal(other);
}

/** A body of quick actions alone makes no note: GitLab answers 202 with what the commands did. */
export function isCommandSummary(answer: unknown): boolean {
  return (
    answer === null ||
    (typeof answer === 'object' && 'commands_changes' in answer && !('body' in answer && 'author' in answer))
  );
}

/** For a text that GitLab took as quick actions. */
export function commandsOnly(request: string): GitLabRefusedError {
  return new GitLabRefusedError(`GitLab created no note from ${request}: it read the text as quick actions`, {
    status: 202,
    request,
    hint: 'A line of the comment starts with a quick action; put some text before the slash.',
  });
}

/** Posts a text. One of quick actions alone makes nothing: GitLab answers 202 with what the commands did. */
export async function postText<T>(api: Sender, ask: Ask, schema: z.ZodType<T>): Promise<T> {
  const request = await requestOf(ask);
  const answer = await api.call({ ...request, maxBytes: api.maxBytes });
  if (answer.status === 202) throw commandsOnly(`${request.method} ${request.path}`);
  return fitAnswer(schema, readJson(request, answer), request);
}

/** One page of a list, and where the list goes on. */
export async function fetchRows<T>(
  api: Sender,
  list: Ask,
  row: z.ZodType<T>,
): Promise<Omit<NotePage, 'notes'> & { readonly rows: readonly T[] }> {
  const request = await requestOf(list);
  const { answer, value } = await callForJson({ ...request, maxBytes: api.maxBytes }, api.call);
  const rows = fitAnswer(z.array(row), value, request);
  const { headers } = answer;
  return { rows, more: nextQuery(request.query, headers, rows.length) !== null, last: lastPage(headers) };
}
