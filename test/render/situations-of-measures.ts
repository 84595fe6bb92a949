import type {
  FileCoverageChange,
  FilePatchCoverage,
  MetricChange,
  NewFinding,
} from '../../src/model/comparison.ts';
import type { Diff } from '../../src/model/diff.ts';
import type { TestRecord } from '../../src/model/history.ts';
import type { Summary } from '../../src/model/summary.ts';
import {
  aComparison,
  aContext,
  aCoverageComparison,
  aCoverageReport,
  aCoverageTotals,
  aFailedTest,
  aFinding,
  aFindingsReport,
  aGateVerdict,
  aJob,
  aMergeRequest,
  aMetric,
  aMetricsReport,
  aPipelineWithJobs,
  aSummary,
  aTestCase,
  aTestFailure,
  aTestsComparison,
  aTestsReport,
  totalsOf,
} from '../builders.ts';

/** Situations in which coverage, findings, metrics, plans, durations or gates have something to say. */

const green = Array.from({ length: 1204 }, (_, index) =>
  aTestCase({ id: index.toString(16).padStart(16, '0') }),
);
const tests = aTestsReport({ cases: green, totals: totalsOf(green) });
const jobs = [
  aJob({ id: 501, name: 'build', stage: 'build' }),
  aJob({ id: 502 }),
  aJob({ id: 503, name: 'lint' }),
];
const pipeline = aPipelineWithJobs(jobs);
const noChange = aTestsComparison();

/** Lines 1 to 40 of the till are new, behind two that were there. */
const diff: Diff = {
  complete: true,
  files: [
    {
      oldPath: 'src/till.ts',
      newPath: 'src/till.ts',
      change: 'modified',
      complete: true,
      hunks: [{ oldStart: 10, newStart: 10, lines: `  -${'+'.repeat(40)} ` }],
    },
    {
      oldPath: 'src/voucher.ts',
      newPath: 'src/voucher.ts',
      change: 'added',
      complete: true,
      hunks: [{ oldStart: 0, newStart: 1, lines: '+'.repeat(60) }],
    },
  ],
};

const patchFiles: readonly FilePatchCoverage[] = [
  {
    path: 'src/voucher.ts',
    lines: { covered: 21, total: 30 },
    notInstrumented: 30,
    uncovered: [
      { start: 12, end: 18 },
      { start: 44, end: 44 },
      { start: 47, end: 47 },
    ],
  },
  {
    path: 'src/till.ts',
    lines: { covered: 17, total: 18 },
    notInstrumented: 22,
    uncovered: [{ start: 30, end: 30 }],
  },
];

const fileChange = (path: string, before: number, now: number): FileCoverageChange => ({
  path,
  before: { covered: before, total: 100 },
  now: { covered: now, total: 100 },
});

export function aMetricChange(
  name: string,
  before: number,
  now: number,
  verdict: MetricChange['verdict'],
): MetricChange {
  return {
    metric: aMetric({ name, value: now }),
    before,
    difference: now - before,
    ratio: (now - before) / before,
    significant: true,
    verdict,
  };
}

const unusedVariable: NewFinding = {
  finding: aFinding({ path: 'src/till.ts', line: 14 }),
  onChangedLine: true,
};
const longFunction: NewFinding = {
  finding: aFinding({
    id: 'f2',
    rule: 'max-lines-per-function',
    ruleUrl: 'https://eslint.org/docs/latest/rules/max-lines-per-function',
    severity: 'low',
    message: 'Function has too many lines (72)',
    line: 31,
  }),
  onChangedLine: false,
};
const injection: NewFinding = {
  finding: aFinding({
    id: 'f3',
    category: 'security',
    tool: 'semgrep',
    rule: 'sql-injection',
    severity: 'critical',
    message: 'SQL is put together from a parameter of the request',
    path: 'src/voucher.ts',
    line: 12,
  }),
  onChangedLine: true,
};

