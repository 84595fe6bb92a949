import { describe, expect, test } from 'vitest';
import type { Changed, HistoryPage } from '../../../../src/gitlab/ports/history.ts';
import { createAllowance } from '../../../../src/usecases/digest/reading/allowance.ts';
import { readChanges } from '../../../../src/usecases/digest/reading/read-changes.ts';

interface Thing {
  readonly id: number;
  readonly state: string;
}

const reading = { window: { from: 1_000_000, until: 9_000_000 }, now: 9_000_000 };
const changed = (id: number, state: string, changedAt: number): Changed<Thing> => ({
  thing: { id, state },
  changedAt,
});

/** A list of one row a page, newest change first; `meanwhile` changes it before a page. */
function aList(
  rows: Changed<Thing>[],
  meanwhile: (page: number) => void = () => undefined,
): { readonly since: number[]; pages(since: number): AsyncGenerator<HistoryPage<Changed<Thing>>> } {
  const asked: number[] = [];
  let pages = 0;
  return {
    since: asked,
    async *pages(since) {
      asked.push(since);
      for (let at = 0; ; at += 1) {
        await Promise.resolve();
        pages += 1;
        meanwhile(pages);
        const found = rows
          .filter(({ changedAt }) => changedAt >= since)
          .sort((a, b) => b.changedAt - a.changedAt);
        const row = found[at];
        yield { rows: row === undefined ? [] : [row], hasMore: at + 1 < found.length, total: found.length };
        if (at + 1 >= found.length) return;
      }
    },
  };
}

describe('a list that changes while it is read', () => {
  test('loses nothing that moves to its front', async () => {
    const rows = [
      changed(1, 'open', 5_000_000),
      changed(2, 'open', 4_000_000),
      changed(3, 'open', 3_000_000),
    ];
    const list = aList(rows, (page) => {
      // After the first page the last thing of the list becomes its first: the others move down by one.
      if (page === 2) rows[2] = changed(3, 'closed', 6_000_000);
    });
    const { rows: read } = await readChanges(
      { kept: null, pages: list.pages, keyOf: ({ id }) => id },
      reading,
      createAllowance(null),
    );
    expect(read).toEqual([
      { id: 1, state: 'open' },
      { id: 2, state: 'open' },
      { id: 3, state: 'closed' },
    ]);
  });

  test('is not asked for twice where one page is all', async () => {
    const list = aList([changed(1, 'open', 5_000_000)]);
    await readChanges(
      { kept: null, pages: list.pages, keyOf: ({ id }) => id },
      reading,
      createAllowance(null),
    );
    expect(list.since).toEqual([1_000_000]);
  });
});

describe('what is kept', () => {
  const kept = {
    from: 500_000,
    until: 4_000_000,
    rows: [
      { id: 1, state: 'open' },
      { id: 9, state: 'closed' },
    ],
  };

  test('is gone on with from the newest change by the clock of GitLab, and ten minutes before', async () => {
    const list = aList([changed(1, 'closed', 5_000_000)]);
    const part = await readChanges(
      { kept, pages: list.pages, keyOf: ({ id }) => id },
      reading,
      createAllowance(null),
    );
    expect(list.since).toEqual([4_000_000 - 600_000]);
    expect(part.rows).toEqual([
      { id: 1, state: 'closed' },
      { id: 9, state: 'closed' },
    ]);
    expect(part.kept).toEqual({ from: 500_000, until: 5_000_000, rows: part.rows });
  });

  test('stays as it was where nothing could be asked, and the next reading begins there again', async () => {
    const list = aList([changed(1, 'closed', 5_000_000)]);
    const part = await readChanges(
      { kept, pages: list.pages, keyOf: ({ id }) => id },
      reading,
      createAllowance(0),
    );
    expect(part).toEqual({
      rows: kept.rows,
      kept,
      read: { from: 1_000_000, until: 9_000_000, gap: 'no more requests were allowed', usable: true },
    });
  });

  test('does not count where it begins after the window', async () => {
    const list = aList([]);
    const late = { ...kept, from: 2_000_000 };
    await readChanges(
      { kept: late, pages: list.pages, keyOf: ({ id }) => id },
      reading,
      createAllowance(null),
    );
    expect(list.since).toEqual([1_000_000]);
  });
});

test('without anything kept and any request nothing can be counted', async () => {
  const list = aList([changed(1, 'open', 5_000_000)]);
  const part = await readChanges(
    { kept: null, pages: list.pages, keyOf: ({ id }) => id },
    reading,
    createAllowance(0),
  );
  expect(part).toMatchObject({ rows: [], kept: null, read: { usable: false } });
});
