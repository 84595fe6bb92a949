import type { MeasureWords } from './measure-words.ts';

/** The names of the figures about code, pipelines and tests, and how each is counted, by their ids. */
export const englishDigestCi = {
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
    method:
      'Failures of which the log names the change as the cause: it does not compile, a linter or a type check fails. Of the jobs that fail most, Herald reads some logs; n says of how many failures the cause is known.',
  },
  'job-failures-by-test': {
    name: 'Failed jobs: tests',
    method: 'Failures of jobs in whose report a test failed, or whose log says so.',
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
    method:
      'Failures of which neither GitLab nor a report of tests says the cause, and whose log was not read or does not say it.',
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
} satisfies Readonly<Record<string, MeasureWords>>;
