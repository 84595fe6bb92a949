import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { EmbeddedJob } from '../../../src/demo/state.ts';
import { connectGitLab } from '../../../src/gitlab/rest.ts';
import { createMasker } from '../../../src/io/masker.ts';
import { fetchFailureCauses } from '../../../src/usecases/report/fetch-failure-causes.ts';
import { fetchPipeline } from '../../../src/usecases/report/fetch-pipeline.ts';
import { createTroubles } from '../../../src/usecases/troubles.ts';
import type { World } from '../../../src/usecases/world.ts';
import { aContext } from '../../builders.ts';
import { aClock, aLog } from '../../gitlab/connect-for-test.ts';
import {
  type EmbeddedGitLab,
  type EmbeddedOptions,
  startEmbeddedGitLab,
} from '../../support/gitlab/embedded-gitlab.ts';
import { type EmbeddedState, emptyState } from '../../support/gitlab/state/state.ts';

const token = 'bot-token-of-the-test';
const jobToken = 'job-token-of-the-test';
const running: EmbeddedGitLab[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
});

function trace(name: string): string {
  return readFileSync(new URL(`../../fixtures/traces/${name}.log`, import.meta.url), 'utf8');
}

function aJob(overrides: Partial<EmbeddedJob> & Pick<EmbeddedJob, 'id' | 'name'>): EmbeddedJob {
  const at = '2026-03-04T10:00:00.000Z';
  return {
    stage: 'test',
    status: 'failed',
    allow_failure: false,
    failure_reason: 'script_failure',
    created_at: at,
    started_at: at,
    finished_at: at,
    duration: 12,
    queued_duration: 1,
    coverage: null,
    artifacts: new Map(),
    reports: [],
    trace: trace('tsc-type-errors'),
    ...overrides,
  };
}

function stateWith(jobs: EmbeddedJob[]): EmbeddedState {
  const state = emptyState();
  state.users.push({ id: 7, username: 'herald-bot' });
  state.tokens.push(
    { value: token, kind: 'personal', userId: 7 },
    { value: jobToken, kind: 'job', userId: 7 },
  );
  state.projects.push({ id: 42, path_with_namespace: 'shop/checkout', default_branch: 'main' });
  state.pipelines.push({
    id: 1001,
    project_id: 42,
    ref: 'vouchers',
    sha: '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2',
    status: 'running',
    source: 'push',
    created_at: '2026-03-04T10:00:00.000Z',
    jobs,
    statuses: [],
    test_report: null,
  });
  return state;
}

async function causesOf(
  jobs: EmbeddedJob[],
  options: Partial<EmbeddedOptions> & { readonly kind?: 'bot' | 'job' } = {},
): Promise<{
  readonly causes: Awaited<ReturnType<typeof fetchFailureCauses>>;
  readonly traceRequests: readonly string[];
  readonly log: readonly string[];
}> {
  const { kind = 'bot', ...embedded } = options;
  const server = await startEmbeddedGitLab({ state: stateWith(jobs), ...embedded });
  running.push(server);
  const log = aLog();
  const clock = aClock();
  const gitlab = connectGitLab({
    apiUrl: server.apiUrl,
    token: { kind, value: kind === 'bot' ? token : jobToken, variable: 'HERALD_TOKEN' },
    log,
    clock,
    audit: () => undefined,
    caFile: null,
    variables: {},
  });
  const world = { gitlab, clock, log, mask: createMasker(['jq']) } as unknown as World;
  const { pipeline } = await fetchPipeline(aContext(), null, { gitlab, log });
  const causes = await fetchFailureCauses(pipeline, world, createTroubles(log, gitlab));
  const traceRequests = server.requests.map(({ path }) => path).filter((path) => path.endsWith('/trace'));
  return { causes, traceRequests, log: log.lines };
}

