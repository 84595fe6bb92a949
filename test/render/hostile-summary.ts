import type { Summary } from '../../src/model/summary.ts';
import {
  aBaseline,
  aComparison,
  aCoverageComparison,
  aCoverageReport,
  aFailedTest,
  aFinding,
  aFindingsReport,
  aGateVerdict,
  aJob,
  aMergeRequest,
  aMetric,
  aMetricsReport,
  aPipelineWithJobs,
  aReadFile,
  aSummary,
  aTestFailure,
  aTestsComparison,
  aTestsReport,
} from '../builders.ts';
import { aMetricChange } from './situations-of-measures.ts';

/** Every place of a summary that a stranger can write, with the same text in it, or each with the next one drawn. */
export function hostileSummary(source: string | (() => string)): Summary {
  const draw = typeof source === 'string' ? (): string => source : source;
  const failed = aFailedTest({
    name: draw(),
    suite: draw(),
    className: draw(),
    file: draw(),
    attachments: [
      { path: `${draw()}/${draw()}.png`, jobId: 501 },
      { path: draw(), jobId: 501 },
      { path: `${draw()}.png`, jobId: null },
    ],
    failure: aTestFailure({
      type: draw(),
      message: draw(),
      details: `${draw()}\n    at ${draw()}\n/merge ${draw()}`,
    }),
  });
  const known = { ...failed, id: '00000000000000a2', flaky: true, runs: 3, failedRuns: 2 };
  const alike = ['a4', 'a5', 'a6'].map((id) => ({
    ...failed,
    id,
    failure: aTestFailure({ message: `x ${draw()}` }),
  }));
  // So that there is a command to run it again, whatever the other names are.
  const quotable = { ...failed, id: 'a7', name: 'unit', failure: aTestFailure({ message: 'unit' }) };
  const finding = aFinding({ message: draw(), path: draw(), rule: draw(), tool: draw(), ruleUrl: draw() });
  const secret = { ...finding, category: 'security' as const, severity: 'critical' as const };
  const part = { covered: 1, total: 2 };
  const metric = aMetric({
    name: draw(),
    group: draw(),
    unit: draw(),
    labels: { [draw()]: draw() },
    value: 2,
  });
  const failedJob = aJob({
    hasArtifacts: true,
    name: draw(),
    stage: draw(),
    status: 'failed',
    failureReason: draw(),
  });
  const duration = { job: draw(), seconds: 90, medianSeconds: 9, samples: 3, significant: true };
  return aSummary({
    mergeRequest: aMergeRequest({
      targetBranch: draw(),
      sourceBranch: draw(),
      title: draw(),
      targetSha: 'ab'.repeat(20),
    }),
    tests: aTestsReport({ cases: [failed, known, ...alike, quotable] }),
    coverage: aCoverageReport(),
    findings: aFindingsReport({ findings: [finding, secret] }),
    metrics: aMetricsReport({
      metrics: [
        metric,
        aMetric({ group: 'terraform', name: 'delete', value: 1 }),
        aMetric({ group: 'terraform', name: 'destroyed', labels: { address: draw() } }),
      ],
    }),
    pipeline: aPipelineWithJobs([
      failedJob,
      aJob({
        id: 502,
        name: draw(),
        stage: draw(),
        status: 'failed',
        failureReason: null,
        allowFailure: true,
      }),
    ]),
    causes: [
      {
        kind: 'script',
        origin: 'unknown',
        jobs: [failedJob],
        headline: draw(),
        line: 3,
        command: draw(),
        excerpt: [{ number: 3, text: draw() }],
        trace: 'whole',
      },
    ],
    comparison: aComparison({
      baseline: aBaseline({ ref: draw() }),
      tests: aTestsComparison({
        newFailures: [failed, ...alike],
        stillFailing: [known],
        removed: { count: 2, items: [failed] },
        newlySkipped: { count: 1, items: [failed] },
        moved: { count: 1, items: [{ from: failed, to: known }] },
        slower: { count: 1, items: [{ test: failed, beforeSeconds: 1, nowSeconds: 9 }] },
      }),
      records: new Map([[failed.id, { runs: 50, failedRuns: 3, retriedRuns: 1, flaky: true }]]),
      coverage: aCoverageComparison({
        indirect: { count: 1, items: [{ path: draw(), before: { covered: 2, total: 2 }, now: part }] },
      }),
      patch: {
        lines: part,
        notInstrumented: 0,
        files: [{ path: draw(), lines: part, notInstrumented: 0, uncovered: [{ start: 1, end: 2 }] }],
        unmeasuredFiles: [draw()],
        complete: false,
      },
      findings: {
        fresh: [
          { finding, onChangedLine: true },
          { finding: secret, onChangedLine: null },
        ],
        fixed: { count: 1, items: [{ ...finding, line: 1 }] },
        existing: 0,
        undecided: [],
        complete: false,
      },
      metrics: {
        changes: [{ ...aMetricChange('x', 1, 2, 'worse'), metric }],
        unchanged: 0,
        added: [],
        removed: [draw()],
      },
      durations: { pipeline: { ...duration, job: '' }, queue: null, jobs: [duration] },
    }),
    lastChanges: new Map([
      [failed.id, { sha: 'c1'.repeat(20), title: draw(), authorName: draw(), mergeRequest: null }],
      [
        known.id,
        { sha: 'c1'.repeat(20), title: draw(), authorName: draw(), mergeRequest: { iid: 3, url: draw() } },
      ],
    ]),
    touched: {
      ref: draw(),
      files: [draw(), draw()].map((path) => ({
        path,
        tests: [
          {
            label: draw(),
            failsOnTarget: true,
            flaky: true,
            mark: { test: draw(), by: draw(), at: draw() },
            record: { runs: 9, failedRuns: 3, retriedRuns: 1, flaky: true },
            issue: { iid: 3, url: draw(), title: draw() },
          },
        ],
        incidents: [{ iid: 4, url: draw(), title: draw() }],
        owners: [{ section: draw(), owners: [draw()], required: 1, approvedBy: [draw()] }],
      })),
      omitted: 1,
      complete: false,
    },
    gates: [
      aGateVerdict({ condition: draw(), message: draw(), override: { label: draw(), setBy: draw() } }),
      aGateVerdict({ condition: draw(), message: draw(), outcome: 'unknown' }),
    ],
    files: [aReadFile({ path: draw(), error: draw() }), aReadFile({ path: failed.report, format: 'ctest' })],
    warnings: [
      { path: draw(), message: draw() },
      { path: null, message: draw() },
    ],
  });
}
