import { describe, expect, test } from 'vitest';
import type { HistoryDeployment } from '../../../src/model/project-history.ts';
import {
  aCommit,
  aDeployment,
  aHistory,
  aJob,
  allRead,
  aMergeRequest,
  anIssue,
  aPipeline,
  at,
  details,
  hour,
} from '../histories.ts';
import { measured } from '../measured.ts';

/** a ← b ← c ← d */
const line = [aCommit('a', []), aCommit('b', ['a']), aCommit('c', ['b']), aCommit('d', ['c'])];

describe('deployments a day', () => {
  test('are the successful ones to production in the span, through its days', () => {
    const history = aHistory({
      deployments: [
        aDeployment('a', '2026-10-31T23:59'),
        aDeployment('b', '2026-11-01T00:00'),
        aDeployment('c', '2026-11-30T23:59'),
        aDeployment('d', '2026-12-01T00:00'),
        aDeployment('x', '2026-11-05T00:00', { status: 'failed' }),
        aDeployment('y', '2026-11-06T00:00', { status: 'running', finishedAt: null }),
        aDeployment('z', '2026-11-07T00:00', { environment: 'staging', tier: 'staging' }),
      ],
    });
    const { current, previous, series } = measured('deployments', history);
    // b and c in the 30 days of November; a in the 31 days of October.
    expect(current).toMatchObject({ value: 2 / 30, n: 2, reason: null });
    expect(previous).toMatchObject({ value: 1 / 31, n: 1 });
    expect(series).toHaveLength(30);
    expect(series[0]).toMatchObject({ value: 1, n: 1 });
    expect(series[1]).toMatchObject({ value: 0, n: 0 });
  });

  test('leave out the commit that was there already, which is a figure of its own', () => {
    const history = aHistory({
      deployments: [
        aDeployment('a', '2026-11-01T10:00'),
        aDeployment('a', '2026-11-02T10:00'),
        aDeployment('b', '2026-11-03T10:00'),
        aDeployment('a', '2026-11-04T10:00'),
        aDeployment('a', '2026-11-04T11:00', { environment: 'prod/eu', tier: null }),
      ],
    });
    // a, b, a again after b, and the first one of another environment.
    expect(measured('deployments', history).current).toMatchObject({ n: 4 });
    expect(measured('redeployments', history).current).toMatchObject({ value: 1, n: 1 });
  });

  test.each<readonly [string, Partial<HistoryDeployment>, number]>([
    ['GitLab names the tier', { environment: 'live', tier: 'production' }, 1],
    ['GitLab names another tier', { environment: 'production', tier: 'staging' }, 0],
    ['there is no tier, but the name', { environment: 'Production', tier: null }, 1],
    ['there is no tier, but the folder', { environment: 'prod/eu', tier: null }, 1],
    ['there is neither', { environment: 'production-like', tier: null }, 0],
  ])('count in an environment where %s', (_case, given, expected) => {
    const history = aHistory({ deployments: [aDeployment('a', '2026-11-01T10:00', given)] });
    expect(measured('deployments', history).current.n).toBe(expected);
  });

  test('come from environments by name, releases, tags or a job, where the settings say so', () => {
    const pipeline = aPipeline('2026-11-05T09:00', { sha: 'b' });
    const history = aHistory({
      deployments: [aDeployment('a', '2026-11-01T10:00', { environment: 'live', tier: 'other' })],
      releases: [
        { tag: 'v1', name: 'One', url: 'u', releasedAt: at('2026-11-02T00:00'), sha: 'a' },
        { tag: 'v2', name: 'Two', url: 'u', releasedAt: at('2026-11-03T00:00'), sha: 'b' },
      ],
      tags: [{ name: 'v1', at: at('2026-11-02T00:00'), sha: 'a' }],
      pipelines: [pipeline],
      jobs: [
        aJob(pipeline.id, ['2026-11-05T10:00', '2026-11-05T10:05'], { name: 'ship', status: 'failed' }),
        aJob(pipeline.id, ['2026-11-05T11:00', '2026-11-05T11:05'], { name: 'ship' }),
        aJob(pipeline.id, ['2026-11-05T12:00', '2026-11-05T12:05'], { name: 'shipping' }),
      ],
    });
    const count = (deployments: NonNullable<Parameters<typeof measured>[2]>): number =>
      measured('deployments', history, deployments).current.n;
    expect(count({ settings: { deployments: { source: 'environments', names: ['live'] } } })).toBe(1);
    expect(count({ settings: { deployments: { source: 'releases' } } })).toBe(2);
    expect(count({ settings: { deployments: { source: 'tags' } } })).toBe(1);
    expect(count({ settings: { deployments: { source: 'job', name: 'ship' } } })).toBe(1);
  });

  test('are missing, with the reason, where their source could not be read', () => {
    const read = allRead({ deployments: { usable: false, gap: 'the token cannot see deployments' } });
    expect(measured('deployments', aHistory({ read })).current).toStrictEqual({
      value: null,
      p75: null,
      p95: null,
      n: 0,
      of: 0,
      reason: 'the token cannot see deployments',
    });
    const settings = { deployments: { source: 'tags' } } as const;
    expect(measured('deployments', aHistory({ read }), { settings }).current).toMatchObject({
      value: 0,
      reason: null,
    });
  });
});

