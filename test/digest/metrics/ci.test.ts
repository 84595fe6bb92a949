import { describe, expect, test } from 'vitest';
import { aCommit, aHistory, aJob, allRead, aPipeline, at, hour } from '../histories.ts';
import { measured, rowsOf } from '../measured.ts';

describe('pipelines', () => {
  const green = aPipeline('2026-11-02T10:00', { id: 101 });
  const retried = aPipeline('2026-11-02T11:00', { id: 102 });
  const failed = aPipeline('2026-11-02T12:00', { id: 103, status: 'failed' });
  const history = aHistory({
    pipelines: [
      aPipeline('2026-10-02T10:00', { id: 100 }),
      green,
      retried,
      failed,
      aPipeline('2026-11-02T13:00', { id: 104, status: 'canceled' }),
      aPipeline('2026-11-02T14:00', { id: 105, status: 'skipped' }),
      aPipeline('2026-11-02T15:00', { id: 106, status: 'running' }),
      aPipeline('2026-11-02T15:00', { id: 107, status: 'manual' }),
      aPipeline('2026-11-02T15:00', { id: 108, source: 'parent_pipeline' }),
    ],
    jobs: [
      aJob(101, ['2026-11-02T10:00', '2026-11-02T10:10']),
      aJob(101, ['2026-11-02T10:05', '2026-11-02T10:20'], { name: 'lint' }),
      aJob(102, ['2026-11-02T11:00', '2026-11-02T11:05'], {
        status: 'failed',
        failureReason: 'script_failure',
      }),
      aJob(102, ['2026-11-02T11:30', '2026-11-02T11:35']),
      aJob(103, ['2026-11-02T12:00', '2026-11-02T12:30'], { status: 'failed', cause: 'test' }),
      aJob(103, [null, null], { name: 'deploy', status: 'skipped' }),
    ],
  });

  test('are counted without child pipelines; shares are of those that have finished', () => {
    expect(measured('pipelines', history)).toMatchObject({ current: { value: 7 }, previous: { value: 1 } });
    // 101 and 102 of 101 to 105.
    expect(measured('pipeline-success', history).current).toMatchObject({ value: 2 / 5, n: 5 });
    expect(measured('pipeline-failure', history).current).toMatchObject({ value: 1 / 5, n: 5 });
    expect(measured('pipeline-failure', history).offenders).toMatchObject([{ name: '#103', title: 'main' }]);
    // Only 101 passed without a second attempt.
    expect(measured('first-attempt-success', history).current).toMatchObject({ value: 1 / 5, n: 5, of: 5 });
    expect(rowsOf('pipelines-by-result', history)).toStrictEqual([
      ['success', 2],
      ['canceled', 1],
      ['failed', 1],
      ['manual', 1],
      ['running', 1],
      ['skipped', 1],
    ]);
  });

  test('of which the jobs were not read say nothing about attempts', () => {
    const read = allRead({ jobs: { from: at('2026-11-02T10:30') } });
    const cut = measured('first-attempt-success', { ...history, read }).current;
    expect(cut).toMatchObject({ value: 0, n: 4, of: 5, reason: 'jobs were read only since 2026-11-02' });
  });

  test('last from the first start to the last end, without the time in which nothing ran or waited', () => {
    // 101: 10:00 to 10:20. 102: five minutes, and five after the retry. 103: 30 minutes. The middle of 20, 10, 30.
    expect(measured('pipeline-duration', history).current).toMatchObject({
      value: 20 * 60,
      p95: 30 * 60,
      n: 3,
      of: 3,
    });
  });

  test('that waited for a runner last longer; a manual job on the next day does not make them last a day', () => {
    const waited = aHistory({
      pipelines: [green],
      jobs: [
        aJob(101, ['2026-11-02T10:00', '2026-11-02T10:10'], { queuedSeconds: 600 }),
        aJob(101, ['2026-11-02T10:20', '2026-11-02T10:30'], { name: 'next', queuedSeconds: 600 }),
        aJob(101, ['2026-11-03T10:00', '2026-11-03T10:05'], { name: 'manual', queuedSeconds: 60 }),
      ],
    });
    // 10 minutes, 10 of waiting, 10 more, and 1 + 5 on the next day; what the first one waited is before the start.
    expect(measured('pipeline-duration', waited).current).toMatchObject({ value: 36 * 60, n: 1 });
    // 600, 600 and 60 seconds.
    expect(measured('queue-time', waited).current).toMatchObject({ value: 600, n: 3 });
  });
});