const flakyRecord: TestRecord = { runs: 50, failedRuns: 3, retriedRuns: 2, flaky: true };
const socket = aFailedTest({
  id: 'c000000000000001',
  name: 'opens a socket',
  className: 'SocketTest',
  file: 'tests/socket.test.ts',
  line: 7,
  failure: aTestFailure({ message: 'connect ECONNREFUSED 127.0.0.1:5432', details: '' }),
});
const steady = aFailedTest({ id: 'c000000000000002' });

function failing(failed: readonly ReturnType<typeof aFailedTest>[]) {
  const cases = [...failed, ...green];
  return aTestsReport({ cases, totals: totalsOf(cases) });
}

const slowPipeline = {
  pipeline: { job: '', seconds: 750, medianSeconds: 490, samples: 20, significant: true },
  queue: { job: '', seconds: 310, medianSeconds: 20, samples: 20, significant: true },
  jobs: [
    { job: 'unit-tests', seconds: 480, medianSeconds: 221, samples: 20, significant: true },
    { job: 'lint', seconds: 30, medianSeconds: 60, samples: 20, significant: true },
  ],
};

const worseMetrics = {
  changes: [
    aMetricChange('dist/app.js', 480_000, 612_400, 'worse'),
    {
      ...aMetricChange('BM_Sort/1024', 0.0021, 0.0018, 'better'),
      metric: aMetric({ name: 'BM_Sort/1024', group: 'google-benchmark', unit: 'seconds', value: 0.0018 }),
    },
  ],
  unchanged: 36,
  added: [],
  removed: [],
};

const plan = aMetricsReport({
  metrics: [
    ...(['create', 'update', 'delete', 'replace'] as const).map((name, index) =>
      aMetric({ group: 'terraform', name, value: [3, 1, 1, 1][index] ?? 0, unit: 'resources', better: null }),
    ),
    ...['aws_db_instance.orders', 'aws_instance.till[0]'].map((address) =>
      aMetric({ group: 'terraform', name: 'destroyed', labels: { address }, value: 1, unit: 'resources' }),
    ),
  ],
});

const everything: Summary = aSummary({
  tests: failing([steady, socket]),
  coverage: aCoverageReport(),
  findings: aFindingsReport({
    findings: [injection, unusedVariable, longFunction].map(({ finding }) => finding),
  }),
  metrics: aMetricsReport({ metrics: [...plan.metrics, aMetric({ value: 612_400 })] }),
  pipeline: aPipelineWithJobs([
    ...jobs.slice(0, 1),
    aJob({ id: 502, status: 'failed', failureReason: 'script_failure', durationSeconds: 480 }),
    aJob({ id: 503, name: 'lint' }),
  ]),
  diff,
  comparison: aComparison({
    tests: aTestsComparison({
      newFailures: [steady, socket],
      fixed: { count: 1, items: [] },
      added: { count: 3, items: [] },
      removed: { count: 1, items: [aTestCase({ name: 'takes cheques' })] },
      slower: {
        count: 1,
        items: [{ test: aTestCase({ name: 'closes the till' }), beforeSeconds: 0.4, nowSeconds: 6.2 }],
      },
    }),
    records: new Map([[socket.id, flakyRecord]]),
    coverage: aCoverageComparison({ before: aCoverageTotals(851, 1000) }),
    patch: {
      lines: { covered: 38, total: 48 },
      notInstrumented: 52,
      files: patchFiles,
      unmeasuredFiles: [],
      complete: true,
    },
    findings: {
      fresh: [injection, unusedVariable, longFunction],
      fixed: { count: 2, items: [] },
      existing: 0,
      undecided: [],
      complete: true,
    },
    metrics: worseMetrics,
    durations: slowPipeline,
  }),
  gates: [
    aGateVerdict({ condition: 'new-failures', message: '2 tests fail that did not fail on main' }),
    aGateVerdict({
      condition: 'patch-coverage<90',
      grade: 'warn',
      message: '79.1 % of the changed lines are covered',
    }),
  ],
  warnings: [{ path: 'reports/old.xml', message: 'has no test in it' }],
});

