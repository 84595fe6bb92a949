import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { aJobAnswer, aPipelineAnswer, connect, origin, rejection } from '../connect-for-test.ts';

const pipeline = '/api/v4/projects/42/pipelines/1001';

function answerJobs(...jobs: readonly Record<string, unknown>[]): void {
  nock(origin)
    .get(`${pipeline}/jobs`)
    .query(true)
    .reply(200, [...jobs]);
}

function answerTestReport(body: nock.Body, status = 200): void {
  nock(origin).get(`${pipeline}/test_report`).reply(status, body);
}

describe('the jobs of a pipeline', () => {
  test('have the fields that Herald needs', async () => {
    answerJobs(aJobAnswer({ status: 'failed', failure_reason: 'script_failure', allow_failure: true }));
    const { jobs } = await connect().gitlab.fetchJobs(42, 1001);
    expect(jobs).toEqual([
      {
        id: 501,
        name: 'unit-tests',
        stage: 'test',
        status: 'failed',
        allowFailure: true,
        failureReason: 'script_failure',
        createdAt: '2026-03-04T10:00:00.000Z',
        startedAt: '2026-03-04T10:01:00.000Z',
        finishedAt: '2026-03-04T10:02:00.000Z',
        durationSeconds: 60.5,
        queuedSeconds: 3.25,
        url: 'https://gitlab.example.com/shop/checkout/-/jobs/501',
        coverage: null,
        hasArtifacts: null,
        reports: [],
        artifactsExpireAt: null,
        retried: false,
      },
    ]);
  });

  test('may lack what has not happened yet', async () => {
    const missing = { started_at: null, finished_at: undefined, duration: null, queued_duration: undefined };
    answerJobs(aJobAnswer({ ...missing, allow_failure: undefined, status: 'a_new_status' }));
    const { jobs } = await connect().gitlab.fetchJobs(42, 1001);
    expect(jobs[0]).toMatchObject({
      status: 'a_new_status',
      allowFailure: false,
      startedAt: null,
      finishedAt: null,
      durationSeconds: null,
      queuedSeconds: null,
    });
  });

  test.each([
    { given: 81.5, expected: 81.5 },
    { given: '81.5', expected: 81.5 },
    { given: '', expected: null },
    { given: 'n/a', expected: null },
    { given: null, expected: null },
  ])('have the coverage $given as $expected', async ({ given, expected }) => {
    answerJobs(aJobAnswer({ coverage: given }));
    expect((await connect().gitlab.fetchJobs(42, 1001)).jobs[0]?.coverage).toBe(expected);
  });

  test('come with their pipeline', async () => {
    answerJobs(aJobAnswer());
    expect((await connect().gitlab.fetchJobs(42, 1001)).pipeline).toEqual({
      id: 1001,
      projectId: 42,
      url: 'https://gitlab.example.com/shop/checkout/-/pipelines/1001',
      status: 'running',
      ref: 'refs/merge-requests/17/head',
      sha: '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2',
      source: 'merge_request_event',
      createdAt: '2026-03-04T10:00:00.000Z',
    });
  });

  test('may be none, and then the pipeline is not known', async () => {
    answerJobs();
    nock(origin).get(`${pipeline}/bridges`).query(true).reply(200, []);
    expect(await connect().gitlab.fetchJobs(42, 1001)).toEqual({ pipeline: null, jobs: [] });
  });

  test('are the latest attempts first, and those that ran again after them', async () => {
    answerJobs(
      aJobAnswer({ id: 9, name: 'lint', stage: 'test' }),
      aJobAnswer({ id: 8, name: 'lint', stage: 'other' }),
      aJobAnswer({ id: 5, name: 'lint', stage: 'test' }),
      aJobAnswer({ id: 3, name: 'build', stage: 'build' }),
      aJobAnswer({ id: 2, name: 'lint', stage: 'test' }),
      aJobAnswer({ id: 9, name: 'lint', stage: 'test' }),
    );
    const { jobs } = await connect().gitlab.fetchJobs(42, 1001);
    expect(jobs.map(({ id, retried }) => [id, retried])).toEqual([
      [3, false],
      [8, false],
      [9, false],
      [5, true],
      [2, true],
    ]);
  });
});

describe('the pipelines of a ref', () => {
  test('are those of the project that was asked when GitLab does not say', async () => {
    nock(origin)
      .get('/api/v4/projects/42/pipelines')
      .query(true)
      .reply(200, [aPipelineAnswer({ project_id: undefined, source: null })], {
        link: `<${origin}/api/v4/projects/42/pipelines?page=2>; rel="next"`,
      });
    const { gitlab } = connect();
    const pipelines = await gitlab.fetchPipelines(42, { ref: 'main', perPage: 1 });
    expect(pipelines).toMatchObject([{ id: 1001, projectId: 42, source: null }]);
    expect(gitlab.requestCount()).toBe(1);
  });
});

describe('the test report', () => {
  const passed = { status: 'success', name: 'adds', classname: 'Sum', execution_time: 0.5 };

  test('has each suite and case, with a failure as text', async () => {
    const failed = {
      status: 'failed',
      name: 'divides',
      classname: 'Sum',
      file: 'sum.test.ts',
      execution_time: 1,
      system_output: { message: 'by zero', type: 'Error', line: 3 },
      stack_trace: 'at sum.ts:1',
      recent_failures: null,
    };
    answerTestReport({
      total_count: 2,
      test_suites: [{ name: 'unit', suite_error: null, test_cases: [passed, failed] }],
    });
    expect(await connect().gitlab.fetchTestReport(42, 1001)).toEqual({
      suites: [
        {
          name: 'unit',
          error: null,
          cases: [
            {
              status: 'success',
              name: 'adds',
              classname: 'Sum',
              file: null,
              executionTimeSeconds: 0.5,
              systemOutput: null,
              stackTrace: null,
            },
            {
              status: 'failed',
              name: 'divides',
              classname: 'Sum',
              file: 'sum.test.ts',
              executionTimeSeconds: 1,
              systemOutput: 'by zero\nError',
              stackTrace: 'at sum.ts:1',
            },
          ],
        },
      ],
    });
  });

  test('keeps why GitLab could not read a suite', async () => {
    answerTestReport({
      test_suites: [{ name: 'unit', suite_error: 'JUnit XML parsing failed', test_cases: [] }],
    });
    const report = await connect().gitlab.fetchTestReport(42, 1001);
    expect(report?.suites).toEqual([{ name: 'unit', error: 'JUnit XML parsing failed', cases: [] }]);
  });

  test('is null where no job gave one', async () => {
    answerTestReport({ total_count: 0, test_suites: [] });
    expect(await connect().gitlab.fetchTestReport(42, 1001)).toBeNull();
  });

  test.each([403, 404])(
    'is an error where GitLab answers %i: none given is an empty list',
    async (status) => {
      answerTestReport({ message: 'no' }, status);
      expect(await rejection(connect().gitlab.fetchTestReport(42, 1001))).toMatchObject({ status });
    },
  );
});