test('deploy days a week are the days with a deployment, in the time zone', () => {
  const history = aHistory({
    deployments: [
      aDeployment('a', '2026-11-02T10:00'),
      aDeployment('b', '2026-11-02T12:00'),
      // 23:30 in UTC is the next day in Berlin.
      aDeployment('c', '2026-11-03T23:30'),
      aDeployment('d', '2026-11-04T10:00'),
    ],
  });
  // Days 2, 3 and 4 of 30 days, which are 30/7 weeks.
  expect(measured('deploy-days', history).current).toMatchObject({ value: (3 / 30) * 7, n: 4 });
  const berlin = {
    settings: { timeZone: 'Europe/Berlin' },
    period: { from: at('2026-10-31T23:00'), until: at('2026-11-30T23:00') },
  };
  expect(measured('deploy-days', history, berlin).current).toMatchObject({ value: (2 / 30) * 7, n: 4 });
});

describe('lead time', () => {
  const first = aDeployment('a', '2026-11-01T10:00');
  const merged = aMergeRequest('2026-11-02T08:00', {
    merged: '2026-11-02T10:00',
    mergeSha: 'b',
    details: details('2026-11-02T06:00'),
  });

  test('is from the merge, or the first commit, to the first deployment that contains it by its parents', () => {
    const deployments = [first, aDeployment('c', '2026-11-02T13:00'), aDeployment('d', '2026-11-02T18:00')];
    const history = aHistory({ commits: line, deployments, mergeRequests: [merged] });
    // c contains b: 13:00 − 10:00 = 3 h, and 13:00 − 06:00 = 7 h.
    expect(measured('lead-time-from-merge', history).current).toMatchObject({ value: 3 * hour, n: 1, of: 1 });
    expect(measured('lead-time-from-first-commit', history).current).toMatchObject({ value: 7 * hour, n: 1 });
    expect(measured('deploy-time', history).current).toMatchObject({ value: 3 * hour, n: 1, of: 1 });
    expect(measured('lead-time-from-merge', history).offenders).toMatchObject([
      { name: `!${merged.iid}`, value: 3 * hour },
    ]);
  });

  test('has nothing of a deployment without a predecessor, which brings the whole history', () => {
    const history = aHistory({
      commits: line,
      deployments: [aDeployment('c', '2026-11-02T13:00')],
      mergeRequests: [merged],
    });
    expect(measured('lead-time-from-merge', history).current).toMatchObject({
      value: null,
      n: 0,
      of: 1,
      reason: 'deployments without a predecessor in their environment, which are not measured: 1',
    });
  });

  test('is not negative: a deployment before the merge is counted as a disagreement', () => {
    const history = aHistory({
      commits: line,
      deployments: [first, aDeployment('b', '2026-11-02T09:59')],
      mergeRequests: [merged],
    });
    expect(measured('lead-time-from-merge', history).current).toMatchObject({
      value: null,
      n: 0,
      of: 1,
      reason: expect.stringContaining(
        'negative times, of clocks that disagree or history that was rewritten: 1',
      ) as string,
    });
  });

  test('belongs to the span of the deployment, the time to deploy to that of the merge', () => {
    const history = aHistory({
      commits: line,
      deployments: [aDeployment('a', '2026-10-01T10:00'), aDeployment('b', '2026-11-02T10:00')],
      mergeRequests: [
        aMergeRequest('2026-10-30T08:00', { merged: '2026-10-31T10:00', mergeSha: 'b' }),
        aMergeRequest('2026-10-30T08:00', { merged: '2026-10-31T10:00', mergeSha: 'd' }),
      ],
    });
    // From 31 October to 2 November: two days. The other one was not deployed.
    expect(measured('lead-time-from-merge', history).current).toMatchObject({
      value: 48 * hour,
      n: 1,
      of: 1,
    });
    expect(measured('deploy-time', history)).toMatchObject({
      current: { value: null, of: 0 },
      previous: { value: 48 * hour, n: 1, of: 2 },
    });
  });

  test('says which deployments reach back before what was read', () => {
    const history = aHistory({
      commits: line,
      deployments: [
        aDeployment('older', '2026-11-01T10:00'),
        aDeployment('c', '2026-11-02T13:00'),
        aDeployment('other', '2026-11-03T13:00'),
      ],
      mergeRequests: [merged],
    });
    const { current } = measured('lead-time-from-merge', history);
    expect(current.value).toBe(3 * hour);
    expect(current.reason?.split('; ')).toStrictEqual([
      'deployments of commits that are not among those read: 2',
      'deployments that reach back before the commits that were read: 1',
      'deployments without a predecessor in their environment, which are not measured: 1',
    ]);
  });
});

