import { describe, expect, onTestFinished, test } from 'vitest';
import { heraldReportOf } from '../../src/baseline/herald-report.ts';
import { startEmbeddedGitLab } from '../../src/demo/embedded-gitlab.ts';
import {
  type EmbeddedJob,
  type EmbeddedPipeline,
  type EmbeddedState,
  emptyState,
} from '../../src/demo/state.ts';
import { connectGitLab } from '../../src/gitlab/rest.ts';
import type { Log } from '../../src/io/port.ts';
import type { HistoryRun } from '../../src/model/history.ts';
import { fetchBaseline } from '../../src/usecases/fetch-baseline.ts';
import { aContext, aMergeRequest, anEarlierRun, aSummary, aTestsReport } from '../builders.ts';

/** A target branch of 60 pipelines, one a commit: pipeline 1001 is of commit 1, and so on. Each row changes what it is about. */

const project = 42;
const sha = (number: number): string => number.toString(16).padStart(40, '0');
const pipelineId = (number: number): number => 1_000 + number;
const jobId = (number: number): number => 5_000 + number;

function runOf(number: number): HistoryRun {
  return {
    pipelineId: pipelineId(number),
    jobId: jobId(number),
    sha: sha(number),
    createdAt: '2026-03-04T10:00:00Z',
    tests: null,
    coveragePercent: null,
    findings: null,
    pipelineSeconds: null,
  };
}

/** The report that the Herald job of a pipeline left, with the runs that it knows of. */
function reportOf(number: number, known: readonly number[]): string {
  const context = aContext({
    mergeRequest: null,
    pipeline: { ...aContext().pipeline, id: pipelineId(number) },
    job: { ...aContext().job, id: jobId(number) },
    commit: { sha: sha(number), branch: 'main', tag: null },
  });
  const previous = anEarlierRun({ runs: known.map(runOf) });
  const summary = aSummary({ context, mergeRequest: null, tests: aTestsReport() });
  return JSON.stringify(heraldReportOf(summary, new Date('2026-03-04T10:00:00Z'), previous));
}

function aJob(number: number, changes: Partial<EmbeddedJob> = {}): EmbeddedJob {
  return {
    id: jobId(number),
    name: 'herald',
    stage: '.post',
    status: 'success',
    allow_failure: false,
    failure_reason: null,
    created_at: '2026-03-04T10:00:00Z',
    started_at: null,
    finished_at: null,
    duration: 1,
    queued_duration: 0,
    coverage: null,
    artifacts: new Map(),
    trace: '',
    ...changes,
  };
}

function aPipeline(number: number, status: string): EmbeddedPipeline {
  return {
    id: pipelineId(number),
    project_id: project,
    ref: 'main',
    sha: sha(number),
    status,
    source: 'push',
    created_at: '2026-03-04T10:00:00Z',
    jobs: [aJob(number)],
    statuses: [],
    test_report: null,
  };
}

interface Branch {
  readonly state: EmbeddedState;
  /** Changes one pipeline and what its report knows. */
  pipeline(number: number): EmbeddedPipeline;
  /** The report is gone, as when artifacts expire. */
  expire(...numbers: readonly number[]): void;
}

/** Every pipeline succeeded and reported, and every report knows all runs before it, unless `knows` says less. */
function aBranch(
  knows: (number: number) => readonly number[] = (n) => Array.from({ length: n - 1 }, (_, i) => n - 1 - i),
): Branch {
  const state = emptyState();
  state.users.push({ id: 900, username: 'herald-bot' });
  state.tokens.push({ value: 'glpat-test', kind: 'personal', userId: 900 });
  state.projects.push({ id: project, path_with_namespace: 'shop/checkout', default_branch: 'main' });
  for (let number = 1; number <= 60; number += 1) {
    state.parents.set(sha(number), number === 1 ? null : sha(number - 1));
    const pipeline = aPipeline(number, 'success');
    pipeline.jobs[0]?.artifacts.set('herald-report.json', reportOf(number, knows(number).slice(0, 49)));
    state.pipelines.push(pipeline);
  }
  const pipeline = (number: number): EmbeddedPipeline => {
    const found = state.pipelines.find(({ id }) => id === pipelineId(number));
    if (found === undefined) throw new Error(`no pipeline ${number}`);
    return found;
  };
  return {
    state,
    pipeline,
    expire: (...numbers) => {
      for (const number of numbers) for (const job of pipeline(number).jobs) job.artifacts.clear();
    },
  };
}

