import type { EarlierRun, EarlierTests } from '../model/earlier-run.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { TestsReport } from '../model/tests.ts';

/** GitLab gives coverage as a percentage with at most two decimals: hundredths of a percent stand for lines. */
const linesForAll = 10_000;

/**
 * A pipeline without a report of Herald, as far as GitLab itself knows it: its tests, and the average of its jobs'
 * coverage (0 to 100), which is what GitLab shows as the pipeline's. Null when it knows neither.
 */
export function earlierRunOfGitLab(
  pipeline: Pipeline,
  tests: TestsReport | null,
  jobCoverages: readonly number[],
): EarlierRun | null {
  if (tests === null && jobCoverages.length === 0) return null;
  return {
    sha: pipeline.sha,
    ref: pipeline.ref,
    pipelineId: pipeline.id,
    source: 'gitlab',
    tests: tests === null ? null : earlierTestsOf(tests),
    coverage: jobCoverages.length === 0 ? null : coverageOf(jobCoverages),
    findings: null,
    metrics: null,
    durations: null,
    runs: [],
  };
}

function earlierTestsOf({ totals, index, cases }: TestsReport): EarlierTests {
  return {
    totals,
    index,
    names: new Map(
      cases.map(({ id, suite, className, name }) => [id, { id, suite, className, name }] as const),
    ),
    history: null,
    recordOf: () => null,
    timingOf: () => null,
  };
}

function coverageOf(jobCoverages: readonly number[]): NonNullable<EarlierRun['coverage']> {
  const percent = jobCoverages.reduce((sum, one) => sum + one, 0) / jobCoverages.length;
  const covered = Math.min(linesForAll, Math.max(0, Math.round((percent / 100) * linesForAll)));
  return {
    unit: null,
    totals: { lines: { covered, total: linesForAll }, branches: null, functions: null },
    files: new Map(),
  };
}
