import type { Summary } from '../../src/model/summary.ts';
import {
  aComparison,
  aCoverageReport,
  aFailedTest,
  aFileCoverage,
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
} from '../builders.ts';

function times<T>(count: number, make: (n: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, n) => make(n));
}

function id(n: number): string {
  return n.toString(16).padStart(16, '0');
}

const megabyte = 'x<&"_*'.repeat(170_000);
const path = `src/${'long-folder/'.repeat(8_400)}file.ts`;
const rule = (n: number): string => `rule ${n} ${'<b>'.repeat(650)}`;

function failing(overrides: Parameters<typeof aFailedTest>[0]): Summary {
  const test = aFailedTest(overrides);
  return aSummary({
    tests: aTestsReport({ cases: [test, aTestCase({ id: id(2) })] }),
    comparison: aComparison({ tests: aTestsComparison({ newFailures: [test] }) }),
  });
}

/** Each with one dimension that is far larger than any real run has; made when it is asked for, as all are large. */
export const hugeSummaries: Readonly<Record<string, () => Summary>> = {
  'a message of 10 MB': () => failing({ failure: aTestFailure({ message: megabyte.repeat(10) }) }),
  'a stack of 1 MB': () => failing({ failure: aTestFailure({ details: megabyte }) }),
  'a name of 1 MB': () => failing({ name: megabyte }),
  'a class of 1 MB': () => failing({ className: megabyte }),
  'a suite of 1 MB': () => failing({ className: '', suite: megabyte }),
  'a path of 100 kB': () => failing({ file: path, line: 3 }),
  'a report file with a path of 100 kB': () => failing({ report: path }),
  '100,000 failing tests': () =>
    aSummary({
      tests: aTestsReport({ cases: times(100_000, (n) => aFailedTest({ id: id(n), name: `fails ${n}` })) }),
    }),
  '6,000 failing tests with messages of 4 kB': () =>
    aSummary({
      tests: aTestsReport({
        cases: times(6_000, (n) =>
          aFailedTest({
            id: id(n),
            name: `fails ${n}`,
            failure: aTestFailure({ message: `${n} is wrong: ${'<b>&'.repeat(1_000)}`, details: '' }),
          }),
        ),
      }),
    }),
  '50,000 findings of 2 kB': () =>
    aSummary({
      findings: aFindingsReport({
        findings: times(50_000, (n) =>
          aFinding({ id: id(n), rule: rule(n), message: rule(n), severity: 'high' }),
        ),
      }),
    }),
  'a rule of 1 MB': () =>
    aSummary({ findings: aFindingsReport({ findings: [aFinding({ rule: megabyte })] }) }),
  'a message and a tool of 1 MB': () =>
    aSummary({ findings: aFindingsReport({ findings: [aFinding({ message: megabyte, tool: megabyte })] }) }),
  'a finding in a path of 100 kB': () =>
    aSummary({ findings: aFindingsReport({ findings: [aFinding({ path })] }) }),
  '100,000 files of coverage': () =>
    aSummary({
      coverage: aCoverageReport({
        files: times(100_000, (n) =>
          aFileCoverage({ path: `src/part-${n % 997}/deep-${n % 31}/file-${n}.ts` }),
        ),
      }),
    }),
  'a covered file in 8,400 folders': () =>
    aSummary({ coverage: aCoverageReport({ files: [aFileCoverage({ path }), aFileCoverage()] }) }),
  '100,000 failed jobs': () =>
    aSummary({
      pipeline: aPipelineWithJobs(
        times(100_000, (n) => aJob({ id: n + 5_000, name: `job ${n}`, status: 'failed' })),
      ),
    }),
  'a job with a name of 1 MB': () =>
    aSummary({
      pipeline: aPipelineWithJobs([aJob({ name: megabyte, stage: megabyte, status: 'failed' })]),
    }),
  '20,000 metrics': () =>
    aSummary({
      metrics: aMetricsReport({
        metrics: times(20_000, (n) => aMetric({ name: `m${n} ${'<'.repeat(480)}` })),
      }),
    }),
  '10,000 warnings of 5 kB': () =>
    aSummary({
      warnings: times(10_000, (n) => ({ path: `r${n}.xml`, message: `${n} ${'<b>&'.repeat(1_250)}` })),
    }),
  'a gate with a message of 1 MB': () => aSummary({ gates: [aGateVerdict({ message: megabyte })] }),
  '5,000 gates': () =>
    aSummary({
      gates: times(5_000, (n) => aGateVerdict({ condition: `failures>${n}`, message: `gate ${n}` })),
    }),
  '3,000 failed jobs, 2,000 gates and 1,000 warnings': () =>
    aSummary({
      pipeline: aPipelineWithJobs(
        times(3_000, (n) => aJob({ id: n + 5_000, name: `job ${n}`, status: 'failed' })),
      ),
      gates: times(2_000, (n) => aGateVerdict({ condition: `failures>${n}`, message: `gate ${n}` })),
      warnings: times(1_000, (n) => ({ path: `r${n}.xml`, message: `${n} ${'<b>&'.repeat(500)}` })),
    }),
  'a title of 1 MB': () => aSummary({ mergeRequest: aMergeRequest({ title: megabyte }) }),
};
