import { onTestFinished } from 'vitest';
import { heraldReportOf } from '../../src/baseline/herald-report.ts';
import type { EmbeddedJob } from '../../src/demo/state.ts';
import { aContext, aSummary } from '../builders.ts';
import {
  type EmbeddedGitLab,
  type EmbeddedOptions,
  startEmbeddedGitLab,
} from '../support/gitlab/embedded-gitlab.ts';
import { type EmbeddedPipeline, type EmbeddedState, emptyState } from '../support/gitlab/state/state.ts';

const projectId = 42;
export const botToken = 'bot-token';

/** The id of the n-th commit of the branch; another letter, another branch. */
export function shaOf(n: number, letter: 'c' | 'd' = 'c'): string {
  return `${letter}${String(n).padStart(4, '0')}`.padEnd(40, '0');
}

export const pipelineIdOf = (n: number): number => 2_000 + n * 10;

const hour = 3_600_000;
const start = Date.parse('2026-03-01T00:00:00Z');
const timeOf = (n: number): string => new Date(start + n * hour).toISOString();

/** What became of the Herald job of a pipeline. */
export type HeraldJob =
  | 'kept'
  | 'expired'
  | 'not in it'
  | 'renamed'
  | 'canceled'
  | 'old schema'
  | 'run twice'
  | 'canceled when run again';

export interface Run {
  /** Number of the commit, which numbers the pipeline too. */
  readonly n: number;
  readonly status?: string;
  readonly herald?: HeraldJob;
  /** When it is not that of commit n. */
  readonly sha?: string;
  readonly source?: string;
}

function aHeraldJob(id: number, overrides: Partial<EmbeddedJob> = {}): EmbeddedJob {
  return {
    id,
    name: 'herald',
    stage: '.post',
    status: 'success',
    allow_failure: false,
    failure_reason: null,
    created_at: timeOf(0),
    started_at: null,
    finished_at: null,
    duration: 1,
    queued_duration: 1,
    coverage: null,
    artifacts: new Map(),
    reports: [],
    trace: '',
    ...overrides,
  };
}

function reportText(run: Run, jobId: number, project: number): string {
  const id = pipelineIdOf(run.n);
  const sha = run.sha ?? shaOf(run.n);
  const context = aContext({
    pipeline: {
      id,
      url: `https://gitlab.example.com/-/pipelines/${id}`,
      type: 'branch',
      source: 'push',
      createdAt: timeOf(run.n),
    },
    job: { id: jobId, name: 'herald', url: `https://gitlab.example.com/-/jobs/${jobId}` },
    project: { ...aContext().project, id: project },
    commit: { sha, branch: 'main', tag: null },
    mergeRequest: null,
  });
  return JSON.stringify(heraldReportOf(aSummary({ context }), new Date(timeOf(run.n)), null));
}

function heraldJobs(run: Run, project: number): EmbeddedJob[] {
  const id = pipelineIdOf(run.n) + 1;
  const kept = (jobId: number): Map<string, string> =>
    new Map([['herald-report.json', reportText(run, jobId, project)]]);
  switch (run.herald ?? 'kept') {
    case 'kept':
      return [aHeraldJob(id, { artifacts: kept(id) })];
    case 'expired':
      return [aHeraldJob(id, { artifacts: kept(id), artifacts_expire_at: '2026-01-01T00:00:00Z' })];
    case 'not in it':
      return [];
    case 'renamed':
      return [aHeraldJob(id, { name: 'quality-report', artifacts: kept(id) })];
    case 'canceled':
      return [aHeraldJob(id, { status: 'canceled' })];
    case 'old schema':
      return [aHeraldJob(id, { artifacts: new Map([['herald-report.json', '{"schema":0}']]) })];
    case 'run twice':
      return [aHeraldJob(id, { status: 'failed' }), aHeraldJob(id + 1, { artifacts: kept(id + 1) })];
    case 'canceled when run again':
      return [aHeraldJob(id, { artifacts: kept(id) }), aHeraldJob(id + 1, { status: 'canceled' })];
  }
}

const testReport = {
  test_suites: [
    { name: 'unit', test_cases: [{ status: 'failed', name: 'adds', classname: 'Sum', execution_time: 1 }] },
  ],
};

function aBranchPipeline(run: Run, project: number): EmbeddedPipeline {
  return {
    id: pipelineIdOf(run.n),
    project_id: project,
    ref: 'main',
    sha: run.sha ?? shaOf(run.n),
    status: run.status ?? 'success',
    source: run.source ?? 'push',
    created_at: timeOf(run.n),
    jobs: [aHeraldJob(pipelineIdOf(run.n) + 5, { name: 'unit', coverage: 80 }), ...heraldJobs(run, project)],
    statuses: [],
    test_report: testReport,
  };
}

/** A branch of commits 0, 1, 2, … of which each stands on the one before, with the pipelines that are given. */
export function aBranch(commits: number, runs: readonly Run[], project = projectId): EmbeddedState {
  const state = emptyState();
  state.users.push({ id: 7, username: 'herald-bot' });
  state.tokens.push({ value: botToken, kind: 'personal', userId: 7 });
  state.projects.push({ id: project, path_with_namespace: 'shop/checkout', default_branch: 'main' });
  for (let n = 0; n < commits; n += 1) {
    state.commits.push({
      project_id: project,
      id: shaOf(n),
      parent_ids: n === 0 ? [] : [shaOf(n - 1)],
      title: `Commit ${String(n)}`,
      created_at: timeOf(n),
    });
  }
  state.pipelines.push(...runs.map((run) => aBranchPipeline(run, project)));
  return state;
}

export async function serve(
  state: EmbeddedState,
  options: Omit<EmbeddedOptions, 'state'> = {},
): Promise<EmbeddedGitLab> {
  const gitlab = await startEmbeddedGitLab({ state, ...options });
  onTestFinished(() => gitlab.stop());
  return gitlab;
}

/** Pipelines of the commits from `first` to `last`, all green, but for those that are named. */
export function green(
  first: number,
  last: number,
  others: Readonly<Record<number, Partial<Run>>> = {},
): Run[] {
  return Array.from({ length: last - first + 1 }, (_unused, index) => ({
    n: first + index,
    ...others[first + index],
  }));
}
