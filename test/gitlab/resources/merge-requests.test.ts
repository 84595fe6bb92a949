import nock from 'nock';
import { describe, expect, test } from 'vitest';
import type { MergeRequest } from '../../../src/model/context.ts';
import { aMergeRequestAnswer, connect, origin, rejection } from '../connect-for-test.ts';

const address = '/api/v4/projects/42/merge_requests/17';

async function fetched(changes: Readonly<Record<string, unknown>>): Promise<MergeRequest> {
  nock(origin).get(address).reply(200, aMergeRequestAnswer(changes));
  return await connect().gitlab.fetchMergeRequest({ project: 42, iid: 17 });
}

describe('a merge request', () => {
  test('has the fields that Herald needs', async () => {
    expect(await fetched({})).toEqual({
      project: 42,
      iid: 17,
      projectPath: 'shop/checkout',
      url: 'https://gitlab.example.com/shop/checkout/-/merge_requests/17',
      title: 'Take vouchers at the till',
      sourceProjectId: 42,
      sourceBranch: 'vouchers',
      targetBranch: 'main',
      headSha: '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2',
      diffBaseSha: '9a8b7c6d5e4f30211203f4e5d6c7b8a990817263',
      targetSha: null,
      labels: ['backend'],
      fork: false,
    });
  });

  test.each([
    {
      name: 'comes from a fork',
      changes: { source_project_id: 99 },
      expected: { fork: true, sourceProjectId: 99 },
    },
    {
      name: 'comes from a fork that is gone',
      changes: { source_project_id: null },
      expected: { fork: true, sourceProjectId: 42 },
    },
    { name: 'has no diff yet', changes: { diff_refs: null }, expected: { diffBaseSha: null } },
    { name: 'has no commits', changes: { sha: null }, expected: { headSha: null } },
    {
      name: 'has labels with details',
      changes: { labels: [{ name: 'x' }, 'y'] },
      expected: { labels: ['y'] },
    },
    {
      name: 'has no references',
      changes: { references: undefined },
      expected: { projectPath: 'shop/checkout' },
    },
    {
      name: 'has no address',
      changes: { references: undefined, web_url: '' },
      expected: { projectPath: '' },
    },
  ])('may be one that $name', async ({ changes, expected }) => {
    expect(await fetched(changes)).toMatchObject(expected);
  });

  test('that is not there is refused', async () => {
    nock(origin).get(address).reply(404, { message: '404 Not found' });
    const error = await rejection(connect().gitlab.fetchMergeRequest({ project: 42, iid: 17 }));
    expect(error).toMatchObject({
      code: 'refused',
      status: 404,
      request: 'GET /projects/42/merge_requests/17',
    });
  });

  test('of a commit counts only while it is open, though older versions list all', async () => {
    nock(origin)
      .get('/api/v4/projects/42/repository/commits/4f2b9c1d/merge_requests')
      .query(true)
      .reply(200, [
        aMergeRequestAnswer({ iid: 16, state: 'merged' }),
        aMergeRequestAnswer({ iid: 17, diff_refs: undefined }),
        aMergeRequestAnswer({ iid: 18, state: 'closed' }),
      ]);
    const found = await connect().gitlab.fetchOpenMergeRequestsOfCommit(42, '4f2b9c1d');
    expect(found.map(({ iid }) => iid)).toEqual([17]);
  });

  test('has label events; those of deleted labels and of actions not known are left out', async () => {
    nock(origin)
      .get(`${address}/resource_label_events`)
      .query(true)
      .reply(200, [
        { action: 'add', user: { username: 'ada' }, label: { name: 'bug' } },
        { action: 'add', user: { username: 'ada' }, label: null },
        { action: 'rename', user: { username: 'ada' }, label: { name: 'bug' } },
        { action: 'remove', user: { username: 'grace' }, label: { name: 'bug' } },
      ]);
    expect(await connect().gitlab.fetchLabelEvents({ project: 42, iid: 17 })).toEqual([
      { label: 'bug', action: 'add', username: 'ada' },
      { label: 'bug', action: 'remove', username: 'grace' },
    ]);
  });
});
