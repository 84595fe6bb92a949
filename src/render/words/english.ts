import { formOf } from '../../model/plural.ts';
import type { SectionId } from '../../model/section-id.ts';
import { causeWords, jobWords, missingParts, testDetails } from './english-failures.ts';
import { englishFooter } from './english-footer.ts';
import { englishGates } from './english-gates.ts';
import { englishMeasures } from './english-measures.ts';
import { englishPage } from './english-page.ts';
import { englishTouched } from './english-touched.ts';
import { formatDuration } from './format-duration.ts';
import { formatMetric, formatRatio } from './format-metric.ts';
import { formatCount, formatDifference, formatPercent, formatPoints, plural } from './format-number.ts';

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
  verdict: { passed: 'Passed', failed: 'Failed', warning: 'Look at it', info: 'Not judged' },
  tests: {
    label: 'Tests',
    allPass: (total: number) =>
      formOf(total, { one: 'the only test passes', other: `all ${formatCount(total)} tests pass` }),
    fail: (failing: number, total: number) =>
      `${formatCount(failing)} of ${plural(total, { one: 'test', other: 'tests' })} ${formOf(failing, { one: 'fails', other: 'fail' })}`,
    noneRan: 'no tests ran',
    pass: (count: number) => plural(count, { one: 'test passes', other: 'tests pass' }),
    inRuns: (runs: number) => `in ${plural(runs, { one: 'run', other: 'runs' })}`,
    ran: (runs: number) => plural(runs, { one: 'run', other: 'runs' }),
    newOnes: (count: number) => plural(count, { one: 'new test failure', other: 'new test failures' }),
    knownOnes: (count: number) => plural(count, { one: 'known failure', other: 'known failures' }),
    noneNew: (failing: number) => formOf(failing, { one: 'not a new failure', other: 'none of them new' }),
    knownFlaky: (count: number) => `${formatCount(count)} known as flaky`,
    areNew: (count: number) => `${formatCount(count)} of them new`,
    flaky: (count: number) => `${formatCount(count)} flaky`,
    errored: (count: number) => `${formatCount(count)} errored`,
    passedOnRetry: (count: number) => `${formatCount(count)} passed on retry`,
    onRetry: (count: number) => `${formatCount(count)} of them on retry`,
    skipped: (count: number) => `${formatCount(count)} skipped`,
    passed: (count: number) => `${formatCount(count)} passed`,
    failed: (count: number) => `${formatCount(count)} failed`,
    failedOf: (count: number, total: number) => `${formatCount(count)} of ${formatCount(total)} failed`,
    erroredOf: (count: number, total: number) => `${formatCount(count)} of ${formatCount(total)} errored`,
    withError: (count: number) => `${formatCount(count)} of them with an error`,
    fixed: (count: number) => `${formatCount(count)} fixed`,
    added: (count: number) => `${formatCount(count)} added`,
    removed: (count: number) => `${formatCount(count)} removed`,
    moreFailed: (count: number) => `${formatDifference(count)} failed`,
    newHeading: 'New failures',
    failuresHeading: 'Failing tests',
    stillHeading: (count: number) => `Failing on the target branch too (${formatCount(count)})`,
    flakyHeading: (count: number) => `Flaky: failed, then passed (${formatCount(count)})`,
    runs: (failed: number, runs: number) =>
      `failed ${formatCount(failed)} of ${plural(runs, { one: 'run', other: 'runs' })}`,
    in: 'in',
    lastChanged: (name: string) => (name === '' ? 'last changed' : `last changed by ${name}`),
    inThisMergeRequest: 'in this merge request',
    markedHeading: (count: number) => `Known as flaky, marked by people (${formatCount(count)})`,
    markedBy: (who: string, day: string) => `marked as flaky by ${who} on ${day}`,
    quarantined: (count: number) => `${formatCount(count)} quarantined`,
    quarantinedHeading: (count: number) => `Quarantined, counts in no gate (${formatCount(count)})`,
    quarantinedUntil: (day: string, owner: string, reason: string) =>
      `quarantined until ${day}, by ${owner}: ${reason}`,
    quarantineExpired: (day: string, owner: string) =>
      `quarantine by ${owner} expired on ${day}: the failure counts again`,
    flakyMark: 'known as flaky',
    history: (failed: number, runs: number, branch: string) =>
      failed === 0
        ? `never failed in the last ${plural(runs, { one: 'run', other: 'runs' })} on ${branch}`
        : `failed ${formatCount(failed)} of the last ${plural(runs, { one: 'run', other: 'runs' })} on ${branch}`,
    retried: (retried: number) => `passed on retry in ${formatCount(retried)}`,
    retriedOf: (retried: number, runs: number, branch: string) =>
      `passed on retry in ${formatCount(retried)} of the last ${plural(runs, { one: 'run', other: 'runs' })} on ${branch}`,
    ...testDetails,
    failAlike: (count: number) => `${formatCount(count)} tests fail in the same way`,
    noMessage: 'The report gives no message.',
    noun: (count: number) => plural(count, { one: 'failing test', other: 'failing tests' }),
    more: (count: number) => `${plural(count, { one: 'more is', other: 'more are' })} in the full report.`,
  },
  runAgain: {
    heading: (count: number) => formOf(count, { one: 'Run it again', other: 'Run them again' }),
    without: (count: number) =>
      `${plural(count, { one: 'test is', other: 'tests are' })} not among them: Herald knows no command for ${formOf(count, { one: 'it', other: 'them' })}, or the name cannot be quoted safely.`,
    noun: (count: number) => plural(count, { one: 'command', other: 'commands' }),
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
  jobs: jobWords,
  causes: causeWords,
  gates: {
    label: 'Gates',
    heading: 'Gates',
    failed: (count: number) => `${plural(count, { one: 'gate', other: 'gates' })} failed`,
    warned: (count: number) => `${plural(count, { one: 'gate', other: 'gates' })} to look at`,
    allPass: (count: number) =>
      formOf(count, { one: 'the only gate passes', other: `all ${formatCount(count)} pass` }),
    outcome: {
      failed: 'failed',
      warned: 'warning',
      unknown: 'not measured',
      passed: 'passed',
      allowed: 'failed, but allowed',
    },
    unknownCount: (count: number) => `${formatCount(count)} not measured`,
    noun: (count: number) => plural(count, { one: 'gate', other: 'gates' }),
    more: (count: number) => `${plural(count, { one: 'more is', other: 'more are' })} in the full report.`,
    messages: englishGates,
    allowed: (label: string, setBy: string | null) =>
      `allowed by the label ${label}${setBy === null ? '' : `, set by ${setBy}`}`,
  },
  checks: {
    check: 'Check',
    result: 'Result',
    change: 'Change',
    against: (ref: string) => `Against ${ref}`,
    noun: (count: number) => plural(count, { one: 'check', other: 'checks' }),
  },
  warnings: {
    heading: (count: number) => plural(count, { one: 'warning', other: 'warnings' }),
    noun: (count: number) => plural(count, { one: 'warning', other: 'warnings' }),
    more: (count: number) => `and ${formatCount(count)} more`,
  },
  unexplained: {
    label: 'Reports',
    heading: 'Signs of failure that nothing explains',
    noun: (count: number) =>
      plural(count, { one: 'unexplained sign of failure', other: 'unexplained signs of failure' }),
    more: (count: number) => `and ${formatCount(count)} more`,
    phrase: {
      declared: (count: number) =>
        `${plural(count, { one: 'failure', other: 'failures' })} counted but not listed`,
      verdict: (count: number) =>
        plural(count, { one: 'failed run reported', other: 'failed runs reported' }),
      incomplete: (count: number) => `${plural(count, { one: 'report', other: 'reports' })} incomplete`,
      unreadable: (count: number) =>
        `${plural(count, { one: 'report', other: 'reports' })} could not be read`,
      missing: (count: number) => `${plural(count, { one: 'report', other: 'reports' })} missing`,
      vanished: (count: number) => `${plural(count, { one: 'failure', other: 'failures' })} lost`,
      stopped: (count: number) => `${plural(count, { one: 'job', other: 'jobs' })} ended early`,
      pipeline: () => 'the pipeline failed',
      triggers: () => 'trigger jobs could not be seen',
    },
    sign: {
      declared: (count: number) =>
        `counts ${plural(count, { one: 'failure', other: 'failures' })} that it does not list`,
      verdict: () => 'the tool reports a failed run',
      incomplete: () => 'the report is incomplete',
      unreadable: () => 'the report could not be read',
      missing: () => 'the report is missing',
      vanished: (count: number) =>
        `${plural(count, { one: 'failure', other: 'failures' })} of this report got lost; please report this as a bug of Herald`,
      stopped: () => 'a job was canceled or ended from outside, so its report may be missing',
      pipeline: () => 'the pipeline failed, but GitLab names no failed job',
      triggers: () => 'GitLab did not give the trigger jobs of the pipeline, and one of them can have failed',
    },
  },
  missing: missingParts,
  inline: {
    failsHere: 'Fails here since this change',
    uncovered: (lines: number) =>
      formOf(lines, {
        one: 'No test runs this line.',
        other: `No test runs these ${formatCount(lines)} lines.`,
      }),
    fix: (start: number, end: number) =>
      start === end ? `The tool’s fix for line ${start}:` : `The tool’s fix for lines ${start} to ${end}:`,
    more: 'More information',
    gone: (commit: string) => `Gone since ${commit}.`,
    leftOut: (count: number, max: number) =>
      `${plural(count, { one: 'comment on a line is', other: 'comments on lines are' })} only in this report, because max-inline allows ${formatCount(max)}.`,
  },
  touched: englishTouched,
  closes: {
    merging: 'Merging closes',
    says: 'This says that it closes',
    onlyOn: (branch: string) => `GitLab does so only in ${branch}.`,
    elsewhere: 'In other trackers:',
    cut: 'The end of the description is not known here.',
    noun: (count: number) => plural(count, { one: 'issue that it closes', other: 'issues that it closes' }),
    more: (count: number) => `and ${formatCount(count)} more`,
  },
  appended: {
    noun: (count: number) => plural(count, { one: 'text of a job', other: 'texts of jobs' }),
  },
  sections: {
    headline: 'Verdict',
    checks: 'Checks',
    gates: 'Gates',
    unexplained: 'Unexplained',
    'failed-tests': 'Failing tests',
    'run-again': 'Run again',
    thresholds: 'Thresholds',
    'failed-jobs': 'Failed jobs',
    findings: 'Findings',
    coverage: 'Coverage',
    metrics: 'Metrics',
    durations: 'Durations',
    'test-changes': 'Changed tests',
    'touched-files': 'Known of the changed files',
    closes: 'Closes',
    appended: 'Notes',
    warnings: 'Warnings',
    footer: 'About',
  } satisfies Readonly<Record<SectionId, string>>,
  nothing: {
    headline: 'No reports were found',
    // Text between backticks is shown as code.
    advice: {
      reports:
        'Let each job hand over its reports, also when it fails: `artifacts:reports`, with `when: always`. With GitLab 19.4 or later that is all.',
      paths:
        'Before GitLab 19.4, and for formats that GitLab has no type for: list the files under `artifacts:paths` as well, and name the jobs in the input `artifacts-from`.',
      names: 'Herald finds files with well-known names. Name other files in the input `reports`.',
    },
  },
  footer: englishFooter,
  page: englishPage,
  leftOut: (items: readonly string[]) => `Omitted to save space: ${items.join(', ')}. Everything is in the`,
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
