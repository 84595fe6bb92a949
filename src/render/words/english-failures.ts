import type { CauseKind, TraceUse } from '../../model/failure-cause.ts';
import { plural } from './english-plural.ts';

/** GitLab's failure reasons in words. Source: https://docs.gitlab.com/api/jobs/ and `Enums::Ci::CommitStatus` of GitLab. */
export const failureReasons: Readonly<Record<string, string>> = {
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
export const traceUses: Readonly<Record<TraceUse, string>> = {
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

/** What is said around the text of a failing test. */
export const testDetails = {
  leftOut: (count: number): string => `… ${plural(count, 'line', 'lines')} left out …`,
  parents: (count: number): string =>
    count === 1 ? 'fails only because a subtest of it fails' : 'fail only because subtests of them fail',
  otherBodies: (count: number): string =>
    `${plural(count, 'other has', 'others have')} the same message with different details`,
};
