import type { HistoryPages } from '../../../gitlab/ports/history.ts';
import type { PartRead } from '../../../model/project-history.ts';
import type { Allowance } from './allowance.ts';
import { missing, type Reading, wholeFrom } from './part-read.ts';
import { readPages } from './read-pages.ts';

/** A list that is read every time. */
export interface WholeList<Row> {
  readonly pages: HistoryPages<Row>;
  readonly maxPages: number;
  /** Whether nothing that follows this row matters. */
  readonly isBeforeWindow?: (row: Row) => boolean;
  /** What the rows are, in the plural: `branches`. */
  readonly what: string;
}

export interface ReadList<Row> {
  readonly rows: readonly Row[];
  /** How many there are in all; null where nobody knows. */
  readonly total: number | null;
  readonly read: PartRead;
}

/** The first pages of a list, with how many rows there are where it has more. */
export async function readList<Row>(
  { pages, maxPages, isBeforeWindow = () => false, what }: WholeList<Row>,
  reading: Reading,
  allowance: Allowance,
): Promise<ReadList<Row>> {
  const rows: Row[] = [];
  const list: { pages: number; total: number | null; hasMore: boolean } = {
    pages: 0,
    total: null,
    hasMore: false,
  };
  const ending = await readPages(pages, allowance, (page) => {
    list.pages += 1;
    list.total ??= page.total;
    const end = page.rows.findIndex(isBeforeWindow);
    rows.push(...(end < 0 ? page.rows : page.rows.slice(0, end)));
    list.hasMore = end < 0 && page.hasMore && list.pages >= maxPages;
    return end >= 0 || list.hasMore ? 'enough' : 'more';
  });
  const { total, hasMore } = list;
  if (ending.kind !== 'whole')
    return rows.length === 0
      ? { rows, total, read: missing(ending.gap, reading) }
      : { rows, total, read: { ...wholeFrom(null, reading), gap: ending.gap } };
  const shown = total === null ? `more ${what} than the ${rows.length} that were read` : `${total} ${what}`;
  const gap = hasMore ? `there are ${shown}, and only ${rows.length} of them were read` : null;
  return { rows, total: total ?? (hasMore ? null : rows.length), read: { ...wholeFrom(null, reading), gap } };
}