describe('change failure rate', () => {
  const base = [aDeployment('a', '2026-11-01T10:00'), aDeployment('b', '2026-11-02T10:00')];
  const causesOf = (history: ReturnType<typeof aHistory>): Readonly<Record<string, number | null>> =>
    Object.fromEntries(
      ['incident', 'rollback', 'revert', 'failed-deployment', 'hotfix'].flatMap((cause) => {
        const { value } = measured(`change-failures-by-${cause}`, history).current;
        return value === 0 ? [] : [[cause, value]];
      }),
    );

  test('is zero where nothing followed', () => {
    const history = aHistory({ commits: line, deployments: base });
    expect(measured('change-failure-rate', history).current).toMatchObject({ value: 0, n: 2, reason: null });
    expect(causesOf(history)).toStrictEqual({});
  });

  test('counts a deployment with two incidents once: the last one before they were opened', () => {
    const history = aHistory({
      commits: line,
      deployments: base,
      issues: [
        anIssue('2026-11-02T11:00', null, { kind: 'incident' }),
        anIssue('2026-11-02T12:00', null, { kind: 'incident' }),
        anIssue('2026-11-02T12:00', null),
        anIssue('2026-10-02T12:00', null, { kind: 'incident' }),
      ],
    });
    // b of a and b.
    expect(measured('change-failure-rate', history).current).toMatchObject({ value: 0.5, n: 2 });
    expect(causesOf(history)).toStrictEqual({ incident: 1 });
    const labelled = { settings: { incidentLabels: ['outage'] } };
    expect(measured('change-failure-rate', history, labelled).current.value).toBe(0);
  });

  test('blames no deployment for an incident of the moment in which it finished', () => {
    const history = aHistory({
      deployments: [...base, aDeployment('c', '2026-11-03T10:00')],
      issues: [anIssue('2026-11-03T10:00', null, { kind: 'incident' })],
    });
    expect(measured('change-failures-by-incident', history).offenders).toMatchObject([
      { title: 'main b: incident' },
    ]);
  });

  test('counts what was rolled back: the parents say what is older, not the time', () => {
    const back = aHistory({ commits: line, deployments: [...base, aDeployment('a', '2026-11-03T10:00')] });
    // b failed, of a, b and a again.
    expect(measured('change-failure-rate', back).current).toMatchObject({ value: 1 / 3, n: 3 });
    expect(causesOf(back)).toStrictEqual({ rollback: 1 });
    const forward = aHistory({
      commits: line,
      deployments: [...base, aDeployment('a', '2026-11-03T10:00'), aDeployment('b', '2026-11-04T10:00')],
    });
    expect(causesOf(forward)).toStrictEqual({ rollback: 1 });
    // The newer one was there first: coming back to it is not a rollback.
    const newerFirst = aHistory({
      commits: line,
      deployments: [
        aDeployment('b', '2026-11-01T10:00'),
        aDeployment('a', '2026-11-02T10:00'),
        aDeployment('b', '2026-11-03T10:00'),
      ],
    });
    expect(causesOf(newerFirst)).toStrictEqual({ rollback: 1 });
    const withoutGraph = aHistory({ deployments: forward.deployments });
    expect(causesOf(withoutGraph)).toStrictEqual({ rollback: 1 });
  });

  test('counts a merge request that was reverted after its deployment', () => {
    const change = aMergeRequest('2026-11-02T08:00', {
      merged: '2026-11-02T09:00',
      mergeSha: 'b',
      title: 'Faster',
    });
    const revert = aMergeRequest('2026-11-02T12:00', {
      merged: '2026-11-02T13:00',
      mergeSha: 'c',
      title: 'Revert "Faster"',
    });
    const deployed = aHistory({ commits: line, deployments: base, mergeRequests: [change, revert] });
    expect(causesOf(deployed)).toStrictEqual({ revert: 1 });
    expect(measured('change-failures-by-revert', deployed).offenders).toMatchObject([
      { title: 'main b: revert' },
    ]);
    const byCommit = aHistory({
      commits: [...line.slice(0, 2), aCommit('c', ['b'], { reverts: ['b'] })],
      deployments: base,
      mergeRequests: [change],
    });
    expect(causesOf(byCommit)).toStrictEqual({ revert: 1 });
    const together = aHistory({
      commits: line,
      deployments: [aDeployment('a', '2026-11-01T10:00'), aDeployment('c', '2026-11-03T10:00')],
      mergeRequests: [change, revert],
    });
    expect(causesOf(together)).toStrictEqual({});
  });

  test('counts failed deployments, and those that a merge request with the label had to fix', () => {
    const failed = aHistory({
      commits: line,
      deployments: [...base, aDeployment('c', '2026-11-03T10:00', { status: 'failed' })],
    });
    expect(measured('change-failure-rate', failed).current).toMatchObject({ value: 1 / 3, n: 3 });
    const fixed = aHistory({
      commits: line,
      deployments: base,
      mergeRequests: [aMergeRequest('2026-11-02T11:00', { merged: '2026-11-02T12:00', labels: ['hotfix'] })],
    });
    expect(causesOf(fixed)).toStrictEqual({ hotfix: 1 });
  });

  test('keeps its value, with the reason, where incidents could not be read', () => {
    const read = allRead({ incidents: { usable: false, gap: 'the token cannot see issues' } });
    const history = aHistory({ read, deployments: base });
    expect(measured('change-failure-rate', history).current).toMatchObject({
      value: 0,
      n: 2,
      reason: 'the token cannot see issues',
    });
    expect(measured('change-failures-by-incident', history).current).toMatchObject({ value: null });
    expect(measured('change-failures-by-rollback', history).current).toMatchObject({ value: 0 });
  });
});

