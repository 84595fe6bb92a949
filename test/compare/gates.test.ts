import { describe, expect, test } from 'vitest';
import { gates } from '../../src/compare/gates.ts';
import { judgeGates } from '../../src/compare/judge-gates.ts';
import { parseCondition } from '../../src/compare/parse-condition.ts';
import type { CodeOwnerApproval } from '../../src/model/code-owner-approval.ts';
import type {
  DurationsComparison,
  FindingsComparison,
  MetricsComparison,
} from '../../src/model/comparison.ts';
import type { Finding } from '../../src/model/findings.ts';
import type { Metric } from '../../src/model/metrics.ts';
import type { Summary } from '../../src/model/summary.ts';
import { englishGates } from '../../src/render/words/english-gates.ts';
import { germanGates } from '../../src/render/words/german-gates.ts';
import {
  aComparison,
  aCoverageComparison,
  aCoverageReport,
  aCoverageTotals,
  aFailedTest,
  aFinding,
  aFindingsReport,
  aJob,
  aMetric,
  aMetricsReport,
  aPipelineWithJobs,
  aSign,
  aSummary,
  aTestCase,
  aTestsComparison,
  aTestsReport,
  aThreshold,
  noComparison,
  unnamed,
} from '../builders.ts';
import { englishIn } from '../render/english-in.ts';

const red = aTestsReport({ cases: [aFailedTest(), aTestCase({ outcome: 'errored' }), aTestCase()] });
const green = aTestsReport();
const covered = (lines: number, of: number) => aCoverageReport({ totals: aCoverageTotals(lines, of) });
const before = (lines: number, of: number) =>
  aComparison({ coverage: aCoverageComparison({ before: aCoverageTotals(lines, of) }) });

const graded = aFindingsReport({
  findings: (['critical', 'high', 'medium', 'low'] as const).map((severity) => aFinding({ severity })),
});
const newOnes = (findings: readonly Finding[]): FindingsComparison => ({
  fresh: findings.map((finding) => ({ finding, onChangedLine: null })),
  fixed: { count: 0, items: [] },
  existing: 0,
  undecided: [],
  complete: true,
});
/** Without findings to compare with: those on lines of the diff, and the others. */
const onDiff = (fresh: readonly Finding[], undecided: readonly Finding[]): FindingsComparison => ({
  ...newOnes(fresh),
  undecided,
});
const sizes = (...pairs: readonly (readonly [number, number])[]): MetricsComparison => ({
  changes: pairs.map(([earlier, now]) => ({
    metric: aMetric({ value: now }),
    before: earlier,
    difference: now - earlier,
    ratio: (now - earlier) / earlier,
    significant: true,
    verdict: now > earlier ? 'worse' : 'better',
  })),
  unchanged: 0,
  added: [],
  removed: [],
});
const took = (seconds: number, medianSeconds: number): DurationsComparison => ({
  pipeline: { job: '', seconds, medianSeconds, samples: 10, significant: true },
  queue: null,
  jobs: [],
});
const planned = (name: string, value: number): Metric =>
  aMetric({ group: 'terraform', name, value, unit: 'resources', better: null });

const owedRule = {
  section: 'Till',
  pattern: '*.ts',
  required: 2,
  given: 1,
  owners: ['@mia', '@acme/ci'],
};
const approvals = (changes: Partial<CodeOwnerApproval & { kind: 'measured' }>): CodeOwnerApproval => ({
  kind: 'measured',
  rules: 1,
  owed: [],
  unclear: [],
  unowned: [],
  unseen: [],
  ...changes,
});

