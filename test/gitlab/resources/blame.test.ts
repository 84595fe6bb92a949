import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { connect, origin, rejection } from '../connect-for-test.ts';

const sha = '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2';
const file = { project: 42, path: 'src/till.ts', ref: sha };
const address = '/api/v4/projects/42/repository/files/src%2Ftill.ts';

describe('row 57: blame of one line', () => {
  const asked = nock(origin);
  const blame = `${address}/blame?ref=${sha}&range%5Bstart%5D=12&range%5Bend%5D=12`;

  test('is the commit with the first line of its message and its author', async () => {
    // The example of https://docs.gitlab.com/api/repository_files/#get-file-blame-from-repository
    asked.get(blame).reply(200, [
      {
        commit: {
          id: 'd42409d56517157c48bf3bd97d3f75974dde19fb',
          message: 'Add feature\n\nalso fix bug\n',
          parent_ids: ['cc6e14f9328fa6d7b5a0d3c30dc2002a3f2a3822'],
          authored_date: '2015-12-18T08:12:22.000Z',
          author_name: 'John Doe',
          author_email: 'john.doe@example.com',
          committed_date: '2015-12-18T08:12:22.000Z',
          committer_name: 'John Doe',
          committer_email: 'john.doe@example.com',
        },
        lines: ["require 'fileutils'"],
      },
    ]);
    expect(await connect().gitlab.fetchBlame(file, 12)).toEqual({
      sha: 'd42409d56517157c48bf3bd97d3f75974dde19fb',
      title: 'Add feature',
      authorName: 'John Doe',
    });
  });

  test.each([
    ['a line behind the end', 200, []],
    ['no file', 404, { message: '404 File Not Found' }],
    ['no path of a file', 400, { error: 'file_path should be a valid file path' }],
  ])('is null for %s', async (_name, status, answer) => {
    asked.get(blame).reply(status, answer);
    expect(await connect().gitlab.fetchBlame(file, 12)).toBeNull();
  });

  test('is refused where the token may not read code', async () => {
    asked.get(blame).reply(403, { message: '403 Forbidden' });
    expect(await rejection(connect().gitlab.fetchBlame(file, 12))).toMatchObject({ status: 403 });
  });
});

describe('row 57: the merge request of a commit', () => {
  const list = `/api/v4/projects/42/repository/commits/${sha}/merge_requests`;
  const mr = (iid: number, state: string, mergedAt: string | null) => ({
    iid,
    project_id: 42,
    state,
    merged_at: mergedAt,
    web_url: `${origin}/shop/till/-/merge_requests/${iid}`,
  });

  test.each([
    [
      'the first that was merged',
      [
        mr(9, 'merged', '2026-03-02T10:00:00Z'),
        mr(5, 'merged', '2026-03-03T10:00:00Z'),
        mr(3, 'opened', null),
      ],
      9,
    ],
    ['an open one where none was merged', [mr(9, 'closed', null), mr(3, 'opened', null)], 3],
    ['none where it was closed', [mr(9, 'closed', null)], null],
    ['none where there is none', [], null],
  ])('is %s', async (_name, answer, iid) => {
    nock(origin).get(list).reply(200, answer);
    const found = await connect().gitlab.fetchMergeRequestOfCommit(42, sha);
    expect(found?.iid ?? null).toBe(iid);
  });

  test('is null for a commit that GitLab does not have', async () => {
    nock(origin).get(list).reply(404, { message: '404 Commit Not Found' });
    expect(await connect().gitlab.fetchMergeRequestOfCommit(42, sha)).toBeNull();
  });
});

describe('row 55: whether a file exists', () => {
  const head = `${address}?ref=${sha}`;

  test.each([
    ['there', 200, true],
    ['not there', 404, false],
    ['no path of a file', 400, false],
  ])('%s', async (_name, status, expected) => {
    nock(origin).head(head).reply(status);
    expect(await connect().gitlab.hasFile(file)).toBe(expected);
  });

  test('a large file is not downloaded, and a packed answer without a body is no fault', async () => {
    const headers = { 'content-length': String(2 ** 33), 'content-encoding': 'gzip' };
    nock(origin).head(head).reply(200, '', headers);
    expect(await connect().gitlab.hasFile(file)).toBe(true);
  });

  test('is refused where the token may not read code', async () => {
    nock(origin).head(head).reply(403);
    expect(await rejection(connect().gitlab.hasFile(file))).toMatchObject({ status: 403 });
  });
});
