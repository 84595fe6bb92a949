import type {
  BaselineOrigin,
  Comparison,
  CoverageComparison,
  TestsComparison,
} from '../src/model/comparison.ts';
import type { Context, MergeRequest } from '../src/model/context.ts';
import type { CoverageReport, CoverageTotals, FileCoverage } from '../src/model/coverage.ts';
import type { EarlierRun, EarlierTests } from '../src/model/earlier-run.ts';
import { noEvidence, type UnexplainedSign } from '../src/model/evidence.ts';
import type { FailureCause } from '../src/model/failure-cause.ts';
import type { CountBySeverity, Finding, FindingsReport } from '../src/model/findings.ts';
import type { GateVerdict } from '../src/model/gate.ts';
import type { Metric, MetricsReport, ThresholdResult } from '../src/model/metrics.ts';
import type { Job, Pipeline, PipelineWithJobs } from '../src/model/pipeline.ts';
import type { ReadReport } from '../src/model/report.ts';
import type { Summary } from '../src/model/summary.ts';
import { createTestIndex } from '../src/model/test-index.ts';
import type { TestCase, TestFailure, TestIndex, TestsReport, TestTotals } from '../src/model/tests.ts';

/** Builders of model values for tests: a plausible whole, of which each test overrides what it is about. */

export const headSha = '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2';
export const baseSha = '9a8b7c6d5e4f30211203f4e5d6c7b8a990817263';
const projectUrl = 'https://gitlab.example.com/shop/checkout';

export function aMergeRequest(overrides: Partial<MergeRequest> = {}): MergeRequest {
  return {
    project: 42,
    iid: 17,
    projectPath: 'shop/checkout',
    url: `${projectUrl}/-/merge_requests/17`,
    title: 'Take vouchers at the till',
    sourceProjectId: 42,
    sourceBranch: 'vouchers',
    targetBranch: 'main',
    headSha,
    diffBaseSha: baseSha,
    targetSha: null,
    labels: [],
    fork: false,
    ...overrides,
  };
}

export function aContext(overrides: Partial<Context> = {}): Context {
  return {
    server: {
      url: 'https://gitlab.example.com',
      apiUrl: 'https://gitlab.example.com/api/v4',
    },
    project: {
      id: 42,
      path: 'shop/checkout',
      url: projectUrl,
      defaultBranch: 'main',
      directory: '/builds/shop/checkout',
    },
    pipeline: {
      id: 1001,
      url: `${projectUrl}/-/pipelines/1001`,
      type: 'detached',
      source: 'merge_request_event',
      createdAt: '2026-03-04T10:00:00Z',
    },
    job: { id: 900, name: 'herald', url: `${projectUrl}/-/jobs/900` },
    lock: null,
    commit: { sha: headSha, branch: null, tag: null },
    mergeRequest: aMergeRequest(),
    openMergeRequests: [],
    runsInFork: false,
    ...overrides,
  };
}

export function aTestFailure(overrides: Partial<TestFailure> = {}): TestFailure {
  return { type: 'AssertionError', message: 'expected 200, got 500', details: '', ...overrides };
}

export function aTestCase(overrides: Partial<TestCase> = {}): TestCase {
  return {
    id: '00000000000000a1',
    suite: 'checkout',
    className: 'CheckoutTest',
    name: 'takes a voucher',
    file: 'tests/checkout.test.ts',
    line: 12,
    failedAt: null,
    outcome: 'passed',
    flaky: false,
    runs: 1,
    failedRuns: 0,
    durationSeconds: 0.25,
    failure: null,
    attachments: [],
    report: 'reports/junit.xml',
    ...overrides,
  };
}

export function aFailedTest(overrides: Partial<TestCase> = {}): TestCase {
  return aTestCase({ outcome: 'failed', failedRuns: 1, failure: aTestFailure(), ...overrides });
}

export function aTestTotals(overrides: Partial<TestTotals> = {}): TestTotals {
  return {
    total: 0,
    passed: 0,
    failed: 0,
    errored: 0,
    skipped: 0,
    flaky: 0,
    durationSeconds: 0,
    ...overrides,
  };
}

/** The totals that belong to these cases. */
export function totalsOf(cases: readonly TestCase[]): TestTotals {
  const count = (test: (testCase: TestCase) => boolean): number => cases.filter(test).length;
  return {
    total: cases.length,
    passed: count(({ outcome }) => outcome === 'passed'),
    failed: count(({ outcome }) => outcome === 'failed'),
    errored: count(({ outcome }) => outcome === 'errored'),
    skipped: count(({ outcome }) => outcome === 'skipped'),
    flaky: count(({ flaky }) => flaky),
    durationSeconds: cases.reduce((sum, { durationSeconds }) => sum + (durationSeconds ?? 0), 0),
  };
}