describe('time in which the default branch was red', () => {
  test('is from a failed pipeline to the next that passed', () => {
    const history = aHistory({
      commits: [aCommit('good', [], { title: 'Repair the build' })],
      pipelines: [
        aPipeline('2026-11-01T00:00', { id: 1, updatedAt: at('2026-11-01T00:00') }),
        aPipeline('2026-11-11T00:00', { id: 2, status: 'failed', updatedAt: at('2026-11-11T00:00') }),
        aPipeline('2026-11-11T01:00', { id: 3, status: 'failed', updatedAt: at('2026-11-11T12:00') }),
        aPipeline('2026-11-11T02:00', { id: 4, status: 'canceled', updatedAt: at('2026-11-11T03:00') }),
        aPipeline('2026-11-11T02:00', { id: 5, ref: 'other', updatedAt: at('2026-11-11T03:00') }),
        aPipeline('2026-11-11T02:00', {
          id: 6,
          source: 'merge_request_event',
          updatedAt: at('2026-11-11T03:00'),
        }),
        aPipeline('2026-11-13T23:00', { id: 7, sha: 'good', updatedAt: at('2026-11-14T00:00') }),
      ],
    });
    // Red from the 11th to the 14th: 3 of 30 days. Pipelines 1, 2, 3 and 7 said so.
    const red = measured('default-branch-red', history);
    expect(red.current).toMatchObject({ value: 3 / 30, n: 4, reason: null });
    expect(red.previous).toMatchObject({ value: null, reason: 'no pipeline of the default branch finished' });
    expect(red.series[10]).toMatchObject({ value: 1 });
    expect(red.isBeyondNoise).toBe(false);
    expect(red.offenders).toMatchObject([{ name: '#2', title: 'Repair the build', value: null }]);
    expect(measured('time-to-green', history).current).toMatchObject({ value: 72 * hour, n: 1, of: 1 });
    expect(rowsOf('red-spans', history)).toStrictEqual([['#2', 72 * hour, 'Repair the build']]);
  });

  test('is known from the first pipeline on; one that is older than another changes nothing', () => {
    const history = aHistory({
      pipelines: [
        // The older one fails after the newer one has passed.
        aPipeline('2026-11-15T22:00', { id: 1, status: 'failed', updatedAt: at('2026-11-20T00:00') }),
        aPipeline('2026-11-15T23:00', { id: 2, updatedAt: at('2026-11-16T00:00') }),
        aPipeline('2026-11-28T00:00', { id: 3, status: 'failed', updatedAt: at('2026-11-28T00:00') }),
      ],
    });
    // Known from the 16th: 15 days; red from the 28th: 3 days.
    expect(measured('default-branch-red', history).current).toMatchObject({ value: 3 / 15, n: 2 });
    expect(measured('time-to-green', history).current).toMatchObject({ value: null, n: 0, of: 1 });
    expect(rowsOf('red-spans', history)).toStrictEqual([['#3', 72 * hour, null]]);
  });
});

