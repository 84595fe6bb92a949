import * as z from 'zod';
import type { Log } from '../../io/port.ts';
import type { Call } from './call.ts';
import { addressHint, callForJson, fitAnswer, notUnderstood } from './json-answer.ts';
import { type Ask, requestOf } from './send-json.ts';

export interface PagedRequest<T> {
  readonly list: Ask;
  /** Of one row. */
  readonly row: z.ZodType<T>;
  readonly maxPages: number;
}

export interface PagerOptions {
  readonly call: Call;
  readonly log: Log;
  readonly maxBytes: number;
}

const perPage = 100;
/** Where a request names no number. */
const usualPerPage = 20;

/** One page of a list. */
export interface Page<T> {
  readonly rows: readonly T[];
  /** Whether asking on costs another request. */
  readonly hasMore: boolean;
  /** Rows of the whole list; null where GitLab does not count them. */
  readonly total: number | null;
}

/**
 * Pages of 100 rows; the next one is requested only when it is asked for. Follows `Link: rel="next"`, but uses only its query (behind a proxy its host can be wrong), else `x-next-page`; needs no totals. A page with fewer rows than asked, or none, need not be the last. Stops with a warning after `maxPages`. Throws what `callForJson` throws, and `GitLabAnswerError` for pages that lead to each other: nobody knows what is missing then. Source: https://docs.gitlab.com/api/rest/#pagination
 */
export async function* walkPages<T>(
  { list, row, maxPages }: PagedRequest<T>,
  { call, log, maxBytes }: PagerOptions,
): AsyncGenerator<Page<T>, void, undefined> {
  const asked = await requestOf(list);
  const { path } = asked;
  const parameters = new URLSearchParams(asked.query);
  parameters.set('per_page', String(perPage));
  const seen = new Set<string>();
  let next: string | null = parameters.toString();
  let before = '';
  while (next !== null) {
    if (seen.has(next))
      throw notUnderstood(asked, 'its pages lead to each other', { status: 200, hint: addressHint });
    if (seen.size >= maxPages) {
      log.warn(`GET ${path}: Herald reads only the first ${maxPages} pages`);
      return;
    }
    seen.add(next);
    const request = { ...asked, query: next, maxBytes };
    const { answer, value } = await callForJson(request, call);
    const isGuess = isUntold(answer.headers);
    const text = isGuess ? JSON.stringify(value) : '';
    // A list that knows no pages gives the same rows each time.
    if (isGuess && text === before) return;
    before = text;
    const rows = fitAnswer(z.array(row), value, request);
    next = nextQuery(next, answer.headers, rows.length);
    yield { rows, hasMore: next !== null, total: totalOf(answer.headers) };
  }
}

/** The rows of each page, as `walkPages` gets them. */
export async function* fetchPages<T>(
  request: PagedRequest<T>,
  options: PagerOptions,
): AsyncGenerator<readonly T[], void, undefined> {
  for await (const { rows } of walkPages(request, options)) yield rows;
}

/** GitLab counts lists of up to 10,000 rows. Source: https://docs.gitlab.com/api/rest/#other-pagination-headers */
function totalOf(headers: Headers): number | null {
  return numberIn(headers['x-total']);
}

type Headers = Readonly<Record<string, string>>;

/** Whether something on the way took out what says where a list goes on. */
function isUntold(headers: Headers): boolean {
  return headers['link'] === undefined && headers['x-next-page'] === undefined;
}

function numberIn(header: string | null | undefined): number | null {
  const text = header?.trim() ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/**
 * The page after this one where no header names it: where there are more pages in all, or where the headers are missing
 * and the page is full. Lists by keyset have no numbers.
 */
function unnamedPage(parameters: URLSearchParams, headers: Headers, rows: number): number | null {
  if (parameters.get('pagination') === 'keyset') return null;
  const page = numberIn(headers['x-page']) ?? Number(parameters.get('page') ?? 1);
  const isFull = rows >= (numberIn(parameters.get('per_page')) ?? usualPerPage);
  const isLast = (numberIn(headers['x-total-pages']) ?? 0) <= page;
  return isLast && !(isUntold(headers) && isFull) ? null : page + 1;
}

/** The query of the page after this one, which has so many rows; null on the last page. */
export function nextQuery(query: string, headers: Headers, rows: number): string | null {
  const link = nextLink(headers['link'] ?? '');
  if (link !== null) {
    const start = link.indexOf('?');
    return start < 0 ? null : link.slice(start + 1).replace(/#.*$/s, '');
  }
  const parameters = new URLSearchParams(query);
  const page = numberIn(headers['x-next-page']) ?? unnamedPage(parameters, headers, rows);
  if (page === null) return null;
  parameters.set('page', String(page));
  return parameters.toString();
}

function nextLink(header: string): string | null {
  for (const [, address = '', parameters = ''] of header.matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*"?next"?(?:\s*[;,]|\s*$)/i.test(parameters)) return address;
  }
  return null;
}
