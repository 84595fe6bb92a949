import { grouped } from '../../model/grouped.ts';
import type { HistoryRunOfTests, HistoryTest, ProjectHistory } from '../../model/project-history.ts';
import { isOfDefaultBranch } from './default-branch.ts';
import { attemptsOf } from './jobs.ts';
import { remembered } from './remembered.ts';

/**
 * Runs of the default branch with their coverage: from Herald's reports, else as GitLab computes it for a pipeline, the
 * mean over its jobs that report one. https://docs.gitlab.com/ci/testing/code_coverage/
 */
export const coverageRuns = remembered((history, settings): readonly HistoryRunOfTests[] => {
  if (history.tests !== null) return history.tests.runs;
  const last = attemptsOf(history, settings).filter(({ isRetried }) => !isRetried);
  const ofBranch = last.flatMap(({ job, pipeline }) =>
    pipeline !== null && isOfDefaultBranch(pipeline, history) && job.coverage !== null
      ? [{ pipeline, coverage: job.coverage }]
      : [],
  );
  return [...grouped(ofBranch, ({ pipeline }) => pipeline).entries()].map(([{ id, createdAt }, jobs]) => ({
    pipelineId: id,
    at: createdAt,
    coveragePercent: jobs.reduce((sum, { coverage }) => sum + coverage, 0) / jobs.length,
    testSeconds: null,
  }));
});

/** Tests that Herald's report calls flaky. */
export function flakyTests({ tests }: ProjectHistory): readonly HistoryTest[] {
  return (tests?.tests ?? []).filter(({ isFlaky }) => isFlaky);
}

/** Tests that failed, without flaky ones. */
export function failingTests({ tests }: ProjectHistory): readonly HistoryTest[] {
  return (tests?.tests ?? []).filter(({ isFlaky, failedRuns }) => !isFlaky && failedRuns > 0);
}
