import { parseHeraldReport } from '../../baseline/herald-report.ts';
import { AnswerTooLargeError, GitLabRefusedError } from '../../errors.ts';
import type { Artifacts, Pipelines } from '../../gitlab/ports/port.ts';
import type { KnownTest, PipelineFacts } from '../../model/facts.ts';
import { findTest } from '../../model/test-index.ts';
import { isFailing } from '../../model/tests.ts';
import { fromGitLabTestReport } from '../../reports/gitlab-test-report.ts';
import { createTextMask } from '../../secrets/mask-text.ts';
import { heraldReportFile } from '../report/baseline/search.ts';

const maxBytes = 16 * 1024 * 1024;
/** The number of archives to read. */
const maxJobs = 2;

/** Tests of the report that a job left, as far as it names them; null when it left none of this pipeline. */
async function testsOfJob(
  jobId: number,
  { pipeline }: PipelineFacts,
  gitlab: Artifacts,
): Promise<readonly KnownTest[] | null> {
  const job = { projectId: pipeline.projectId, jobId };
  const bytes = await unlessUnreadable(gitlab.fetchArtifactFile(job, heraldReportFile, maxBytes));
  const run = bytes === null ? null : parseHeraldReport(new TextDecoder().decode(bytes));
  if (run === null || 'unusable' in run || run.pipelineId !== pipeline.id || run.tests === null) return null;
  const { index, names } = run.tests;
  return [...names.values()].map(({ id, suite, className, name }) => ({
    suite,
    className,
    name,
    failing: isFailing(findTest(index, id) ?? 'passed'),
  }));
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
  const jobs = found.jobs.filter(
    ({ name, retried, hasArtifacts }) =>
      !retried && hasArtifacts !== false && name.toLowerCase().includes('herald'),
  );
  for (const { id } of jobs.slice(0, maxJobs)) {
    const tests = await testsOfJob(id, found, gitlab);
    if (tests !== null) return tests;
  }
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