describe('requests', () => {
  test('none when nothing failed', async () => {
    const { causes, traceRequests } = await causesOf([aJob({ id: 501, name: 'a', status: 'success' })]);
    expect(causes).toEqual([]);
    expect(traceRequests).toEqual([]);
  });

  test('one for each failed job, whatever the others did', async () => {
    const { causes, traceRequests } = await causesOf([
      aJob({ id: 501, name: 'types' }),
      aJob({ id: 502, name: 'unit', trace: trace('go-test-failing') }),
      aJob({ id: 503, name: 'green', status: 'success', failure_reason: null }),
      aJob({ id: 504, name: 'optional', allow_failure: true }),
      aJob({ id: 505, name: 'flaky' }),
      aJob({ id: 506, name: 'flaky', status: 'success', failure_reason: null }),
      aJob({ id: 507, name: 'runner', failure_reason: 'runner_system_failure' }),
    ]);
    expect([...traceRequests].sort()).toEqual(['/projects/42/jobs/501/trace', '/projects/42/jobs/502/trace']);
    expect(causes.map(({ kind, jobs }) => [kind, jobs[0]?.name])).toEqual([
      ['type-check', 'types'],
      ['test', 'unit'],
      ['runner', 'runner'],
    ]);
  });

  test('ten at most, of the earliest stages and of different jobs first', async () => {
    const matrix = Array.from({ length: 20 }, (_, index) =>
      aJob({ id: 510 + index, name: `unit ${index + 1}/20`, stage: 'test' }),
    );
    const { causes, traceRequests, log } = await causesOf([
      aJob({ id: 501, name: 'build', stage: 'build' }),
      ...matrix,
      aJob({ id: 540, name: 'deploy', stage: 'deploy' }),
    ]);
    expect(traceRequests).toHaveLength(10);
    expect(traceRequests).toContain('/projects/42/jobs/501/trace');
    expect(traceRequests).toContain('/projects/42/jobs/540/trace');
    expect(causes.map(({ trace: use, jobs }) => [use, jobs.length])).toEqual([
      ['whole', 10],
      ['over-limit', 12],
    ]);
    expect(log.join('\n')).toContain('the logs of 12 failed jobs were not read: at most 10 logs');
  });

  test('none with a job token, which may not ask', async () => {
    const { causes, traceRequests } = await causesOf([aJob({ id: 501, name: 'types' })], { kind: 'job' });
    expect(traceRequests).toEqual([]);
    expect(causes).toMatchObject([{ trace: 'job-token', headline: '', kind: 'unknown' }]);
  });
});

describe('a log that cannot be had costs its job the excerpt only', () => {
  test.each([
    { name: 'refused', answer: { status: 403, body: { message: '403 Forbidden' } }, use: 'refused' },
    { name: 'not found', answer: { status: 404, body: { message: '404 Not found' } }, use: 'refused' },
    { name: 'erased', answer: { status: 200, body: '' }, use: 'empty' },
  ])('$name', async ({ answer, use }) => {
    const { causes } = await causesOf([aJob({ id: 501, name: 'a' }), aJob({ id: 502, name: 'b' })], {
      beforeRequest: ({ path }) => (path.endsWith('/501/trace') ? answer : undefined),
    });
    expect(causes.map(({ trace: read, jobs }) => [read, jobs[0]?.name])).toEqual([
      [use, 'a'],
      ['whole', 'b'],
    ]);
  });

  test('a token that is not known is not asked about again', async () => {
    const jobs = Array.from({ length: 9 }, (_, index) => aJob({ id: 501 + index, name: `job-${index}` }));
    const { causes, traceRequests } = await causesOf(jobs, {
      beforeRequest: ({ path }) =>
        path.endsWith('/trace') ? { status: 401, body: { message: '401 Unauthorized' } } : undefined,
    });
    expect(traceRequests.length).toBeLessThanOrEqual(3);
    expect(causes).toMatchObject([{ trace: 'refused' }]);
  });

  test('an answer that broke off is read again from its start', async () => {
    let failed = false;
    const { causes } = await causesOf([aJob({ id: 501, name: 'a' })], {
      beforeRequest: ({ path }) => {
        if (!path.endsWith('/trace') || failed) return undefined;
        failed = true;
        return 'reset';
      },
    });
    expect(causes).toMatchObject([{ trace: 'whole', line: 28 }]);
  });
});

describe('causes', () => {
  test('the same of ten jobs is shown once, with all of them', async () => {
    const jobs = Array.from({ length: 9 }, (_, index) =>
      aJob({
        id: 501 + index,
        name: `job-${index}`,
        trace: trace('unknown-tool-says-its-own-thing').replace(
          'closed on Sundays',
          `closed for ${index + 3} days`,
        ),
      }),
    );
    const { causes } = await causesOf(jobs);
    expect(causes).toHaveLength(1);
    expect(causes[0]?.jobs).toHaveLength(9);
  });

  test('what lies outside of the change comes last', async () => {
    const { causes } = await causesOf([
      aJob({ id: 501, name: 'clone', trace: trace('git-fetch-503') }),
      aJob({ id: 502, name: 'types' }),
    ]);
    expect(causes.map(({ origin }) => origin)).toEqual(['change', 'infrastructure']);
  });

  test("the run's own secrets are hidden", async () => {
    const { causes } = await causesOf([
      aJob({ id: 501, name: 'a', trace: trace('command-not-found-after-noisy-step') }),
    ]);
    expect(causes[0]?.headline).toBe('/bin/sh: eval: line 167: [MASKED]: not found');
  });

  test('a time limit is one whatever the log says', async () => {
    const { causes } = await causesOf([
      aJob({ id: 501, name: 'a', failure_reason: 'job_execution_timeout', trace: trace('go-test-failing') }),
    ]);
    expect(causes).toMatchObject([{ kind: 'timeout', command: 'go test ./... -race' }]);
  });
});
