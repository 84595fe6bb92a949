import { coberturaReport, lcovReport } from './samples/coverage.ts';
import { gotestsumReport } from './samples/gotestsum.ts';
import { demoPatch, demoSources } from './samples/patch.ts';
import { pytestReport } from './samples/pytest.ts';
import { surefireReport } from './samples/surefire.ts';
import { pytestTrace, typesTrace, vitestTrace } from './samples/traces.ts';
import { vitestReport } from './samples/vitest.ts';
import type { DemoPipeline, DemoState, EmbeddedJob } from './state.ts';

/**
 * The demo's story: a target branch that is green but for its flaky tests, a push that breaks two tests, a push that
 * fixes one and breaks another.
 */
export type Push = 'baseline' | 'first' | 'second';

const projectId = 42;
const projectPath = 'shop/shop';
const demoMergeRequest = { project: projectId, iid: 7 };

/** Tokens of the embedded instance; they open nothing else. */
const botToken = 'demo-bot-token';
const jobToken = 'demo-job-token';
export const demoBot = { id: 900, username: 'herald-bot' };

const shas: Readonly<Record<Push, string>> = {
  baseline: '6f1d0c9b2a7e4f5d8c3b1a09e7d6c5b4a3928170',
  first: 'b7e23ec29af22b0b4e41da31e868d57226121c84',
  second: 'c9f0f895fb98ab9159f51fd0297e236d8b1d2f3e',
};
const pipelineIds: Readonly<Record<Push, number>> = { baseline: 5001, first: 5002, second: 5003 };
const heraldJob = 'herald';
const heraldJobIds: Readonly<Record<Push, number>> = { baseline: 8001, first: 8101, second: 8201 };

/** The report files of a push, as its test jobs leave them in the checkout. */
export function demoFiles(push: Push): Readonly<Record<string, string>> {
  const vouchers = push === 'first' ? 'fails' : 'passes';
  const stock = push === 'second' ? 'fails' : 'passes';
  return {
    'api/junit.xml': pytestReport({ vouchers, stock }),
    'api/coverage.xml': coberturaReport(push === 'baseline' ? 4 : push === 'first' ? 9 : 5),
    ...demoSources,
    'web/junit.xml': vitestReport(push === 'baseline' ? 'passes' : 'fails'),
    'web/coverage/lcov.info': lcovReport(push === 'baseline' ? 1 : 2),
    'worker/go-test.json': gotestsumReport,
    'invoices/target/surefire-reports/TEST-shop.invoice.InvoiceTest.xml': surefireReport,
  };
}

interface JobStory {
  readonly name: string;
  readonly stage: string;
  readonly seconds: number;
  readonly status?: string;
  readonly reason?: string;
  readonly allowFailure?: boolean;
  readonly trace?: string;
}

const failed = { status: 'failed', reason: 'script_failure' };

function jobsOf(push: Push): readonly JobStory[] {
  const red = push !== 'baseline';
  return [
    {
      name: 'lint',
      stage: 'check',
      seconds: 38,
      ...(red ? { status: 'failed', reason: 'script_failure', allowFailure: true } : {}),
    },
    ...(push === 'first'
      ? [{ name: 'types', stage: 'check', seconds: 21, ...failed, trace: typesTrace }]
      : [{ name: 'types', stage: 'check', seconds: 23 }]),
    { name: 'build api', stage: 'build', seconds: 61 },
    { name: 'build web', stage: 'build', seconds: 84 },
    ...(red
      ? [
          {
            name: 'test worker',
            stage: 'test',
            seconds: 4,
            status: 'failed',
            reason: 'runner_system_failure',
          },
        ]
      : []),
    {
      name: 'test api',
      stage: 'test',
      seconds: 142,
      ...(red ? { ...failed, trace: pytestTrace(push) } : {}),
    },
    {
      name: 'test web',
      stage: 'test',
      seconds: 97,
      ...(red ? { ...failed, trace: vitestTrace } : {}),
    },
    { name: 'test worker', stage: 'test', seconds: 55 },
    { name: 'test invoices', stage: 'test', seconds: 73 },
  ];
}

function embeddedJob(story: JobStory, id: number, startedAt: Date): EmbeddedJob {
  const started = new Date(startedAt.getTime() + (id % 10) * 9_000);
  return {
    id,
    name: story.name,
    stage: story.stage,
    status: story.status ?? 'success',
    allow_failure: story.allowFailure ?? false,
    failure_reason: story.reason ?? null,
    created_at: startedAt.toISOString(),
    started_at: started.toISOString(),
    finished_at: new Date(started.getTime() + story.seconds * 1_000).toISOString(),
    duration: story.seconds,
    queued_duration: 3,
    coverage: null,
    artifacts: new Map(),
    reports: [],
    trace: story.trace ?? '',
  };
}

function heraldJobOf(push: Push, startedAt: Date): EmbeddedJob {
  const story = {
    name: heraldJob,
    stage: '.post',
    seconds: 2,
    status: push === 'baseline' ? 'success' : 'running',
  };
  return embeddedJob(story, heraldJobIds[push], startedAt);
}

