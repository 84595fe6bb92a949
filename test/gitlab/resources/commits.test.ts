import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { aJobAnswer, connect, origin, rejection } from '../connect-for-test.ts';

const sha = '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2';
const statuses = `/api/v4/projects/42/repository/commits/${sha}/statuses`;
const wanted = { sha, ref: 'main', jobName: 'herald' };

describe('the ancestors of a commit', () => {
  test('come with their parents, in one request however many more there are', async () => {
    nock(origin)
      .get('/api/v4/projects/42/repository/commits')
      .query(true)
      .reply(200, [{ id: sha, parent_ids: ['b', 'c'], title: 'Merge' }, { id: 'b' }], {
        link: `<${origin}/api/v4/projects/42/repository/commits?page=2>; rel="next"`,
      });
    const { gitlab } = connect();
    expect(await gitlab.fetchAncestors(42, sha)).toEqual([
      { sha, parents: ['b', 'c'] },
      { sha: 'b', parents: [] },
    ]);
    expect(gitlab.requestCount()).toBe(1);
  });

  test('of a commit that is gone are refused', async () => {
    nock(origin).get('/api/v4/projects/42/repository/commits').query(true).reply(404);
    expect(await rejection(connect().gitlab.fetchAncestors(42, sha))).toMatchObject({ status: 404 });
  });
});

describe('the jobs of a commit', () => {
  test('are its statuses of that name, newest first, with their pipelines where GitLab names them', async () => {
    nock(origin)
      .get(statuses)
      .query(true)
      .reply(200, [
        { id: 501, status: 'failed', pipeline_id: 90 },
        { id: 733, status: 'success' },
      ]);
    expect(await connect().gitlab.fetchJobsOfCommit(42, wanted)).toEqual([
      { id: 733, status: 'success', pipelineId: null },
      { id: 501, status: 'failed', pipelineId: 90 },
    ]);
  });
});

describe('the newest jobs of a pipeline', () => {
  test('say whether they have an archive and when it goes', async () => {
    const archive = { file_type: 'archive', size: 1000, filename: 'artifacts.zip' };
    nock(origin)
      .get('/api/v4/projects/42/pipelines/1001/jobs')
      .query(true)
      .reply(200, [
        aJobAnswer({ id: 1, artifacts: [archive], artifacts_expire_at: '2026-04-01T00:00:00Z' }),
        aJobAnswer({ id: 3, coverage: '81.5', artifacts: [{ file_type: 'trace' }] }),
        aJobAnswer({ id: 2, artifacts: [archive], artifacts_expire_at: null }),
      ]);
    const jobs = await connect().gitlab.fetchNewestJobs(42, 1001);
    expect(
      jobs.map(({ id, hasArchive, archiveExpiresAt, coverage }) => [
        id,
        hasArchive,
        archiveExpiresAt,
        coverage,
      ]),
    ).toEqual([
      [3, false, null, 81.5],
      [2, true, null, null],
      [1, true, '2026-04-01T00:00:00Z', null],
    ]);
  });
});
