import * as z from 'zod';
import type { Log } from '../../io/port.ts';
import type { Call } from './call.ts';
import { callForJson, fitAnswer } from './json-answer.ts';
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

const perPage = '100';

/** One page of a list. */
export interface Page<T> {
  readonly rows: readonly T[];
  /** Whether asking on costs another request. */
  readonly hasMore: boolean;
  /** Rows of the whole list; null where GitLab does not count them. */
  readonly total: number | null;
}

/**
 * Pages of 100 rows; the next one is requested only when it is asked for. Follows `Link: rel="next"`, but uses only its query (behind a proxy its host can be wrong), else `x-next-page`; needs no totals. A page with fewer rows than asked, or none, need not be the last. Stops with a warning after `maxPages`. Source: https://docs.gitlab.com/api/rest/#pagination
 */
export async function* walkPages<T>(
  { list, row, maxPages }: PagedRequest<T>,
  { call, log, maxBytes }: PagerOptions,
): AsyncGenerator<Page<T>, void, undefined> {
  const asked = await requestOf(list);
  const { path } = asked;
  const parameters = new URLSearchParams(asked.query);
  parameters.set('per_page', perPage);
  const seen = new Set<string>();
  let next: string | null = parameters.toString();
  while (next !== null && !seen.has(next)) {
    if (seen.size >= maxPages) {
      log.warn(`GET ${path}: Herald reads only the first ${maxPages} pages`);
      return;
    }
    seen.add(next);
    const request = { ...asked, query: next, maxBytes };
    const { answer, value } = await callForJson(request, call);
    const rows = fitAnswer(z.array(row), value, request);
    next = nextQuery(next, answer.headers);
    yield { rows, hasMore: next !== null && !seen.has(next), total: totalOf(answer.headers) };
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
function totalOf(headers: Readonly<Record<string, string>>): number | null {
  const total = headers['x-total']?.trim() ?? '';
  return /^\d{1,9}$/.test(total) ? Number(total) : null;
}

/** The query of the page after this one, null on the last page. */
export function nextQuery(query: string, headers: Readonly<Record<string, string>>): string | null {
  const link = nextLink(headers['link'] ?? '');
  if (link !== null) {
    const start = link.indexOf('?');
    return start < 0 ? null : link.slice(start + 1).replace(/#.*$/s, '');
  }
  const page = headers['x-next-page']?.trim() ?? '';
  if (!/^\d{1,9}$/.test(page)) return null;
  const parameters = new URLSearchParams(query);
  parameters.set('page', page);
  return parameters.toString();
}

function nextLink(header: string): string | null {
  for (const [, address = '', parameters = ''] of header.matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*"?next"?(?:\s*[;,]|\s*$)/i.test(parameters)) return address;
  }
  return null;
}
