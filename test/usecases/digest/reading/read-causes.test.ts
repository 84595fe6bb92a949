import { describe, expect, test } from 'vitest';
import type { Span } from '../../../../src/model/digest.ts';
import type { HistoryJob } from '../../../../src/model/project-history.ts';
import { logsToAllow } from '../../../../src/usecases/digest/read-history.ts';
import { failuresToExplain, logsToRead } from '../../../../src/usecases/digest/reading/read-causes.ts';
import { aJob } from '../../../digest/histories.ts';
import type { EmbeddedState } from '../../../support/gitlab/state/state.ts';
import {
  addDays,
  day,
  emptyProject,
  end,
  later,
  startHistoryStage,
  withoutGraphql,
} from '../history-stage.ts';

const weeks: readonly [Span, Span] = [
  { from: end - 14 * day, until: end - 7 * day },
  { from: end - 7 * day, until: end },
];

/** A week in which nothing failed but one job in each of the last pipelines, oldest first. */
function withFailures(
  count: number,
  name = 'unit',
): { readonly state: EmbeddedState; readonly ids: number[] } {
  const state = emptyProject();
  addDays(state, end - 16 * day, 16, { seed: 12, mergeRequests: 20, pipelinesEach: 1, jobs: 3 });
  for (const job of state.pipelines.flatMap(({ jobs }) => jobs))
    Object.assign(job, { status: 'success', failure_reason: null });
  const failed = state.pipelines.slice(-count).map((pipeline) => {
    const job = pipeline.jobs.findLast((one) => one.name === name);
    if (job === undefined) throw new Error('no such job');
    Object.assign(job, { status: 'failed', failure_reason: 'script_failure', allow_failure: false });
    Object.assign(pipeline, { status: 'failed' });
    return job.id;
  });
  return { state, ids: failed };
}

const logs = {
  test: '$ npx vitest run\n FAIL  src/till.test.ts > adds\nAssertionError: expected 3 to be 4\nERROR: Job failed: exit code 1\n',
  code: "$ npx tsc\nsrc/till.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'.\nERROR: Job failed: exit code 2\n",
  infrastructure:
    '$ npm ci\nnpm error code ENOTFOUND\nnpm error network request to https://registry.example/left-pad failed, reason: getaddrinfo ENOTFOUND registry.example\nERROR: Job failed: exit code 1\n',
};

