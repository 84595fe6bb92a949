import type { CoverageUnit } from '../../model/coverage.ts';
import type { GateWords } from '../../model/gate-words.ts';
import { formOf } from '../../model/plural.ts';
import { formatCount, plural } from './format-number.ts';
import { withUnit } from './format-unit.ts';

const measures: Readonly<Record<CoverageUnit, string>> = {
  lines: 'line coverage',
  statements: 'statement coverage',
  mixed: 'line and statement coverage',
};

const counted = {
  findings: { one: 'finding', other: 'findings' },
  'new-findings': { one: 'new finding', other: 'new findings' },
  vulnerabilities: { one: 'vulnerability', other: 'vulnerabilities' },
  'new-vulnerabilities': { one: 'new vulnerability', other: 'new vulnerabilities' },
};

const failing = {
  all: { one: 'test fails', other: 'tests fail' },
  unmarked: { one: 'test not marked as flaky fails', other: 'tests not marked as flaky fail' },
  stable: { one: 'test not known as flaky fails', other: 'tests not known as flaky fail' },
};

/** At most two digits behind the point. */
function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** What gates found, and what would make them pass. */
export const englishGates: GateWords = {
  notJudged: (why) => `not judged: ${why}`,
  atLeast: (found, why) => `at least ${found}; ${why}`,
  besides: (found, quarantined) => `${found}, without ${formatCount(quarantined)} in quarantine`,
  both: (first, second) => `${first}, and ${second}`,
  names: (shown, more) => ` (${shown.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''})`,
  unmeasured: {
    'no-tests':
      'no test report was found; check that the test jobs ran and keep their reports in artifacts:paths',
    'no-earlier-tests': 'the baseline has no tests; let the pipelines of the target branch report them, too',
    'no-coverage':
      'no coverage report was found; check that a job writes one and keeps it in artifacts:paths',
    'no-branches': 'no report measures branches; switch branch coverage on in the coverage tool',
    'no-earlier-coverage':
      'the baseline has no coverage, or counts something else (lines, statements); let the pipelines of the target branch make the same report',
    'no-changed-lines':
      'the coverage reports do not measure any changed line; check that the paths in them are those of the project',
    'no-findings':
      'no report of findings was found; check that the scanner ran and its job keeps the report in artifacts:paths',
    'no-earlier-findings':
      'the baseline has no findings, and the changed lines are not known; let the pipelines of the target branch report findings, too',
    'findings-elsewhere':
      'others may be new, too, because the target branch has no findings to compare with; let its pipelines report them, too',
    'no-baseline':
      'there is no report of the target branch to compare with; the end of the comment says what is missing',
    'no-diff': 'the changed lines are not known; the log says why',
    'no-metrics':
      'no report of metrics was found; check that a job writes one and keeps it in artifacts:paths',
    'no-earlier-metrics':
      'the baseline has no metrics; let the pipelines of the target branch report them, too',
    'no-earlier-sizes': 'this run or the baseline has no sizes; let both report metrics in bytes',
    'no-earlier-durations':
      'no recent durations were found to compare with; they come with the next pipelines of the target branch',
    'no-plan': 'no Terraform plan was found; check that its job keeps the plan as JSON in artifacts:paths',
    'no-jobs': 'GitLab did not return the jobs; the log says why',
    'no-merge-request': 'this pipeline has no merge request',
    'no-code-owners': 'the target branch has no CODEOWNERS file that Herald can read and that names an owner',
    'no-approvals': 'GitLab did not return who approved; the log says why',
    'no-changed-files': 'the changed files are not all known, or too many',
    'unseen-owners': 'give the bot access to these groups, or name users in CODEOWNERS',
    'no-other-owner': 'name another owner in CODEOWNERS',
  },
  remedy: {
    'fix-tests': 'fix the failing tests',
    'fix-new-failures': 'fix the new failures',
    'fix-errors': 'fix what keeps the tests from running',
    'make-reliable': 'make them reliable',
    'run-again': 'let them run again',
    'bring-back': 'bring them back, or check why they did not run',
    'check-test-jobs': 'check that the test jobs ran and upload their reports',
    'cover-lines': 'cover more lines',
    'cover-branches': 'cover more branches',
    'cover-added-lines': 'cover the lines that this change adds',
    'cover-changed-lines': 'cover the changed lines',
    'fix-findings': 'fix or dismiss them',
    'fix-new-findings': 'fix or dismiss the new ones',
    'check-growth': 'check what made it grow',
    'check-metrics': 'check what made them worse',
    'check-limits': 'check which limit was crossed',
    'check-durations': 'check which jobs became slower',
    'check-plan': 'check the plan, or set the label that allows it',
    'see-comment': 'see the comment for the file and the reason',
    'fix-jobs': 'fix the jobs',
    'ask-owners': 'ask these owners to approve',
  },
  unexplained: (count) =>
    `${plural(count, { one: 'sign of failure is', other: 'signs of failure are' })} unexplained`,
  failures: (count) => plural(count, failing.all),
  newFailures: (count, which, { names, isCompared }) =>
    isCompared
      ? `${plural(count, failing[which])} that ${formOf(count, { one: 'does', other: 'do' })} not fail on the target branch${names}`
      : `${plural(count, failing[which])}${names}; without a baseline all of them count as new`,
  errors: (count) => `${plural(count, { one: 'test', other: 'tests' })} could not run`,
  flaky: (count) => `${plural(count, { one: 'test', other: 'tests' })} passed only after a retry`,
  skipped: (count) => `${plural(count, { one: 'test was', other: 'tests were' })} skipped`,
  newlySkipped: (count) =>
    `${plural(count, { one: 'test that ran before is', other: 'tests that ran before are' })} skipped now`,
  removed: (count) => `${plural(count, { one: 'test is', other: 'tests are' })} gone`,
  tests: (count) => `${plural(count, { one: 'test', other: 'tests' })} ran or were skipped`,
  coverage: (unit, percent) => `${measures[unit]} is ${withUnit(rounded(percent), '%')}`,
  branches: (percent) => `branch coverage is ${withUnit(rounded(percent), '%')}`,
  drop: (unit, points) =>
    points > 0
      ? `${measures[unit]} fell by ${withUnit(rounded(points), 'pp')}`
      : `${measures[unit]} did not fall (${withUnit(rounded(-points), 'pp')} up)`,
  patch: (percent, uncovered) =>
    `coverage of the changed lines is ${withUnit(rounded(percent), '%')} (${plural(uncovered, { one: 'line', other: 'lines' })} not covered)`,
  findings: (which, count, atLeast) =>
    `${plural(count, counted[which])}${atLeast === null ? '' : ` of severity ${atLeast} or above`}`,
  noGrowth: 'no size grew',
  growth: (name, bytes, percent) =>
    `${name} grew by ${withUnit(rounded(bytes), formOf(bytes, { one: 'byte', other: 'bytes' }))}${percent === null ? '' : ` (${withUnit(rounded(percent), '%')})`}`,
  worseMetrics: (count) => `${plural(count, { one: 'metric is', other: 'metrics are' })} worse`,
  crossed: (count) => `${plural(count, { one: 'threshold is', other: 'thresholds are' })} crossed`,
  duration: (seconds, percent) =>
    `the pipeline took ${withUnit(rounded(Math.abs(seconds)), 's')} (${withUnit(rounded(Math.abs(percent)), '%')}) ${seconds >= 0 ? 'longer' : 'less'} than usual`,
  destroys: (count) =>
    `the plan deletes or replaces ${plural(count, { one: 'resource', other: 'resources' })}`,
  noReport: 'no report was found',
  everyReport: 'every report was read',
  failedJobs: (count) => `${plural(count, { one: 'job', other: 'jobs' })} failed`,
  owedApprovals: (count) =>
    `${plural(count, { one: 'rule of CODEOWNERS lacks', other: 'rules of CODEOWNERS lack' })} approval`,
  unclearApprovals: (count, unseen) =>
    `for ${plural(count, { one: 'rule', other: 'rules' })} GitLab does not show Herald who the owners are${unseen}`,
  unownedApprovals: (count) =>
    `for ${plural(count, { one: 'rule', other: 'rules' })} nobody is left to approve besides the author`,
  approvalsOf: ({ section, pattern, given, required, owners }) =>
    `${section === '' ? '' : `[${section}] `}${pattern}: ${formatCount(given)} of ${formatCount(required)} by ${owners.join(' ')}`,
};
