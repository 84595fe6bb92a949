import { isFinished } from '../../../baseline/choose-baseline.ts';
import { foundBaseline, noBaseline } from '../../../baseline/found-baseline.ts';
import type { FoundBaseline } from '../../../compare/compare-runs.ts';
import type { EarlierRun } from '../../../model/earlier-run.ts';
import type { Pipeline } from '../../../model/pipeline.ts';
import { reportOfCommit } from './report-of-commit.ts';
import type { BaselineSearch } from './search.ts';

/**
 * The run before this one on the same branch. It may have failed, and then counts all the more: asking by ref, which
 * knows successful pipelines only, would lose exactly the failing runs from the history.
 */
export async function baselineOfBranch(
  search: BaselineSearch,
  ownPipelineId: number,
): Promise<FoundBaseline> {
  const { ref, jobName } = search.target;
  const pipelines = await search.pipelines();
  const earlier = (pipelines ?? []).filter((pipeline) => pipeline.id < ownPipelineId && isFinished(pipeline));
  const [previous, second] = earlier;
  search.world.decide?.({
    about: 'baseline-candidate',
    what: `an earlier pipeline of ${ref}`,
    outcome: previous === undefined ? 'not-found' : 'found',
    reason: `of the ${pipelines?.length ?? 0} latest pipelines, ${earlier.length} are older than this one and finished`,
  });
  if (pipelines !== null && previous === undefined) {
    return noBaseline({ kind: 'first-pipeline', ref });
  }
  const run = await previousRun(search, { ownPipelineId, pipelines: pipelines ?? [], previous, second });
  if (run !== null) return foundBaseline(run, 'previous');
  return noBaseline(
    search.hadTrouble() ? { kind: 'not-returned', ref } : { kind: 'no-report', ref, jobName },
  );
}

interface Candidates {
  readonly ownPipelineId: number;
  readonly pipelines: readonly Pipeline[];
  readonly previous: Pipeline | undefined;
  readonly second: Pipeline | undefined;
}

async function previousRun(
  search: BaselineSearch,
  { ownPipelineId, pipelines, previous, second }: Candidates,
): Promise<EarlierRun | null> {
  const newestSuccess = pipelines.find(({ status }) => status === 'success');
  if (previous === undefined || previous.id === newestSuccess?.id) {
    const run = await newestBefore(search, ownPipelineId);
    return run === null && second !== undefined ? reportOfCommit(search, second.sha, [second]) : run;
  }
  return (
    (await reportOfCommit(search, previous.sha, [previous])) ?? (await newestBefore(search, ownPipelineId))
  );
}

/** By ref; it can be one that started after this pipeline. */
async function newestBefore(search: BaselineSearch, ownPipelineId: number): Promise<EarlierRun | null> {
  const run = await search.newestReport();
  return run === null || 'unusable' in run || run.pipelineId >= ownPipelineId ? null : run;
}