describe('jobs', () => {
  const history = aHistory({
    pipelines: [
      aPipeline('2026-11-02T10:00', { id: 1, sha: 'a' }),
      aPipeline('2026-11-02T11:00', { id: 2, sha: 'a' }),
      aPipeline('2026-11-02T12:00', {
        id: 3,
        ref: 'topic',
        status: 'canceled',
        updatedAt: at('2026-11-02T12:10'),
      }),
      aPipeline('2026-11-02T12:05', { id: 4, ref: 'topic' }),
      aPipeline('2026-11-02T13:00', {
        id: 5,
        ref: 'topic',
        status: 'canceled',
        updatedAt: at('2026-11-02T13:10'),
      }),
    ],
    jobs: [
      // Fails, and passes in the same pipeline: 6 minutes lost.
      aJob(1, ['2026-11-02T10:00', '2026-11-02T10:06'], {
        status: 'failed',
        failureReason: 'script_failure',
      }),
      aJob(1, ['2026-11-02T10:10', '2026-11-02T10:20']),
      // Fails, and passes in another pipeline of the commit.
      aJob(1, ['2026-11-02T10:00', '2026-11-02T10:01'], { name: 'test', status: 'failed', cause: 'test' }),
      aJob(2, ['2026-11-02T11:00', '2026-11-02T11:02'], { name: 'test' }),
      // The runner's fault, although a retry passed.
      aJob(2, ['2026-11-02T11:00', '2026-11-02T11:03'], {
        name: 'lint',
        status: 'failed',
        failureReason: 'runner_system_failure',
      }),
      aJob(2, ['2026-11-02T11:05', '2026-11-02T11:06'], { name: 'lint' }),
      // Canceled, as a newer pipeline of the branch was there: 4 minutes.
      aJob(3, ['2026-11-02T12:00', '2026-11-02T12:04'], { status: 'canceled' }),
      aJob(4, ['2026-11-02T12:05', '2026-11-02T12:15'], { status: 'failed', cause: 'code' }),
      // Canceled by somebody: there is nothing newer.
      aJob(5, ['2026-11-02T13:00', '2026-11-02T13:05'], { status: 'canceled' }),
      aJob(4, ['2026-11-02T12:05', '2026-11-02T12:06'], {
        name: 'docs',
        status: 'failed',
        allowFailure: true,
      }),
      aJob(4, ['2026-11-02T12:05', '2026-11-02T12:06'], { name: 'pack', status: 'failed' }),
      aJob(4, [null, null], { name: 'manual', status: 'manual' }),
    ],
  });

  test('take minutes, of which some are lost', () => {
    // 6 + 10 + 1 + 2 + 3 + 1 + 4 + 10 + 5 + 1 + 1
    expect(measured('ci-minutes', history).current.value).toBeCloseTo(44, 9);
    // The build, and the linter.
    expect(measured('minutes-lost-to-retries', history).current).toMatchObject({ n: 2 });
    expect(measured('minutes-lost-to-retries', history).current.value).toBeCloseTo(9, 9);
    expect(measured('minutes-lost-to-superseded', history).current.value).toBeCloseTo(4, 9);
  });

  test('fail by a cause: the infrastructure, chance, or what the log says', () => {
    const count = (cause: string): number | null =>
      measured(`job-failures-by-${cause}`, history).current.value;
    expect(measured('job-failures', history).current.value).toBe(5);
    expect(['code', 'test', 'flaky', 'infrastructure', 'unknown'].map(count)).toStrictEqual([1, 0, 2, 1, 1]);
    expect(rowsOf('failures-by-cause', history)).toStrictEqual([
      ['flaky', 2, 7],
      ['code', 1, 10],
      ['infrastructure', 1, 3],
      ['unknown', 1, 1],
    ]);
  });

  test('are flaky where a later attempt of the same commit passed', () => {
    // Runs: 1 build, 1 test, 2 test, 2 lint, 4 build, 4 docs, 4 pack; flaky: 1 build, 1 test, 2 lint.
    expect(measured('flaky-job-runs', history).current).toMatchObject({ value: 3 / 7, n: 7 });
    expect(rowsOf('flaky-jobs', history)).toStrictEqual([
      ['lint', 1, 1, 1, 3],
      ['build', 1 / 2, 1, 2, 6],
      ['test', 1 / 2, 1, 2, 1],
    ]);
  });

  test('of child pipelines of one commit are not compared', () => {
    const children = aHistory({
      pipelines: [
        aPipeline('2026-11-02T10:00', { id: 1, sha: 'a', source: 'parent_pipeline' }),
        aPipeline('2026-11-02T10:00', { id: 2, sha: 'a', source: 'parent_pipeline' }),
      ],
      jobs: [
        aJob(1, ['2026-11-02T10:00', '2026-11-02T10:06'], { status: 'failed' }),
        aJob(2, ['2026-11-02T10:10', '2026-11-02T10:20']),
      ],
    });
    expect(measured('flaky-job-runs', children).current).toMatchObject({ value: 0, n: 2 });
  });

  test('are listed by what they take, how often they fail and how long they last', () => {
    expect(rowsOf('expensive-jobs', history)[0]).toStrictEqual(['build', expect.closeTo(35, 9), 5, 6]);
    expect(rowsOf('failing-jobs', history)).toStrictEqual([
      ['build', 2, 2 / 3, 3],
      ['docs', 1, 1, 1],
      ['lint', 1, 1 / 2, 2],
      ['pack', 1, 1, 1],
      ['test', 1, 1 / 2, 2],
    ]);
    expect(rowsOf('slowest-jobs', history)).toStrictEqual([
      ['build', 600, 600, 1],
      ['test', 120, 120, 1],
      ['lint', 60, 60, 1],
    ]);
  });
});

