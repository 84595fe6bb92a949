/** When the pipelines of the default branch were red, and what made them green again. */
import type { HistoryPipeline, Instant, ProjectHistory } from '../../model/project-history.ts';
import { pipelineRuns } from './pipelines.ts';
import { remembered } from './remembered.ts';

export interface RedSpan {
  readonly from: Instant;
  /** Null = it is still red. */
  readonly until: Instant | null;
  readonly failed: HistoryPipeline;
  /** The one that passed. */
  readonly fixedBy: HistoryPipeline | null;
}

export interface DefaultBranchState {
  /** When the first pipeline that says anything had finished; null = none has. */
  readonly knownSince: Instant | null;
  /** When each pipeline that changed or confirmed the state had finished. */
  readonly finishedAt: readonly Instant[];
  readonly redSpans: readonly RedSpan[];
}

/**
 * The state is that of the latest pipeline that has finished: an older one that finishes after it changes nothing. A
 * pipeline that was canceled or skipped says nothing.
 */
export const defaultBranchState = remembered((history, settings): DefaultBranchState => {
  const results = pipelineRuns(history, settings)
    .flatMap(({ pipeline, result, endedAt }) =>
      isOfDefaultBranch(pipeline, history) &&
      (result === 'success' || result === 'failed') &&
      endedAt !== null
        ? [{ pipeline, isRed: result === 'failed', at: endedAt }]
        : [],
    )
    .sort((one, other) => one.at - other.at || one.pipeline.id - other.pipeline.id);
  const finishedAt: Instant[] = [];
  const redSpans: RedSpan[] = [];
  let red: { readonly from: Instant; readonly failed: HistoryPipeline } | null = null;
  let latestId = -1;
  for (const { pipeline, isRed, at } of results) {
    if (pipeline.id < latestId) continue;
    latestId = pipeline.id;
    finishedAt.push(at);
    if (isRed) red ??= { from: at, failed: pipeline };
    else if (red !== null) {
      redSpans.push({ ...red, until: at, fixedBy: pipeline });
      red = null;
    }
  }
  if (red !== null) redSpans.push({ ...red, until: null, fixedBy: null });
  return { knownSince: finishedAt[0] ?? null, finishedAt, redSpans };
});

/** Pipelines of merge requests and child pipelines are not of the branch itself. */
export function isOfDefaultBranch({ ref, source }: HistoryPipeline, { project }: ProjectHistory): boolean {
  return ref === project.defaultBranch && source !== 'merge_request_event' && source !== 'parent_pipeline';
}

/** What a pipeline ran for: the first line of its commit where that was read, else the start of its hash. */
export function titleOfCommit(history: ProjectHistory, sha: string): string {
  return history.commits.find((commit) => commit.sha === sha)?.title ?? sha.slice(0, 8);
}
