import { describe, expect, test } from 'vitest';
import { likelyReruns, type Seen, unexplainedSigns } from '../../src/compare/evidence.ts';
import { judgeGates } from '../../src/compare/judge-gates.ts';
import { parseCondition } from '../../src/compare/parse-condition.ts';
import { noEvidence, type ReportEvidence, type UnexplainedSign } from '../../src/model/evidence.ts';
import { failsJob } from '../../src/model/gate.ts';
import { commentDocument } from '../../src/render/comment/render-comment.ts';
import { plainLayout } from '../../src/render/comment/section.ts';
import { verdictOf } from '../../src/render/comment/verdict.ts';
import { renderMarkdown } from '../../src/render/markdown/render-markdown.ts';
import { english } from '../../src/render/words/english.ts';
import { englishGates } from '../../src/render/words/english-gates.ts';
import {
  aContext,
  aJob,
  aMetricsReport,
  aPipelineWithJobs,
  aReadFile,
  aSign,
  aSummary,
  aTestsReport,
  aTestTotals,
  aThreshold,
} from '../builders.ts';

function seen(overrides: Partial<Seen> = {}): Seen {
  const { context, files, metrics, pipeline, tests } = aSummary();
  return { context, files, metrics, pipeline, tests, gaps: [], ...overrides };
}

function fileWith(evidence: Partial<ReportEvidence>) {
  return aReadFile({ path: 'junit.xml', evidence: { ...noEvidence, ...evidence } });
}

function kindsOf(overrides: Partial<Seen>): readonly string[] {
  return unexplainedSigns(seen(overrides)).map(({ kind, count }) => `${kind} ${count}`);
}

const failing = aTestsReport({ totals: aTestTotals({ total: 3, passed: 2, failed: 1 }) });
const passing = aTestsReport({ totals: aTestTotals({ total: 3, passed: 3 }) });

describe('signs of failure in files', () => {
  test.each<[string, Partial<ReportEvidence>, readonly string[]]>([
    ['no sign', {}, []],
    ['failures that it counts and lists', { declaredFailures: 1, failedRuns: 1, failingTests: 1 }, []],
    ['more failures than it lists', { declaredFailures: 3, failedRuns: 1, failingTests: 1 }, ['declared 2']],
    ['a verdict beside a failure', { verdicts: ['exit 1'], failedRuns: 1, failingTests: 1 }, []],
    ['a verdict alone', { verdicts: ['exit 1'] }, ['verdict 1']],
    ['a verdict beside a flaky test', { verdicts: ['exit 1'], failedRuns: 1 }, ['verdict 1']],
    [
      'a part that is missing, beside a failure',
      { incomplete: ['cut'], failedRuns: 1, failingTests: 1 },
      ['incomplete 1'],
    ],
    ['two parts that are missing', { incomplete: ['cut', 'odd'] }, ['incomplete 1', 'incomplete 1']],
    ['more failing tests than are shown', { failedRuns: 3, failingTests: 3 }, ['vanished 2']],
    ['a threshold that is not shown', { crossedThresholds: 1 }, ['vanished 1']],
  ])('%s', (_name, evidence, signs) => {
    expect(kindsOf({ tests: failing, files: [fileWith(evidence)] })).toEqual(signs);
  });

  test('a failing test that merging lost is shown, also where no test is left', () => {
    const files = [fileWith({ failedRuns: 1, failingTests: 1 })];
    expect(kindsOf({ tests: passing, files })).toEqual(['vanished 1']);
    expect(kindsOf({ tests: null, files })).toEqual(['vanished 1']);
  });

  test('a crossed threshold that is shown explains itself and the verdict of its file', () => {
    const metrics = aMetricsReport({ thresholds: [aThreshold({ passed: false })] });
    expect(kindsOf({ metrics, files: [fileWith({ crossedThresholds: 1, verdicts: ['exit 99'] })] })).toEqual(
      [],
    );
  });

  test("a failure of one file explains no other file's verdict", () => {
    const files = [fileWith({ failedRuns: 1, failingTests: 1 }), fileWith({ verdicts: ['exit 1'] })];
    expect(kindsOf({ tests: failing, files })).toEqual(['verdict 1']);
  });

  test('a file that could not be read is a sign, whatever else it says', () => {
    const files = [aReadFile({ path: 'a.xml', error: 'is empty', evidence: { ...noEvidence } })];
    expect(unexplainedSigns(seen({ files }))).toEqual([
      { kind: 'unreadable', path: 'a.xml', count: 1, reason: 'is empty' },
    ]);
  });

  test('gaps are signs as they are', () => {
    const gap: UnexplainedSign = { kind: 'missing', path: '*.xml', count: 1, reason: 'no file' };
    expect(unexplainedSigns(seen({ gaps: [gap] }))).toEqual([gap]);
  });
});

