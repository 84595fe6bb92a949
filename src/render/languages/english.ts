import type { BaselineRelation } from '../../model/comparison.ts';
import type { CauseKind, TraceUse } from '../../model/failure-cause.ts';
import { formatCount } from '../format-number.ts';

function plural(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** GitLab's failure reasons in words. Source: https://docs.gitlab.com/api/jobs/ and `Enums::Ci::CommitStatus` of GitLab. */
const failureReasons: Readonly<Record<string, string>> = {
  script_failure: 'the script failed',
  job_execution_timeout: 'it ran into its time limit',
  stuck_or_timeout_failure: 'no runner took it in time, or it stopped answering',
  runner_system_failure: 'the runner failed',
  runner_unsupported: 'the runner is too old for it',
  runner_quota_exceeded: 'the compute minutes are used up',
  no_matching_runner: 'no runner matches its tags',
  missing_dependency_failure: 'artifacts it needs are gone',
  scheduler_failure: 'GitLab could not schedule it',
  data_integrity_failure: 'GitLab found its data damaged',
  unmet_prerequisites: 'its prerequisites were not met',
  api_failure: 'the runner could not reach GitLab',
  image_pull_failure: 'its image could not be pulled',
  archived_failure: 'its pipeline is archived',
  stale_schedule: 'its schedule is stale',
  trace_size_exceeded: 'its log grew too large',
  environment_creation_failure: 'its environment could not be made',
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
  timeout: 'Time ran out',
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

/** Why there are no lines of a log, or not all; empty where nothing needs to be said. */
const traceUses: Readonly<Record<TraceUse, string>> = {
  whole: '',
  start: 'The log was too long to be read to its end; the lines are of its start.',
  'none-needed': '',
  empty: 'The log is empty or was erased.',
  refused:
    'GitLab refused the log: the token needs at least the role Reporter, and Developer for jobs with debug logging.',
  'job-token': 'The log was not read: a job token may not, a bot token in HERALD_TOKEN may.',
  unreachable: 'The log could not be fetched.',
  'over-limit':
    'The log was not read: those of ten other failed jobs were, or the time for logs was used up.',
};

/** All of Herald's own words in a report. Another language has every key, as the type asks. */
export const english = {
  tag: 'en',
  tests: {
    label: 'Tests',
    allPass: (total: number) =>
      total === 1 ? 'the one test passes' : `all ${formatCount(total)} tests pass`,
    fail: (failing: number, total: number) =>
      `${formatCount(failing)} of ${plural(total, 'test', 'tests')} ${failing === 1 ? 'fails' : 'fail'}`,
    noneRan: 'no tests ran',
    newOnes: (count: number, failing: number) =>
      count < failing
        ? `${formatCount(count)} of them new`
        : failing === 1
          ? 'and it is new'
          : 'all of them new',
    noneNew: 'none of them new',
    flaky: (count: number) => `${formatCount(count)} flaky`,
    skipped: (count: number) => `${formatCount(count)} skipped`,
    passed: (count: number) => `${formatCount(count)} passed`,
    failed: (count: number) => `${formatCount(count)} failed`,
    errored: (count: number) => `${formatCount(count)} errored`,
    fixed: (count: number) => `${formatCount(count)} fixed`,
    added: (count: number) => `${formatCount(count)} added`,
    removed: (count: number) => `${formatCount(count)} removed`,
    newFailures: (count: number) => plural(count, 'new failure', 'new failures'),
    newHeading: 'New failures',
    failuresHeading: 'Failing tests',
    stillHeading: (count: number) => `Failing on the target branch too (${formatCount(count)})`,
    flakyHeading: (count: number) => `Flaky: failed, then passed (${formatCount(count)})`,
    runs: (failed: number, runs: number) => `failed ${formatCount(failed)} of ${plural(runs, 'run', 'runs')}`,
    noMessage: 'The report gives no message.',
    noun: (count: number) => plural(count, 'failing test', 'failing tests'),
    stack: 'Stack trace',
    more: (count: number) => `${plural(count, 'more is', 'more are')} in the full report.`,
  },
  coverage: {
    label: 'Coverage',
    inWords: (percent: string) => `coverage ${percent}`,
    ofLines: (percent: string, covered: number, total: number) =>
      `${percent} of lines (${formatCount(covered)} of ${formatCount(total)})`,
    branches: (percent: string) => `branches ${percent}`,
    nothing: 'nothing to cover',
  },
  findings: {
    label: 'Findings',
    none: 'none',
    count: (count: number) => plural(count, 'finding', 'findings'),
    ofSeverity: (count: number, severity: string) => `${formatCount(count)} ${severity}`,
  },
  metrics: { label: 'Metrics', count: (count: number) => plural(count, 'metric', 'metrics') },
  jobs: {
    label: 'Jobs',
    heading: 'Failed jobs',
    allPass: (count: number) => `${plural(count, 'job', 'jobs')}, none failed`,
    failed: (failed: number, total: number) =>
      `${formatCount(failed)} of ${plural(total, 'job', 'jobs')} failed`,
    jobsFailed: (count: number) => `${plural(count, 'job', 'jobs')} failed`,
    infrastructure: (count: number) =>
      `${plural(count, 'job', 'jobs')} failed for reasons outside of the change`,
    retried: (count: number) => `${formatCount(count)} retried`,
    allowed: 'allowed to fail',
    succeededOnRetry: 'passed when it was run again',
    columns: { job: 'Job', stage: 'Stage', reason: 'Why', duration: 'Duration' },
    reason: (reason: string | null) =>
      reason === null ? 'GitLab gives no reason' : (failureReasons[reason] ?? reason.replaceAll('_', ' ')),
    noun: (count: number) => plural(count, 'failed job', 'failed jobs'),
    more: (count: number) => `${plural(count, 'more is', 'more are')} on the page of the pipeline.`,
  },
  causes: {
    kind: (kind: CauseKind) => causeKinds[kind],
    moreJobs: (count: number) => `and ${formatCount(count)} more`,
    line: (line: number) => `line ${formatCount(line)} of its log`,
    command: 'Command',
    stage: 'in',
    toldByTests: 'The failing tests are told above.',
    outside: 'Outside of the change: running the job again may help',
    unread: (use: TraceUse) => traceUses[use],
    more: (count: number) => `${plural(count, 'more cause is', 'more causes are')} in the full report.`,
  },
  gates: {
    label: 'Gate',
    failed: (count: number) => `${plural(count, 'gate', 'gates')} failed`,
    allowed: (label: string, setBy: string | null) =>
      `allowed by the label ${label}${setBy === null ? '' : `, set by ${setBy}`}`,
  },
  checks: {
    check: 'Check',
    result: 'Result',
    change: 'Change',
    noun: (count: number) => plural(count, 'check', 'checks'),
  },
  warnings: {
    heading: (count: number) => plural(count, 'warning', 'warnings'),
    noun: (count: number) => plural(count, 'warning', 'warnings'),
    more: (count: number) => `and ${formatCount(count)} more`,
  },
  nothing: {
    headline: 'No reports were found',
    advice:
      'Let the jobs that test hand their reports over: list the files in artifacts:paths with when: always. Herald finds the well-known names by itself; the input reports names others.',
  },
  footer: {
    commit: 'Commit',
    pipeline: 'pipeline',
    comparedWith: (ref: string) => `compared with ${ref} at`,
    standing: (relation: BaselineRelation, commitsBehind: number | null) => {
      switch (relation) {
        case 'behind':
          return commitsBehind === null
            ? 'before the merge base'
            : `${plural(commitsBehind, 'commit', 'commits')} before the merge base`;
        case 'newest':
          return 'the newest report, as there is none at the merge base';
        case 'exact':
        case 'previous':
        case 'given':
          return '';
      }
    },
    gitlabsOwn: 'by GitLab’s own test report',
    noBaseline: (reason: string) => `not compared: ${reason}`,
    fullReport: 'full report',
    by: (version: string) => `Herald ${version}`,
  },
  leftOut: (items: readonly string[]) => `Left out for length: ${items.join(', ')}.`,
} as const;

type Words<T> = {
  readonly [Key in keyof T]: T[Key] extends string
    ? string
    : T[Key] extends (...args: infer A) => string
      ? (...args: A) => string
      : Words<T[Key]>;
};

/** What every language must have. */
export type Language = Words<typeof english>;
