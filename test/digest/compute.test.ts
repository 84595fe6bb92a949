import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addProject, finish, startDigest } from '../../src/digest/compute.ts';
import { measures, tables } from '../../src/digest/registry.ts';
import type { Digest } from '../../src/model/digest.ts';
import type { ProjectHistory } from '../../src/model/project-history.ts';
import { runs } from '../property-runs.ts';
import {
  aDeployment,
  aHistory,
  aJob,
  allRead,
  aMergeRequest,
  anIssue,
  aPipeline,
  at,
  hour,
  november,
  october,
  usualSettings,
} from './histories.ts';
import { digestOf, measured } from './measured.ts';
import { randomHistory, randomSettings, randomSpan } from './oracle/random-history.ts';

function named(path: string, given: Partial<ProjectHistory> = {}): ProjectHistory {
  return aHistory({
    project: { id: path.length, path, url: `https://gitlab.test/${path}`, defaultBranch: 'main' },
    ...given,
  });
}

function figure(digest: Digest, id: string): Digest['figures'][number] {
  const found = digest.figures.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no measure ${id}`);
  return found;
}

describe('a digest', () => {
  test('has all figures and tables in the order of the registry, and what it is about', () => {
    const digest = digestOf([aHistory()], { settings: { people: true } });
    expect(digest.figures.map(({ id }) => id)).toStrictEqual(measures.map(({ id }) => id));
    expect(digest.tables.map(({ id }) => id)).toStrictEqual(tables.map(({ id }) => id));
    expect(digest).toMatchObject({
      createdAt: '2026-12-01T00:00:00.000Z',
      period: november,
      previous: october,
      projects: [{ id: 1, path: 'group/app', gaps: [] }],
      deploymentSource:
        'environments of the tier production, or called production or prod where GitLab names no tier',
      requests: null,
    });
  });

  test('of an empty project has a reason for each figure without a value, and no error', () => {
    const empty = aHistory({
      project: { id: 1, path: 'group/app', url: 'https://gitlab.test/group/app', defaultBranch: null },
      openIssues: null,
    });
    const digest = digestOf([empty]);
    for (const { id, current, isBeyondNoise } of digest.figures) {
      expect([id, current.value === null ? current.reason : null]).not.toStrictEqual([id, '']);
      expect([id, current.value === null && current.reason === null]).toStrictEqual([id, false]);
      expect([id, isBeyondNoise]).toStrictEqual([id, false]);
    }
    expect(digest.remarks).toStrictEqual(['The project has no default branch: it is empty.']);
  });

  test('of no project says so in each figure', () => {
    const digest = digestOf([]);
    expect(
      new Set(digest.figures.map(({ current: { value, reason } }) => `${value ?? ''}|${reason ?? ''}`)),
    ).toStrictEqual(new Set(['|no project was read']));
  });
});

describe('what was not read', () => {
  test('costs its own figures, with the reason, and no other', () => {
    const read = allRead({ jobs: { usable: false, gap: 'the token cannot see jobs' } });
    const history = aHistory({ read, pipelines: [aPipeline('2026-11-02T00:00')] });
    const digest = digestOf([history]);
    const without = digest.figures.filter(({ current }) => current.reason === 'the token cannot see jobs');
    expect(without.filter(({ current }) => current.value === null).map(({ id }) => id)).toStrictEqual(
      measures
        .filter(({ id, needs, wants }) => [...needs, ...(wants ?? [])].includes('jobs') || id === 'coverage')
        .map(({ id }) => id),
    );
    expect(figure(digest, 'pipelines').current).toMatchObject({ value: 1, reason: null });
    expect(digest.projects[0]?.gaps).toStrictEqual(['the token cannot see jobs']);
  });

  test('of one period is missing there alone', () => {
    const read = allRead({ commits: { from: november.from } });
    expect(measured('commits', aHistory({ read }))).toMatchObject({
      current: { value: 0, reason: null },
      previous: { value: null, reason: 'commits were not read from before 2026-11-01' },
    });
  });

  test('of a part of the period is stated, and figures a day are of the days that were read', () => {
    const read = allRead({ deployments: { from: at('2026-11-11T00:00'), until: at('2026-11-21T00:00') } });
    const history = aHistory({ read, deployments: [aDeployment('a', '2026-11-12T00:00')] });
    const { current, series } = measured('deployments', history);
    // One in the ten days from the 11th.
    expect(current).toMatchObject({
      value: 1 / 10,
      reason: 'deployments were read only since 2026-11-11; deployments were read only until 2026-11-21',
    });
    expect(series.map(({ value }) => value).filter((value) => value !== null)).toHaveLength(10);
  });

  test('makes no change of a count, but a sample may be compared', () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      aMergeRequest('2026-11-02T00:00', {
        merged: `2026-11-${String((index % 20) + 3).padStart(2, '0')}T00:00`,
      }),
    );
    const few = Array.from({ length: 12 }, () =>
      aMergeRequest('2026-10-02T00:00', { merged: '2026-10-02T01:00' }),
    );
    const history = aHistory({ mergeRequests: [...many, ...few] });
    expect(measured('merge-requests-merged', history).isBeyondNoise).toBe(true);
    expect(measured('time-to-merge', history).isBeyondNoise).toBe(true);
    const read = allRead({ 'merge-requests': { gap: 'the reading ended at 40 requests' } });
    const cut = { ...history, read };
    expect(measured('merge-requests-merged', cut)).toMatchObject({
      isBeyondNoise: false,
      current: { value: 60, reason: 'the reading ended at 40 requests' },
    });
    expect(measured('time-to-merge', cut).isBeyondNoise).toBe(true);
  });
});

describe('days', () => {
  const deployments = [
    aDeployment('a', '2026-03-28T22:30'),
    aDeployment('b', '2026-03-28T23:30'),
    aDeployment('c', '2026-03-29T21:30'),
    aDeployment('d', '2026-03-29T22:30'),
  ];
  const settings = { timeZone: 'Europe/Berlin' };

  test('begin in the time zone; the one on which the clocks go forward has 23 hours and is a whole day', () => {
    // Berlin is an hour ahead of UTC, from 01:00 UTC of 29 March on two hours.
    const period = { from: at('2026-03-28T23:00'), until: at('2026-03-29T22:00') };
    const { current, series } = measured('deployments', aHistory({ deployments }), { settings, period });
    // b and c in one day.
    expect(current).toMatchObject({ value: 2, n: 2 });
    expect(series).toStrictEqual([{ ...period, value: 2, n: 2 }]);
  });

  test('in which the clocks go back have 25 hours', () => {
    // 25 October 2026: from 22:00 UTC of the 24th to 23:00 UTC of the 25th.
    const period = { from: at('2026-10-24T22:00'), until: at('2026-10-26T23:00') };
    const history = aHistory({
      deployments: [aDeployment('a', '2026-10-25T22:30'), aDeployment('b', '2026-10-25T23:30')],
    });
    const { current, series } = measured('deployments', history, { settings, period });
    expect(current).toMatchObject({ value: 1, n: 2 });
    expect(series.map(({ from, until, n }) => [(until - from) / 3_600_000, n])).toStrictEqual([
      [25, 1],
      [24, 1],
    ]);
  });

  test('of a leap year, at the end of a month, are 29', () => {
    const period = { from: at('2028-02-01T00:00'), until: at('2028-03-01T00:00') };
    const history = aHistory({
      read: allRead({ deployments: { until: period.until } }),
      deployments: [aDeployment('a', '2028-02-29T23:59'), aDeployment('b', '2028-03-01T00:00')],
    });
    const { current, series } = measured('deployments', history, { period });
    expect(current.value).toBeCloseTo(1 / 29, 12);
    expect(series).toHaveLength(29);
    expect(series.at(-1)).toMatchObject({ n: 1 });
  });

  test('become weeks and months where the period is long', () => {
    const until = at('2026-07-01T00:00');
    const points = (from: string, id: string): number =>
      measured(id, aHistory(), { period: { from: at(from), until } }).series.length;
    expect(points('2026-06-01T00:00', 'deployments')).toBe(30);
    // From Monday 6 April on: 12 weeks and two days.
    expect(points('2026-04-06T00:00', 'deployments')).toBe(13);
    expect(points('2025-01-01T00:00', 'deployments')).toBe(18);
    expect(points('2025-01-01T00:00', 'deploy-days')).toBe(18);
  });
});

describe('several projects', () => {
  const one = named('group/one', {
    deployments: [aDeployment('a', '2026-11-02T10:00')],
    mergeRequests: [aMergeRequest('2026-11-02T10:00', { merged: '2026-11-02T11:00' })],
    issues: [anIssue('2026-11-02T10:00', '2026-11-02T12:00')],
    pipelines: [aPipeline('2026-11-02T10:00', { id: 1 })],
    jobs: [aJob(1, ['2026-11-02T10:00', '2026-11-02T10:10'])],
  });
  const two = named('group/second', {
    deployments: [aDeployment('a', '2026-11-02T20:00'), aDeployment('b', '2026-11-03T20:00')],
    mergeRequests: [aMergeRequest('2026-11-02T10:00', { merged: '2026-11-02T13:00' })],
    pipelines: [aPipeline('2026-11-02T10:00', { id: 2, status: 'failed' })],
    jobs: [aJob(2, ['2026-11-02T10:00', '2026-11-02T10:20'], { status: 'failed' })],
    read: allRead({ issues: { usable: false, gap: 'issues are off' } }),
  });
  const digest = digestOf([two, one]);

  test('add up: values are put together, counts and shares summed, days united', () => {
    expect(figure(digest, 'deployments').current).toMatchObject({ value: 3 / 30, n: 3 });
    expect(figure(digest, 'deploy-days').current).toMatchObject({ value: (2 / 30) * 7, n: 3 });
    // 1 h and 3 h.
    expect(figure(digest, 'time-to-merge').current).toMatchObject({ value: 2 * hour, n: 2 });
    expect(figure(digest, 'pipeline-success').current).toMatchObject({ value: 1 / 2, n: 2 });
    expect(figure(digest, 'ci-minutes').current).toMatchObject({ value: 30, n: 2 });
  });

  test('say how many of them lack something', () => {
    expect(figure(digest, 'issues-closed').current).toMatchObject({
      value: 1,
      reason: 'issues are off (1 of 2 projects)',
    });
  });

  test('are named where one of the worst things is theirs', () => {
    expect(
      figure(digest, 'time-to-merge').offenders.map(({ name, value }) => [name.replace(/\d+$/, ''), value]),
    ).toStrictEqual([
      ['group/second!', 3 * hour],
      ['group/one!', hour],
    ]);
    expect(figure(digest, 'pipeline-failure').offenders).toMatchObject([{ name: 'group/second: #2' }]);
    const expensive = digest.tables.find(({ id }) => id === 'expensive-jobs');
    expect(expensive?.columns[0]).toStrictEqual({ id: 'project', unit: 'text' });
    expect(expensive?.rows.map(({ cells }) => cells)).toStrictEqual([
      ['group/second', 'build', 20, 1, 0],
      ['group/one', 'build', 10, 1, 0],
    ]);
    const results = digest.tables.find(({ id }) => id === 'pipelines-by-result');
    expect(results?.rows.map(({ cells }) => cells)).toStrictEqual([
      ['failed', 1],
      ['success', 1],
    ]);
  });

  test('keep the ten worst and count the rest', () => {
    const jobs = Array.from({ length: 13 }, (_, index) =>
      aJob(1, ['2026-11-02T10:00', `2026-11-02T10:${String(index + 10)}`], { name: `job ${index}` }),
    );
    const table = digestOf([named('group/one', { jobs })]).tables.find(({ id }) => id === 'expensive-jobs');
    expect(table).toMatchObject({ more: 3 });
    expect(table?.rows.map(({ cells }) => cells[0])).toStrictEqual(
      [12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((index) => `job ${index}`),
    );
  });

  test('give the same digest in whatever order they are counted', () => {
    const paths = ['group/a', 'group/bb', 'group/ccc', 'group/dddd'];
    fc.assert(
      fc.property(
        fc.array(randomHistory, { minLength: 2, maxLength: 4 }),
        randomSpan,
        randomSettings,
        fc.infiniteStream(fc.nat()),
        (histories, period, settings, chance) => {
          const projects = histories.map((history, index) => {
            const path = paths[index] ?? '';
            return { ...history, project: { ...history.project, id: index, path } };
          });
          const shuffled = projects
            .map((history) => ({ history, place: Number(chance.next().value) }))
            .sort((left, right) => left.place - right.place)
            .map(({ history }) => history);
          const asked = { period, settings };
          expect(digestOf(shuffled, asked)).toStrictEqual(digestOf(projects, asked));
        },
      ),
      { numRuns: runs(60) },
    );
  });

  test('leave nothing behind but numbers: what is kept of one does not grow with its history', () => {
    const state = startDigest({
      createdAt: november.until,
      scope: { kind: 'group', name: 'group', url: null },
      period: { ...november, label: '', timeZone: 'UTC' },
      previous: { ...october, label: '', timeZone: 'UTC' },
      settings: usualSettings,
    });
    const secret = 'held by the state';
    const pipelines = Array.from({ length: 2_000 }, (_, index) =>
      aPipeline('2026-11-02T10:00', { id: index + 1, sha: secret }),
    );
    addProject(state, named('group/one', { pipelines }));
    const texts: string[] = [];
    const seen = new Set<unknown>();
    const walk = (value: unknown): void => {
      if (typeof value === 'string') texts.push(value);
      if (typeof value !== 'object' || value === null || seen.has(value)) return;
      seen.add(value);
      if (value instanceof Map || value instanceof Set) for (const part of value) walk(part);
      else for (const part of Object.values(value)) walk(part);
    };
    walk(state);
    expect(texts).not.toContain(secret);
    expect(figure(finish(state, 7), 'pipelines').current.value).toBe(2_000);
    expect(finish(state, 7).requests).toBe(7);
  });
});
