import { parseHeraldReport } from '../../baseline/herald-report.ts';
import { AnswerTooLargeError, GitLabRefusedError } from '../../errors.ts';
import type { Artifacts, Pipelines } from '../../gitlab/ports/port.ts';
import type { EarlierTests } from '../../model/earlier-run.ts';
import type { KnownTest, PipelineFacts } from '../../model/facts.ts';
import { testLabel } from '../../model/flaky-mark.ts';
import { maxReportBytes } from '../../model/report-bounds.ts';
import { findTest } from '../../model/test-index.ts';
import type { TestRuns } from '../../model/test-runs.ts';
import { isFailing, type TestId } from '../../model/tests.ts';
import { fromGitLabTestReport } from '../../reports/gitlab-test-report.ts';
import { createTextMask } from '../../secrets/mask-text.ts';
import { heraldReportFile } from '../report/baseline/search.ts';

/** The number of archives to read. */
const maxJobs = 2;

/** What the report that a job left says of tests; null when it left none of this pipeline. */
async function testsOfJob(
  jobId: number,
  { pipeline }: PipelineFacts,
  gitlab: Artifacts,
): Promise<EarlierTests | null> {
  const job = { projectId: pipeline.projectId, jobId };
  const bytes = await unlessUnreadable(gitlab.fetchArtifactFile(job, heraldReportFile, maxReportBytes));
  const run = bytes === null ? null : parseHeraldReport(new TextDecoder().decode(bytes));
  return run === null || 'unusable' in run || run.pipelineId !== pipeline.id ? null : run.tests;
}

/** What the report that Herald left in a pipeline says of tests; null when it left none. */
async function fetchHeraldTests(found: PipelineFacts, gitlab: Artifacts): Promise<EarlierTests | null> {
  const jobs = found.jobs.filter(
    ({ name, retried, hasArtifacts }) =>
      !retried && hasArtifacts !== false && name.toLowerCase().includes('herald'),
  );
  for (const { id } of jobs.slice(0, maxJobs)) {
    const tests = await testsOfJob(id, found, gitlab);
    if (tests !== null) return tests;
  }
  return null;
}

/** The runs at the end in which a test passed without a retry; runs that skipped it do not count. */
function passesInARow({ index, history, recordOf }: EarlierTests, id: TestId): number {
  if (findTest(index, id) !== 'passed') return 0;
  const outcomes = history?.records.get(id);
  if (outcomes === undefined) return recordOf(id)?.runs ?? 1;
  return /^p*/.exec(outcomes.replace(/s/g, ''))?.[0].length ?? 0;
}

/** The tests of a pipeline and of the runs before it; null where Herald left no report in it. */
export async function fetchTestRuns(found: PipelineFacts, gitlab: Artifacts): Promise<TestRuns | null> {
  const tests = await fetchHeraldTests(found, gitlab);
  if (tests === null) return null;
  const { index, names, totals } = tests;
  const failing = [...names.values()].filter(({ id }) => isFailing(findTest(index, id) ?? 'passed'));
  return {
    failing: failing.map((test) => {
      const record = tests.recordOf(test.id);
      const { runs = 1, failedRuns = 1 } = record ?? {};
      return { id: test.id, label: testLabel(test), runs, failedRuns };
    }),
    total: totals.failed + totals.errored,
    passesInARow: (id) => passesInARow(tests, id),
  };
}

async function unlessUnreadable<T>(ask: Promise<T | null>): Promise<T | null> {
  try {
    return await ask;
  } catch (error) {
    if (error instanceof AnswerTooLargeError || error instanceof GitLabRefusedError) return null;
    throw error;
  }
}

/**
 * In a fork, strangers wrote the file: it only offers names to choose from, and the answer shows the chosen one.
 */
export async function fetchKnownTests(
  found: PipelineFacts,
  gitlab: Artifacts & Pick<Pipelines, 'fetchTestReport'>,
): Promise<readonly KnownTest[] | null> {
  const own = await fetchHeraldTests(found, gitlab);
  if (own !== null)
    return [...own.names.values()].map(({ id, suite, className, name }) => ({
      suite,
      className,
      name,
      failing: isFailing(findTest(own.index, id) ?? 'passed'),
    }));
  const { projectId, id } = found.pipeline;
  const answer = await unlessUnreadable(gitlab.fetchTestReport(projectId, id));
  if (answer === null) return null;
  const { cases } = fromGitLabTestReport(answer, {
    warn: () => undefined,
    // Masked as in the report job, so that both use the same name for a test.
    mask: createTextMask([]),
  });
  return cases.length === 0
    ? null
    : cases.map(({ className, name, outcome }) => ({
        // GitLab calls the job a suite.
        suite: '',
        className,
        name,
        failing: isFailing(outcome),
      }));
}