const silent = () => undefined;
const log: Log = {
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  section: (_title, work) => work(),
};
const clock = { now: () => new Date(), sleep: () => Promise.resolve(), random: () => 0 };

interface Wanted {
  readonly base?: number | string | null;
  readonly targetSha?: string | null;
  readonly ownPipeline?: number;
  readonly branch?: string | null;
  readonly jobName?: string;
}

async function search(state: EmbeddedState, wanted: Wanted, beforeRequest?: () => undefined | 'reset') {
  const gitlab = await startEmbeddedGitLab({
    state,
    ...(beforeRequest === undefined ? {} : { beforeRequest }),
  });
  onTestFinished(() => gitlab.stop());
  const rest = connectGitLab({
    apiUrl: gitlab.apiUrl,
    token: { kind: 'bot', value: 'glpat-test', variable: 'HERALD_TOKEN' },
    log,
    clock,
    audit: silent,
    caFile: null,
    variables: {},
    limits: { maxTries: 1 },
  });
  const { base = 40, targetSha = null, ownPipeline = 2_000, branch = null, jobName = 'herald' } = wanted;
  const mergeRequest =
    branch !== null
      ? null
      : aMergeRequest({ diffBaseSha: typeof base === 'number' ? sha(base) : base, targetSha });
  const context = aContext({
    mergeRequest,
    pipeline: { ...aContext().pipeline, id: ownPipeline },
    commit: { sha: 'f'.repeat(40), branch, tag: null },
  });
  const found = await fetchBaseline({ context, mergeRequest, jobName }, { gitlab: rest, log });
  return { found, requests: gitlab.requests };
}

interface Row {
  readonly name: string;
  readonly prepare?: (branch: Branch) => void;
  readonly knows?: (number: number) => readonly number[];
  readonly wanted?: Wanted;
  /** Number of the pipeline that is compared with. */
  readonly expected: { readonly pipeline: number; readonly relation: string; readonly behind: number | null };
  readonly requests: number;
}

const knowsNothing = () => [];

