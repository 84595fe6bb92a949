import type { Artifacts } from '../../../gitlab/ports/port.ts';
import type { EarlierRun, EarlierTests } from '../../../model/earlier-run.ts';
import type { HistoryTest, HistoryTests, PartRead } from '../../../model/project-history.ts';
import { failedReading } from '../../../model/reading-gap.ts';
import { maxReportBytes } from '../../../model/report-bounds.ts';
import type { Allowance } from './allowance.ts';
import { missing, type Reading, wholeFrom } from './part-read.ts';
import { askOrGap } from './read-pages.ts';

const reportFile = 'herald-report.json';

/** So many tests that did anything but pass are enough for the worst of them. */
const maxTests = 2_000;

export interface TestsReading {
  readonly gitlab: Artifacts;
  readonly projectId: number;
  readonly defaultBranch: string | null;
  /** The job that leaves the report; null = none is looked for. */
  readonly jobName: string | null;
}

export interface ReadTests {
  readonly tests: HistoryTests | null;
  readonly read: PartRead;
}

/** Tests that failed or were retried in the recorded runs, as far as their names are kept. */
function testsOf({ history, names, recordOf }: EarlierTests): readonly HistoryTest[] {
  return [...(history?.records.keys() ?? [])]
    .flatMap((id) => {
      const [name, record] = [names.get(id), recordOf(id)];
      if (name === undefined || record === null || record.failedRuns + record.retriedRuns === 0) return [];
      const { runs, failedRuns, retriedRuns, flaky: isFlaky } = record;
      const parts = [name.suite, name.className, name.name].filter((part) => part !== '');
      return [{ name: parts.join(' › '), runs, failedRuns, retriedRuns, isFlaky }];
    })
    .sort((a, b) => b.failedRuns + b.retriedRuns - (a.failedRuns + a.retriedRuns))
    .slice(0, maxTests);
}

function historyOf({ tests, runs }: EarlierRun): HistoryTests {
  return {
    tests: tests === null ? [] : testsOf(tests),
    runs: runs.map((run) => ({
      pipelineId: run.pipelineId,
      at: Date.parse(run.createdAt),
      coveragePercent: run.coveragePercent,
      testSeconds: run.tests?.durationSeconds ?? null,
    })),
  };
}

/** What Herald's newest report of the default branch remembers of its tests. One request. */
export async function readTests(
  { gitlab, projectId, defaultBranch, jobName }: TestsReading,
  reading: Reading,
  allowance: Allowance,
): Promise<ReadTests> {
  const none = (gap: string): ReadTests => ({ tests: null, read: missing(gap, reading) });
  if (jobName === null) return none('no job is named that leaves a report of Herald');
  if (defaultBranch === null) return none('the project has no default branch');
  if (!allowance.take()) return none(failedReading.noRequestsLeft);
  const target = { projectId, ref: defaultBranch, jobName };
  const asked = await askOrGap(() => gitlab.fetchArtifactFileOfRef(target, reportFile, maxReportBytes));
  if ('gap' in asked) return none(asked.gap);
  if (asked.value === null)
    return none(
      `the newest successful pipeline of ${defaultBranch} has no ${reportFile} of the job ${jobName}`,
    );
  // Loaded only where there is a report.
  const { parseHeraldReport } = await import('../../../baseline/herald-report.ts');
  const run = parseHeraldReport(new TextDecoder().decode(asked.value));
  if ('unusable' in run) return none(`Herald cannot read the ${reportFile} of ${defaultBranch}`);
  const from = Math.min(...run.runs.map(({ createdAt }) => Date.parse(createdAt)));
  return { tests: historyOf(run), read: wholeFrom(Number.isFinite(from) ? from : null, reading) };
}
