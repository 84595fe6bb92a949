import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { connect, origin } from '../connect-for-test.ts';
import { aPersonAnswer } from '../contract-of-bot.ts';

const api = '/api/v4/projects/42';
const gone = { message: '404 Not found' };
const ada = { id: 11, username: 'ada', name: 'Ada', active: true };

describe('a member', () => {
  test('has his role, inherited ones included', async () => {
    nock(origin)
      .get(`${api}/members/all/11`)
      .reply(200, { ...aPersonAnswer, access_level: 40 });
    expect(await connect().gitlab.fetchMember(42, 11)).toEqual({ ...ada, accessLevel: 40 });
  });

  test.each([
    { name: 'who waits for a seat has no rights', answer: { membership_state: 'awaiting' }, level: 0 },
    { name: 'who has a seat has his', answer: { membership_state: 'active' }, level: 30 },
    {
      name: 'whose membership ended has none, though GitLab still lists it',
      answer: { expires_at: '2020-01-01' },
      level: 0,
    },
    { name: 'whose membership ends later has his', answer: { expires_at: '2999-01-01' }, level: 30 },
    { name: 'whose membership has no end has his', answer: { expires_at: null }, level: 30 },
    { name: 'an end that is no day ends it', answer: { expires_at: 'soon' }, level: 0 },
  ])('$name', async ({ answer, level }) => {
    nock(origin)
      .get(`${api}/members/all/11`)
      .reply(200, { ...aPersonAnswer, access_level: 30, ...answer });
    expect((await connect().gitlab.fetchMember(42, 11))?.accessLevel).toBe(level);
  });

  test('who is none has no role, and who does not exist is null', async () => {
    nock(origin).get(`${api}/members/all/11`).twice().reply(404, gone);
    nock(origin)
      .get('/api/v4/users/11')
      .reply(200, { ...aPersonAnswer, state: 'blocked' });
    nock(origin).get('/api/v4/users/11').reply(404, gone);
    const { gitlab } = connect();
    expect(await gitlab.fetchMember(42, 11)).toEqual({ ...ada, active: false, accessLevel: 0 });
    expect(await gitlab.fetchMember(42, 11)).toBeNull();
  });

  test('who is listed twice counts with the higher role; who is blocked or below does not count', async () => {
    nock(origin)
      .get(`${api}/members/all?per_page=100`)
      .reply(200, [
        { ...aPersonAnswer, access_level: 20 },
        { ...aPersonAnswer, access_level: 40 },
        { ...aPersonAnswer, id: 12, access_level: 40, state: 'blocked' },
        { ...aPersonAnswer, id: 13, access_level: 20 },
      ]);
    expect(await connect().gitlab.fetchMembers(42, 30)).toEqual([{ ...ada, accessLevel: 40 }]);
  });
});

describe('the members of a group', () => {
  const path = '/api/v4/groups/acme%2Fci/members?per_page=100';

  test('are asked for once, without those whose membership ended', async () => {
    nock(origin)
      .get(path)
      .reply(200, [
        { ...aPersonAnswer, access_level: 30 },
        { ...aPersonAnswer, id: 12, access_level: 30, expires_at: '2020-01-01' },
        { ...aPersonAnswer, id: 13, access_level: 30, state: 'blocked' },
      ]);
    const { gitlab } = connect();
    expect(await gitlab.fetchGroupMemberIds('acme/ci')).toEqual([11]);
    expect(await gitlab.fetchGroupMemberIds('acme/ci')).toEqual([11]);
  });

  test('are asked for again after a failure', async () => {
    nock(origin).get(path).reply(401, { message: '401 Unauthorized' });
    nock(origin).get(path).reply(200, []);
    const { gitlab } = connect();
    await expect(gitlab.fetchGroupMemberIds('acme/ci')).rejects.toThrow('401');
    expect(await gitlab.fetchGroupMemberIds('acme/ci')).toEqual([]);
  });
});

test('direct members of a project are listed with their levels', async () => {
  nock(origin)
    .get(`${api}/members?per_page=100`)
    .reply(200, [
      { ...aPersonAnswer, access_level: 40 },
      { ...aPersonAnswer, id: 12, access_level: 40, state: 'blocked' },
    ]);
  expect([...(await connect().gitlab.fetchDirectLevels(42))]).toEqual([[11, 40]]);
});

test('a username that nobody has is null', async () => {
  nock(origin).get('/api/v4/users?username=nobody').reply(200, []);
  expect(await connect().gitlab.findUser('nobody')).toBeNull();
});

test('the review load counts every reviewer of every open merge request', async () => {
  nock(origin)
    .get(`${api}/merge_requests?state=opened&scope=all&reviewer_id=Any&per_page=100`)
    .reply(200, [{ reviewers: [{ id: 1 }, { id: 2 }] }, { reviewers: [{ id: 2 }] }, { reviewers: null }]);
  const load = await connect().gitlab.fetchReviewLoad(42);
  expect([...load]).toEqual([
    [1, 1],
    [2, 2],
  ]);
});