const cases: readonly {
  name: string;
  condition: string;
  summary: Partial<Summary>;
  outcome: string;
  message: string;
}[] = [
  {
    name: 'failures counts failed and errored tests',
    condition: 'failures',
    summary: { tests: red },
    outcome: 'failed',
    message:
      '2 tests fail (CheckoutTest: takes a voucher, CheckoutTest: takes a voucher); fix the failing tests',
  },
  {
    name: 'failures with a limit lets fewer pass',
    condition: 'failures>2',
    summary: { tests: red },
    outcome: 'passed',
    message: '2 tests fail (CheckoutTest: takes a voucher, CheckoutTest: takes a voucher)',
  },
  {
    name: 'failures is not judged without a test report',
    condition: 'failures',
    summary: { tests: null },
    outcome: 'unknown',
    message:
      'not judged: no test report was found; check that the test jobs ran and keep their reports in artifacts:paths',
  },
  {
    name: 'errors leaves failed tests out',
    condition: 'errors',
    summary: { tests: red },
    outcome: 'failed',
    message: '1 test could not run (CheckoutTest: takes a voucher); fix what keeps the tests from running',
  },
  {
    name: 'new-failures passes when the target branch fails the same tests',
    condition: 'new-failures',
    summary: {
      tests: red,
      comparison: aComparison({
        tests: aTestsComparison({ newFailures: [], stillFailing: [aFailedTest()] }),
      }),
    },
    outcome: 'passed',
    message: '0 tests fail that do not fail on the target branch',
  },
  {
    name: 'new-failures counts every failure when there is no baseline, and says so',
    condition: 'new-failures',
    summary: { tests: red, comparison: noComparison },
    outcome: 'failed',
    message:
      '2 tests fail (CheckoutTest: takes a voucher, CheckoutTest: takes a voucher); without a baseline all of them count as new; fix the new failures',
  },
  {
    name: 'coverage below its limit fails',
    condition: 'coverage<80',
    summary: { coverage: covered(799, 1000) },
    outcome: 'failed',
    message: 'line coverage is 79.9\u00A0%; cover more lines',
  },
  {
    name: 'coverage at its limit passes',
    condition: 'coverage < 80%',
    summary: { coverage: covered(80, 100) },
    outcome: 'passed',
    message: 'line coverage is 80\u00A0%',
  },
  {
    name: 'coverage says what it counts',
    condition: 'coverage<80',
    summary: {
      coverage: aCoverageReport({ unit: 'statements', totals: aCoverageTotals(3, 5) }),
    },
    outcome: 'failed',
    message: 'statement coverage is 60\u00A0%; cover more lines',
  },
  {
    name: 'coverage of nothing is not judged',
    condition: 'coverage<80',
    summary: { coverage: covered(0, 0) },
    outcome: 'unknown',
    message:
      'not judged: no coverage report was found; check that a job writes one and keeps it in artifacts:paths',
  },
  {
    name: 'a coverage drop within its limit passes',
    condition: 'coverage-drop>0.5',
    summary: { coverage: covered(800, 1000), comparison: before(804, 1000) },
    outcome: 'passed',
    message: 'line coverage fell by 0.4\u00A0pp',
  },
  {
    name: 'a coverage drop over its limit fails',
    condition: 'coverage-drop>0.5',
    summary: { coverage: covered(800, 1000), comparison: before(810, 1000) },
    outcome: 'failed',
    message: 'line coverage fell by 1\u00A0pp; cover the lines that this change adds',
  },
  {
    name: 'risen coverage is no drop',
    condition: 'coverage-drop',
    summary: { coverage: covered(82, 100), comparison: before(80, 100) },
    outcome: 'passed',
    message: 'line coverage did not fall (2\u00A0pp up)',
  },
  {
    name: 'a coverage drop is not judged without a baseline',
    condition: 'coverage-drop>0.5',
    summary: { coverage: covered(8, 10), comparison: noComparison },
    outcome: 'unknown',
    message:
      'not judged: there is no report of the target branch to compare with; the end of the comment says what is missing',
  },
  {
    name: 'missing-report fails when nothing was found',
    condition: 'missing-report',
    summary: { tests: null, coverage: null, findings: null, metrics: null, files: [] },
    outcome: 'failed',
    message: 'no report was found; see the comment for the file and the reason',
  },
  ...['missing-report', 'failures', 'errors'].map((condition) => ({
    name: `${condition} fails while a sign of failure is unexplained`,
    condition,
    summary: { tests: green, unexplained: [aSign()] },
    outcome: 'failed' as const,
    message: expect.stringMatching(/^1 sign of failure is unexplained \(reports\/junit\.xml\); /) as string,
  })),
  {
    name: 'failures counts failing tests and signs of failure',
    condition: 'failures>2',
    summary: { tests: red, unexplained: [aSign({ count: 2 })] },
    outcome: 'failed',
    message: expect.stringContaining(', and 2 signs of failure are unexplained') as string,
  },
  {
    name: 'failures without tests is not measured, unless a report gives a sign of failure',
    condition: 'failures',
    summary: { tests: null, unexplained: [aSign({ kind: 'unreadable' })] },
    outcome: 'failed',
    message: expect.stringContaining('1 sign of failure is unexplained') as string,
  },
  ...['new-failures', 'new-stable-failures'].flatMap((condition) => [
    {
      name: `${condition} fails for failures that a report counts and does not list`,
      condition,
      summary: { tests: green, unexplained: [aSign()] },
      outcome: 'failed' as const,
      message: expect.stringContaining('1 sign of failure is unexplained') as string,
    },
    {
      name: `${condition} is not about a report that is missing`,
      condition,
      summary: { tests: green, unexplained: [aSign({ kind: 'missing' })] },
      outcome: 'passed' as const,
      message: expect.stringContaining('0 tests') as string,
    },
  ]),
  {
    name: 'thresholds fails for a limit that the tool found crossed',
    condition: 'thresholds',
    summary: { metrics: aMetricsReport({ thresholds: [aThreshold(), aThreshold({ passed: true })] }) },
    outcome: 'failed',
    message: '1 threshold is crossed (http_req_duration: p(95)<500); check which limit was crossed',
  },
  {
    name: 'thresholds passes while all are kept',
    condition: 'thresholds',
    summary: { metrics: aMetricsReport({ thresholds: [aThreshold({ passed: true })] }) },
    outcome: 'passed',
    message: '0 thresholds are crossed',
  },
  {
    name: 'new-failures names the tests, the first three of them',
    condition: 'new-failures',
    summary: {
      tests: red,
      comparison: aComparison({
        tests: aTestsComparison({
          newFailures: ['a', 'b', 'c', 'd', 'e'].map((name) => aFailedTest({ name, className: '' })),
        }),
      }),
    },
    outcome: 'failed',
    message: '5 tests fail that do not fail on the target branch (a, b, c and 2 more); fix the new failures',
  },
  {
    name: 'new-stable-failures leaves out a test that the history knows as flaky',
    condition: 'new-stable-failures',
    summary: {
      tests: red,
      comparison: aComparison({
        tests: aTestsComparison({ newFailures: [aFailedTest({ id: '00000000000000f1' })] }),
        records: new Map([['00000000000000f1', { runs: 50, failedRuns: 3, retriedRuns: 0, flaky: true }]]),
      }),
    },
    outcome: 'passed',
    message: '0 tests not known as flaky fail that do not fail on the target branch',
  },
  {
    name: 'new-stable-failures counts a test that the history knows as reliable',
    condition: 'new-stable-failures',
    summary: {
      tests: red,
      comparison: aComparison({
        tests: aTestsComparison({ newFailures: [aFailedTest({ id: '00000000000000f1' })] }),
        records: new Map([['00000000000000f1', { runs: 50, failedRuns: 1, retriedRuns: 0, flaky: false }]]),
      }),
    },
    outcome: 'failed',
    message:
      '1 test not known as flaky fails that does not fail on the target branch (CheckoutTest: takes a voucher); fix the new failures',
  },
  {
    name: 'flaky within its limit passes',
    condition: 'flaky>1',
    summary: { tests: aTestsReport({ cases: [aTestCase({ flaky: true })] }) },
    outcome: 'passed',
    message: '1 test passed only after a retry (CheckoutTest: takes a voucher)',
  },
  {
    name: 'skipped counts all that were skipped',
    condition: 'skipped',
    summary: { tests: aTestsReport({ cases: [aTestCase({ outcome: 'skipped' })] }) },
    outcome: 'failed',
    message: '1 test was skipped; let them run again',
  },
  {
    name: 'newly-skipped does not count what was skipped before',
    condition: 'newly-skipped',
    summary: { comparison: aComparison({ tests: aTestsComparison() }) },
    outcome: 'passed',
    message: '0 tests that ran before are skipped now',
  },
  {
    name: 'removed-tests counts also those that are known by number only',
    condition: 'removed-tests>5',
    summary: { comparison: aComparison({ tests: aTestsComparison({ removed: unnamed(6) }) }) },
    outcome: 'failed',
    message: '6 tests are gone; bring them back, or check why they did not run',
  },
  {
    name: 'tests: no report at all counts as no test, or a job that died would pass',
    condition: 'tests<1',
    summary: { tests: null },
    outcome: 'failed',
    message: '0 tests ran or were skipped; check that the test jobs ran and upload their reports',
  },
  {
    name: 'branch-coverage is not judged where no tool measures branches',
    condition: 'branch-coverage<70',
    summary: { coverage: covered(8, 10) },
    outcome: 'unknown',
    message: 'not judged: no report measures branches; switch branch coverage on in the coverage tool',
  },
  {
    name: 'patch-coverage judges the changed lines, whatever the total is',
    condition: 'patch-coverage<80',
    summary: {
      coverage: covered(99, 100),
      comparison: aComparison({
        patch: {
          lines: { covered: 6, total: 10 },
          notInstrumented: 3,
          files: [],
          unmeasuredFiles: [],
          complete: true,
        },
      }),
    },
    outcome: 'failed',
    message: 'coverage of the changed lines is 60\u00A0% (4 lines not covered); cover the changed lines',
  },
  {
    name: 'patch-coverage is not judged when no changed line can be covered: a change of the docs',
    condition: 'patch-coverage<80',
    summary: {
      comparison: aComparison({
        patch: {
          lines: { covered: 0, total: 0 },
          notInstrumented: 3,
          files: [],
          unmeasuredFiles: [],
          complete: true,
        },
      }),
    },
    outcome: 'unknown',
    message:
      'not judged: the coverage reports do not measure any changed line; check that the paths in them are those of the project',
  },
  {
    name: 'findings of a severity counts graver ones too',
    condition: 'findings>=high',
    summary: { findings: graded },
    outcome: 'failed',
    message:
      '2 findings of severity high or above (no-unused-vars in src/checkout.ts:3, no-unused-vars in src/checkout.ts:3); fix or dismiss them',
  },
  {
    name: 'findings by number counts all of them',
    condition: 'findings>4',
    summary: { findings: graded },
    outcome: 'passed',
    message:
      '4 findings (no-unused-vars in src/checkout.ts:3, no-unused-vars in src/checkout.ts:3, no-unused-vars in src/checkout.ts:3 and 1 more)',
  },
  {
    name: 'new-findings leaves known ones alone',
    condition: 'new-findings>=high',
    summary: { findings: graded, comparison: aComparison({ findings: newOnes([]) }) },
    outcome: 'passed',
    message: '0 new findings of severity high or above',
  },
  {
    name: 'new-findings is not judged without a baseline and without a diff: all would count as new',
    condition: 'new-findings',
    summary: { findings: graded, comparison: noComparison },
    outcome: 'unknown',
    message:
      'not judged: there is no report of the target branch to compare with; the end of the comment says what is missing',
  },
  {
    name: 'new-findings says that this run has no report',
    condition: 'new-findings',
    summary: { findings: null, comparison: noComparison },
    outcome: 'unknown',
    message:
      'not judged: no report of findings was found; check that the scanner ran and its job keeps the report in artifacts:paths',
  },
  {
    name: 'new-findings says that the baseline has none',
    condition: 'new-findings',
    summary: { findings: graded, comparison: aComparison({ findings: null }) },
    outcome: 'unknown',
    message:
      'not judged: the baseline has no findings, and the changed lines are not known; let the pipelines of the target branch report findings, too',
  },
  {
    name: 'new-findings counts those on lines of the diff where others may be new, too',
    condition: 'new-findings',
    summary: { findings: graded, comparison: aComparison({ findings: onDiff([aFinding()], [aFinding()]) }) },
    outcome: 'failed',
    message: '1 new finding (no-unused-vars in src/checkout.ts:3); fix or dismiss the new ones',
  },
  {
    name: 'new-findings is open where others may be new and those of the diff are not too many',
    condition: 'new-findings>1',
    summary: { findings: graded, comparison: aComparison({ findings: onDiff([aFinding()], [aFinding()]) }) },
    outcome: 'unknown',
    message:
      'not judged: at least 1 new finding (no-unused-vars in src/checkout.ts:3); others may be new, too, because the target branch has no findings to compare with; let its pipelines report them, too',
  },
  {
    name: 'new-findings with an upper bound is decided once it is passed',
    condition: 'new-findings<1',
    summary: { findings: graded, comparison: aComparison({ findings: onDiff([aFinding()], [aFinding()]) }) },
    outcome: 'passed',
    message: '1 new finding (no-unused-vars in src/checkout.ts:3)',
  },
  {
    name: 'new-findings passes where all others are less grave than what it counts',
    condition: 'new-findings>=critical',
    summary: { findings: graded, comparison: aComparison({ findings: onDiff([], [aFinding()]) }) },
    outcome: 'passed',
    message: '0 new findings of severity critical or above',
  },
  {
    name: 'new-vulnerabilities passes where what may be new is none',
    condition: 'new-vulnerabilities',
    summary: { findings: graded, comparison: aComparison({ findings: onDiff([], [aFinding()]) }) },
    outcome: 'passed',
    message: '0 new vulnerabilities',
  },
  {
    name: 'vulnerabilities counts security scanners only',
    condition: 'vulnerabilities',
    summary: { findings: aFindingsReport({ findings: [aFinding(), aFinding({ category: 'security' })] }) },
    outcome: 'failed',
    message: '1 vulnerability (no-unused-vars in src/checkout.ts:3); fix or dismiss them',
  },
  {
    name: 'new-vulnerabilities leaves new findings of linters alone',
    condition: 'new-vulnerabilities',
    summary: { comparison: aComparison({ findings: newOnes([aFinding()]) }) },
    outcome: 'passed',
    message: '0 new vulnerabilities',
  },
  {
    name: 'size-increase in percent takes the size that grew most',
    condition: 'size-increase>5%',
    summary: { comparison: aComparison({ metrics: sizes([1000, 1010], [200, 300]) }) },
    outcome: 'failed',
    message: 'dist/app.js grew by 100\u00A0bytes (50\u00A0%); check what made it grow',
  },
  {
    name: 'size-increase in bytes takes the largest difference',
    condition: 'size-increase>1kB',
    summary: { comparison: aComparison({ metrics: sizes([1000, 1010], [200, 300]) }) },
    outcome: 'passed',
    message: 'dist/app.js grew by 100\u00A0bytes (50\u00A0%)',
  },
  {
    name: 'size-increase passes when everything shrank',
    condition: 'size-increase>0%',
    summary: { comparison: aComparison({ metrics: sizes([1000, 900]) }) },
    outcome: 'passed',
    message: 'no size grew',
  },
  {
    name: 'worse-metrics counts only changes beyond the noise in the bad direction',
    condition: 'worse-metrics',
    summary: { comparison: aComparison({ metrics: sizes([1000, 900]) }) },
    outcome: 'passed',
    message: '0 metrics are worse',
  },
  {
    name: 'duration-increase in percent of the median',
    condition: 'duration-increase>20%',
    summary: { comparison: aComparison({ durations: took(600, 400) }) },
    outcome: 'failed',
    message: 'the pipeline took 200\u00A0s (50\u00A0%) longer than usual; check which jobs became slower',
  },
  {
    name: 'duration-increase as a time',
    condition: 'duration-increase>5m',
    summary: { comparison: aComparison({ durations: took(600, 400) }) },
    outcome: 'passed',
    message: 'the pipeline took 200\u00A0s (50\u00A0%) longer than usual',
  },
  {
    name: 'plan-destroys counts deletions and replacements and names them',
    condition: 'plan-destroys',
    summary: {
      metrics: aMetricsReport({
        metrics: [planned('create', 4), planned('delete', 1), planned('replace', 1)],
      }),
    },
    outcome: 'failed',
    message: 'the plan deletes or replaces 2 resources; check the plan, or set the label that allows it',
  },
  {
    name: 'failed-jobs leaves out what may fail and what passed when it was run again',
    condition: 'failed-jobs',
    summary: {
      pipeline: aPipelineWithJobs([
        aJob({ id: 1, name: 'lint', status: 'failed', allowFailure: true }),
        aJob({ id: 2, name: 'unit', status: 'failed', retried: true }),
        aJob({ id: 3, name: 'deploy', status: 'failed' }),
      ]),
    },
    outcome: 'failed',
    message: '1 job failed (deploy); fix the jobs',
  },
  {
    name: 'code-owner-approval names the rules that lack approval',
    condition: 'code-owner-approval',
    summary: { codeOwnerApproval: approvals({ owed: [owedRule] }) },
    outcome: 'failed',
    message:
      '1 rule of CODEOWNERS lacks approval ([Till] *.ts: 1 of 2 by @mia @acme/ci); ask these owners to approve',
  },
  {
    name: 'code-owner-approval passes when nothing is owed',
    condition: 'code-owner-approval',
    summary: { codeOwnerApproval: approvals({}) },
    outcome: 'passed',
    message: '0 rules of CODEOWNERS lack approval',
  },
  {
    name: 'code-owner-approval is not passed over owners who cannot be seen',
    condition: 'code-owner-approval',
    summary: { codeOwnerApproval: approvals({ unclear: [owedRule], unseen: ['@acme/ci'] }) },
    outcome: 'unknown',
    message:
      'not judged: at least 0 rules of CODEOWNERS lack approval, and for 1 rule GitLab does not show Herald who the owners are (@acme/ci); give the bot access to these groups, or name users in CODEOWNERS',
  },
  {
    name: 'code-owner-approval is not passed where nobody is left to approve',
    condition: 'code-owner-approval',
    summary: { codeOwnerApproval: approvals({ unowned: [owedRule] }) },
    outcome: 'unknown',
    message:
      'not judged: at least 0 rules of CODEOWNERS lack approval, and for 1 rule nobody is left to approve besides the author ([Till] *.ts: 1 of 2 by @mia @acme/ci); name another owner in CODEOWNERS',
  },
  {
    name: 'code-owner-approval fails for what is known, whatever is not',
    condition: 'code-owner-approval',
    summary: {
      codeOwnerApproval: approvals({ owed: [owedRule], unclear: [owedRule], unseen: ['@acme/ci'] }),
    },
    outcome: 'failed',
    message:
      '1 rule of CODEOWNERS lacks approval ([Till] *.ts: 1 of 2 by @mia @acme/ci), and for 1 rule GitLab does not show Herald who the owners are (@acme/ci); ask these owners to approve',
  },
  ...(
    [
      ['no-merge-request', 'this pipeline has no merge request'],
      [
        'no-code-owners',
        'the target branch has no CODEOWNERS file that Herald can read and that names an owner',
      ],
      ['no-approvals', 'GitLab did not return who approved; the log says why'],
      ['no-changed-files', 'the changed files are not all known, or too many'],
    ] as const
  ).map(([why, words]) => ({
    name: `code-owner-approval is not measured: ${why}`,
    condition: 'code-owner-approval',
    summary: { codeOwnerApproval: { kind: 'unknown', why } as const },
    outcome: 'unknown',
    message: `not judged: ${words}`,
  })),
];

