import { reportOptions } from '../../../src/config/report-options.ts';
import type { Context, MergeRequest } from '../../../src/model/context.ts';
import { noFiles, noGit } from '../../../src/usecases/report/no-files.ts';
import { type ReportOutcome, report } from '../../../src/usecases/report/report.ts';
import { aContext, aMergeRequest } from '../../builders.ts';
import type { EmbeddedBridge, EmbeddedPipeline } from '../../support/gitlab/state/state.ts';
import { head, type Stage } from '../bot/stage.ts';

/** The pipeline of merge request !7 on the stage. */
export const mergeRequestPipeline = 501;

const times = {
  created_at: '2026-03-04T10:00:00.000Z',
  started_at: '2026-03-04T10:00:00.000Z',
  finished_at: '2026-03-04T10:01:00.000Z',
};

export function pipelineIn({ state }: Stage, id: number): EmbeddedPipeline {
  const found = state.pipelines.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no pipeline ${id}`);
  return found;
}

/** Another pipeline of the same commit; by default a child pipeline without jobs. */
export function addPipeline(
  stage: Stage,
  overrides: Partial<EmbeddedPipeline> & Pick<EmbeddedPipeline, 'id'>,
): EmbeddedPipeline {
  const pipeline: EmbeddedPipeline = {
    ...pipelineIn(stage, mergeRequestPipeline),
    status: 'failed',
    source: 'parent_pipeline',
    jobs: [],
    statuses: [],
    ...overrides,
  };
  stage.state.pipelines.push(pipeline);
  return pipeline;
}

/** Lets a pipeline have a trigger job that started another one. */
export function addTrigger(
  stage: Stage,
  upstream: number,
  overrides: Partial<EmbeddedBridge> & Pick<EmbeddedBridge, 'downstream_id'>,
): void {
  const pipeline = pipelineIn(stage, upstream);
  const bridge: EmbeddedBridge = {
    id: 700 + stage.state.pipelines.length,
    name: 'deploy',
    stage: 'deploy',
    status: 'failed',
    allow_failure: false,
    failure_reason: overrides.status === undefined ? 'unknown_failure' : null,
    duration: 60,
    coverage: null,
    ...times,
    ...overrides,
  };
  const { bridges = [] } = pipeline;
  Object.assign(pipeline, { bridges: [...bridges, bridge] });
}

/** A job that failed, with its log. */
export function aFailedJob(
  id: number,
  name: string,
  trace = '$ make smoke\nError: the till does not open\nERROR: Job failed: exit code 1\n',
): EmbeddedPipeline['jobs'][number] {
  return {
    id,
    name,
    stage: 'test',
    status: 'failed',
    allow_failure: false,
    failure_reason: 'script_failure',
    duration: 60,
    queued_duration: 1,
    coverage: null,
    artifacts: new Map(),
    reports: [],
    trace,
    ...times,
  };
}

/** The context of a job in a pipeline of !7; without a merge request, as jobs of other pipelines know none. */
export function jobContext(
  { gitlab }: Stage,
  pipeline: Partial<Context['pipeline']> & Pick<Context['pipeline'], 'id'>,
  mergeRequest: MergeRequest | null = aMergeRequest({
    iid: 7,
    headSha: head,
    projectPath: 'shop/till',
    url: `${gitlab.url}/shop/till/-/merge_requests/7`,
  }),
): Context {
  const url = `${gitlab.url}/shop/till`;
  return aContext({
    server: { url: gitlab.url, apiUrl: gitlab.apiUrl },
    project: { id: 42, path: 'shop/till', url, defaultBranch: 'main', directory: '/builds/shop/till' },
    pipeline: {
      type: 'detached',
      source: 'merge_request_event',
      createdAt: null,
      ...pipeline,
      url: `${url}/-/pipelines/${pipeline.id}`,
    },
    commit: { sha: head, branch: mergeRequest === null ? 'vouchers' : null, tag: null },
    mergeRequest,
  });
}

/** A whole run of `herald report` without report files, against the stage's GitLab. */
export function runReport(stage: Stage, context: Context, options: object = {}): Promise<ReportOutcome> {
  const { gitlab, clock, log } = stage.world();
  const world = {
    gitlab,
    tokenAdvice: null,
    files: noFiles,
    git: noGit,
    output: noFiles,
    clock,
    log,
    mask: (words: string) => words,
  };
  return report(reportOptions.parse(options), context, world);
}
