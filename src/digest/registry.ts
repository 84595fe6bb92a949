/** All figures and tables of a digest, in the order in which they are shown. */
import type { Measure } from './measure.ts';
import { changeFailureRate, changeFailuresByCause } from './metrics/change-failure-rate.ts';
import { branches, commits, releases, staleBranches, tags } from './metrics/code.ts';
import {
  codingTime,
  cycleTime,
  deployTime,
  draftTime,
  mergeTime,
  pickupTime,
  reviewTime,
  reworkTime,
  timeToMerge,
} from './metrics/cycle-time.ts';
import { defaultBranchRed, timeToGreen } from './metrics/default-branch.ts';
import { deployDays, deployments, redeployments } from './metrics/deployment-frequency.ts';
import { issueCloseTime, issuesClosed, issuesOpen, issuesOpened, openIssueAge } from './metrics/issues.ts';
import {
  ciMinutes,
  flakyJobRuns,
  jobFailures,
  jobFailuresByCause,
  minutesLostToRetries,
  minutesLostToSuperseded,
  queueTime,
} from './metrics/jobs.ts';
import { leadTimeFromFirstCommit, leadTimeFromMerge } from './metrics/lead-time.ts';
import {
  abandoned,
  mergeRequestsMerged,
  mergeRequestsOpen,
  mergeRequestsOpened,
  openMergeRequestAge,
  throughput,
} from './metrics/merge-request-counts.ts';
import { mergeRequestSize } from './metrics/merge-request-size.ts';
import {
  firstAttemptSuccess,
  pipelineDuration,
  pipelineFailure,
  pipelineSuccess,
  pipelines,
} from './metrics/pipelines.ts';
import { mergedWithoutReview, reopened, reviewComments, reviewRounds } from './metrics/review.ts';
import { coverage, failingTestsNow, flakyTestsNow, testTime } from './metrics/tests.ts';
import { deploymentRecovery, timeToRestore } from './metrics/time-to-restore.ts';
import type { TableSource } from './table.ts';
import { deploymentsByEnvironment } from './tables/deployments.ts';
import { expensiveJobs, failingJobs, flakyJobs, slowestJobs } from './tables/jobs.ts';
import { oldestMergeRequests, waitingMergeRequests } from './tables/merge-requests.ts';
import { people } from './tables/people.ts';
import { failuresByCause, pipelinesByResult, redSpans } from './tables/pipelines.ts';
import { failingTestsTable, flakyTestsTable } from './tables/tests.ts';

const delivery = [
  deployments,
  deployDays,
  redeployments,
  leadTimeFromMerge,
  leadTimeFromFirstCommit,
  changeFailureRate,
  ...changeFailuresByCause,
  timeToRestore,
  deploymentRecovery,
];

const mergeRequests = [
  mergeRequestsOpened,
  mergeRequestsMerged,
  throughput,
  mergeRequestsOpen,
  openMergeRequestAge,
  cycleTime,
  codingTime,
  draftTime,
  pickupTime,
  reviewTime,
  reworkTime,
  mergeTime,
  deployTime,
  timeToMerge,
  reviewRounds,
  reviewComments,
  mergeRequestSize,
  mergedWithoutReview,
  abandoned,
  reopened,
];

const issues = [issuesOpened, issuesClosed, issuesOpen, openIssueAge, issueCloseTime];

const code = [commits, branches, staleBranches, tags, releases];

const ci = [
  pipelines,
  pipelineSuccess,
  pipelineFailure,
  firstAttemptSuccess,
  pipelineDuration,
  queueTime,
  defaultBranchRed,
  timeToGreen,
  ciMinutes,
  minutesLostToRetries,
  minutesLostToSuperseded,
  flakyJobRuns,
  jobFailures,
  ...jobFailuresByCause,
];

const tests = [flakyTestsNow, failingTestsNow, coverage, testTime];

export const measures: readonly Measure[] = [
  ...delivery,
  ...mergeRequests,
  ...issues,
  ...code,
  ...ci,
  ...tests,
];

export const tables: readonly TableSource[] = [
  deploymentsByEnvironment,
  oldestMergeRequests,
  waitingMergeRequests,
  people,
  pipelinesByResult,
  failuresByCause,
  redSpans,
  slowestJobs,
  failingJobs,
  flakyJobs,
  expensiveJobs,
  flakyTestsTable,
  failingTestsTable,
];

/** Of the definitions: raise it when a figure is counted in another way, and digests are no longer compared. */
export const methodVersion = 1;
