import type { HistoryRun } from '../../../src/model/history.ts';
import type { Summary } from '../../../src/model/summary.ts';
import {
  aComparison,
  aCoverageComparison,
  aCoverageReport,
  aFailedTest,
  aFileCoverage,
  aFinding,
  aFindingsReport,
  aGateVerdict,
  aJob,
  aMetric,
  aMetricsReport,
  aPipelineWithJobs,
  aSummary,
  aTestCase,
  aTestFailure,
  aTestsComparison,
  aTestsReport,
} from '../../builders.ts';

function aRun(number: number): HistoryRun {
  return {
    pipelineId: number,
    jobId: number,
    sha: number.toString(16).padStart(40, '0'),
    createdAt: new Date(Date.UTC(2026, 2, number)).toISOString(),
    tests: { total: 100 + number, failed: number % 3, skipped: 1, flaky: 0, durationSeconds: 60 },
    coveragePercent: 80 + number / 10,
    findings: 20 - number,
    pipelineSeconds: 300 + number * 7,
  };
}

/**
 * A run in which everything has something to tell; every text is `say(what)`, so that tests can make all of them
 * hostile.
 */
export function aFullSummary(say: (what: string) => string = (what) => what): Summary {
  const failing = aFailedTest({
    id: '00000000000000a1',
    className: say('CartTest'),
    suite: say('cart'),
    name: say('adds a voucher'),
    file: say('tests/cart.test.ts'),
    failure: aTestFailure({ message: say('expected 3'), details: say('at cart.ts:3') }),
  });
  const cases = [
    failing,
    aTestCase({
      id: '00000000000000a2',
      className: say('CartTest'),
      name: say('is empty'),
      flaky: true,
      runs: 2,
      failedRuns: 1,
    }),
    aTestCase({
      id: '00000000000000a3',
      className: say('MailTest'),
      name: say('is sent'),
      outcome: 'skipped',
    }),
    aTestCase({ id: '00000000000000a4', className: say('MailTest'), name: say('is signed') }),
  ];
  const fresh = aFinding({
    id: '00000000000000f1',
    message: say('x is never used'),
    rule: say('no-unused'),
    tool: say('lint'),
    path: say('src/a.ts'),
    severity: 'high',
  });
  const metric = aMetric({
    name: say('dist/app.js'),
    group: say('size'),
    labels: { [say('os')]: say('linux') },
  });
  const path = say('src/cart/voucher.ts');
  return aSummary({
    tests: aTestsReport({ cases }),
    coverage: aCoverageReport({ files: [aFileCoverage({ path }), aFileCoverage({ path: 'src/mail.ts' })] }),
    findings: aFindingsReport({ findings: [fresh, aFinding({ id: '00000000000000f2' })] }),
    metrics: aMetricsReport({ metrics: [metric, aMetric({ name: 'steady' })] }),
    pipeline: aPipelineWithJobs([
      aJob({ id: 1, name: say('build'), stage: say('build'), finishedAt: '2026-03-04T10:01:00Z' }),
      aJob({
        id: 2,
        name: say('unit'),
        status: 'failed',
        startedAt: '2026-03-04T10:01:10Z',
        finishedAt: '2026-03-04T10:03:00Z',
        queuedSeconds: 9,
      }),
      aJob({ id: 3, name: say('lint'), status: 'failed', allowFailure: true }),
    ]),
    comparison: aComparison({
      tests: aTestsComparison({ newFailures: [failing] }),
      records: new Map([[failing.id, { runs: 50, failedRuns: 3, retriedRuns: 0, flaky: true }]]),
      coverage: aCoverageComparison({
        files: {
          count: 1,
          items: [{ path, before: { covered: 9, total: 10 }, now: { covered: 8, total: 10 } }],
        },
      }),
      patch: {
        lines: { covered: 3, total: 5 },
        notInstrumented: 2,
        files: [
          { path, lines: { covered: 3, total: 5 }, notInstrumented: 2, uncovered: [{ start: 4, end: 5 }] },
        ],
        unmeasuredFiles: [say('src/lost.ts')],
        complete: true,
      },
      findings: {
        fresh: [{ finding: fresh, onChangedLine: true }],
        fixed: { count: 0, items: [] },
        existing: 1,
        undecided: [],
        complete: true,
      },
      metrics: {
        changes: [
          { metric, before: 10_000, difference: 2_345, ratio: 0.2345, significant: true, verdict: 'worse' },
        ],
        unchanged: 1,
        added: [],
        removed: [],
      },
    }),
    runs: Array.from({ length: 12 }, (_, index) => aRun(12 - index)),
    gates: [aGateVerdict({ message: say('1 test fails') })],
    warnings: [{ path: say('reports/x.xml'), message: say('it is cut off') }],
  });
}

/** So many tests that pass, and a few that fail, in classes of fifty. */
export function aSummaryOf(count: number): Summary {
  const cases = Array.from({ length: count }, (_, n) => {
    const test = {
      id: n.toString(16).padStart(16, '0'),
      className: `com.example.shop.module${n % 7}.Service${Math.floor(n / 50)}Test`,
      name: `handles case ${n} of a voucher that was taken twice`,
      durationSeconds: (n % 90) / 100,
    };
    return n % 200 === 0 ? aFailedTest(test) : aTestCase(test);
  });
  return aSummary({ tests: aTestsReport({ cases }) });
}
