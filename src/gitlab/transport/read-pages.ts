import { fetchPages, type PagedRequest, type PagerOptions } from './pager.ts';

/** Rows of a list, in its order, up to `max` of them; requests only the pages that it needs. */
export async function readPages<T>(
  request: PagedRequest<T>,
  options: PagerOptions,
  max = Number.POSITIVE_INFINITY,
): Promise<readonly T[]> {
  const rows: T[] = [];
  for await (const page of fetchPages(request, options)) {
    rows.push(...page);
    if (rows.length >= max) break;
  }
  return rows.length > max ? rows.slice(0, max) : rows;
}
