import type { LastChange } from '../../src/model/blame.ts';
import type { Summary } from '../../src/model/summary.ts';
import type { TestCase } from '../../src/model/tests.ts';
import {
  aComparison,
  aContext,
  aCoverageComparison,
  aCoverageReport,
  aCoverageTotals,
  aFailedTest,
  aFailureCause,
  aFinding,
  aFindingsReport,
  aGateVerdict,
  aJob,
  aMergeRequest,
  aMetric,
  aMetricsReport,
  aPipelineWithJobs,
  aReadFile,
  aSign,
  aSummary,
  aTestCase,
  aTestFailure,
  aTestsComparison,
  aTestsReport,
  aTestTotals,
  aThreshold,
  noComparison,
  totalsOf,
  unnamed,
} from '../builders.ts';

const green = Array.from({ length: 1204 }, (_, index) =>
  aTestCase({ id: index.toString(16).padStart(16, '0') }),
);
const coverage = aCoverageReport();
const coverageBefore = aCoverageComparison({ before: aCoverageTotals(845, 1000) });
const jobs = [
  aJob({ id: 501, name: 'build', stage: 'build' }),
  aJob({ id: 502 }),
  aJob({ id: 503, name: 'lint' }),
];

const voucher = aFailedTest({
  id: 'f000000000000001',
  failure: aTestFailure({
    message: 'expected 200, got 500',
    details: [
      'AssertionError: expected 200, got 500',
      '    at assertEqual (/builds/shop/checkout/node_modules/vitest/dist/chunk.js:10:5)',
      '    at tests/checkout.test.ts:12:7',
      '    at src/till.ts:88:3',
      '    at node:internal/process/task_queues:95:5',
    ].join('\n'),
  }),
});

function changedBy(authorName: string, mergeRequest: LastChange['mergeRequest']): LastChange {
  return { sha: 'd0'.repeat(20), title: 'Take vouchers', authorName, mergeRequest };
}

/** Of a job with artifacts, of a job without, and of nobody knows which. */
const withPictures = {
  ...voucher,
  attachments: [
    { path: 'test-results/takes a voucher/test-failed_1.png', jobId: 502 },
    { path: 'test-results/takes a voucher/trace.zip', jobId: 502 },
    { path: 'test-results/build.png', jobId: 501 },
    { path: 'screenshots/till.png', jobId: null },
  ],
};
const stock = aFailedTest({
  id: 'f000000000000002',
  name: 'test_reserves_stock[2-None]',
  className: 'tests.test_stock.TestStock',
  file: 'tests/test_stock.py',
  line: 41,
  durationSeconds: 3.4,
  failure: aTestFailure({
    message: 'AssertionError: assert None == 2',
    details:
      '    def test_reserves_stock(n, left):\n>       assert reserve(n) == n\nE       assert None == 2\n\ntests/test_stock.py:41: AssertionError',
  }),
});
const slow = aFailedTest({
  id: 'f000000000000003',
  name: 'closes the till',
  className: 'com.example.TillTest',
  suite: 'com.example.TillTest',
  file: null,
  line: null,
  outcome: 'errored',
  failure: aTestFailure({ type: 'TimeoutException', message: '', details: '' }),
});

function tested(failing: readonly TestCase[], overrides: Partial<Summary> = {}): Summary {
  const cases = [...failing, ...green];
  return aSummary({
    tests: aTestsReport({ cases, totals: totalsOf(cases) }),
    coverage,
    pipeline: aPipelineWithJobs(jobs),
    comparison: aComparison({ coverage: coverageBefore, tests: aTestsComparison({ newFailures: failing }) }),
    ...overrides,
  });
}

/** Failures that have nothing in common, as many as that. */
function unlike(count: number, first: number): readonly TestCase[] {
  return Array.from({ length: count }, (_, at) =>
    aFailedTest({
      id: `d${(first + at).toString(16).padStart(15, '0')}`,
      name: `test_rounding[${first + at}]`,
      suite: 'tests.test_money.TestMoney',
      className: 'tests.test_money.TestMoney',
      file: 'tests/test_money.py',
      line: 40,
      failedAt: { path: 'tests/test_money.py', line: 52 + at },
      failure: {
        type: null,
        message: `assert Decimal('1.${at}1') == Decimal('1.${at}0')`,
        details: `    def test_rounding(n):\n>       assert round(n) == n\nE       assert Decimal('1.${at}1') == Decimal('1.${at}0')\n\ntests/test_money.py:${52 + at}: AssertionError`,
      },
    }),
  );
}

