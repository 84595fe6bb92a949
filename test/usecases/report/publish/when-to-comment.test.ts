import { describe, expect, test } from 'vitest';
import type { CommentMode } from '../../../../src/model/comment-mode.ts';
import type { Summary } from '../../../../src/model/summary.ts';
import { needsFirst } from '../../../../src/usecases/report/publish/when-to-comment.ts';
import {
  aFailedTest,
  aFailureCause,
  aGateVerdict,
  aJob,
  aMetricsReport,
  aPipelineWithJobs,
  aReadFile,
  aSign,
  aSummary,
  aTestCase,
  aTestsReport,
  aThreshold,
} from '../../../builders.ts';

const passing = aTestsReport({ cases: [aTestCase()] });
const failing = aTestsReport({ cases: [aFailedTest()] });
const failedJob = aJob({ status: 'failed', failureReason: 'script_failure' });
const pipeline = aPipelineWithJobs([failedJob]);

const situations: readonly {
  readonly of: string;
  readonly what: Partial<Summary>;
  readonly wanted: string;
}[] = [
  { of: 'nothing wrong', what: { tests: passing }, wanted: '' },
  { of: 'a failing test', what: { tests: failing }, wanted: 'failures' },
  {
    of: 'a failing test and the job that ran it',
    what: { tests: failing, pipeline, causes: [aFailureCause({ kind: 'test', jobs: [failedJob] })] },
    wanted: 'failures',
  },
  { of: 'a failing test and a job without a log', what: { tests: failing, pipeline }, wanted: 'failures' },
  { of: 'a failed gate', what: { gates: [aGateVerdict()] }, wanted: 'failures' },
  {
    of: 'a crossed threshold',
    what: { metrics: aMetricsReport({ thresholds: [aThreshold()] }) },
    wanted: 'failures',
  },
  {
    of: 'a test with an error',
    what: { tests: aTestsReport({ cases: [aFailedTest({ outcome: 'errored' })] }) },
    wanted: 'failures errors',
  },
  { of: 'a job that did not compile', what: { tests: passing, pipeline }, wanted: 'failures errors' },
  {
    of: 'a job that did not compile beside a failing test',
    what: { tests: failing, pipeline, causes: [aFailureCause({ kind: 'compilation', jobs: [failedJob] })] },
    wanted: 'failures errors',
  },
  {
    of: 'a sign of failure that nothing explains',
    what: { unexplained: [aSign()] },
    wanted: 'failures errors',
  },
  { of: 'a broken report', what: { files: [aReadFile({ error: 'cut off' })] }, wanted: 'failures errors' },
  {
    of: 'a gate that cannot be measured',
    what: { gates: [aGateVerdict({ outcome: 'unknown' })] },
    wanted: 'failures errors',
  },
  {
    of: 'jobs that GitLab does not show',
    what: { missing: [{ part: 'jobs', reason: 'refused' }] },
    wanted: 'failures errors',
  },
];

describe.each(situations)('the first comment for $of', ({ what, wanted }) => {
  test.each<CommentMode>(['always', 'changes', 'failures', 'errors', 'never'])('in mode %s', (mode) => {
    const isWanted = mode === 'always' || mode === 'changes' || wanted.split(' ').includes(mode);
    expect(needsFirst(mode, aSummary(what))).toBe(isWanted);
  });
});
