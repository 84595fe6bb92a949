import { formOf } from '../../model/plural.ts';
import { formatMetric, formatRatio } from './format-metric.ts';
import { formatCount, formatPercent, formatPoints, plural } from './format-number.ts';
import { formatSpan } from './format-span.ts';
import { threeDigits } from './format-unit.ts';

interface MeasureWords {
  readonly name: string;
  /** How it is counted, in one sentence. */
  readonly method: string;
}

function measures<const Id extends string>(
  words: Readonly<Record<Id, MeasureWords>>,
): Readonly<Record<string, MeasureWords>> {
  return words;
}

/** The words of a digest. */
export const englishDigest = {
  tag: 'en',
  format: {
    count: formatCount,
    decimal: (value: number) => (Math.abs(value) < 1_000 ? threeDigits(value) : formatCount(value)),
    percent: formatPercent,
    points: formatPoints,
    ratio: formatRatio,
    span: formatSpan,
    metric: formatMetric,
  },
  unchanged: 'unchanged',
  news: { better: 'better', worse: 'worse' },
  spread: (p75: string, p95: string) => `75 % within ${p75}, 95 % within ${p95}`,
  ofAll: (n: string, of: string) => `${n} of ${of}`,
  title: (name: string, period: string) => `Delivery of ${name}, ${period}`,
  currentTitle: (name: string) => `Delivery of ${name}`,
  columns: {
    measure: 'Measure',
    now: 'This period',
    before: 'Before',
    change: 'Change',
    n: 'n',
    course: 'Course',
    reason: 'Why',
    from: 'From',
    until: 'Until',
    value: 'Value',
  },
  sections: {
    delivery: 'Delivery',
    'merge-requests': 'Merge requests',
    issues: 'Issues',
    code: 'Code and releases',
    ci: 'Pipelines and jobs',
    tests: 'Tests',
  },
  summary: {
    better: (names: string) => `Better: ${names}.`,
    worse: (names: string) => `Worse: ${names}.`,
    steady: 'Nothing changed by more than chance explains.',
    nothing: 'There is nothing to measure in this period.',
  },
  worst: 'Worth a look',
  all: (count: number) => `All ${plural(count, { one: 'figure', other: 'figures' })}`,
  method: 'Method and data',
  window: (period: string, before: string, zone: string) =>
    `Period: ${period}, compared with ${before}. Time zone: ${zone}.`,
  source: (words: string) => `Deployments: ${words}.`,
  arrows:
    'An arrow marks a change that chance does not explain. Medians are of things that have a value; n says how many.',
  projects: (count: number) => plural(count, { one: 'project', other: 'projects' }),
  version: (version: number) => `Definitions: version ${version}.`,
  requests: (count: number) => `${plural(count, { one: 'request', other: 'requests' })} to GitLab.`,
  gapsOf: (project: string) => `Not read of ${project}`,
  more: (count: number) =>
    `${formatCount(count)} more ${formOf(count, { one: 'is', other: 'are' })} in the file herald-digest.json.`,
  notMeasured: 'Not measured',
  page: {
    skip: 'Skip to the content',
    contents: 'Contents',
    asTable: 'As a table',
    made: (at: string) => `Made ${at} UTC by Herald.`,
  },
  inWords: (points: number, lowest: string, highest: string) =>
    `${plural(points, { one: 'value', other: 'values' })}, lowest ${lowest}, highest ${highest}.`,
  tables: {
    'deployments-by-environment': 'Deployments by environment',
    'slowest-jobs': 'Slowest jobs',
    'failing-jobs': 'Jobs that fail most',
    'flaky-jobs': 'Flaky jobs',
    'expensive-jobs': 'Jobs that take most time in all',
    'oldest-merge-requests': 'Oldest open merge requests',
    'waiting-merge-requests': 'Whom open merge requests wait for',
    'pipelines-by-result': 'Pipelines by result',
    'failures-by-cause': 'Failed jobs by cause',
    'red-spans': 'When the default branch was red',
    'flaky-tests': 'Flaky tests',
    'failing-tests': 'Failing tests',
  } as Readonly<Record<string, string>>,
  tableColumns: {
    environment: 'Environment',
    deployments: 'Deployments',
    failed: 'Failed',
    rollbacks: 'Rolled back',
    again: 'Deployed again',
    job: 'Job',
    median: 'Median',
    p95: '95 % within',
    runs: 'Runs',
    'failed-share': 'Share that failed',
    'flaky-share': 'Share that was flaky',
    flaky: 'Flaky',
    pipelines: 'Pipelines',
    'minutes-lost': 'Time lost',
    minutes: 'Time',
    'merge-request': 'Merge request',
    title: 'Title',
    'waiting-on': 'Waits for',
    age: 'Age',
    'merge-requests': 'Merge requests',
    status: 'Result',
    cause: 'Cause',
    pipeline: 'Pipeline',
    'red-for': 'Red for',
    'fixed-by': 'Fixed by',
    test: 'Test',
    share: 'Share',
    retried: 'Passed on retry',
  } as Readonly<Record<string, string>>,
  /** Cells that are one of a few words. */
  cells: {
    author: 'its author',
    reviewer: 'a reviewer',
    pipeline: 'a pipeline',
    nobody: 'nobody',
  } as Readonly<Record<string, string>>,
  measures: measures({
    deployments: {
      name: 'Deployments a day',
      method:
        'Successful deployments to production, divided by the days of the period; one that brought the commit that was there already does not count.',
    },
    'deploy-days': {
      name: 'Deploy days a week',
      method:
        'Days with at least one successful deployment, a week; of a group, days on which any of its projects deployed.',
    },
    redeployments: {
      name: 'Deployed again',
      method:
        'Successful deployments of the commit that was there already; the frequency does not count them.',
    },
    'lead-time-from-merge': {
      name: 'Lead time from the merge',
      method:
        'From the merge to the end of the first deployment whose commit contains it; median. The first deployment of an environment does not count.',
    },
    'lead-time-from-first-commit': {
      name: 'Lead time from the first commit',
      method:
        'From the first commit of a merge request to the end of the first deployment that contains it; median. The first deployment of an environment does not count.',
    },
    'change-failure-rate': {
      name: 'Change failure rate',
      method:
        'Deployments with at least one cause (incident, rollback, revert, failed deployment, hotfix), divided by all of them.',
    },
    'change-failures-by-incident': {
      name: 'Deployments with an incident',
      method: 'Deployments that were the last one before an incident was opened.',
    },
    'change-failures-by-rollback': {
      name: 'Deployments rolled back',
      method: 'Deployments after which an older commit was deployed.',
    },
    'change-failures-by-revert': {
      name: 'Deployments with a revert',
      method: 'Deployments that brought a merge request which was reverted later.',
    },
    'change-failures-by-failed-deployment': {
      name: 'Failed deployments',
      method: 'Deployments that failed.',
    },
    'change-failures-by-hotfix': {
      name: 'Deployments with a hotfix',
      method: 'Deployments that were the last one before a merge request with a hotfix label was opened.',
    },
    'time-to-restore': {
      name: 'Time to restore',
      method: 'How long the incidents that were closed in the period had been open; median.',
    },
    'deployment-recovery': {
      name: 'Recovery from failed deployments',
      method: 'From a failed deployment to the next successful one of the same environment; median.',
    },
    'merge-requests-opened': {
      name: 'Merge requests opened',
      method: 'Merge requests that were opened in the period.',
    },
    'merge-requests-merged': {
      name: 'Merge requests merged',
      method: 'Merge requests that were merged in the period.',
    },
    throughput: {
      name: 'Merged a week',
      method: 'Merge requests that were merged, a week.',
    },
    'merge-requests-open': {
      name: 'Merge requests open',
      method: 'Merge requests that are open at the end of the period.',
    },
    'open-merge-request-age': {
      name: 'Age of open merge requests',
      method: 'How long they had been open at the end of the period; median.',
    },
    'merge-requests-abandoned': {
      name: 'Abandoned merge requests',
      method: 'Of those that ended in the period, the share that was closed without a merge.',
    },
    'merge-requests-reopened': {
      name: 'Reopened merge requests',
      method: 'Of those that were merged, the share that had been closed before.',
    },
    'cycle-time': {
      name: 'Cycle time',
      method:
        'From the first commit to the merge; median. After a force-push the first commit is the first that is left.',
    },
    'coding-time': {
      name: 'Coding time',
      method: 'From the first commit to the opening; median.',
    },
    'draft-time': {
      name: 'Draft time',
      method:
        'From the opening to the last time that it was marked as ready before its first review; median.',
    },
    'pickup-time': {
      name: 'Wait for a review',
      method: 'From then to the first comment or approval of a person who is not the author; median.',
    },
    'review-time': {
      name: 'Review time',
      method: 'From the first review to the first approval; median.',
    },
    'rework-time': {
      name: 'Rework time',
      method: 'From the first review to the last push before the merge; median.',
    },
    'merge-time': {
      name: 'Approval to merge',
      method: 'From the first approval to the merge; median.',
    },
    'deploy-time': {
      name: 'Merge to deployment',
      method:
        'From the merge to the end of the first deployment that contains it, of those that were merged in the period; median.',
    },
    'time-to-merge': {
      name: 'Time to merge',
      method: 'From the opening to the merge; median.',
    },
    'review-rounds': {
      name: 'Review rounds',
      method: 'Pushes after the first review; median.',
    },
    'review-comments': {
      name: 'Review comments',
      method: 'Comments of people, without those of the author; median.',
    },
    'merged-without-review': {
      name: 'Merged without review',
      method: 'Share of the merged ones on which nobody but the author commented and that nobody approved.',
    },
    'merge-request-size': {
      name: 'Size of merge requests',
      method:
        'Lines added and removed by the commit that merged it; median. Generated files count, as GitLab does not mark them there.',
    },
    'issues-opened': {
      name: 'Issues opened',
      method: 'Issues that were opened in the period, without confidential ones.',
    },
    'issues-closed': {
      name: 'Issues closed',
      method: 'Issues that were closed in the period, without confidential ones.',
    },
    'issue-close-time': {
      name: 'Time to close an issue',
      method: 'From the opening to the closing, of those that were closed in the period; median.',
    },
    'issues-open': {
      name: 'Issues open',
      method: 'Issues that are open at the end of the period.',
    },
    'open-issue-age': {
      name: 'Age of open issues',
      method: 'How long they had been open at the end of the period; median.',
    },
    commits: {
      name: 'Commits',
      method: 'Commits of the default branch, merge commits included.',
    },
    branches: {
      name: 'Branches',
      method: 'Branches that exist now.',
    },
    'stale-branches': {
      name: 'Stale branches',
      method: 'Branches without a commit for a long time, without the default branch and protected ones.',
    },
    tags: {
      name: 'Tags',
      method: 'Tags that were made in the period.',
    },
    releases: {
      name: 'Releases',
      method: 'Releases that came out in the period.',
    },
    pipelines: {
      name: 'Pipelines',
      method: 'Pipelines that were created in the period.',
    },
    'pipeline-success': {
      name: 'Pipelines that passed',
      method: 'Share of the finished pipelines; canceled and skipped ones are finished, too.',
    },
    'pipeline-failure': {
      name: 'Pipelines that failed',
      method: 'Share of the finished pipelines.',
    },
    'first-attempt-success': {
      name: 'Passed at the first attempt',
      method: 'Share of the finished pipelines that passed without a job that was tried again.',
    },
    'pipeline-duration': {
      name: 'Pipeline duration',
      method:
        'From the start of the first job to the end of the last, without the time in which no job ran or waited; median.',
    },
    'queue-time': {
      name: 'Wait for a runner',
      method: 'How long a job waited before it started; median.',
    },
    'default-branch-red': {
      name: 'Default branch red',
      method: 'Share of the time in which the latest finished pipeline of the default branch had failed.',
    },
    'time-to-green': {
      name: 'Time to green',
      method: 'From a failed pipeline of the default branch to the next one that passed; median.',
    },
    'ci-minutes': {
      name: 'CI time',
      method: 'Time that runners spent on jobs, all attempts together.',
    },
    'minutes-lost-to-retries': {
      name: 'CI time lost to retries',
      method: 'Time of attempts that failed and were tried again.',
    },
    'minutes-lost-to-superseded': {
      name: 'CI time lost to superseded pipelines',
      method: 'Time of jobs in pipelines that were canceled while a newer one of their branch existed.',
    },
    'flaky-job-runs': {
      name: 'Flaky job runs',
      method:
        'Share of the runs of a job of which an attempt failed and a later one of the same commit passed.',
    },
    'job-failures': {
      name: 'Failed jobs',
      method: 'Attempts of jobs that failed and were not allowed to.',
    },
    'job-failures-by-code': {
      name: 'Failed jobs: code',
      method: 'Failures whose cause is the code: it does not compile, a linter or a type check fails.',
    },
    'job-failures-by-test': {
      name: 'Failed jobs: tests',
      method: 'Failures whose cause is a test.',
    },
    'job-failures-by-flaky': {
      name: 'Failed jobs: flaky',
      method: 'Failures after which a later attempt of the same commit passed.',
    },
    'job-failures-by-infrastructure': {
      name: 'Failed jobs: infrastructure',
      method: 'Failures whose cause is outside of the project: the runner, the network, an image.',
    },
    'job-failures-by-unknown': {
      name: 'Failed jobs: cause not known',
      method: 'Failures whose cause neither GitLab nor the log says.',
    },
    'flaky-tests': {
      name: 'Flaky tests',
      method: 'Tests that the latest report of the default branch calls flaky.',
    },
    'failing-tests': {
      name: 'Failing tests',
      method: 'Tests with a failure in the history of that report that are not flaky.',
    },
    coverage: {
      name: 'Coverage',
      method: 'Line coverage of the default branch; median of its runs.',
    },
    'test-time': {
      name: 'Test time',
      method: 'Time of all tests of a run of the default branch; median.',
    },
  }),
} as const;

export type DigestWords = typeof englishDigest;
