import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { withIssueMarker } from '../../../src/model/issue-marker.ts';
import type { Noteable } from '../../../src/model/noteable.ts';
import { connect, origin, rejection } from '../connect-for-test.ts';
import { anIssueAnswer, aPersonAnswer, aWholeMergeRequestAnswer } from '../contract-of-bot.ts';

const api = '/api/v4/projects/42';
const ada = { id: 11, username: 'ada', name: 'Ada', active: true };
const issue: Noteable = { kind: 'issue', project: 42, iid: 5 };
const other: Noteable = { kind: 'issue', project: 43, iid: 6 };
const me = { id: 7, username: 'herald-bot' };
const gone = { message: '404 Not found' };

describe('facts', () => {
  test('of a merge request are in our words', async () => {
    nock(origin).get(`${api}/merge_requests/17`).reply(200, aWholeMergeRequestAnswer());
    const facts = await connect().gitlab.fetchMergeRequestFacts(42, 17);
    expect(facts).toMatchObject({
      kind: 'merge_request',
      at: { kind: 'merge_request', project: 42, iid: 17 },
      draft: true,
      author: ada,
      assignees: [ada],
      reviewers: [],
      milestone: { id: 3, title: '1.0' },
      headSha: '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2',
      headPipeline: { id: 1001, projectId: 42 },
      sourceProjectId: 42,
      firstContribution: false,
    });
  });

  test('of a merge request whose fork is gone, and of which GitLab knows little', async () => {
    const little = {
      source_project_id: null,
      sha: null,
      head_pipeline: null,
      description: null,
      reviewers: undefined,
      first_contribution: undefined,
    };
    nock(origin).get(`${api}/merge_requests/17`).reply(200, aWholeMergeRequestAnswer(little));
    expect(await connect().gitlab.fetchMergeRequestFacts(42, 17)).toMatchObject({
      sourceProjectId: null,
      headSha: null,
      headPipeline: null,
      description: '',
      reviewers: [],
      firstContribution: null,
    });
  });

  test('of what is gone are null', async () => {
    nock(origin).get(`${api}/merge_requests/17`).reply(404, gone);
    nock(origin).get(`${api}/issues/5`).reply(404, gone);
    const { gitlab } = connect();
    expect(await gitlab.fetchMergeRequestFacts(42, 17)).toBeNull();
    expect(await gitlab.fetchIssueFacts(42, 5)).toBeNull();
  });

  test('of open work are no more than asked for, and no page is read for more', async () => {
    const next = `<${origin}${api}/issues?page=2>; rel="next"`;
    const rows = Array.from({ length: 100 }, (_, iid) => anIssueAnswer({ iid }));
    nock(origin).get(`${api}/issues`).query(true).reply(200, rows, { link: next });
    const { gitlab } = connect();
    expect(await gitlab.fetchOpenIssues(42, { max: 30 })).toHaveLength(30);
    expect(gitlab.requestCount()).toBe(1);
  });
});

describe('issues', () => {
  const closed = anIssueAnswer({ iid: 9, state: 'closed' });

  test('that a merge request closes; those of a foreign tracker have no number here', async () => {
    nock(origin)
      .get(`${api}/merge_requests/17/closes_issues?per_page=100`)
      .reply(200, [closed, { id: 'SHOP-1', title: 'Elsewhere' }]);
    expect(await connect().gitlab.fetchClosedIssues(42, 17)).toEqual([
      {
        project: 42,
        iid: 9,
        title: 'The till is slow',
        url: `${origin}/shop/checkout/-/issues/5`,
        state: 'closed',
      },
    ]);
  });

  test('that are linked already are there', async () => {
    nock(origin).post(`${api}/issues/5/links`).reply(409, { message: 'Issue(s) already assigned' });
    expect(await connect().gitlab.linkIssues(issue, other)).toBe('there');
  });

  test('whose link was lost on the way are looked for', async () => {
    nock(origin).post(`${api}/issues/5/links`).reply(502);
    nock(origin)
      .get(`${api}/issues/5/links?per_page=100`)
      .reply(200, [anIssueAnswer({ project_id: 43, iid: 6 })]);
    expect(await connect().gitlab.linkIssues(issue, other)).toBe('linked');
  });

  test('are opened once, although the answer was lost', async () => {
    const wanted = {
      title: 'main is red',
      description: 'x',
      labels: [],
      assigneeIds: [],
      confidential: false,
    };
    nock(origin).post(`${api}/issues`).reply(502);
    nock(origin)
      .get(`${api}/issues`)
      .query({ scope: 'created_by_me', state: 'all', order_by: 'created_at', sort: 'desc', per_page: '20' })
      .reply(200, [
        anIssueAnswer({ title: 'main is red', description: 'another' }),
        anIssueAnswer({ iid: 6, title: 'main is red', description: 'x' }),
      ]);
    expect(await connect().gitlab.createIssue(42, wanted)).toMatchObject({ iid: 6 });
  });

  test('are the own ones only with a genuine marker', async () => {
    const { gitlab } = connect();
    const owner = { project: 42, authorId: 11 };
    const description = withIssueMarker({ key: 'rule/red main', body: 'x' }, owner, gitlab.signature);
    nock(origin)
      .get(`${api}/issues`)
      .query(true)
      .reply(200, [
        anIssueAnswer({ iid: 1, description }),
        anIssueAnswer({ iid: 2, description, author: { ...aPersonAnswer, id: 12 } }),
        anIssueAnswer({ iid: 3, description, project_id: 43 }),
        anIssueAnswer({ iid: 4, description: `quoted\n${description}` }),
      ]);
    const found = await gitlab.fetchOwnIssues(42);
    expect(found.map(({ iid, key }) => ({ iid, key }))).toEqual([{ iid: 1, key: 'rule/red main' }]);
  });
});

describe('an approval', () => {
  const path = `${api}/merge_requests/17`;

  test('that was given already is there', async () => {
    nock(origin).post(`${path}/approve`).reply(401, { message: '401 Unauthorized' });
    nock(origin).get('/api/v4/user').reply(200, me);
    nock(origin)
      .get(`${path}/approvals`)
      .reply(200, { approved_by: [{ user: me }] });
    expect(await connect().gitlab.approve(42, 17, 'abc')).toBe('there');
  });

  test.each([
    { name: 'is refused to who may not', status: 401 },
    { name: 'is refused when the head is another', status: 409 },
  ])('$name', async ({ status }) => {
    nock(origin).post(`${path}/approve`).reply(status, { message: 'no' });
    nock(origin).get('/api/v4/user').optionally().reply(200, me);
    nock(origin).get(`${path}/approvals`).optionally().reply(200, { approved_by: [] });
    expect(await rejection(connect().gitlab.approve(42, 17, 'abc'))).toMatchObject({
      code: 'refused',
      status,
    });
  });
});