test('time to restore is how long the incidents that were closed in the span were open', () => {
  const history = aHistory({
    issues: [
      anIssue('2026-11-02T10:00', '2026-11-02T11:00', { kind: 'incident' }),
      anIssue('2026-11-02T10:00', '2026-11-02T13:00', { kind: 'incident' }),
      anIssue('2026-11-02T10:00', null, { kind: 'incident' }),
      anIssue('2026-11-02T10:00', '2026-12-02T10:00', { kind: 'incident' }),
      anIssue('2026-11-02T10:00', '2026-11-03T10:00'),
    ],
  });
  // 1 h and 3 h: the middle is 2 h; nearest rank of 75 % of 2 is the second.
  expect(measured('time-to-restore', history).current).toMatchObject({
    value: 2 * hour,
    p75: 3 * hour,
    p95: 3 * hour,
    n: 2,
    of: 2,
  });
});

test('recovery is from a failed deployment to the next success in its environment', () => {
  const history = aHistory({
    deployments: [
      aDeployment('a', '2026-11-02T10:00', { status: 'failed' }),
      aDeployment('a', '2026-11-02T10:30', { environment: 'prod/eu' }),
      aDeployment('a', '2026-11-02T11:00', { status: 'failed' }),
      aDeployment('a', '2026-11-02T12:00'),
      aDeployment('b', '2026-11-02T13:00', { status: 'failed' }),
    ],
  });
  // 2 h and 1 h; the last one has not recovered.
  expect(measured('deployment-recovery', history).current).toMatchObject({ value: 1.5 * hour, n: 2, of: 3 });
});