export function anEmptyTestIndex(): TestIndex {
  return createTestIndex().finish();
}

/** Totals follow the cases unless they are overridden; the index is empty unless it is. */
export function aTestsReport(overrides: Partial<Omit<TestsReport, 'kind'>> = {}): TestsReport {
  const cases = overrides.cases ?? [aTestCase()];
  return {
    kind: 'tests',
    totals: totalsOf(cases),
    cases,
    omittedCases: 0,
    index: anEmptyTestIndex(),
    runs: (overrides.totals ?? totalsOf(cases)).total,
    likelyReruns: 0,
    ...overrides,
  };
}

export function aCoverageTotals(covered: number, total: number): CoverageTotals {
  return { lines: { covered, total }, branches: null, functions: null };
}

export function aFileCoverage(overrides: Partial<FileCoverage> = {}): FileCoverage {
  return {
    path: 'src/checkout.ts',
    hits: new Int32Array(0),
    branches: [],
    named: null,
    totals: aCoverageTotals(8, 10),
    ...overrides,
  };
}

export function aCoverageReport(overrides: Partial<Omit<CoverageReport, 'kind'>> = {}): CoverageReport {
  return { kind: 'coverage', unit: 'lines', totals: aCoverageTotals(842, 1000), files: [], ...overrides };
}

export function aFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    id: '00000000000000f1',
    category: 'quality',
    tool: 'eslint',
    rule: 'no-unused-vars',
    ruleUrl: null,
    severity: 'medium',
    message: 'x is never used',
    description: '',
    path: 'src/checkout.ts',
    line: 3,
    endLine: null,
    column: null,
    identifiers: [],
    fix: null,
    suppressed: false,
    report: 'reports/quality.json',
    ...overrides,
  };
}

const noSeverities: CountBySeverity = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 };

/** Totals follow the findings unless they are overridden. */
export function aFindingsReport(overrides: Partial<Omit<FindingsReport, 'kind'>> = {}): FindingsReport {
  const findings = overrides.findings ?? [aFinding()];
  const bySeverity = { ...noSeverities };
  for (const { severity } of findings) bySeverity[severity] += 1;
  return { kind: 'findings', total: findings.length, bySeverity, findings, omittedFindings: 0, ...overrides };
}

export function aMetric(overrides: Partial<Metric> = {}): Metric {
  return {
    name: 'dist/app.js',
    group: 'size-limit',
    labels: {},
    value: 12_345,
    unit: 'bytes',
    better: 'lower',
    report: 'reports/metrics.txt',
    ...overrides,
  };
}

export function aThreshold(overrides: Partial<ThresholdResult> = {}): ThresholdResult {
  return {
    group: 'k6',
    name: 'http_req_duration: p(95)<500',
    passed: false,
    detail: 'p(95)=812',
    report: 'k6-summary.json',
    ...overrides,
  };
}

export function aSign(overrides: Partial<UnexplainedSign> = {}): UnexplainedSign {
  return { kind: 'declared', path: 'reports/junit.xml', count: 1, reason: '', ...overrides };
}

export function aMetricsReport(overrides: Partial<Omit<MetricsReport, 'kind'>> = {}): MetricsReport {
  return { kind: 'metrics', metrics: [aMetric()], omittedMetrics: 0, thresholds: [], ...overrides };
}

export function aJob(overrides: Partial<Job> = {}): Job {
  const id = overrides.id ?? 501;
  return {
    id,
    name: 'unit-tests',
    stage: 'test',
    status: 'success',
    allowFailure: false,
    failureReason: null,
    createdAt: '2026-03-04T10:00:01Z',
    startedAt: '2026-03-04T10:00:10Z',
    finishedAt: '2026-03-04T10:03:51Z',
    durationSeconds: 221,
    queuedSeconds: 9,
    url: `${projectUrl}/-/jobs/${id}`,
    coverage: null,
    hasArtifacts: null,
    reports: [],
    artifactsExpireAt: null,
    retried: false,
    ...overrides,
  };
}

/** A type error of one job, unless overridden. */
export function aFailureCause(overrides: Partial<FailureCause> = {}): FailureCause {
  const headline =
    "src/till.ts(88,17): error TS2345: Argument of type 'string | undefined' is not assignable";
  return {
    kind: 'type-check',
    origin: 'change',
    jobs: [aJob({ id: 502, name: 'types', status: 'failed', failureReason: 'script_failure' })],
    trace: 'whole',
    headline,
    line: 28,
    command: 'npx tsc --noEmit',
    excerpt: [
      { number: 28, text: headline },
      { number: 29, text: "  Type 'undefined' is not assignable to type 'Voucher'." },
    ],
    ...overrides,
  };
}