describe('tests', () => {
  const tests = {
    tests: [
      { name: 'is flaky', runs: 10, failedRuns: 2, retriedRuns: 1, isFlaky: true },
      { name: 'fails', runs: 10, failedRuns: 10, retriedRuns: 0, isFlaky: false },
      { name: 'passes', runs: 10, failedRuns: 0, retriedRuns: 0, isFlaky: false },
    ],
    runs: [
      { pipelineId: 2, at: at('2026-11-03T00:00'), coveragePercent: 82, testSeconds: 30 },
      { pipelineId: 1, at: at('2026-11-02T00:00'), coveragePercent: 80, testSeconds: null },
    ],
  };

  test('are as the latest report of Herald has them', () => {
    const history = aHistory({ tests });
    expect(measured('flaky-tests', history)).toMatchObject({
      current: { value: 1 },
      previous: { value: null },
    });
    expect(measured('failing-tests', history).current.value).toBe(1);
    expect(measured('coverage', history).current).toMatchObject({ value: 81, n: 2 });
    expect(measured('test-time', history).current).toMatchObject({ value: 30, n: 1, of: 2 });
    expect(rowsOf('flaky-tests', history)).toStrictEqual([['is flaky', 0.3, 2, 1, 10]]);
    expect(rowsOf('failing-tests', history)).toStrictEqual([['fails', 1, 10, 0, 10]]);
  });

  test('have a coverage by the jobs of the default branch where there is no such report', () => {
    const history = aHistory({
      pipelines: [
        aPipeline('2026-11-02T10:00', { id: 1 }),
        aPipeline('2026-11-02T10:00', { id: 2, ref: 'topic' }),
      ],
      jobs: [
        aJob(1, ['2026-11-02T10:00', '2026-11-02T10:06'], { coverage: 10 }),
        aJob(1, ['2026-11-02T10:10', '2026-11-02T10:20'], { coverage: 70 }),
        aJob(1, ['2026-11-02T10:10', '2026-11-02T10:20'], { name: 'other', coverage: 80 }),
        aJob(2, ['2026-11-02T10:10', '2026-11-02T10:20'], { coverage: 5 }),
      ],
    });
    // The mean of 70 and 80: the first attempt was replaced.
    expect(measured('coverage', history).current).toMatchObject({ value: 75, n: 1 });
    expect(measured('flaky-tests', history).current).toMatchObject({
      value: null,
      reason: 'no report of Herald of the default branch was found',
    });
  });
});