function pipelineOf(push: Push, startedAt: Date): DemoPipeline {
  const firstId = heraldJobIds[push] + 1;
  const stories = jobsOf(push);
  return {
    id: pipelineIds[push],
    project_id: projectId,
    ref: push === 'baseline' ? 'main' : `refs/merge-requests/${demoMergeRequest.iid}/head`,
    sha: shas[push],
    status: push === 'baseline' ? 'success' : 'running',
    source: push === 'baseline' ? 'push' : 'merge_request_event',
    created_at: startedAt.toISOString(),
    jobs: [
      ...stories.map((story, index) => embeddedJob(story, firstId + index, startedAt)),
      heraldJobOf(push, startedAt),
    ],
    statuses: [],
    test_report: null,
  };
}

/**
 * The embedded instance before the first push: users, the project, the merge request with a human's comment, all
 * pipelines.
 */
export function demoState(now: Date): DemoState {
  const author = { id: 11, username: 'ada' };
  const minutesAgo = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
  const createdAt = minutesAgo(30).toISOString();
  const comment = {
    id: 100,
    author,
    body: 'Rounding is new here: a second pair of eyes, please.',
    system: false,
  };
  return {
    users: [demoBot, author],
    tokens: [
      { value: botToken, kind: 'personal', userId: demoBot.id },
      { value: jobToken, kind: 'job', userId: author.id },
    ],
    projects: [{ id: projectId, path_with_namespace: projectPath, default_branch: 'main' }],
    mergeRequests: [
      {
        project_id: projectId,
        iid: demoMergeRequest.iid,
        title: 'Take vouchers at the till',
        state: 'opened',
        source_project_id: projectId,
        source_branch: 'vouchers',
        target_branch: 'main',
        sha: shas.second,
        diff_base_sha: shas.baseline,
        labels: [],
        diff: { raw: demoPatch },
        notes: [{ ...comment, created_at: createdAt, updated_at: createdAt }],
      },
    ],
    pipelines: [
      pipelineOf('baseline', minutesAgo(240)),
      pipelineOf('first', minutesAgo(20)),
      pipelineOf('second', minutesAgo(5)),
    ],
    nextId: 1_000,
  };
}

/** Leaves a file in the artifacts of a push's Herald job, as the runner does when the job ends. */
export function storeArtifact(
  state: DemoState,
  push: Push,
  file: { readonly path: string; readonly content: string },
): void {
  const jobs = state.pipelines.find(({ id }) => id === pipelineIds[push])?.jobs ?? [];
  jobs.find(({ name }) => name === heraldJob)?.artifacts.set(file.path, file.content);
}

/** GitLab's predefined variables in the Herald job of a push. Source: https://docs.gitlab.com/ci/variables/predefined_variables/ */
export function demoVariables(
  push: Push,
  serverUrl: string,
  directory: string,
): Readonly<Record<string, string>> {
  const projectUrl = `${serverUrl}/${projectPath}`;
  const variables: Record<string, string> = {
    CI: 'true',
    CI_SERVER_URL: serverUrl,
    CI_API_V4_URL: `${serverUrl}/api/v4`,
    CI_SERVER_VERSION: '19.6.0',
    CI_PROJECT_ID: String(projectId),
    CI_PROJECT_PATH: projectPath,
    CI_PROJECT_URL: projectUrl,
    CI_PROJECT_DIR: directory,
    CI_DEFAULT_BRANCH: 'main',
    CI_PIPELINE_ID: String(pipelineIds[push]),
    CI_PIPELINE_URL: `${projectUrl}/-/pipelines/${pipelineIds[push]}`,
    CI_PIPELINE_SOURCE: push === 'baseline' ? 'push' : 'merge_request_event',
    CI_JOB_ID: String(heraldJobIds[push]),
    CI_JOB_NAME: heraldJob,
    CI_JOB_URL: `${projectUrl}/-/jobs/${heraldJobIds[push]}`,
    CI_JOB_TOKEN: jobToken,
    HERALD_TOKEN: botToken,
    CI_COMMIT_SHA: shas[push],
  };
  if (push === 'baseline') return { ...variables, CI_COMMIT_BRANCH: 'main' };
  return {
    ...variables,
    CI_MERGE_REQUEST_IID: String(demoMergeRequest.iid),
    CI_MERGE_REQUEST_PROJECT_ID: String(projectId),
    CI_MERGE_REQUEST_PROJECT_PATH: projectPath,
    CI_MERGE_REQUEST_PROJECT_URL: projectUrl,
    CI_MERGE_REQUEST_EVENT_TYPE: 'detached',
    CI_MERGE_REQUEST_TITLE: 'Take vouchers at the till',
    CI_MERGE_REQUEST_SOURCE_PROJECT_ID: String(projectId),
    CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'vouchers',
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: shas.baseline,
  };
}

export { withMonthOfRuns } from './samples/history.ts';
