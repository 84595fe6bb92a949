import type { CauseKind, TraceUse } from '../../model/failure-cause.ts';
import { formatCount } from './format-number.ts';

/** GitLab's failure reasons in words. Source: https://docs.gitlab.com/api/jobs/ and `Enums::Ci::CommitStatus` of GitLab. */
export const failureReasons: Readonly<Record<string, string>> = {
  script_failure: 'the script failed',
  job_execution_timeout: 'it exceeded its time limit',
  stuck_or_timeout_failure: 'no runner picked it up in time, or it stopped responding',
  runner_system_failure: 'the runner failed',
  runner_unsupported: 'the runner is too old for it',
  runner_quota_exceeded: 'the compute minutes are used up',
  no_matching_runner: 'no runner matches its tags',
  missing_dependency_failure: 'artifacts that it needs are missing',
  scheduler_failure: 'GitLab could not schedule it',
  data_integrity_failure: 'GitLab found its data damaged',
  unmet_prerequisites: 'its prerequisites were not met',
  api_failure: 'the runner could not reach GitLab',
  image_pull_failure: 'its image could not be pulled',
  archived_failure: 'its pipeline is archived',
  stale_schedule: 'its schedule is stale',
  trace_size_exceeded: 'its log grew too large',
  environment_creation_failure: 'its environment could not be created',
  deployment_rejected: 'its deployment was rejected',
  upstream_bridge_project_not_found: 'its downstream project was not found',
  downstream_pipeline_creation_failed: 'its downstream pipeline could not be started',
};

/** What a job failed of, as the subject of a line. */
export const causeKinds: Readonly<Record<CauseKind, string>> = {
  compilation: 'Compilation failed',
  test: 'Tests failed',
  lint: 'Lint errors',
  'type-check': 'Type errors',
  dependency: 'Dependencies could not be installed',
  network: 'The network or a service failed',
  'out-of-memory': 'Out of memory',
  'disk-full': 'The disk is full',
  killed: 'The process was killed',
  timeout: 'Timed out',
  image: 'The image could not be used',
  runner: 'The runner failed',
  docker: 'The image build failed',
  terraform: 'Terraform failed',
  permission: 'Permission denied',
  'missing-file': 'A file is missing',
  'missing-command': 'A command is missing',
  git: 'Git failed',
  artifact: 'Artifacts or cache failed',
  script: 'The script failed',
  unknown: 'Failed',
};

/** Why a log shows no lines, or not all; empty where there is nothing to explain. */
export const traceUses: Readonly<Record<TraceUse, string>> = {
  whole: '',
  start: 'The log was too long to read to its end; these lines are from its start.',
  'none-needed': '',
  empty: 'The log is empty or was erased.',
  refused:
    'GitLab refused the log: the token needs at least the role Reporter, and Developer for jobs with debug logging.',
  'job-token': 'The log was not read: a job token cannot read logs, a bot token in HERALD_TOKEN can.',
  unreachable: 'The log could not be fetched.',
  'over-limit':
    'The log was not read: Herald had already read the logs of ten failed jobs, or had no time left for logs.',
};

/** What GitLab did not give: in the table, in the headline, and a sentence with the reason. */
export const missingParts = {
  unknown: 'not known',
  several: (count: number) => `${formatCount(count)} parts not known`,
  reason: {
    refused: 'GitLab refused to give them',
    unreachable: 'GitLab did not answer or kept failing',
    'unusable-answer': 'GitLab’s answer could not be used',
  },
  phrase: {
    jobs: 'jobs not known',
    'test-report': 'test report of GitLab not known',
    baseline: 'earlier runs not known',
    diff: 'changed lines not known',
  },
  sentence: {
    'merge-request': (reason: string) => `The facts of the merge request are not known: ${reason}.`,
    jobs: (reason: string) =>
      `The jobs of this pipeline are not known: ${reason}. A job that failed is missing here.`,
    traces: (reason: string) => `The logs of failed jobs are not known: ${reason}.`,
    'test-report': (reason: string) =>
      `The tests that GitLab counted are not known: ${reason}. A test that failed is missing here.`,
    'job-reports': (reason: string) => `Some reports of the jobs are not known: ${reason}.`,
    baseline: (reason: string) =>
      `Some reports of earlier runs are not known: ${reason}. The comparison may be with another commit.`,
    diff: (reason: string) =>
      `The lines of this change are not known: ${reason}. Herald does not distinguish what is on them.`,
    labels: (reason: string) =>
      `The labels of the merge request are not known: ${reason}. One that allows a gate does not count here.`,
    'flaky-marks': (reason: string) =>
      `The marks of flaky tests are not known: ${reason}. Such a test counts like all others.`,
  },
} as const;

/** About pipelines that trigger jobs started. */
export const triggerWords = {
  downstreamFailed: (count: number): string =>
    count === 1
      ? 'a pipeline that a job started failed'
      : `${formatCount(count)} pipelines that jobs started failed`,
  downstreamRunning: (count: number): string =>
    count === 1
      ? 'a pipeline that a job started still runs'
      : `${formatCount(count)} pipelines that jobs started still run`,
  downstream: (id: number): string => `pipeline ${id}`,
  downstreamState: (status: string): string =>
    status === 'failed' ? 'failed' : `is ${status.replaceAll('_', ' ')}`,
};