export const situationsOfMeasures: Readonly<Record<string, Summary>> = {
  'coverage-down': aSummary({
    tests,
    coverage: aCoverageReport(),
    pipeline,
    comparison: aComparison({
      tests: noChange,
      coverage: aCoverageComparison({
        before: aCoverageTotals(861, 1000),
        files: { count: 2, items: [fileChange('src/till.ts', 92, 81), fileChange('src/stock.ts', 40, 55)] },
      }),
    }),
  }),
  'changed-lines-not-covered': aSummary({
    tests,
    coverage: aCoverageReport(),
    pipeline,
    diff,
    comparison: aComparison({
      tests: noChange,
      coverage: aCoverageComparison(),
      patch: {
        lines: { covered: 38, total: 48 },
        notInstrumented: 52,
        files: patchFiles,
        unmeasuredFiles: ['tools/release.ts'],
        complete: true,
      },
    }),
  }),
  'indirect-coverage-changes': aSummary({
    tests,
    coverage: aCoverageReport(),
    pipeline,
    comparison: aComparison({
      tests: noChange,
      coverage: aCoverageComparison({
        indirect: {
          count: 12,
          items: [fileChange('src/legacy/print.ts', 70, 12), fileChange('src/queue.ts', 88, 86)],
        },
      }),
    }),
  }),
  'new-findings': aSummary({
    tests,
    findings: aFindingsReport({
      findings: [unusedVariable.finding, longFunction.finding, aFinding({ id: 'f9' })],
    }),
    pipeline,
    diff,
    comparison: aComparison({
      tests: noChange,
      findings: {
        fresh: [unusedVariable, longFunction],
        fixed: { count: 3, items: [] },
        existing: 1,
        undecided: [],
        complete: true,
      },
    }),
  }),
  'critical-security-finding': aSummary({
    tests,
    findings: aFindingsReport({ findings: [injection.finding] }),
    pipeline,
    diff,
    comparison: aComparison({
      tests: noChange,
      findings: {
        fresh: [injection],
        fixed: { count: 0, items: [] },
        existing: 0,
        undecided: [],
        complete: true,
      },
    }),
  }),
  'findings-on-the-diff-without-any-to-compare-with': aSummary({
    tests,
    findings: aFindingsReport({
      findings: [unusedVariable.finding, injection.finding, aFinding({ id: 'f9', severity: 'low' })],
    }),
    pipeline,
    diff,
    comparison: aComparison({
      tests: noChange,
      findings: {
        fresh: [unusedVariable],
        fixed: { count: 0, items: [] },
        existing: 0,
        undecided: [injection.finding, aFinding({ id: 'f9', severity: 'low' })],
        complete: true,
      },
    }),
  }),
  'security-findings-without-baseline': aSummary({
    findings: aFindingsReport({ findings: [injection.finding, aFinding({ severity: 'low' })] }),
    pipeline,
  }),
  'metrics-worse': aSummary({
    tests,
    metrics: aMetricsReport({ metrics: Array.from({ length: 38 }, () => aMetric()) }),
    pipeline,
    comparison: aComparison({ tests: noChange, metrics: worseMetrics }),
  }),
  'plan-destroys': aSummary({ metrics: plan, pipeline }),
  'pipeline-slower': aSummary({
    tests,
    pipeline: aPipelineWithJobs([aJob({ id: 502, durationSeconds: 480 }), aJob({ id: 503, name: 'lint' })]),
    comparison: aComparison({ tests: noChange, durations: slowPipeline }),
  }),
  'gates-failed-warned-and-allowed': aSummary({
    tests,
    coverage: aCoverageReport(),
    pipeline,
    comparison: aComparison({ tests: noChange, coverage: aCoverageComparison() }),
    gates: [
      aGateVerdict({
        condition: 'coverage<90',
        message: 'coverage is 84.2 %; cover 58 more lines',
      }),
      aGateVerdict({
        condition: 'patch-coverage<80',
        grade: 'warn',
        message: '12 of 40 changed lines are not covered; cover 4 of them',
      }),
      aGateVerdict({
        condition: 'new-findings>=high',
        message: '1 new finding is high or worse',
        override: { label: 'herald::allow-new-findings', setBy: 'ada' },
      }),
      aGateVerdict({ condition: 'failures', outcome: 'passed', message: 'no test fails' }),
      aGateVerdict({
        condition: 'duration-increase>20%',
        outcome: 'unknown',
        message: 'no earlier run is known',
      }),
    ],
  }),
  'gate-allowed-by-label': aSummary({
    tests,
    pipeline,
    comparison: aComparison({ tests: noChange }),
    gates: [
      aGateVerdict({
        condition: 'coverage-drop>0.5',
        message: 'coverage fell by 0.8 pp',
        override: { label: 'herald::allow-coverage-drop', setBy: null },
      }),
    ],
  }),
  'known-flaky-test-fails-newly': aSummary({
    tests: failing([socket]),
    pipeline,
    comparison: aComparison({
      tests: aTestsComparison({ newFailures: [socket] }),
      records: new Map([[socket.id, flakyRecord]]),
    }),
  }),
  'steady-and-flaky-fail-together': aSummary({
    tests: failing([socket, steady]),
    pipeline,
    comparison: aComparison({
      tests: aTestsComparison({ newFailures: [socket, steady] }),
      records: new Map([
        [socket.id, flakyRecord],
        [steady.id, { runs: 50, failedRuns: 0, retriedRuns: 0, flaky: false }],
      ]),
    }),
  }),
  'marked-flaky-test-fails-beside-a-new-failure': aSummary({
    tests: failing([socket, steady]),
    pipeline,
    comparison: aComparison({
      tests: aTestsComparison({ newFailures: [steady] }),
      records: new Map([[socket.id, flakyRecord]]),
      flakyMarks: new Map([[socket.id, { test: 'SocketTest', by: 'ada', at: '2026-03-01T10:00:00Z' }]]),
    }),
  }),
  'changed-tests': aSummary({
    tests,
    pipeline,
    comparison: aComparison({
      tests: aTestsComparison({
        slower: {
          count: 1,
          items: [{ test: aTestCase({ name: 'closes the till' }), beforeSeconds: 0.4, nowSeconds: 6.2 }],
        },
        newlySkipped: {
          count: 2,
          items: [aTestCase({ name: 'prints a receipt' }), aTestCase({ name: 'opens the drawer' })],
        },
        removed: {
          count: 12,
          items: Array.from({ length: 12 }, (_, index) => aTestCase({ name: `cheque ${index + 1}` })),
        },
        added: { count: 4, items: [] },
        moved: {
          count: 1,
          items: [{ from: aTestCase({ className: 'OldTest' }), to: aTestCase({ className: 'NewTest' }) }],
        },
      }),
    }),
  }),
  'merged-results': aSummary({
    tests,
    pipeline,
    context: aContext({
      pipeline: { ...aContext().pipeline, type: 'merged_result' },
      mergeRequest: aMergeRequest({ targetSha: '77aa66bb55cc44dd33ee22ff11aa00bb99cc88dd' }),
    }),
    comparison: aComparison({ tests: noChange }),
  }),
  'good-news': aSummary({
    tests,
    coverage: aCoverageReport(),
    findings: aFindingsReport({ findings: [aFinding(), aFinding({ id: 'f2' })] }),
    pipeline,
    comparison: aComparison({
      tests: aTestsComparison({ added: { count: 12, items: [] }, fixed: { count: 2, items: [] } }),
      coverage: aCoverageComparison(),
      findings: { fresh: [], fixed: { count: 3, items: [] }, existing: 2, undecided: [], complete: true },
    }),
    gates: [aGateVerdict({ outcome: 'passed' })],
  }),
  'huge-names': aSummary({
    tests: failing([
      aFailedTest({
        name: 'takes '.repeat(400),
        className: `com.example.${'Very'.repeat(300)}LongTest`,
        file: `src/${'deep/'.repeat(80)}file.ts`,
        failure: aTestFailure({ message: 'x'.repeat(9_000), details: '' }),
      }),
    ]),
  }),
  'everything-at-once': everything,
};