const rows: readonly Row[] = [
  {
    name: 'a merge request on the newest commit of main needs one request',
    wanted: { base: 60 },
    expected: { pipeline: 60, relation: 'exact', behind: 0 },
    requests: 1,
  },
  {
    name: 'an older merge base is named by the newest report: two requests, and no future pipeline is taken',
    expected: { pipeline: 40, relation: 'exact', behind: 0 },
    requests: 2,
  },
  {
    name: 'a merge base whose pipeline failed is a baseline all the same: it finished',
    prepare: ({ pipeline }) => {
      pipeline(40).status = 'failed';
    },
    expected: { pipeline: 40, relation: 'exact', behind: 0 },
    requests: 2,
  },
  {
    name: 'main is red since the merge base: the newest successful report cannot name it, the list of pipelines does',
    prepare: ({ pipeline }) => {
      for (let number = 38; number <= 60; number += 1) pipeline(number).status = 'failed';
    },
    expected: { pipeline: 40, relation: 'exact', behind: 0 },
    requests: 4,
  },
  {
    name: 'an expired report gives way to the nearest before it',
    prepare: ({ expire }) => {
      expire(40, 39);
    },
    expected: { pipeline: 38, relation: 'behind', behind: null },
    requests: 4,
  },
  {
    name: 'all that is near has expired: the newest serves, and it is said that it is only that',
    prepare: ({ expire }) => {
      expire(40, 39, 38);
    },
    expected: { pipeline: 60, relation: 'newest', behind: null },
    requests: 4,
  },
  {
    name: 'a merge base whose pipeline was canceled: the nearest finished one before, by its distance in commits',
    knows: (n) => Array.from({ length: n - 1 }, (_, i) => n - 1 - i).filter((number) => number !== 40),
    prepare: ({ pipeline, expire }) => {
      pipeline(40).status = 'canceled';
      expire(40);
    },
    expected: { pipeline: 39, relation: 'behind', behind: 1 },
    requests: 4,
  },
  {
    name: 'a merge base without a pipeline, as several commits were pushed at once',
    knows: (n) =>
      Array.from({ length: n - 1 }, (_, i) => n - 1 - i).filter((number) => number < 37 || number > 40),
    prepare: ({ state }) => {
      const kept = state.pipelines.filter(({ id }) => id < pipelineId(37) || id > pipelineId(40));
      state.pipelines.splice(0, state.pipelines.length, ...kept);
    },
    expected: { pipeline: 36, relation: 'behind', behind: 4 },
    requests: 4,
  },
  {
    name: 'a running pipeline of the merge base has not finished: the one before it',
    knows: (n) => Array.from({ length: n - 1 }, (_, i) => n - 1 - i).filter((number) => number !== 40),
    prepare: ({ pipeline, expire }) => {
      pipeline(40).status = 'running';
      expire(40);
    },
    expected: { pipeline: 39, relation: 'behind', behind: 1 },
    requests: 4,
  },
  {
    name: 'a retried Herald job: the attempt that still has its report',
    knows: knowsNothing,
    prepare: ({ pipeline }) => {
      const [first] = pipeline(40).jobs;
      const artifacts = new Map(first?.artifacts);
      first?.artifacts.clear();
      pipeline(40).jobs.push({ ...aJob(40), id: 9_040, artifacts });
    },
    expected: { pipeline: 40, relation: 'exact', behind: 0 },
    requests: 4,
  },
  {
    name: 'two pipelines of one commit: the newer one, which somebody ran again',
    knows: knowsNothing,
    prepare: ({ state, pipeline }) => {
      const again = { ...pipeline(40), id: 1_999, jobs: [aJob(40, { id: 9_999 })] };
      again.jobs[0]?.artifacts.set('herald-report.json', reportOf(40, []).replace('"id":1040', '"id":1999'));
      state.pipelines.push(again);
    },
    wanted: { ownPipeline: 3_000 },
    expected: { pipeline: 999, relation: 'exact', behind: 0 },
    requests: 1,
  },
  {
    name: 'merged results: the head of the target branch that was merged, not the merge base',
    wanted: { base: 20, targetSha: sha(55) },
    expected: { pipeline: 55, relation: 'exact', behind: 0 },
    requests: 2,
  },
  {
    name: 'a force-pushed main does not hold the merge base: the newest, and it is said so',
    wanted: { base: 'e'.repeat(40) },
    expected: { pipeline: 60, relation: 'newest', behind: null },
    requests: 3,
  },
  {
    name: 'nobody knows the merge base: the newest',
    wanted: { base: null },
    expected: { pipeline: 60, relation: 'newest', behind: null },
    requests: 1,
  },
  {
    name: 'main was never green: the pipeline of the merge base by the list',
    prepare: ({ state }) => {
      for (const pipeline of state.pipelines) pipeline.status = 'failed';
    },
    expected: { pipeline: 40, relation: 'exact', behind: 0 },
    requests: 4,
  },
  {
    name: 'main was never green and the merge base has no pipeline: the newest that finished',
    prepare: ({ state }) => {
      for (const pipeline of state.pipelines) pipeline.status = 'failed';
    },
    wanted: { base: 'e'.repeat(40) },
    expected: { pipeline: 60, relation: 'newest', behind: null },
    requests: 4,
  },
  {
    name: 'on main the pipeline before, although it failed: else its outcomes were missing in the history',
    prepare: ({ pipeline }) => {
      pipeline(60).status = 'failed';
    },
    wanted: { branch: 'main' },
    expected: { pipeline: 60, relation: 'previous', behind: null },
    requests: 3,
  },
  {
    name: 'on main no pipeline that is newer than its own, when an old one is run again',
    wanted: { branch: 'main', ownPipeline: pipelineId(30) },
    expected: { pipeline: 29, relation: 'previous', behind: null },
    requests: 3,
  },
  {
    name: 'on main a report that expired gives way to the newest successful one',
    prepare: ({ pipeline, expire }) => {
      pipeline(60).status = 'failed';
      expire(60);
    },
    wanted: { branch: 'main' },
    expected: { pipeline: 59, relation: 'previous', behind: null },
    requests: 3,
  },
  {
    name: 'a renamed job, named by the option',
    prepare: ({ state }) => {
      for (const { jobs } of state.pipelines) jobs.splice(0, 1, { ...(jobs[0] ?? aJob(0)), name: 'report' });
    },
    wanted: { jobName: 'report', base: 60 },
    expected: { pipeline: 60, relation: 'exact', behind: 0 },
    requests: 1,
  },
];