const refused = ['takes a voucher', 'refuses a voucher', 'prints a receipt', 'opens the till'].map(
  (name, at) =>
    aFailedTest({
      id: `c00000000000000${at}`,
      name,
      failure: {
        type: 'Error',
        message: 'connect ECONNREFUSED 127.0.0.1:5432',
        details: `Error: connect ECONNREFUSED 127.0.0.1:5432\n    at open (src/${at < 2 ? 'stock' : 'till'}.ts:9:3)`,
      },
    }),
);

const many = Array.from({ length: 300 }, (_, index) =>
  aFailedTest({
    id: `e${index.toString(16).padStart(15, '0')}`,
    name: `takes voucher ${index + 1}`,
    failure: voucher.failure,
  }),
);

const failedJob = { status: 'failed', failureReason: 'script_failure' } as const;
const typesCause = aFailureCause();
const diskCause = aFailureCause({
  kind: 'disk-full',
  origin: 'infrastructure',
  jobs: [1, 2, 3, 4, 5].map((number) => aJob({ ...failedJob, id: 510 + number, name: `e2e ${number}/5` })),
  headline: 'write /out/video.mp4: no space left on device',
  line: 412,
  command: './e2e.sh --shard /merge',
  excerpt: [
    { number: 402, text: '```\n@all <img src=x>' },
    { number: null, text: '…' },
    { number: 412, text: 'write /out/video.mp4: no space left on device' },
  ],
});
const unreadCause = aFailureCause({
  kind: 'timeout',
  origin: 'unknown',
  jobs: [aJob({ ...failedJob, id: 520, name: 'load-test', failureReason: 'job_execution_timeout' })],
  trace: 'refused',
  headline: '',
  line: null,
  command: null,
  excerpt: [],
});

const ofVouchers = aFailureCause({
  kind: 'test',
  jobs: [aJob({ ...failedJob, id: 530, name: 'test web' })],
  headline: 'FAIL tests/checkout.test.ts > takes a voucher',
  line: 11,
});
const ofStock = aFailureCause({
  kind: 'test',
  jobs: [aJob({ ...failedJob, id: 531, name: 'test api' })],
  headline: 'FAILED tests/test_stock.py::TestStock::test_reserves_stock[2-None]',
  line: 40,
});
const lint = Array.from({ length: 60 }, (_, index) =>
  aFinding({
    id: `c${index}`,
    rule: index < 31 ? 'no-eval' : 'no-unused-vars',
    severity: index < 31 ? 'high' : index < 40 ? 'medium' : 'low',
    path: 'src/pay.ts',
    line: 41 + index,
    message: index < 31 ? 'eval can be harmful' : 'x is never used',
  }),
);