describe('judging', () => {
  test.each(cases)('$name', ({ condition, summary, outcome, message }) => {
    expect(judgeGates([parseCondition(condition)], aSummary(summary), englishGates)).toEqual([
      { condition, grade: 'fail', outcome, message, override: null },
    ]);
  });

  test.each(cases)('$name, and says it in German', ({ condition, summary }) => {
    const [verdict] = judgeGates([parseCondition(condition)], aSummary(summary), germanGates);
    // Behind the counts are names, which are nobody's language.
    const message = verdict?.message.replace(/ \([^)]*\)/g, '') ?? '';
    expect(message).not.toBe('');
    expect(englishIn(message)).toEqual([]);
  });

  test('every gate has a judging case', () => {
    for (const gate of gates)
      expect(cases.map(({ condition }) => parseCondition(condition).name)).toContain(gate.name);
  });
});

describe('reading conditions', () => {
  test.each(gates.map(({ example }) => example))('the documented example %s is a condition', (example) => {
    expect(parseCondition(example).text).toBe(example);
  });

  test.each([
    '',
    'coverage>=',
    'coverage<eighty five',
    'failure',
    'failures; rm -rf',
    'coverage<<80',
    '__proto__',
    'coverage<-1',
    'constructor>1',
  ])('"%s" is refused', (text) => {
    expect(() => parseCondition(text)).toThrow(/is not a valid condition/);
  });

  test.each([
    { text: 'coverage', message: 'fail-on: "coverage" needs a threshold' },
    { text: 'coverage<5kB', message: 'coverage is compared with a number or a percentage' },
    { text: 'failures>=high', message: 'failures is compared with a number' },
    { text: 'findings<high', message: 'findings is compared with a severity' },
    { text: 'findings>=grave', message: 'findings is compared with a severity' },
    { text: 'size-increase>5', message: 'size-increase is compared with a percentage or a size like 10kB' },
    { text: 'size-increase>5xx', message: 'size-increase is compared with' },
  ])('"$text" says what is possible', ({ text, message }) => {
    expect(() => parseCondition(text)).toThrow(message);
  });

  test('a mistyped gate gets the nearest one as its hint', () => {
    expect(() => parseCondition('new-failure', 'warn')).toThrow(
      expect.objectContaining({
        message: 'warn-on: "new-failure" is not a valid condition',
        hint: 'did you mean "new-failures"?',
      }),
    );
  });

  test.each([
    { text: 'size-increase > 10 kB', threshold: { kind: 'bytes', value: 10_000 } },
    { text: 'size-increase>1.5MiB', threshold: { kind: 'bytes', value: 1_572_864 } },
    { text: 'duration-increase>=5m', threshold: { kind: 'seconds', value: 300 } },
    { text: 'coverage<80%', threshold: { kind: 'percent', value: 80 } },
    { text: 'new-findings>=HIGH', threshold: { kind: 'severity', severity: 'high' } },
  ])('$text is read with its unit', ({ text, threshold }) => {
    expect(parseCondition(text).threshold).toEqual(threshold);
  });
});
