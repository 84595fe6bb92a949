import { expect, test } from 'vitest';
import { aBranch, aCommit, aHistory, allRead, anIssue, at, hour, november } from '../histories.ts';
import { measured } from '../measured.ts';

test('issues are counted by opening and closing, without incidents', () => {
  const history = aHistory({
    issues: [
      anIssue('2026-11-02T10:00', '2026-11-02T14:00'),
      anIssue('2026-10-02T10:00', '2026-11-02T10:00'),
      anIssue('2026-11-03T10:00', null),
      anIssue('2026-11-03T10:00', '2026-11-03T11:00', { kind: 'incident' }),
    ],
  });
  expect(measured('issues-opened', history)).toMatchObject({ current: { value: 2 }, previous: { value: 1 } });
  expect(measured('issues-closed', history).current.value).toBe(2);
  // 4 h and 31 days: the middle is (4 + 744) / 2 h.
  expect(measured('issue-close-time', history).current).toMatchObject({ value: 374 * hour, n: 2 });
});

test('open issues are those of the end of the span, where all of them were read', () => {
  const issues = [
    anIssue('2026-11-29T00:00', null),
    anIssue('2026-10-27T00:00', null),
    anIssue('2026-10-29T00:00', '2026-11-28T00:00'),
    anIssue('2026-10-29T00:00', null, { kind: 'incident' }),
  ];
  const whole = aHistory({ issues, openIssues: 3 });
  // At the end of November 2 and 35 days old; at the end of October 5 and 3 days.
  expect(measured('issues-open', whole)).toMatchObject({ current: { value: 2 }, previous: { value: 2 } });
  const age = measured('open-issue-age', whole);
  expect(age.current).toMatchObject({ value: 18.5 * 24 * hour, n: 2 });
  expect(age.previous).toMatchObject({ value: 4 * 24 * hour, n: 2 });
  expect(age.offenders.map(({ value }) => value)).toStrictEqual([35 * 24 * hour, 2 * 24 * hour]);
  for (const id of ['issues-open', 'open-issue-age']) {
    expect(measured(id, aHistory({ issues, openIssues: 9 })).current).toMatchObject({
      value: null,
      reason: 'only 3 of 9 open issues were read',
    });
    expect(measured(id, aHistory({ issues, openIssues: null })).current).toMatchObject({
      value: null,
      reason: 'GitLab does not say how many issues are open',
    });
  }
});

test('code is counted in commits, tags and releases of the span', () => {
  const history = aHistory({
    commits: [
      aCommit('a', [], { committedAt: at('2026-10-31T23:59') }),
      aCommit('b', ['a'], { committedAt: at('2026-11-01T00:00') }),
    ],
    tags: [{ name: 'v1', at: at('2026-11-03T00:00'), sha: 'a' }],
    releases: [{ tag: 'v1', name: 'One', url: 'u', releasedAt: at('2026-12-24T00:00'), sha: 'a' }],
  });
  expect(measured('commits', history)).toMatchObject({ current: { value: 1 }, previous: { value: 1 } });
  expect(measured('tags', history).current.value).toBe(1);
  expect(measured('releases', history).current).toMatchObject({ value: 0, reason: null });
});

test('branches are as they are now; stale ones had no commit for 90 days', () => {
  const history = aHistory({
    branches: [
      aBranch('main', '2026-01-01T00:00', { isDefault: true }),
      aBranch('1-0-stable', '2026-01-01T00:00', { isProtected: true }),
      // 90 days before the end of November are 2 September.
      aBranch('new', '2026-09-02T00:00'),
      aBranch('old/half \ud800', '2026-09-01T23:59'),
      aBranch('older', '2026-03-01T00:00', { isMerged: true }),
    ],
  });
  expect(measured('branches', history).current.value).toBe(5);
  const stale = measured('stale-branches', history);
  expect(stale.current.value).toBe(2);
  expect(stale.offenders).toStrictEqual([
    { name: 'older', title: 'merged', url: 'https://gitlab.test/group/app/-/tree/older', value: null },
    {
      name: 'old/half \ud800',
      title: '',
      url: 'https://gitlab.test/group/app/-/tree/old/half%20%EF%BF%BD',
      value: null,
    },
  ]);
});

test('what is so now says when it was read, where that was long after the period', () => {
  const read = allRead({ branches: { until: november.until + 3 * 86_400_000 } });
  expect(measured('branches', aHistory({ read })).current).toMatchObject({
    value: 0,
    reason: 'as it was when it was read, on 2026-12-04',
  });
});
