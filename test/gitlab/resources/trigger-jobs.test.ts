import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { aJobAnswer, aPipelineAnswer, connect, origin } from '../connect-for-test.ts';

const pipeline = '/api/v4/projects/42/pipelines/1001';
const child = aPipelineAnswer({ id: 1002, status: 'failed', source: 'parent_pipeline' });

function answer(name: string, status: number, rows: readonly Record<string, unknown>[] = []): nock.Scope {
  const body = status === 200 ? [...rows] : { message: `${status}` };
  return nock(origin).get(`${pipeline}/${name}`).query(true).reply(status, body);
}

/** As `Entities::Ci::Bridge` of GitLab gives it: no artifacts, and the pipeline it started. */
function aBridgeAnswer(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return aJobAnswer({ id: 502, name: 'deploy', stage: 'deploy', downstream_pipeline: child, ...overrides });
}

describe('trigger jobs', () => {
  test('are among the jobs of a pipeline, with the pipeline that each started', async () => {
    answer('jobs', 200, [aJobAnswer()]);
    answer('bridges', 200, [aBridgeAnswer({ status: 'failed', failure_reason: 'unknown_failure' })]);
    const { gitlab } = connect();
    const { jobs, triggersError } = await gitlab.fetchJobs(42, 1001);
    expect(jobs.map(({ name, trigger }) => [name, trigger?.downstream?.id])).toEqual([
      ['unit-tests', undefined],
      ['deploy', 1002],
    ]);
    expect(jobs[1]).toMatchObject({ status: 'failed', hasArtifacts: false, retried: false });
    expect(jobs[1]?.trigger?.downstream).toMatchObject({ projectId: 42, status: 'failed' });
    expect(triggersError).toBeUndefined();
    expect(gitlab.requestCount()).toBe(2);
  });

  test('without a pipeline yet are trigger jobs, too', async () => {
    answer('jobs', 200);
    answer('bridges', 200, [
      aBridgeAnswer({ downstream_pipeline: null }),
      aBridgeAnswer({ id: 503, name: 'e2e', downstream_pipeline: undefined }),
    ]);
    const { jobs } = await connect().gitlab.fetchJobs(42, 1001);
    expect(jobs.map(({ trigger }) => trigger)).toEqual([
      { downstream: null, failedJobs: null },
      { downstream: null, failedJobs: null },
    ]);
  });

  test('that cannot be had leave the jobs, and the reason', async () => {
    answer('jobs', 200, [aJobAnswer()]);
    answer('bridges', 403);
    const { jobs, triggersError } = await connect().gitlab.fetchJobs(42, 1001);
    expect(jobs).toHaveLength(1);
    expect(triggersError).toMatchObject({ status: 403 });
  });

  test.each([
    { version: '17.0.1-ee', name: 'bridges' },
    { version: '19.1.9', name: 'bridges' },
    { version: '19.2.0-pre', name: 'trigger_jobs' },
    { version: '20.0.0', name: 'trigger_jobs' },
  ])('are asked for as $name where the version is $version, in one request', async ({ version, name }) => {
    answer('jobs', 200);
    const asked = answer(name, 200, [aBridgeAnswer()]);
    const { gitlab } = connect({ variables: { CI_SERVER_VERSION: version } });
    expect((await gitlab.fetchJobs(42, 1001)).jobs).toHaveLength(1);
    expect(asked.isDone()).toBe(true);
    expect(gitlab.requestCount()).toBe(2);
  });

  test('are asked for by the other name where GitLab does not know the first, and from then on by that', async () => {
    answer('jobs', 200);
    answer('bridges', 404);
    answer('trigger_jobs', 200, [aBridgeAnswer()]);
    const { gitlab } = connect();
    expect((await gitlab.fetchJobs(42, 1001)).jobs).toHaveLength(1);
    expect(gitlab.requestCount()).toBe(3);
    answer('jobs', 200);
    answer('trigger_jobs', 200, [aBridgeAnswer()]);
    expect((await gitlab.fetchJobs(42, 1001)).jobs).toHaveLength(1);
    expect(gitlab.requestCount()).toBe(5);
  });

  test('of a pipeline that nobody may see are asked for by both names once only', async () => {
    const { gitlab } = connect();
    answer('jobs', 200);
    answer('bridges', 404);
    answer('trigger_jobs', 404);
    expect((await gitlab.fetchJobs(42, 1001)).triggersError).toMatchObject({ status: 404 });
    answer('jobs', 200);
    answer('bridges', 404);
    expect((await gitlab.fetchJobs(42, 1001)).triggersError).toMatchObject({ status: 404 });
    expect(gitlab.requestCount()).toBe(5);
  });
});

describe('failed jobs', () => {
  test('are the last attempts that failed, and trigger jobs that failed or whose pipeline did', async () => {
    nock(origin)
      .get(`${pipeline}/jobs`)
      .query({ scope: 'failed', per_page: '100' })
      .reply(200, [
        aJobAnswer({ id: 7, name: 'unit', status: 'failed' }),
        aJobAnswer({ id: 6, name: 'lint', status: 'failed', allow_failure: true }),
      ]);
    answer('bridges', 200, [
      aBridgeAnswer({ id: 8, name: 'e2e', status: 'success' }),
      aBridgeAnswer({
        id: 9,
        name: 'docs',
        status: 'success',
        downstream_pipeline: { ...child, status: 'success' },
      }),
      aBridgeAnswer({ id: 10, name: 'pages', status: 'failed', downstream_pipeline: null }),
    ]);
    const { gitlab } = connect();
    expect((await gitlab.fetchFailedJobs(42, 1001)).map(({ name }) => name)).toEqual([
      'unit',
      'e2e',
      'pages',
    ]);
    expect(gitlab.requestCount()).toBe(2);
  });
});

describe('the pipeline that a child pipeline comes from', () => {
  const gid = (id: number): string => `gid://gitlab/Ci::Pipeline/${id}`;
  const upstream = (id: number, project: number, above: object | null = null): object => ({
    id: gid(id),
    project: { id: `gid://gitlab/Project/${project}` },
    upstream: above,
  });

  test.each([
    { name: 'its parent', given: upstream(1000, 42), root: 1000 },
    { name: 'the parent of its parent', given: upstream(1000, 42, upstream(999, 42)), root: 999 },
    { name: 'never one of another project', given: upstream(1000, 42, upstream(999, 7)), root: 1000 },
    { name: 'not known where another project started it', given: upstream(1000, 7), root: null },
    { name: 'not known where GitLab names none', given: null, root: null },
  ])('is $name', async ({ given, root }) => {
    nock(origin)
      .get('/api/graphql')
      .query(true)
      .reply(200, { data: { project: { pipeline: { upstream: given } } } });
    expect(await connect().gitlab.fetchRootPipeline({ id: 42, path: 'shop/till' }, 1001)).toBe(root);
  });

  test('is not known where GitLab does not know the project', async () => {
    nock(origin)
      .get('/api/graphql')
      .query(true)
      .reply(200, { data: { project: null } });
    expect(await connect().gitlab.fetchRootPipeline({ id: 42, path: 'shop/till' }, 1001)).toBeNull();
  });
});
