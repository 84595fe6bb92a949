import type { ReportEvidence, UnexplainedSign } from '../model/evidence.ts';
import { isFailed, type Job } from '../model/pipeline.ts';
import { counted } from '../model/plural.ts';
import type { ReadReport } from '../model/report.ts';
import type { Summary } from '../model/summary.ts';

/** All signs of failure, before it is known which are explained. */
export type Seen = Pick<Summary, 'context' | 'files' | 'metrics' | 'pipeline' | 'tests'> & {
  /** Reports that are missing or were refused. */
  readonly gaps: readonly UnexplainedSign[];
};

type ReadFile = Omit<ReadReport, 'report'>;

/** Failures that the comment shows, over all reports. */
interface Shown {
  readonly tests: number;
  readonly thresholds: number;
}

function shownOf({ tests, metrics }: Seen): Shown {
  const totals = tests?.totals;
  return {
    tests: (totals?.failed ?? 0) + (totals?.errored ?? 0),
    thresholds: metrics?.thresholds.filter(({ passed }) => !passed).length ?? 0,
  };
}

/** Failures that a report counts beyond those that it lists. */
function undeclared({ declaredFailures, failedRuns }: ReportEvidence): number {
  return Math.max(0, (declaredFailures ?? 0) - failedRuns);
}

/**
 * Failures of one file that the merged report does not show: a matrix shows a failing test once, however many files
 * have it.
 */
function vanished({ failingTests, crossedThresholds }: ReportEvidence, shown: Shown): number {
  return Math.max(0, failingTests - shown.tests) + Math.max(0, crossedThresholds - shown.thresholds);
}

function signsOfFile({ path, error, evidence }: ReadFile, shown: Shown): readonly UnexplainedSign[] {
  if (error !== null) return [{ kind: 'unreadable', path, count: 1, reason: error }];
  // A flaky test is a failure that the tool itself withdrew: it does not explain a verdict.
  const lists = evidence.failingTests > 0 || evidence.crossedThresholds > 0;
  const declared = undeclared(evidence);
  const lost = vanished(evidence, shown);
  return [
    ...(declared > 0 ? [{ kind: 'declared', path, count: declared, reason: '' } as const] : []),
    ...(lists
      ? []
      : evidence.verdicts.map((reason) => ({ kind: 'verdict', path, count: 1, reason }) as const)),
    ...evidence.incomplete.map((reason) => ({ kind: 'incomplete', path, count: 1, reason }) as const),
    ...(lost > 0 ? [{ kind: 'vanished', path, count: lost, reason: '' } as const] : []),
  ];
}

function hasFailed({ status }: Pick<Job, 'status'>): boolean {
  return status === 'failed';
}

/** A pipeline that failed through a job that is not among those that are known. */
function signsOfPipeline({ pipeline }: Seen): readonly UnexplainedSign[] {
  if (pipeline === null || !hasFailed(pipeline.pipeline)) return [];
  const isExplained = pipeline.jobs.some(isFailed);
  return isExplained ? [] : [{ kind: 'pipeline', path: null, count: 1, reason: '' }];
}

/** Trigger jobs that GitLab did not give: one of them can have failed. */
function signsOfTriggers({ pipeline }: Seen): readonly UnexplainedSign[] {
  const reason = pipeline?.triggersUnseen;
  return reason === undefined ? [] : [{ kind: 'triggers', path: null, count: 1, reason }];
}

/** GitLab's reasons for jobs that were ended from outside. Source: https://docs.gitlab.com/ci/yaml/#retrywhen */
const killed = new Set([
  'api_failure',
  'data_integrity_failure',
  'job_execution_server_timeout',
  'job_execution_timeout',
  'runner_system_failure',
  'scheduler_failure',
  'stale_schedule',
  'stuck_or_timeout_failure',
]);

/** Jobs without reports, because somebody or something stopped them. */
function signsOfJobs({ pipeline, context }: Seen): readonly UnexplainedSign[] {
  const jobs = pipeline?.jobs.filter(({ id, retried }) => !retried && id !== context.job.id) ?? [];
  return jobs.flatMap(({ name, status, failureReason, hasArtifacts, trigger }) => {
    const isKilled = hasFailed({ status }) && failureReason !== null && killed.has(failureReason);
    const isCanceled = status === 'canceled' || trigger?.downstream?.status === 'canceled';
    const isStopped = isCanceled || (isKilled && hasArtifacts === false);
    return isStopped ? [{ kind: 'stopped', path: null, count: 1, reason: name } as const] : [];
  });
}

/**
 * Compares every sign of failure with the failures that the comment shows, and returns the signs that nothing red
 * explains: failures that a report counts and does not list, a tool's own verdict without a failure, a report that is
 * cut off, unreadable or missing, a failing test that merging lost, a failed pipeline without a failed job, trigger
 * jobs that GitLab did not return, a job that was stopped before it could report. While such a sign exists, the verdict
 * is not green, and its gates fail. Failing tests, crossed thresholds and failed jobs are shown as such and explain
 * themselves.
 */
export function unexplainedSigns(seen: Seen): readonly UnexplainedSign[] {
  const shown = shownOf(seen);
  return [
    ...seen.files.flatMap((file) => signsOfFile(file, shown)),
    ...seen.gaps,
    ...signsOfPipeline(seen),
    ...signsOfTriggers(seen),
    ...signsOfJobs(seen),
  ];
}

/**
 * The likely explanation where tests failed, a passing test of the same name follows each, and every job of the
 * pipeline succeeded: the tool ran them again and its report does not say so. Null where something else is likely.
 */
export function likelyReruns({ tests, pipeline, context }: Omit<Seen, 'files' | 'gaps'>): string | null {
  const count = tests?.likelyReruns ?? 0;
  if (count === 0 || pipeline === null) return null;
  const jobs = pipeline.jobs.filter(({ id, retried }) => !retried && id !== context.job.id);
  if (jobs.length === 0 || !jobs.every(({ status }) => status === 'success')) return null;
  const failing = counted(count, { one: 'failing test is', other: 'failing tests are' });
  return `${failing} followed by a passing test of the same name, and every job succeeded: if these are reruns of one test, set "reruns: same-name"`;
}
