import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import nock from 'nock';
import { afterEach, describe, expect, test } from 'vitest';
import type { MeasureSettings } from '../../src/digest/measure.ts';
import { measures } from '../../src/digest/registry.ts';
import type { GitLab } from '../../src/gitlab/ports/port.ts';
import type { ProjectHistory } from '../../src/model/project-history.ts';
import { answerOf, oracle, rounded } from '../digest/answer-of.ts';
import { aHistory, allRead, usualSettings } from '../digest/histories.ts';
import { digestOf } from '../digest/measured.ts';
import { connect, origin } from '../gitlab/connect-for-test.ts';
import { rowsOf } from '../gitlab/contract-of-history.ts';

/** The rule: each figure over what a real GitLab answered equals the plain second computation. */
const corpus = process.env['HERALD_CORPUS'] ?? '';
const of = { id: 42, url: `${origin}/shop/checkout` };

type Recorded = Readonly<Record<string, unknown>>;

function recorded(file: string): readonly Recorded[] {
  return JSON.parse(readFileSync(join(corpus, 'gitlab-history', `${file}.json`), 'utf8')) as Recorded[];
}

async function read<T>(
  rows: readonly Recorded[],
  ask: (gitlab: GitLab) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  nock(origin)
    .get(/^\/api\/v4\//)
    .reply(200, rows as nock.Body);
  return ask(connect().gitlab);
}

const year = (number: number): number => Date.UTC(number, 0, 1);

/** The answers come from several projects; here they are one. Each merge request has the commits of all. */
async function historyOfAnswers(): Promise<ProjectHistory> {
  const deployments = await read(recorded('deployments'), (gitlab) =>
    rowsOf(gitlab.fetchDeploymentPages(of, 0)),
  );
  const requests = await read(recorded('merge_requests'), (gitlab) =>
    rowsOf(gitlab.fetchMergeRequestPages(of, 0)),
  );
  const issues = await read(recorded('issues'), (gitlab) => rowsOf(gitlab.fetchIssuePages(of, 0)));
  const jobs = await read(recorded('jobs'), (gitlab) => rowsOf(gitlab.fetchJobPages(of)));
  const listed = await read(recorded('pipelines'), (gitlab) => rowsOf(gitlab.fetchPipelinePages(of, 0)));
  const commits = await read(recorded('merge_request_commits'), (gitlab) =>
    rowsOf(gitlab.fetchCommitPages(of, { ref: 'main', since: 0 })),
  );
  const events = await read(recorded('merge_request_notes'), (gitlab) =>
    rowsOf(gitlab.fetchMergeRequestEventPages(of, 1)),
  );
  const pipelines = new Map(
    [...jobs.map(({ pipeline }) => pipeline.thing), ...listed.map(({ thing }) => thing)].map((one) => [
      one.id,
      one,
    ]),
  );
  const firstCommitAt = Math.min(...commits.map(({ authoredAt }) => authoredAt));
  return aHistory({
    read: allRead(
      Object.fromEntries(
        Object.keys(allRead()).map((part) => [part, { from: year(2018), until: year(2025) }]),
      ),
    ),
    deployments: deployments.map(({ thing }) => ({ ...thing, tier: null })),
    mergeRequests: requests.map(({ thing }) => ({
      ...thing,
      details: { firstCommitAt, commits: commits.length, events, lines: null },
    })),
    issues: issues.map(({ thing }) => thing),
    openIssues: null,
    pipelines: [...pipelines.values()].sort((one, other) => one.id - other.id),
    jobs: jobs.map(({ job }) => job).toSorted((one, other) => one.id - other.id),
    commits,
  });
}

const settings: MeasureSettings = {
  ...usualSettings,
  timeZone: 'Europe/Berlin',
  deployments: { source: 'environments', names: ['staging', 'production'] },
};

const spans = [
  { from: year(2018), until: year(2025) },
  ...[2019, 2020, 2021, 2022, 2023].map((number) => ({ from: year(number), until: year(number + 1) })),
];

describe.skipIf(corpus === '')('figures over what a real GitLab answered', () => {
  afterEach(() => {
    nock.cleanAll();
  });

  test('equal the plain second computation', async () => {
    const history = await historyOfAnswers();
    for (const span of spans)
      for (const { id, sample } of measures)
        expect([
          id,
          span,
          rounded(answerOf(sample(history, span, settings), settings.timeZone)),
        ]).toStrictEqual([id, span, rounded(oracle[id]?.({ history, span, settings }))]);
  });

  test('are those that one counts by eye in the files', async () => {
    const [period = { from: 0, until: 0 }] = spans;
    const digest = digestOf([await historyOfAnswers()], {
      settings,
      period,
      previous: { from: year(2017), until: period.from },
    });
    const value = (id: string): number | null | undefined =>
      digest.figures.find((figure) => figure.id === id)?.current.value;
    const requests = recorded('merge_requests');
    expect(value('merge-requests-opened')).toBe(requests.length);
    expect(value('merge-requests-merged')).toBe(requests.filter(({ state }) => state === 'merged').length);
    expect(value('issues-closed')).toBe(
      recorded('issues').filter((row) => row['closed_at'] !== null && row['issue_type'] !== 'incident')
        .length,
    );
    const minutes = recorded('jobs').map((row) =>
      typeof row['duration'] === 'number' ? row['duration'] / 60 : 0,
    );
    expect(value('ci-minutes')).toBeCloseTo(
      minutes.reduce((sum, one) => sum + one, 0),
      6,
    );
  });
});