/** What a merge request can look like; each is a golden file. */
export const situations: Readonly<Record<string, Summary>> = {
  'all-green': tested([]),
  'first-run-without-baseline': tested([], {
    comparison: { ...noComparison, missing: { kind: 'none-finished', ref: 'main' } },
  }),
  'jobs-refused': tested([], { pipeline: null, missing: [{ part: 'jobs', reason: 'refused' }] }),
  'much-is-not-known': tested([voucher], {
    tests: null,
    pipeline: null,
    comparison: { ...noComparison, missing: { kind: 'not-returned', ref: 'main' } },
    gates: [aGateVerdict({ outcome: 'unknown', message: 'not judged: tests are missing in this run' })],
    missing: [
      { part: 'jobs', reason: 'unusable-answer' },
      { part: 'test-report', reason: 'unreachable' },
      { part: 'baseline', reason: 'unreachable' },
      { part: 'diff', reason: 'refused' },
      { part: 'labels', reason: 'refused' },
      { part: 'flaky-marks', reason: 'unusable-answer' },
      { part: 'code-owner-approval', reason: 'refused' },
      { part: 'merge-request', reason: 'unreachable' },
    ],
  }),
  'one-new-failure': tested([voucher], {
    pipeline: aPipelineWithJobs([
      ...jobs.slice(0, 1),
      aJob({ id: 502, status: 'failed', failureReason: 'script_failure' }),
    ]),
  }),
  'closes-issues': tested([], {
    closes: {
      references: [
        {
          kind: 'issue',
          project: aContext().project.path,
          iid: 12,
          url: `${aContext().project.url}/-/issues/12`,
        },
        {
          kind: 'issue',
          project: 'acme/tools',
          iid: 3,
          url: 'https://gitlab.example.com/acme/tools/-/issues/3',
        },
        { kind: 'tracker', key: 'SHOP-7', url: 'https://jira.example.com/browse/SHOP-7' },
      ],
      defaultBranch: aContext().project.defaultBranch,
      complete: true,
    },
  }),
  'known-of-changed-files': tested([], {
    touched: {
      ref: 'main',
      files: [
        {
          path: 'src/till.ts',
          tests: [
            {
              label: 'till.CartTest: takes vouchers',
              failsOnTarget: true,
              flaky: false,
              mark: null,
              record: { runs: 20, failedRuns: 3, retriedRuns: 0, flaky: false },
              issue: { iid: 14, url: `${aContext().project.url}/-/issues/14`, title: '' },
            },
            {
              label: 'till.CartTest: prints <b>receipts</b>',
              failsOnTarget: false,
              flaky: true,
              mark: { test: 'till.CartTest: prints', by: 'ana', at: '2026-02-01T10:00:00Z' },
              record: { runs: 50, failedRuns: 4, retriedRuns: 2, flaky: true },
              issue: null,
            },
          ],
          incidents: [
            { iid: 12, url: `${aContext().project.url}/-/issues/12`, title: 'The pipeline of main fails' },
          ],
          owners: [{ section: 'Till', owners: ['@ana', '@shop/core'], required: 2, approvedBy: ['ana'] }],
        },
        {
          path: 'src/cart.ts',
          tests: [],
          incidents: [],
          owners: [{ section: '', owners: ['@bo'], required: 1, approvedBy: ['bo'] }],
        },
      ],
      omitted: 3,
      complete: true,
    },
  }),
  'last-changed-by': tested([voucher, stock, slow], {
    lastChanges: new Map([
      [
        voucher.id,
        changedBy('Ada Lovelace', { iid: 12, url: `${aContext().project.url}/-/merge_requests/12` }),
      ],
      [stock.id, changedBy('Grace Hopper', { iid: aMergeRequest().iid, url: aMergeRequest().url })],
      [slow.id, changedBy('@all', null)],
    ]),
  }),
  'three-failures': tested([voucher, stock, slow], {
    comparison: aComparison({
      coverage: coverageBefore,
      tests: aTestsComparison({
        newFailures: [voucher, stock],
        stillFailing: [slow],
        fixed: unnamed(1),
        added: unnamed(4),
      }),
    }),
    gates: [
      aGateVerdict({ condition: 'new-failures', message: '2 tests fail that did not fail on main' }),
      aGateVerdict({
        condition: 'coverage-drop>0.5',
        outcome: 'passed',
        message: 'coverage fell by 0.3 points',
      }),
    ],
  }),
  'three-hundred-failures': tested(many),
  'a-failure-with-pictures': tested([withPictures], {
    pipeline: aPipelineWithJobs([
      ...jobs.slice(0, 1),
      aJob({ id: 502, status: 'failed', failureReason: 'script_failure', hasArtifacts: true }),
    ]),
  }),
  'twelve-failures': tested(unlike(12, 1)),
  'four-failures-with-one-cause': tested(refused),
  'two-new-and-twenty-known-failures': tested([...unlike(2, 1), ...unlike(20, 100)], {
    comparison: aComparison({
      coverage: coverageBefore,
      tests: aTestsComparison({ newFailures: unlike(2, 1), stillFailing: unlike(20, 100) }),
    }),
  }),
  'flaky-tests': tested([], {
    tests: aTestsReport({
      cases: [aTestCase({ name: 'opens a socket', flaky: true, runs: 3, failedRuns: 2 }), ...green],
    }),
  }),
  'only-infrastructure-failures': tested([], {
    pipeline: aPipelineWithJobs([
      ...jobs,
      aJob({
        id: 504,
        name: 'deploy-review',
        stage: 'review',
        status: 'failed',
        failureReason: 'runner_system_failure',
      }),
      aJob({ id: 505, name: 'audit', status: 'failed', failureReason: 'script_failure', allowFailure: true }),
    ]),
  }),
  'failed-jobs-and-why': tested([], {
    pipeline: aPipelineWithJobs([
      ...jobs,
      ...typesCause.jobs,
      ...diskCause.jobs,
      ...unreadCause.jobs,
      aJob({ id: 505, name: 'audit', status: 'failed', failureReason: 'script_failure', allowFailure: true }),
    ]),
    causes: [typesCause, unreadCause, diskCause],
  }),
  'nothing-found': aSummary(),
  'names-in-many-scripts': tested([
    aFailedTest({
      id: 'a1',
      name: 'بررسی سبد خرید',
      className: 'فروشگاه',
      file: 'tests/سبد.py',
      failure: aTestFailure({ message: 'انتظار ۲۰۰ بود' }),
    }),
    aFailedTest({
      id: 'a2',
      name: 'בדיקת תשלום (קופה #1)',
      className: 'TillTest',
      failure: aTestFailure({ message: 'ציפיתי ל-200' }),
    }),
    aFailedTest({
      id: 'a3',
      name: '注文を確認する | 在庫',
      className: '店舗',
      file: 'テスト/注文.rb',
      failure: aTestFailure({ message: '期待値: 200' }),
    }),
  ]),
  'hostile-names': tested([
    aFailedTest({
      id: 'b1',
      name: '</summary>@all `x` /merge | <script>alert(1)</script>',
      className: '[[_TOC_]] #1 !2',
      file: 'tests/a b#c?d%20.py',
      failure: aTestFailure({ message: '/close\n```\n/merge\n</details> @all' }),
    }),
  ]),
  'unreadable-files-and-findings': tested([], {
    findings: aFindingsReport({ findings: [aFinding({ severity: 'high' }), aFinding(), aFinding()] }),
    files: [
      aReadFile(),
      aReadFile({ path: 'reports/cut.xml', format: 'unknown', error: 'ends inside an element, line 40' }),
    ],
    unexplained: [
      aSign({ kind: 'unreadable', path: 'reports/cut.xml', reason: 'ends inside an element, line 40' }),
    ],
  }),
  'signs-of-failure-that-nothing-explains': tested([], {
    unexplained: [
      aSign({ count: 2 }),
      aSign({ kind: 'verdict', path: 'TestResult.xml', reason: 'File not found: @all #1 </summary>' }),
      aSign({ kind: 'incomplete', path: 'go.json', reason: 'the file is cut off in line 3' }),
      aSign({ kind: 'missing', path: 'reports/*.xml', reason: 'matches no file' }),
      aSign({ kind: 'vanished', path: 'a.xml' }),
      aSign({ kind: 'stopped', path: null, reason: 'integration' }),
      aSign({ kind: 'pipeline', path: null }),
    ],
  }),
  'skipped-is-not-passed': tested([], {
    tests: aTestsReport({ totals: aTestTotals({ total: 4, passed: 1, skipped: 3 }) }),
  }),
  'nothing-but-skipped': tested([], {
    tests: aTestsReport({ totals: aTestTotals({ total: 2, skipped: 2 }) }),
  }),
  'a-matrix-of-three': tested([], {
    tests: aTestsReport({ totals: aTestTotals({ total: 7, passed: 7 }), runs: 21 }),
  }),
  'crossed-thresholds': aSummary({
    metrics: aMetricsReport({
      thresholds: [
        aThreshold(),
        aThreshold({
          group: 'lighthouse',
          name: 'audit of https://shop.example.com/',
          detail: 'no first paint',
        }),
        aThreshold({ name: 'checks: rate>=0.95', passed: true }),
      ],
    }),
  }),
  'kept-thresholds': aSummary({ metrics: aMetricsReport({ thresholds: [aThreshold({ passed: true })] }) }),
  'a-plan-that-takes-over': aSummary({
    metrics: aMetricsReport({
      metrics: [
        aMetric({ group: 'terraform', name: 'create', value: 4, unit: 'resources' }),
        aMetric({ group: 'terraform', name: 'import', value: 1, unit: 'resources' }),
        aMetric({ group: 'terraform', name: 'move', value: 2, unit: 'resources' }),
        aMetric({ group: 'terraform', name: 'forget', value: 1, unit: 'resources' }),
      ],
    }),
  }),
  'a-job-that-may-fail': tested([], {
    pipeline: aPipelineWithJobs([
      aJob(),
      aJob({ id: 502, name: 'fuzz', status: 'failed', allowFailure: true }),
    ]),
  }),
  'nothing-changed': tested([], {
    coverage: aCoverageReport({ totals: aCoverageTotals(845, 1000) }),
  }),
  'first-run-of-linters': aSummary({
    findings: aFindingsReport({ findings: lint }),
    pipeline: aPipelineWithJobs(jobs),
    comparison: { ...noComparison, missing: { kind: 'none-finished', ref: 'main' } },
  }),
  'jobs-that-failed-of-their-tests': tested([voucher, stock], {
    files: [aReadFile({ format: 'jest' })],
    pipeline: aPipelineWithJobs([...jobs, ...ofVouchers.jobs, ...ofStock.jobs]),
    causes: [ofVouchers, ofStock],
  }),
  'outside-a-merge-request': tested([], { context: aContext({ mergeRequest: null }), mergeRequest: null }),
};
