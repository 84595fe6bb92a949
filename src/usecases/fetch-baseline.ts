import { parseHeraldReport } from '../baseline/herald-report.ts';
import type { FoundBaseline } from '../compare/compare-runs.ts';
import { UsageError } from '../errors.ts';
import type { Artifacts, Commits, Pipelines } from '../gitlab/port.ts';
import type { Files, Log } from '../io/port.ts';
import type { Context, MergeRequest } from '../model/context.ts';
import type { EarlierRun } from '../model/earlier-run.ts';
import { baselineOfBranch, baselineOfMergeRequest, type FoundRun } from './baseline-search.ts';
import { createBaselineSource } from './baseline-source.ts';

export interface BaselineWish {
  readonly context: Context;
  readonly mergeRequest: MergeRequest | null;
  /** Name of the job whose report is wanted. */
  readonly jobName: string;
}

function found({ run, relation, commitsBehind }: FoundRun): FoundBaseline {
  const { sha, ref, pipelineId, pipelineUrl, createdAt, source } = run;
  return {
    earlier: run,
    origin: { sha, ref, pipelineId, pipelineUrl, createdAt, relation, commitsBehind, source },
  };
}

/** The baseline that the user named: a file that must be there. Throws `UsageError` when it is not. */
export async function readBaselineFile(path: string, files: Files): Promise<FoundBaseline> {
  const text = await files.readText(path);
  if (text === null) throw new UsageError(`baseline file ${path} does not exist`);
  const run: EarlierRun | { readonly unusable: string } = parseHeraldReport(text);
  return 'unusable' in run
    ? { earlier: null, missing: `${path} cannot be compared with: ${run.unusable}` }
    : found({ run, relation: 'given', commitsBehind: null });
}

/**
 * The earlier run to compare with: for a merge request the newest finished one of the target branch at or before the merge base (in merged
 * results the head of the target branch), on a branch the one before. At most four requests; whatever GitLab answers ends in a
 * baseline or in a sentence that says why there is none.
 */
export async function fetchBaseline(
  { context, mergeRequest, jobName }: BaselineWish,
  world: { readonly gitlab: Artifacts & Pipelines & Commits; readonly log: Log },
): Promise<FoundBaseline> {
  const ref = mergeRequest?.targetBranch ?? context.commit.branch;
  if (ref === null) return { earlier: null, missing: 'a tag has no target branch to compare with' };
  const projectId = typeof mergeRequest?.project === 'number' ? mergeRequest.project : context.project.id;
  const source = createBaselineSource({ projectId, ref, jobName }, world);
  const ownPipelineId = context.pipeline.id;
  const run =
    mergeRequest === null
      ? await baselineOfBranch({ ownPipelineId }, source)
      : await baselineOfMergeRequest(
          { ownPipelineId, wanted: mergeRequest.targetSha ?? mergeRequest.diffBaseSha },
          source,
        );
  return run === null ? { earlier: null, missing: source.whyNot() } : found(run);
}
