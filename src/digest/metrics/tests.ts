import type { Offender } from '../../model/digest.ts';
import type { HistoryRunOfTests, HistoryTest, ProjectHistory } from '../../model/project-history.ts';
import { coverageRuns, failingTests, flakyTests } from '../facts/tests.ts';
import { byText, firstOf, offendersKept } from '../facts/worst.ts';
import { countSample, type MeasureHead, valuesMeasure } from '../item-measures.ts';
import type { Measure } from '../measure.ts';
import type { NoSample } from '../sample.ts';

/** What a share of runs is worth, where a test ran at all. */
function rateOf(part: number, runs: number): number {
  return runs > 0 ? part / runs : 0;
}

function testsNow(
  id: string,
  testsOf: (history: ProjectHistory) => readonly HistoryTest[],
  badOf: (test: HistoryTest) => number,
): Measure {
  return {
    id,
    section: 'tests',
    unit: 'count',
    better: 'lower',
    needs: ['tests'],
    nothing: 'no report of Herald has a test',
    isStateNow: true,
    sample: (history) =>
      history.tests === null
        ? { kind: 'none', reason: 'no report of Herald of the default branch was found' }
        : countSample(testsOf(history).length),
    offenders: (history) =>
      firstOf(
        testsOf(history),
        (one, other) =>
          rateOf(badOf(other), other.runs) - rateOf(badOf(one), one.runs) || byText(one.name, other.name),
        offendersKept,
      ).map(({ name }): Offender => ({ name, title: '', url: null, value: null })),
  };
}

/** Tests that Herald's latest report of the default branch calls flaky. */
export const flakyTestsNow = testsNow(
  'flaky-tests',
  flakyTests,
  ({ failedRuns, retriedRuns }) => failedRuns + retriedRuns,
);

/** Tests with a failure in that report's history that are not flaky. */
export const failingTestsNow = testsNow('failing-tests', failingTests, ({ failedRuns }) => failedRuns);

const head: Omit<MeasureHead, 'id' | 'unit' | 'needs' | 'nothing'> = {
  section: 'tests',
  better: 'lower',
  series: 'day',
};
const name = ({ pipelineId }: HistoryRunOfTests, { project }: ProjectHistory): Omit<Offender, 'value'> => ({
  name: `#${pipelineId}`,
  title: '',
  url: `${project.url}/-/pipelines/${pipelineId}`,
});

const coverageOfRuns = valuesMeasure<HistoryRunOfTests>(
  {
    ...head,
    id: 'coverage',
    unit: 'percent',
    better: 'higher',
    needs: [],
    wants: ['tests'],
    nothing: 'no run of the default branch has a coverage',
  },
  { things: coverageRuns, at: ({ at }) => at, value: ({ coveragePercent }) => coveragePercent, name },
);

/** Why jobs, the second source, say nothing; null = they do, or are not needed. */
function withoutJobs({ tests, read }: ProjectHistory): NoSample | null {
  if (tests !== null || (read.jobs.usable && read.pipelines.usable)) return null;
  return { kind: 'none', reason: read.jobs.gap ?? read.pipelines.gap ?? 'jobs could not be read' };
}

/** Line coverage of the default branch, over its runs. */
export const coverage: Measure = {
  ...coverageOfRuns,
  sample: (history, span, settings) => withoutJobs(history) ?? coverageOfRuns.sample(history, span, settings),
  samples: (history, spans, settings) =>
    spans.map((span) => withoutJobs(history) ?? coverageOfRuns.sample(history, span, settings)),
};

/** How long the tests of one run of the default branch took, added up. */
export const testTime = valuesMeasure<HistoryRunOfTests>(
  {
    ...head,
    id: 'test-time',
    unit: 'seconds',
    needs: ['tests'],
    nothing: 'no report of Herald in the period says how long the tests took',
  },
  {
    things: ({ tests }) => tests?.runs ?? [],
    at: ({ at }) => at,
    value: ({ testSeconds }) => testSeconds,
    name,
  },
);
