import type { KeptPart } from '../../../digest/kept-history/kept-history.ts';
import type { Changed, HistoryPages } from '../../../gitlab/ports/history.ts';
import type { Instant } from '../../../model/project-history.ts';
import type { Allowance } from './allowance.ts';
import { type Reading, type ReadPart, reaching, readPart } from './part-read.ts';
import { type Ending, readPages } from './read-pages.ts';

/** A list of things that change, newest change first. */
export interface ChangingList<Row> {
  readonly kept: KeptPart<Row> | null;
  readonly pages: (since: Instant) => HistoryPages<Changed<Row>>;
  readonly keyOf: (row: Row) => number;
  /** What a newer row takes over from the one that was known before. */
  readonly update?: (row: Row, before: Row) => Row;
  /** Hears of every row that was read now. */
  readonly onRow?: (row: Row) => void;
}

/** What GitLab wrote at the same moment as the newest row may have become visible later. */
const overlapMs = 10 * 60_000;

/**
 * The rows that changed in the window: the kept ones, and what changed since the newest of them by GitLab's clock. What
 * changes while a long list is read moves to its front; so that is read once more at the end.
 */
export async function readChanges<Row>(
  { kept, pages, keyOf, update, onRow }: ChangingList<Row>,
  reading: Reading,
  allowance: Allowance,
): Promise<ReadPart<Row>> {
  const base = reaching(kept, reading);
  const rows = new Map(base?.rows.map((row) => [keyOf(row), row]));
  const changedAtOf = new Map<number, Instant>();
  let newest = base?.until ?? reading.window.from;
  let oldest: Instant | null = null;
  let pagesRead = 0;

  const add = ({ thing, changedAt }: Changed<Row>): void => {
    const key = keyOf(thing);
    if ((changedAtOf.get(key) ?? Number.NEGATIVE_INFINITY) > changedAt) return;
    changedAtOf.set(key, changedAt);
    const before = rows.get(key);
    rows.set(key, before === undefined || update === undefined ? thing : update(thing, before));
    newest = Math.max(newest, changedAt);
    oldest = Math.min(oldest ?? changedAt, changedAt);
    onRow?.(thing);
  };
  const read = (since: Instant): Promise<Ending> =>
    readPages(pages(since), allowance, (page) => {
      pagesRead += 1;
      page.rows.forEach(add);
      return 'more';
    });

  let ending = await read(base === null ? reading.window.from : base.until - overlapMs);
  if (ending.kind === 'whole' && pagesRead > 1) ending = await read(newest);
  const sorted = [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);
  return readPart(base, { rows: sorted, newest, oldest, ending }, reading);
}
