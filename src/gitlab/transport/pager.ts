import * as z from 'zod';
import type { Log } from '../../io/port.ts';
import type { Call } from './call.ts';
import { fitAnswer, readJson } from './json-answer.ts';
import { requestOf } from './send-json.ts';

interface Rows<T> {
  /** Of one row. */
  readonly row: z.ZodType<T>;
  readonly maxPages: number;
}

/** A list that a method of gitbeaker's resource classes gave (see `requestsOnly`), or that is asked by hand. */
export type PagedRequest<T> = Rows<T> &
  (
    | { readonly list: Promise<unknown> }
    | { readonly path: string; readonly query: Readonly<Record<string, string>> }
  );

export interface PagerOptions {
  readonly call: Call;
  readonly log: Log;
  readonly maxBytes: number;
}

const perPage = '100';

/**
 * Pages of 100 rows; the next one is requested only when it is asked for. Follows `Link: rel="next"`, of which only the
 * query is taken (behind a proxy its host can be any), else `x-next-page`; totals are not needed. A page can have fewer
 * rows than asked, or none, and not be the last. Stops with a warning after `maxPages`. Source: https://docs.gitlab.com/api/rest/#pagination
 */
export async function* fetchPages<T>(
  request: PagedRequest<T>,
  { call, log, maxBytes }: PagerOptions,
): AsyncGenerator<readonly T[], void, undefined> {
  const { row, maxPages } = request;
  const asked = await requestOf('list' in request ? request.list : { method: 'GET', ...request });
  const { path } = asked;
  const parameters = new URLSearchParams(asked.query);
  parameters.set('per_page', perPage);
  const seen = new Set<string>();
  let next: string | null = parameters.toString();
  while (next !== null && !seen.has(next)) {
    if (seen.size >= maxPages) {
      log.warn(`GET ${path}: only the first ${maxPages} pages are read`);
      return;
    }
    seen.add(next);
    const page = { ...asked, query: next, maxBytes };
    const answer = await call(page);
    yield fitAnswer(z.array(row), readJson(page, answer), page);
    next = nextQuery(next, answer.headers);
  }
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
