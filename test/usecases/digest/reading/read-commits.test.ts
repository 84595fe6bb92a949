import { expect, test } from 'vitest';
import type { HistoryPage } from '../../../../src/gitlab/ports/history.ts';
import type { HistoryCommit } from '../../../../src/model/project-history.ts';
import { createAllowance } from '../../../../src/usecases/digest/reading/allowance.ts';
import { readCommits } from '../../../../src/usecases/digest/reading/read-commits.ts';

function commit(sha: string, committedAt: number, ...parents: string[]): HistoryCommit {
  return {
    sha,
    parents,
    committedAt,
    authoredAt: committedAt,
    added: null,
    removed: null,
    title: '',
    reverts: [],
  };
}

/** A branch whose list comes two commits a page. */
function branch(rows: readonly HistoryCommit[]): {
  readonly asked: () => number;
  readonly fetchCommitPages: () => AsyncGenerator<HistoryPage<HistoryCommit>>;
} {
  let asked = 0;
  return {
    asked: () => asked,
    async *fetchCommitPages() {
      for (let at = 0; at < rows.length; at += 2) {
        asked += 1;
        await Promise.resolve();
        yield { rows: rows.slice(at, at + 2), hasMore: at + 2 < rows.length, total: null };
      }
    },
  };
}

const of = { id: 1, url: 'https://gitlab.example.com/a/b' };
const reading = { window: { from: 100, until: 200 }, now: 200 };
const read = (gitlab: ReturnType<typeof branch>, kept: Parameters<typeof readCommits>[0]['kept'] = null) =>
  readCommits({ gitlab, of, ref: 'main', kept }, reading, createAllowance(null));

// 5 is dated before the window, as its clock was wrong, and 4 is reached only through it.
const skewed = [commit('6', 160, '5'), commit('4', 140, '3'), commit('3', 130, '2'), commit('2', 120, '1')];

test('a commit with a wrong date takes nothing away from those behind it', async () => {
  const { rows } = await read(branch(skewed));
  expect(rows.map(({ sha }) => sha)).toEqual(['2', '3', '4', '6']);
});

test('one page is enough where it leads to what is kept', async () => {
  const { kept, tip } = await read(branch(skewed));
  if (kept === null || tip === null) throw new Error('nothing is kept');
  const more = [commit('8', 180, '7'), commit('7', 170, '6'), ...skewed];
  const gitlab = branch(more);
  const next = await read(gitlab, { part: kept, tip });
  expect(gitlab.asked()).toBe(1);
  expect(next.rows.map(({ sha }) => sha)).toEqual(['2', '3', '4', '6', '7', '8']);
});

test('a merge of old commits is read until all of its parents are known', async () => {
  const { kept, tip } = await read(branch(skewed));
  if (kept === null || tip === null) throw new Error('nothing is kept');
  const more = [
    commit('9', 190, '6', 'y'),
    skewed[0],
    commit('y', 150, 'x'),
    skewed[1],
    skewed[2],
    commit('x', 125, '2'),
    skewed[3],
  ];
  const next = await read(branch(more.filter((one) => one !== undefined)), { part: kept, tip });
  expect(next.rows.map(({ sha }) => sha)).toEqual(['2', 'x', '3', '4', 'y', '6', '9']);
});
