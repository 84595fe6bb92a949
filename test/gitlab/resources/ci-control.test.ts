import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { GitLabRefusedError } from '../../../src/errors.ts';
import { connect, origin, rejection } from '../connect-for-test.ts';

const api = '/api/v4/projects/42';

describe('running a job again', () => {
  test('gives the new attempt', async () => {
    nock(origin).post(`${api}/jobs/81/retry`).reply(201, { id: 82 });
    expect(await connect().gitlab.retryJob(42, 81)).toEqual({ id: 82 });
  });

  test('is nothing where GitLab says that the job cannot be run again', async () => {
    nock(origin).post(`${api}/jobs/81/retry`).reply(403, { message: '403 Forbidden - Job is not retryable' });
    expect(await connect().gitlab.retryJob(42, 81)).toBeNull();
  });

  test('is refused for any other reason', async () => {
    nock(origin).post(`${api}/jobs/81/retry`).reply(404, { message: '404 Not found' });
    expect(await rejection(connect().gitlab.retryJob(42, 81))).toBeInstanceOf(GitLabRefusedError);
  });
});

describe('a deployment', () => {
  test('names its environment and the merge requests that it brought there', async () => {
    nock(origin)
      .get(`${api}/deployments/9`)
      .reply(200, {
        id: 9,
        status: 'success',
        sha: 'a'.repeat(40),
        ref: 'main',
        updated_at: '2026-03-04T10:00:00.000Z',
        approvals: [{ status: 'approved', user: { id: 1 } }],
        environment: { name: 'production', tier: 'production', external_url: 'https://shop.example.com' },
      })
      .get(`${api}/deployments/9/merge_requests?per_page=100`)
      .reply(200, [{ iid: 17, project_id: 42 }]);
    expect(await connect().gitlab.fetchDeployment(42, 9)).toEqual({
      id: 9,
      status: 'success',
      sha: 'a'.repeat(40),
      environment: 'production',
      tier: 'production',
      externalUrl: 'https://shop.example.com',
      mergeRequests: [{ kind: 'merge_request', project: 42, iid: 17 }],
      ref: 'main',
      updatedAt: '2026-03-04T10:00:00.000Z',
      approvals: ['approved'],
    });
  });

  test('that is gone is none', async () => {
    nock(origin).get(`${api}/deployments/9`).reply(404, { message: '404 Not found' });
    expect(await connect().gitlab.fetchDeployment(42, 9)).toBeNull();
  });
});

describe('a branch', () => {
  test('that is not there does not exist', async () => {
    nock(origin).get(`${api}/repository/branches/gone`).reply(404, { message: '404 Branch Not Found' });
    expect(await connect().gitlab.fetchBranchExists(42, 'gone')).toBe(false);
  });

  test('that is gone already is removed', async () => {
    nock(origin).delete(`${api}/repository/branches/gone`).reply(404, { message: '404 Branch Not Found' });
    await expect(connect().gitlab.removeBranch(42, 'gone')).resolves.toBeUndefined();
  });
});