describe('the cause of a failure', () => {
  test('is in the log, of the newest failures of the jobs that fail most', async () => {
    const { state, ids } = withFailures(4);
    const jobs = state.pipelines.flatMap((pipeline) => pipeline.jobs);
    [logs.test, logs.code, logs.infrastructure, 'nothing that says anything\n'].forEach((trace, index) => {
      Object.assign(jobs.find(({ id }) => id === ids[index]) ?? {}, { trace });
    });
    const stage = await startHistoryStage(state);
    const { history, kept, requests } = await stage.read({ spans: weeks });
    const causesOf = (rows: readonly HistoryJob[]): unknown =>
      ids.map((id) => rows.find((job) => job.id === id)?.cause);
    expect(causesOf(history.jobs)).toEqual(['test', 'code', 'infrastructure', null]);
    expect(requests).toBe(stage.asked().length);
    // The next reading knows them, and asks only for the one that said nothing.
    const next = await stage.read({ spans: later(weeks, day), now: end + day, kept });
    expect(stage.asked().filter((line) => line.includes('/trace'))).toHaveLength(1);
    expect(causesOf(next.history.jobs)).toEqual(['test', 'code', 'infrastructure', null]);
  });

  test('is a test where the report of the job says that one failed, without its log', async () => {
    const { state, ids } = withFailures(3);
    const report = (failed: number): object => ({
      test_suites: [
        { name: 'unit', total_count: 9, success_count: 9 - failed, failed_count: failed, error_count: 0 },
      ],
    });
    const [first, second] = state.pipelines.slice(-3);
    Object.assign(first ?? {}, { test_report: report(2) });
    Object.assign(second ?? {}, { test_report: report(0) });
    const stage = await startHistoryStage(state);
    const { history } = await stage.read({ spans: weeks });
    expect(ids.map((id) => history.jobs.find((job) => job.id === id)?.cause)).toEqual(['test', null, null]);
    expect(stage.asked().some((line) => line.includes(`/jobs/${ids[0] ?? 0}/trace`))).toBe(false);
  });

  test('is not known where several parallel jobs of a suite failed', async () => {
    const { state, ids } = withFailures(1);
    const pipeline = state.pipelines.at(-1);
    const job = pipeline?.jobs.find(({ id }) => id === ids[0]);
    if (pipeline === undefined || job === undefined) throw new Error('no job');
    Object.assign(job, { name: 'unit 1/2' });
    state.nextId += 1;
    pipeline.jobs.push({ ...job, id: state.nextId, name: 'unit 2/2' });
    const suite = { name: 'unit', failed_count: 1, error_count: 0 };
    Object.assign(pipeline, { test_report: { test_suites: [suite] } });
    const { history } = await (await startHistoryStage(state)).read({ spans: weeks });
    const failed = history.jobs.filter(({ status }) => status === 'failed');
    expect(failed.map(({ cause }) => cause)).toEqual([null, null]);
  });

  test('stays unknown where logs or reports are refused, and nothing else is missing', async () => {
    const { state } = withFailures(2);
    const stage = await startHistoryStage(state, {
      beforeRequest: ({ path, query }) =>
        path.endsWith('/trace') || (query.get('query') ?? '').includes('testReportSummary')
          ? { status: 403, body: { message: '403 Forbidden' } }
          : undefined,
    });
    const { history } = await stage.read({ spans: weeks });
    const failed = history.jobs.filter(({ status }) => status === 'failed');
    expect(failed.map(({ cause }) => cause)).toEqual([null, null]);
    expect(history.read.jobs.gap).toBeNull();
  });

  test('of a log that is too long to be read to its end is not known', async () => {
    const { state, ids } = withFailures(1);
    const job = state.pipelines.flatMap(({ jobs }) => jobs).find(({ id }) => id === ids[0]);
    Object.assign(job ?? {}, { trace: logs.code + `${'x'.repeat(4_000)}\n`.repeat(2_200) });
    const { history } = await (await startHistoryStage(state, withoutGraphql)).read({ spans: weeks });
    expect(history.jobs.find(({ id }) => id === ids[0])?.cause).toBeNull();
  });
});

describe('which failures need an explanation', () => {
  const failed = (given: Partial<HistoryJob> = {}): HistoryJob =>
    aJob(1, ['2026-11-02T10:00', '2026-11-02T10:01'], {
      ...{ name: 'unit', status: 'failed', failureReason: 'script_failure' },
      ...given,
    });

  test.each<[string, HistoryJob, boolean]>([
    ['a failed script', failed(), true],
    ['one that is allowed to fail', failed({ allowFailure: true }), false],
    ['one whose cause is known', failed({ cause: 'test' }), false],
    ['one that the runner ended', failed({ failureReason: 'runner_system_failure' }), false],
    ['one that passed', failed({ status: 'success', failureReason: null }), false],
  ])('%s', (_name, job, isAsked) => {
    expect(failuresToExplain([job]).length).toBe(Number(isAsked));
  });

  test('not one that passed when it was tried again', () => {
    const first = failed();
    expect(failuresToExplain([first, { ...first, id: first.id + 1, status: 'success' }])).toEqual([]);
    expect(
      failuresToExplain([
        { ...first, pipelineId: 2 },
        { ...first, id: first.id + 1, status: 'success' },
      ]),
    ).toHaveLength(1);
  });

  test('logs go in turn through the three jobs that fail most, the newest first', () => {
    const named = (name: string, ids: readonly number[]): readonly HistoryJob[] =>
      ids.map((id) => failed({ name, id }));
    const all = [
      ...named('a', [1, 5, 9]),
      ...named('b', [2, 6]),
      ...named('c', [3, 7, 8, 10]),
      ...named('d', [4]),
    ];
    const sorted = all.toSorted((one, other) => one.id - other.id);
    expect(logsToRead(sorted, 5).map(({ id }) => id)).toEqual([10, 9, 6, 8, 5]);
    expect(logsToRead(sorted, 50).map(({ id }) => id)).toEqual([10, 9, 6, 8, 5, 2, 7, 1, 3]);
    expect(logsToRead([], 3)).toEqual([]);
  });

  test('at least three logs, and more where the target leaves room', () => {
    expect([logsToAllow(true, 40), logsToAllow(true, 31), logsToAllow(true, 5)]).toEqual([3, 5, 12]);
    expect([logsToAllow(false, 156), logsToAllow(false, 50)]).toEqual([3, 12]);
  });
});
