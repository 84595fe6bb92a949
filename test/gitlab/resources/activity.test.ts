import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { connect, origin } from '../connect-for-test.ts';

function aComment(note: object): object {
  return { action_name: 'commented on', note };
}

describe('comments of late', () => {
  test('are those of people on merge requests and issues', async () => {
    nock(origin)
      .get(/\/events/)
      .reply(200, [
        aComment({ id: 1, body: '/herald help', noteable_type: 'MergeRequest', noteable_iid: 7 }),
        aComment({ id: 2, body: 'hello', noteable_type: 'Issue', noteable_iid: 8, system: false }),
        aComment({ id: 3, body: 'on a task', noteable_type: 'WorkItem', noteable_iid: 9 }),
        aComment({ id: 4, body: 'changed the title', noteable_type: 'Issue', noteable_iid: 8, system: true }),
        aComment({ id: 5, body: 'on a commit', noteable_type: 'Commit', noteable_iid: null }),
        { action_name: 'pushed to' },
      ]);
    expect(await connect().gitlab.fetchRecentComments(42, new Date('2026-03-02T10:00:00Z'))).toEqual([
      { noteId: 1, on: { kind: 'merge_request', project: 42, iid: 7 }, text: '/herald help' },
      { noteId: 2, on: { kind: 'issue', project: 42, iid: 8 }, text: 'hello' },
      { noteId: 3, on: { kind: 'issue', project: 42, iid: 9 }, text: 'on a task' },
    ]);
  });
});

describe('work', () => {
  test('stops at as many as were asked for', async () => {
    nock(origin)
      .get(/\/merge_requests/)
      .reply(
        200,
        [3, 2, 1].map((iid) => ({ iid })),
        { 'x-next-page': '2' },
      );
    const filter = { kind: 'merge_request', state: 'opened', since: null, max: 2 } as const;
    expect((await connect().gitlab.fetchWork(42, filter)).map(({ iid }) => iid)).toEqual([3, 2]);
  });
});

describe('own projects', () => {
  test('come from every page', async () => {
    const project = (id: number): object => ({
      id,
      path_with_namespace: `shop/p${id}`,
      web_url: `${origin}/shop/p${id}`,
      default_branch: 'main',
    });
    nock(origin)
      .get(/\/projects\?(?!.*page=2)/)
      .reply(200, [project(1)], { 'x-next-page': '2' });
    nock(origin)
      .get(/\/projects\?.*page=2/)
      .reply(200, [project(2)]);
    expect((await connect().gitlab.fetchOwnProjects()).map(({ path }) => path)).toEqual([
      'shop/p1',
      'shop/p2',
    ]);
  });
});
