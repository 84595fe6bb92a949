import nock from 'nock';
import { afterEach, describe, expect, test } from 'vitest';
import type { GitLab } from '../../../../src/gitlab/ports/port.ts';
import { connect, origin, rejection } from '../../connect-for-test.ts';
import { rowsOf } from '../../contract-of-history.ts';

const of = { id: 42, url: `${origin}/shop/till` };
const at = '2026-03-04T10:00:00.000Z';
const time = Date.parse(at);

/** The rows that a list gives for an answer. */
function read<Row>(
  answer: object,
  ask: (gitlab: GitLab) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  nock(origin).get(/./).reply(200, answer);
  return ask(connect().gitlab);
}

afterEach(() => {
  nock.cleanAll();
});

describe('issues', () => {
  test('that are confidential are not there, whatever GitLab was asked', async () => {
    const rows = await read(
      [
        { iid: 1, title: 'a', created_at: at, confidential: true },
        { iid: 2, title: 'b', created_at: at, confidential: false, issue_type: 'incident', closed_at: at },
        { iid: 3, title: 'c', created_at: at },
      ],
      (gitlab) => rowsOf(gitlab.fetchIssuePages(of, 0)),
    );
    expect(rows.map(({ thing }) => [thing.iid, thing.kind, thing.closedAt])).toEqual([
      [2, 'incident', time],
      [3, 'issue', null],
    ]);
  });
});

describe('merge requests', () => {
  const mr = { iid: 7, title: 'a', target_branch: 'main', created_at: at };

  test.each<[string, object, string | null]>([
    ['the merge commit', { merge_commit_sha: 'm', squash_commit_sha: 's', sha: 'h' }, 'm'],
    [
      'the squash, where a fast-forward has no merge commit',
      { merge_commit_sha: null, squash_commit_sha: 's', sha: 'h' },
      's',
    ],
    ['its own last commit, where it was rebased', { sha: 'h' }, 'h'],
  ])('came in by %s', async (_what, shas, expected) => {
    const rows = await read([{ ...mr, state: 'merged', merged_at: at, ...shas }], (gitlab) =>
      rowsOf(gitlab.fetchMergeRequestPages(of, 0)),
    );
    expect(rows[0]?.thing.mergeSha).toBe(expected);
  });

  test('that are not merged have no commit, and a deleted author is the ghost', async () => {
    const [row] = await read([{ ...mr, state: 'closed', sha: 'h', author: null, closed_at: at }], (gitlab) =>
      rowsOf(gitlab.fetchMergeRequestPages(of, 0)),
    );
    expect(row).toMatchObject({
      changedAt: time,
      thing: { mergeSha: null, author: { username: 'ghost', isBot: false }, closedAt: time, waitingOn: null },
    });
  });
});

test.each<[string, object, number | null]>([
  [
    'with its job',
    { status: 'success', deployable: { id: 5, finished_at: '2026-03-04T11:00:00Z' } },
    time + 3_600_000,
  ],
  [
    'with its last change, where the API made it',
    { status: 'success', deployable: null, updated_at: at },
    time,
  ],
  ['not yet, while it waits', { status: 'blocked', updated_at: at }, null],
  ['not yet, while it runs', { status: 'running', deployable: { id: 5, finished_at: at } }, null],
])('a deployment ends %s', async (_what, more, finishedAt) => {
  const [row] = await read(
    [{ id: 1, sha: 'a', created_at: at, environment: { name: 'production' }, ...more }],
    (gitlab) => rowsOf(gitlab.fetchDeploymentPages(of, 0)),
  );
  expect(row?.thing.finishedAt).toBe(finishedAt);
});

test('releases to come are not there, and a link stays in the project', async () => {
  const rows = await read(
    [
      { tag_name: 'v9', released_at: at, upcoming_release: true },
      {
        tag_name: 'a/../../b',
        released_at: at,
        commit: { id: 'c' },
        _links: { self: 'https://elsewhere.example' },
      },
    ],
    (gitlab) => rowsOf(gitlab.fetchReleasePages(of)),
  );
  expect(rows).toEqual([
    {
      tag: 'a/../../b',
      name: 'a/../../b',
      url: `${of.url}/-/releases/a%2F..%2F..%2Fb`,
      releasedAt: time,
      sha: 'c',
    },
  ]);
});

test('a commit names what it reverts', async () => {
  const sha = '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2';
  const message = `Revert "a"\n\nThis reverts commit ${sha}.\nThis reverts commit 1234567 and more.\n`;
  const [row] = await read([{ id: 'b', created_at: at, message, title: 'Revert "a"' }], (gitlab) =>
    rowsOf(gitlab.fetchCommitPages(of, { ref: 'main', since: 0 })),
  );
  expect(row?.reverts).toEqual([sha, '1234567']);
});

test.each<[string, object, number | null]>([
  ['a number', { coverage: 81.5 }, 81.5],
  ['a text', { coverage: '68.49' }, 68.49],
  ['nothing', { coverage: null }, null],
  ['an empty text', { coverage: '' }, null],
])('the coverage of a job is %s', async (_what, more, coverage) => {
  const pipeline = { id: 3, status: 'success', sha: 'a', created_at: at };
  const [row] = await read(
    [{ id: 9, name: 'unit', status: 'success', created_at: at, pipeline, ...more }],
    (gitlab) => rowsOf(gitlab.fetchJobPages(of)),
  );
  expect(row?.job).toMatchObject({ coverage, startedAt: null, queuedSeconds: null, stage: '' });
});

test('a row without the time that it needs is not understood', async () => {
  const error = await rejection(
    read([{ iid: 1, title: 'a', created_at: 'soon' }], (gitlab) => rowsOf(gitlab.fetchIssuePages(of, 0))),
  );
  expect(error.message).toContain('the field 0.created_at does not fit (not a time)');
});

test('the pages of a list say how many rows there are, where GitLab counts', async () => {
  nock(origin).get(/./).reply(200, [], { 'x-total': '1234', 'x-next-page': '2' });
  for await (const page of connect().gitlab.fetchBranchPages(of)) {
    expect(page).toEqual({ rows: [], hasMore: true, total: 1234 });
    break;
  }
});