describe('the baseline among 60 pipelines', () => {
  test.each(rows)('$name', async ({ prepare, knows, wanted = {}, expected, requests }) => {
    const branch = aBranch(knows);
    prepare?.(branch);
    const result = await search(branch.state, wanted);
    const { found } = result;
    expect(found.earlier === null ? found.missing : found.origin).toMatchObject({
      pipelineId: expected.pipeline === 999 ? 1_999 : pipelineId(expected.pipeline),
      relation: expected.relation,
      commitsBehind: expected.behind,
    });
    expect(result.requests.map(({ path }) => path)).toHaveLength(requests);
    expect(requests).toBeLessThanOrEqual(4);
  });
});

describe('no baseline is a sentence, no error', () => {
  test.each([
    {
      name: 'the first pipeline of a project',
      prepare: ({ state }: Branch) => {
        state.pipelines.splice(0);
      },
      missing: 'no pipeline of main has a herald-report.json of the job herald yet',
    },
    {
      name: 'an older schema',
      prepare: ({ state }: Branch) => {
        for (const { jobs } of state.pipelines) jobs[0]?.artifacts.set('herald-report.json', '{"schema":1}');
      },
      missing:
        'the herald-report.json of job 5040 cannot be compared with: its schema is 1, this Herald reads 2',
    },
    {
      name: 'a job that was renamed without saying so',
      prepare: ({ state }: Branch) => {
        for (const { jobs } of state.pipelines) jobs.splice(0, 1, { ...(jobs[0] ?? aJob(0)), name: 'other' });
      },
      missing: 'pipeline 1040 of main has no job herald (was it renamed? the option baseline-job names it)',
    },
    {
      name: 'reports that all expired',
      prepare: ({ expire }: Branch) => {
        expire(...Array.from({ length: 60 }, (_, index) => index + 1));
      },
      missing: 'the artifacts of herald in pipeline 1040 of main are gone',
    },
    {
      name: 'a token that may not read',
      prepare: ({ state }: Branch) => {
        state.tokens.splice(0);
      },
      missing: 'GitLab did not give the pipelines of main',
    },
  ])('$name', async ({ prepare, missing }) => {
    const branch = aBranch();
    prepare(branch);
    const { found, requests } = await search(branch.state, {});
    expect(found.earlier === null ? found.missing : found.origin).toBe(missing);
    expect(requests.length).toBeLessThanOrEqual(4);
  });

  test('a GitLab that does not answer is asked once, not four times', async () => {
    let asked = 0;
    const { found } = await search(aBranch().state, {}, () => {
      asked += 1;
      return 'reset';
    });
    expect(found.earlier).toBeNull();
    expect(asked).toBe(1);
  });
});

describe("without a Herald job on the target branch GitLab's own reading serves", () => {
  test('its test report and the coverage of the jobs are compared with, and it is said where they are from', async () => {
    const branch = aBranch();
    for (const pipeline of branch.state.pipelines)
      pipeline.jobs.splice(0, 1, aJob(0, { id: 1, name: 'unit', coverage: 81.5 }));
    Object.assign(branch.pipeline(40), {
      test_report: {
        total_time: 1,
        total_count: 1,
        test_suites: [
          {
            name: 'unit',
            test_cases: [{ status: 'failed', name: 'adds', classname: 'Cart', execution_time: 1 }],
          },
        ],
      },
    });
    const { found, requests } = await search(branch.state, {});
    if (found.earlier === null) throw new Error(found.missing);
    expect(found.origin).toMatchObject({ source: 'gitlab', relation: 'exact', pipelineId: 1_040 });
    expect(found.earlier.tests?.totals).toMatchObject({ total: 1, failed: 1 });
    expect(found.earlier.coverage?.totals.lines).toEqual({ covered: 8_150, total: 10_000 });
    expect(requests).toHaveLength(4);
  });
});