describe('signs of failure in the pipeline', () => {
  const own = aContext().job.id;
  test.each<[string, Parameters<typeof aPipelineWithJobs>, readonly string[]]>([
    ['it runs', [[aJob()], { status: 'running' }], []],
    ['it failed by a job', [[aJob({ status: 'failed' })], { status: 'failed' }], []],
    ['it failed by no job', [[aJob()], { status: 'failed' }], ['pipeline 1']],
    [
      'it failed, and a job that may',
      [[aJob({ status: 'failed', allowFailure: true })], { status: 'failed' }],
      ['pipeline 1'],
    ],
    [
      'it failed, and an earlier attempt',
      [[aJob({ status: 'failed', retried: true })], { status: 'failed' }],
      ['pipeline 1'],
    ],
    ['a job was canceled', [[aJob({ status: 'canceled' })], {}], ['stopped 1']],
    ['an earlier attempt was canceled', [[aJob({ status: 'canceled', retried: true })], {}], []],
    ['the own job is canceled', [[aJob({ id: own, status: 'canceled' })], {}], []],
    [
      'a job took too long and left nothing',
      [[aJob({ status: 'failed', failureReason: 'job_execution_timeout', hasArtifacts: false })], {}],
      ['stopped 1'],
    ],
    [
      'a job took too long and left its report',
      [[aJob({ status: 'failed', failureReason: 'job_execution_timeout', hasArtifacts: true })], {}],
      [],
    ],
    [
      'a script failed and left nothing',
      [[aJob({ status: 'failed', failureReason: 'script_failure', hasArtifacts: false })], {}],
      [],
    ],
  ])('%s', (_name, pipeline, signs) => {
    expect(kindsOf({ pipeline: aPipelineWithJobs(...pipeline) })).toEqual(signs);
  });
});

describe('what is likely a rerun', () => {
  const tests = aTestsReport({ likelyReruns: 2 });
  const green = aPipelineWithJobs([aJob({ status: 'success' })]);

  test('is shown where every other job succeeded', () => {
    expect(likelyReruns(seen({ tests, pipeline: green }))).toMatch(
      /^2 failing tests are .*reruns: same-name/,
    );
    expect(likelyReruns(seen({ tests: aTestsReport({ likelyReruns: 1 }), pipeline: green }))).toMatch(
      /^1 failing test is /,
    );
  });

  test.each<[string, Partial<Seen>]>([
    ['no test has a namesake that passes', { tests: aTestsReport({ likelyReruns: 0 }), pipeline: green }],
    ['there are no tests', { tests: null, pipeline: green }],
    ['the jobs are not known', { tests, pipeline: null }],
    ['no other job is known', { tests, pipeline: aPipelineWithJobs([]) }],
    ['a job failed', { tests, pipeline: aPipelineWithJobs([aJob(), aJob({ id: 502, status: 'failed' })]) }],
    ['a job still runs', { tests, pipeline: aPipelineWithJobs([aJob({ status: 'running' })]) }],
  ])('is not told of where %s', (_name, overrides) => {
    expect(likelyReruns(seen(overrides))).toBeNull();
  });
});

/** The compiler holds this list against the kinds that there are. */
const kinds: Readonly<Record<UnexplainedSign['kind'], true>> = {
  declared: true,
  verdict: true,
  incomplete: true,
  unreadable: true,
  missing: true,
  vanished: true,
  stopped: true,
  pipeline: true,
  triggers: true,
};

describe.each(Object.keys(kinds) as UnexplainedSign['kind'][])('a sign of the kind %s', (kind) => {
  const summary = aSummary({
    tests: passing,
    unexplained: [aSign({ kind, path: null, count: 1, reason: 'because of that' })],
  });

  test('makes the verdict a warning, in the headline and in a section of its own', () => {
    const options = { title: null, maxCharacters: 900_000, version: '1.0.0', layout: plainLayout };
    const shown = renderMarkdown(commentDocument(summary, english, options));
    const [first = ''] = shown.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('<!--'));
    expect(verdictOf(summary)).toBe('warning');
    expect(first).toMatch(/⚠|:warning:/);
    expect(shown).toContain(english.unexplained.phrase[kind](1));
    expect(shown).toContain(english.unexplained.heading);
    expect(shown).toContain(`${english.unexplained.sign[kind](1)}: because of that`);
  });

  test.each(['errors', 'failures', 'missing-report'])('fails the gate %s', (gate) => {
    expect(judgeGates([parseCondition(gate, 'fail')], summary, englishGates).map(failsJob)).toEqual([true]);
    const without = { ...summary, unexplained: [] };
    expect(judgeGates([parseCondition(gate, 'fail')], without, englishGates).map(failsJob)).toEqual([false]);
  });
});
