import type { CauseKind, TraceUse } from '../../model/failure-cause.ts';
import { formOf } from '../../model/plural.ts';
import { formatCount, plural } from './format-number.ts';

/** GitLab's failure reasons in words. Source: https://docs.gitlab.com/api/jobs/ and `Enums::Ci::CommitStatus` of GitLab. */
const failureReasons: Readonly<Record<string, string>> = {
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
const causeKinds: Readonly<Record<CauseKind, string>> = {
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
const traceUses: Readonly<Record<TraceUse, string>> = {
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
    'code-owner-approval': (reason: string) => `The approvals of code owners are not known: ${reason}.`,
    'touched-files': (reason: string) =>
      `The open incidents about the changed files are not known: ${reason}.`,
    quarantine: (reason: string) =>
      `The quarantine of tests is not known: ${reason}. A test in it counts like all others.`,
    blame: (reason: string) => `The people who last changed the lines that failed are not known: ${reason}.`,
  },
} as const;

/** About pipelines that trigger jobs started. */
const triggerWords = {
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

/** The jobs of a pipeline, and which of them failed. */
export const jobWords = {
  label: 'Jobs',
  heading: 'Failed jobs',
  none: (total: number) =>
    formOf(total, { one: 'the only one did not fail', other: `none of ${formatCount(total)} failed` }),
  failed: (failed: number, total: number) => `${formatCount(failed)} of ${formatCount(total)} failed`,
  failedAsAllowed: (failed: number, total: number) =>
    `${formatCount(failed)} of ${formatCount(total)} failed, as allowed`,
  moreAsAllowed: (count: number) => `${formatCount(count)} more failed, as allowed`,
  total: (count: number) => plural(count, { one: 'job', other: 'jobs' }),
  totalIn: (count: number, duration: string) =>
    `${plural(count, { one: 'job', other: 'jobs' })} in ${duration}`,
  withoutEffect: (count: number) => `${plural(count, { one: 'job', other: 'jobs' })} failed without effect`,
  ofTests: (count: number, above: boolean) =>
    `the ${formOf(count, { one: 'failing test', other: `${formatCount(count)} failing tests` })} ${above ? 'above' : 'below'}`,
  jobsFailed: (count: number) => `${plural(count, { one: 'job', other: 'jobs' })} failed`,
  infrastructure: (count: number) =>
    `${plural(count, { one: 'job', other: 'jobs' })} failed for reasons outside of the change`,
  retried: (count: number) => `${formatCount(count)} retried`,
  allowed: 'allowed to fail',
  allowedPhrase: (count: number) => `${plural(count, { one: 'job', other: 'jobs' })} failed, as allowed`,
  succeededOnRetry: 'passed on retry',
  ...triggerWords,
  columns: { job: 'Job', stage: 'Stage', reason: 'Why', duration: 'Duration' },
  reason: (reason: string | null) =>
    reason === null ? 'GitLab gives no reason' : (failureReasons[reason] ?? reason.replaceAll('_', ' ')),
  noun: (count: number) => plural(count, { one: 'failed job', other: 'failed jobs' }),
  more: (count: number) =>
    `${plural(count, { one: 'more is', other: 'more are' })} on the page of the pipeline.`,
} as const;

/** Why jobs failed. */
export const causeWords = {
  kind: (kind: CauseKind) => causeKinds[kind],
  moreJobs: (count: number) => `and ${formatCount(count)} more`,
  line: (line: number) => `line ${formatCount(line)} of its log`,
  lineShort: (line: number) => `line ${formatCount(line)}`,
  command: 'Command',
  stage: 'in',
  outside: 'Outside of the change: retrying the job may help',
  unread: (use: TraceUse) => traceUses[use],
  more: (count: number) =>
    `${plural(count, { one: 'more cause is', other: 'more causes are' })} in the full report.`,
} as const;

/** Words around the text of a failing test. */
export const testDetails = {
  attachments: 'Attachments',
  leftOut: (count: number): string => `… ${plural(count, { one: 'line', other: 'lines' })} omitted …`,
  parents: (count: number): string =>
    count === 1 ? 'fails only because a subtest of it fails' : 'fail only because subtests of them fail',
  otherBodies: (count: number): string =>
    `${plural(count, { one: 'other has', other: 'others have' })} the same message with different details`,
};