describe('rights on a branch', () => {
  const maintainers = [{ access_level: 40, user_id: null, group_id: null }];
  const developers = [{ access_level: 30 }];
  const rule = (
    name: string,
    push: readonly object[],
    merge: readonly object[] = push,
  ): Record<string, unknown> => ({ name, push_access_levels: push, merge_access_levels: merge });

  test.each([
    { name: 'no rule: developers may', rules: [], level: 30, may: [true, true] },
    { name: 'no rule: reporters may not', rules: [], level: 20, may: [false, false] },
    { name: 'the role suffices', rules: [rule('release/1', maintainers)], level: 40, may: [true, true] },
    { name: 'the role is too low', rules: [rule('release/1', maintainers)], level: 30, may: [false, false] },
    {
      name: 'a wildcard matches slashes',
      rules: [rule('rel*', maintainers, developers)],
      level: 30,
      may: [false, true],
    },
    {
      name: 'a star in the middle needs both ends',
      rules: [rule('r*se/2', maintainers)],
      level: 30,
      may: [true, true],
    },
    {
      name: 'another name with the same beginning is another branch',
      rules: [rule('release', maintainers)],
      level: 30,
      may: [true, true],
    },
    {
      name: 'capitals count',
      rules: [rule('Release/*', maintainers)],
      level: 30,
      may: [true, true],
    },
    {
      name: 'of two rules the more permissive counts',
      rules: [rule('release/1', maintainers), rule('*', developers)],
      level: 30,
      may: [true, true],
    },
    {
      name: 'level 0 is nobody, not everybody',
      rules: [rule('release/1', [{ access_level: 0 }])],
      level: 50,
      may: [false, false],
    },
    {
      name: 'level 60 is administrators, not owners',
      rules: [rule('release/1', [{ access_level: 60 }])],
      level: 50,
      may: [false, false],
    },
    {
      name: 'a deploy key is no role, although it carries a level',
      rules: [rule('release/1', [{ access_level: 30, deploy_key_id: 1 }])],
      level: 40,
      may: [false, false],
    },
    {
      name: 'a rule for this very user',
      rules: [rule('release/1', [{ access_level: 40, user_id: 11 }], [{ access_level: 40, user_id: 12 }])],
      level: 30,
      may: [true, false],
    },
    {
      name: 'a rule for a user who is no member any more',
      rules: [rule('release/1', [{ access_level: 40, user_id: 11 }])],
      level: 0,
      may: [false, false],
    },
    {
      name: 'a group, whose members are not known',
      rules: [rule('release/1', [{ access_level: 30, group_id: 5 }])],
      level: 40,
      may: [false, false],
    },
  ])('$name', async ({ rules, level, may }) => {
    nock(origin).get(`${api}/protected_branches?per_page=100`).reply(200, rules);
    const rights = await connect().gitlab.fetchBranchRights(42, 'release/1', { ...ada, accessLevel: level });
    expect([rights.mayPush, rights.mayMerge]).toEqual(may);
  });

  test('of a blocked member are none', async () => {
    nock(origin).get(`${api}/protected_branches?per_page=100`).reply(200, []);
    const blocked = { ...ada, active: false, accessLevel: 40 };
    expect(await connect().gitlab.fetchBranchRights(42, 'main', blocked)).toMatchObject({ mayPush: false });
  });

  const hidden = '/repository/branches/release%2F1';

  test.each([
    {
      name: 'what developers may is told by the branch',
      branch: [200, { protected: true, developers_can_push: false, developers_can_merge: true }] as const,
      level: 30,
      rights: { protected: true, mayPush: false, mayMerge: true },
    },
    {
      name: 'maintainers may change the rules',
      branch: [200, { protected: true, developers_can_push: false }] as const,
      level: 40,
      rights: { protected: true, mayPush: true, mayMerge: true },
    },
    {
      name: 'a branch that does not exist yet may fall under a wildcard',
      branch: [404, gone] as const,
      level: 30,
      rights: { protected: true, mayPush: false, mayMerge: false },
    },
    {
      name: 'a branch without protection is open to developers',
      branch: [200, { protected: false }] as const,
      level: 30,
      rights: { protected: false, mayPush: true, mayMerge: true },
    },
  ])('where the token may not read the rules: $name', async ({ branch, level, rights }) => {
    nock(origin).get(`${api}/protected_branches?per_page=100`).reply(403, { message: '403 Forbidden' });
    nock(origin).get(`${api}${hidden}`).reply(branch[0], branch[1]);
    const found = await connect().gitlab.fetchBranchRights(42, 'release/1', { ...ada, accessLevel: level });
    expect(found).toEqual({ branch: 'release/1', ...rights });
  });
});
