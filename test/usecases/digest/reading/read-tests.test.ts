import { expect, test } from 'vitest';
import { heraldReportOf, parseHeraldReport } from '../../../../src/baseline/herald-report.ts';
import type { Artifacts } from '../../../../src/gitlab/ports/port.ts';
import type { EarlierRun } from '../../../../src/model/earlier-run.ts';
import type { TestOutcome, TestsReport } from '../../../../src/model/tests.ts';
import { createTestsCollector } from '../../../../src/reports/collect/tests.ts';
import { blankTestRun } from '../../../../src/reports/formats/shared/blank-test-run.ts';
import { createAllowance } from '../../../../src/usecases/digest/reading/allowance.ts';
import { readTests } from '../../../../src/usecases/digest/reading/read-tests.ts';
import { aContext, aCoverageReport, aCoverageTotals, aSummary } from '../../../builders.ts';

const day = 86_400_000;
const end = Date.parse('2026-05-01T00:00:00Z');
const reading = { window: { from: end - 14 * day, until: end }, now: end };

function testsOf(outcomes: Readonly<Record<string, TestOutcome>>): TestsReport {
  const collector = createTestsCollector('junit.xml', () => undefined);
  for (const [name, outcome] of Object.entries(outcomes)) {
    const failure = outcome === 'failed' ? { type: null, message: 'no', details: '' } : null;
    collector.add({ ...blankTestRun, className: 'Till', name, outcome, durationSeconds: 0.5, failure });
  }
  return collector.finish();
}

/** The report of a branch after six runs, in which one test comes and goes, and one always passes. */
function reportAfterSixRuns(): string {
  let previous: EarlierRun | null = null;
  let text = '';
  for (let run = 0; run < 6; run += 1) {
    const tests = testsOf({
      'comes and goes': run % 2 === 0 ? 'failed' : 'passed',
      'always passes': 'passed',
    });
    const context = aContext({
      mergeRequest: null,
      commit: { sha: 'a'.repeat(40), branch: 'main', tag: null },
    });
    const coverage = aCoverageReport({ totals: aCoverageTotals(80 + run, 100) });
    const summary = aSummary({
      context: { ...context, pipeline: { ...context.pipeline, id: 100 + run } },
      mergeRequest: null,
      tests,
      coverage,
    });
    text = JSON.stringify(heraldReportOf(summary, new Date(end - (6 - run) * day), previous));
    const parsed = parseHeraldReport(text);
    if ('unusable' in parsed) throw new Error(parsed.unusable.kind);
    previous = parsed;
  }
  return text;
}

function gitlabWith(file: string | null): Artifacts {
  return {
    fetchArtifactFile: () => Promise.resolve(null),
    fetchArtifactFileOfRef: () => Promise.resolve(file === null ? null : new TextEncoder().encode(file)),
  };
}

const read = (file: string | null, jobName: string | null = 'herald', max: number | null = null) =>
  readTests(
    { gitlab: gitlabWith(file), projectId: 42, defaultBranch: 'main', jobName },
    reading,
    createAllowance(max),
  );

test('the newest report says which tests failed how often, and what each run took and covered', async () => {
  const { tests, read: part } = await read(reportAfterSixRuns());
  expect(tests?.tests).toEqual([
    {
      name: expect.stringContaining('comes and goes') as string,
      runs: 6,
      failedRuns: 3,
      retriedRuns: 0,
      isFlaky: true,
    },
  ]);
  // Newest first: 85 % in the sixth run, a day before the end.
  expect(tests?.runs[0]).toEqual({ pipelineId: 105, at: end - day, coveragePercent: 85, testSeconds: 1 });
  expect(tests?.runs.map(({ coveragePercent }) => coveragePercent)).toEqual([85, 84, 83, 82, 81, 80]);
  expect(part).toEqual({ from: end - 6 * day, until: end, gap: null, usable: true });
});

test.each<[string, () => ReturnType<typeof read>, string]>([
  [
    'no report',
    () => read(null),
    'the newest successful pipeline of main has no herald-report.json of the job herald',
  ],
  ['one that is cut off', () => read('{"schema": 2'), 'Herald cannot read the herald-report.json of main'],
  ['no job', () => read(null, null), 'no job is named that leaves a report of Herald'],
  ['no request left', () => read(null, 'herald', 0), 'no more requests were allowed'],
])('with %s there is nothing, and why', async (_what, ask, gap) => {
  expect(await ask()).toMatchObject({ tests: null, read: { usable: false, gap } });
});
