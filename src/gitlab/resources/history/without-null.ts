import type { HistoryPage } from '../../ports/history.ts';

/** The same pages without the rows that are not wanted. */
export async function* withoutNull<Row>(
  pages: AsyncIterable<HistoryPage<Row | null>>,
): AsyncGenerator<HistoryPage<Row>, void, undefined> {
  for await (const page of pages)
    yield { ...page, rows: page.rows.filter((row): row is Row => row !== null) };
}