export function aPipeline(overrides: Partial<Pipeline> = {}): Pipeline {
  return {
    id: 1001,
    projectId: 42,
    url: `${projectUrl}/-/pipelines/1001`,
    status: 'running',
    ref: 'refs/merge-requests/17/head',
    sha: headSha,
    source: 'merge_request_event',
    createdAt: '2026-03-04T10:00:00Z',
    ...overrides,
  };
}

export function aPipelineWithJobs(
  jobs: readonly Job[] = [aJob()],
  overrides: Partial<Pipeline> = {},
): PipelineWithJobs {
  return { pipeline: aPipeline(overrides), jobs };
}

export function aBaseline(overrides: Partial<BaselineOrigin> = {}): BaselineOrigin {
  return {
    sha: baseSha,
    ref: 'main',
    pipelineId: 990,
    relation: 'exact',
    commitsBehind: 0,
    source: 'herald',
    ...overrides,
  };
}

const nobody = { count: 0, items: [] };

/** So many tests, none of them known by name. */
export function unnamed(count: number): { readonly count: number; readonly items: readonly never[] } {
  return { count, items: [] };
}

export function aTestsComparison(overrides: Partial<TestsComparison> = {}): TestsComparison {
  return {
    newFailures: [],
    stillFailing: [],
    fixed: nobody,
    added: nobody,
    removed: nobody,
    newlySkipped: nobody,
    moved: nobody,
    slower: nobody,
    ...overrides,
  };
}

/** With a baseline, and nothing compared; `noComparison` is the other case. */
export function aComparison(overrides: Partial<Comparison> = {}): Comparison {
  return { ...noComparison, baseline: aBaseline(), missing: null, ...overrides };
}

export const noComparison: Comparison = {
  baseline: null,
  missing: { kind: 'none-finished', ref: 'main' },
  tests: null,
  records: new Map(),
  flakyMarks: new Map(),
  quarantined: new Map(),
  coverage: null,
  patch: null,
  findings: null,
  metrics: null,
  durations: null,
};

export function aCoverageComparison(overrides: Partial<CoverageComparison> = {}): CoverageComparison {
  return { before: aCoverageTotals(838, 1000), files: nobody, indirect: nobody, ...overrides };
}

/** What a `herald-report.json` of the target branch held: nothing, unless overridden. */
export function anEarlierRun(overrides: Partial<EarlierRun> = {}): EarlierRun {
  return {
    sha: baseSha,
    ref: 'main',
    pipelineId: 990,
    source: 'herald',
    tests: null,
    coverage: null,
    findings: null,
    metrics: null,
    durations: null,
    runs: [],
    ...overrides,
  };
}

/** Tests of an earlier run by their outcomes, without names or history. */
export function theEarlierTests(overrides: Partial<EarlierTests> = {}): EarlierTests {
  return {
    totals: aTestTotals(),
    index: anEmptyTestIndex(),
    names: new Map(),
    history: null,
    recordOf: () => null,
    timingOf: () => null,
    ...overrides,
  };
}

export function aGateVerdict(overrides: Partial<GateVerdict> = {}): GateVerdict {
  return {
    condition: 'failures',
    grade: 'fail',
    outcome: 'failed',
    message: '1 test fails; fix the failing tests',
    override: null,
    ...overrides,
  };
}

export function aReadFile(overrides: Partial<Omit<ReadReport, 'report'>> = {}): Omit<ReadReport, 'report'> {
  return {
    path: 'reports/junit.xml',
    sizeBytes: 2048,
    format: 'junit',
    error: null,
    isForeign: false,
    warnings: [],
    evidence: noEvidence,
    ...overrides,
  };
}

/** A run that found nothing, compared with nothing; the merge request follows the context unless it is overridden. */
export function aSummary(overrides: Partial<Summary> = {}): Summary {
  const context = overrides.context ?? aContext();
  return {
    context,
    mergeRequest: context.mergeRequest,
    tests: null,
    coverage: null,
    findings: null,
    metrics: null,
    pipeline: null,
    diff: null,
    causes: [],
    comparison: noComparison,
    runs: [],
    gates: [],
    files: [],
    unexplained: [],
    missing: [],
    warnings: [],
    ...overrides,
  };
}
