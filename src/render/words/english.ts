import type { BaselineRelation } from '../../model/comparison.ts';
import type { CauseKind, TraceUse } from '../../model/failure-cause.ts';
import { causeKinds, failureReasons, testDetails, traceUses } from './english-failures.ts';
import { englishMeasures } from './english-measures.ts';
import { englishPage } from './english-page.ts';
import { plural } from './english-plural.ts';
import { formatDuration } from './format-duration.ts';
import { formatMetric, formatRatio } from './format-metric.ts';
import { formatCount, formatDifference, formatPercent, formatPoints } from './format-number.ts';

/** All of Herald's own words in a report. Another language has every key, as the type asks. */
export const english = {
  tag: 'en',
  format: {
    count: formatCount,
    percent: formatPercent,
    points: formatPoints,
    difference: formatDifference,
    duration: formatDuration,
    metric: formatMetric,
    ratio: formatRatio,
  },
  verdict: { passed: 'Passed', failed: 'Failed', warning: 'Look at it' },
  tests: {
    label: 'Tests',
    allPass: (total: number) =>
      total === 1 ? 'the one test passes' : `all ${formatCount(total)} tests pass`,
    fail: (failing: number, total: number) =>
      `${formatCount(failing)} of ${plural(total, 'test', 'tests')} ${failing === 1 ? 'fails' : 'fail'}`,
    noneRan: 'no tests ran',
    pass: (count: number) => plural(count, 'test passes', 'tests pass'),
    ran: (runs: number) => plural(runs, 'run', 'runs'),
    newOnes: (count: number, failing: number) =>
      count < failing
        ? `${formatCount(count)} of them new`
        : failing === 1
          ? 'and it is new'
          : 'all of them new',
    noneNew: (failing: number) => (failing === 1 ? 'not a new failure' : 'none of them new'),
    knownFlaky: (count: number) => `${formatCount(count)} known as flaky`,
    areNew: (count: number) => `${formatCount(count)} of them new`,
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
    in: 'in',
    markedHeading: (count: number) => `Known as flaky, marked by people (${formatCount(count)})`,
    markedBy: (who: string, day: string) => `marked as flaky by ${who} on ${day}`,
    flakyMark: 'known as flaky',
    history: (failed: number, runs: number, branch: string) =>
      failed === 0
        ? `never failed in the last ${plural(runs, 'run', 'runs')} on ${branch}`
        : `failed ${formatCount(failed)} of the last ${plural(runs, 'run', 'runs')} on ${branch}`,
    retried: (retried: number) => `passed on retry in ${formatCount(retried)}`,
    retriedOf: (retried: number, runs: number, branch: string) =>
      `passed on retry in ${formatCount(retried)} of the last ${plural(runs, 'run', 'runs')} on ${branch}`,
    ...testDetails,
    failAlike: (count: number) => `${formatCount(count)} tests fail alike`,
    noMessage: 'The report gives no message.',
    noun: (count: number) => plural(count, 'failing test', 'failing tests'),
    more: (count: number) => `${plural(count, 'more is', 'more are')} in the full report.`,
  },
  testChanges: {
    slower: (count: number) => `${formatCount(count)} slower`,
    newlySkipped: (count: number) => `${formatCount(count)} newly skipped`,
    removed: (count: number) => `${formatCount(count)} removed`,
    added: (count: number) => `${formatCount(count)} added`,
    moved: (count: number) => `${formatCount(count)} moved`,
    summary: (parts: string) => `Changed tests: ${parts}`,
    headings: {
      slower: 'Slower',
      newlySkipped: 'Newly skipped',
      removed: 'Removed',
      added: 'Added',
      moved: 'Moved',
    },
    fromTo: (before: string, now: string) => `${before} before, ${now} now`,
    movedFrom: 'from',
    more: (count: number) => `and ${formatCount(count)} more`,
  },
  ...englishMeasures,
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
    allowedPhrase: (count: number) => `${plural(count, 'job', 'jobs')} failed, as allowed`,
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
    outside: 'Outside of the change: running the job again may help',
    unread: (use: TraceUse) => traceUses[use],
    more: (count: number) => `${plural(count, 'more cause is', 'more causes are')} in the full report.`,
  },
  gates: {
    label: 'Gates',
    heading: 'Gates',
    failed: (count: number) => `${plural(count, 'gate', 'gates')} failed`,
    warned: (count: number) => `${plural(count, 'gate', 'gates')} to look at`,
    allPass: (count: number) => (count === 1 ? 'the one gate passes' : `all ${formatCount(count)} pass`),
    outcome: {
      failed: 'failed',
      warned: 'warning',
      unknown: 'not measured',
      passed: 'passed',
      allowed: 'failed, but allowed',
    },
    unknownCount: (count: number) => `${formatCount(count)} not measured`,
    noun: (count: number) => plural(count, 'gate', 'gates'),
    more: (count: number) => `${plural(count, 'more is', 'more are')} in the full report.`,
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
  unexplained: {
    label: 'Reports',
    heading: 'Signs of failure that nothing explains',
    noun: (count: number) => plural(count, 'unexplained sign of failure', 'unexplained signs of failure'),
    more: (count: number) => `and ${formatCount(count)} more`,
    phrase: {
      declared: (count: number) => `${plural(count, 'failure', 'failures')} counted but not listed`,
      verdict: (count: number) => plural(count, 'failed run reported', 'failed runs reported'),
      incomplete: (count: number) => `${plural(count, 'report', 'reports')} incomplete`,
      unreadable: (count: number) => `${plural(count, 'report', 'reports')} could not be read`,
      missing: (count: number) => `${plural(count, 'report', 'reports')} missing`,
      vanished: (count: number) => `${plural(count, 'failure', 'failures')} lost`,
      stopped: (count: number) => `${plural(count, 'job', 'jobs')} ended early`,
      pipeline: () => 'the pipeline failed',
    },
    sign: {
      declared: (count: number) => `counts ${plural(count, 'failure', 'failures')} that it does not list`,
      verdict: () => 'the tool reports a failed run',
      incomplete: () => 'the report is incomplete',
      unreadable: () => 'the report could not be read',
      missing: () => 'the report is missing',
      vanished: (count: number) =>
        `${plural(count, 'failure', 'failures')} of this report got lost; please report this as a bug of Herald`,
      stopped: () => 'a job was canceled or ended from outside, so its report may be missing',
      pipeline: () => 'the pipeline failed, and GitLab names no job that did',
    },
  },
  inline: {
    failsHere: 'Fails here since this change',
    uncovered: (lines: number) =>
      lines === 1 ? 'No test runs this line.' : `No test runs these ${formatCount(lines)} lines.`,
    fix: (start: number, end: number) =>
      start === end
        ? `The tool’s change of line ${start}:`
        : `The tool’s change of lines ${start} to ${end}:`,
    more: 'More about it',
    gone: (commit: string) => `Gone since ${commit}.`,
    leftOut: (count: number, max: number) =>
      `${plural(count, 'comment', 'comments')} on lines had no room beside the ${formatCount(max)} that max-inline allows; all of it is in this report.`,
  },
  appended: {
    noun: (count: number) => plural(count, 'text of a job', 'texts of jobs'),
  },
  sections: {
    headline: 'Verdict',
    checks: 'Checks',
    gates: 'Gates',
    unexplained: 'Unexplained',
    'failed-tests': 'Failing tests',
    thresholds: 'Thresholds',
    'failed-jobs': 'Failed jobs',
    findings: 'Findings',
    coverage: 'Coverage',
    metrics: 'Metrics',
    durations: 'Durations',
    'test-changes': 'Changed tests',
    appended: 'Notes',
    warnings: 'Warnings',
    footer: 'About',
  },
  nothing: {
    headline: 'No reports were found',
    advice:
      'Let the jobs that test hand their reports over: list the files in artifacts:paths with when: always. Herald finds the well-known names by itself; the input reports names others.',
  },
  footer: {
    commit: 'Commit',
    pipeline: 'pipeline',
    mergedInto: (ref: string) => `merged into ${ref} at`,
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
  page: englishPage,
  leftOut: (items: readonly string[]) => `Left out for length: ${items.join(', ')}. All of it is in the`,
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
