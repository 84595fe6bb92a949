import { isFinished } from '../../../baseline/choose-baseline.ts';
import type { EarlierRun } from '../../../model/earlier-run.ts';
import type { Pipeline } from '../../../model/pipeline.ts';
import type { BaselineSearch } from './search.ts';

/**
 * The report that the job left in one of these pipelines of a commit, null = in any: that of the newest attempt that
 * came to its end and whose artifacts are still there. Costs a request for the attempts and one for each report that is
 * tried.
 */
export async function reportOfCommit(
  search: BaselineSearch,
  sha: string,
  pipelines: readonly Pipeline[] | null,
): Promise<EarlierRun | null> {
  const attempts = (await search.jobsOfCommit(sha)) ?? [];
  for (const { id, pipelineId, status } of attempts) {
    const isOfThese =
      pipelines === null || pipelineId === null || pipelines.some((pipeline) => pipeline.id === pipelineId);
    const run = isOfThese && isFinished({ status }) ? await search.reportOfJob(id, sha) : null;
    if (run !== null) return run;
  }
  return null;
}
