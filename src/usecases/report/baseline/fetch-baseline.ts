import { foundBaseline, noBaseline } from '../../../baseline/found-baseline.ts';
import { parseHeraldReport } from '../../../baseline/herald-report.ts';
import type { FoundBaseline } from '../../../compare/compare-runs.ts';
import { UnreadableInputError } from '../../../errors.ts';
import type { Files } from '../../../io/port.ts';
import type { Context, MergeRequest } from '../../../model/context.ts';
import { baselineOfBranch } from './of-branch.ts';
import { baselineOfMergeRequest } from './of-merge-request.ts';
import { type BaselineWorld, createBaselineSearch } from './search.ts';

/** The baseline that the user named: a file that must be there. Throws `UnreadableInputError` when it is not. */
export async function readBaselineFile(path: string, files: Files): Promise<FoundBaseline> {
  const text = await files.readText(path);
  if (text === null) throw new UnreadableInputError(`baseline file ${path} does not exist`);
  const earlier = parseHeraldReport(text);
  return 'unusable' in earlier
    ? noBaseline({ kind: 'unusable-file', path, why: earlier.unusable })
    : foundBaseline(earlier, 'given');
}

export interface WantedBaseline {
  readonly context: Context;
  readonly mergeRequest: MergeRequest | null;
  /** The job whose reports are compared with; null = this very job's name. */
  readonly jobName: string | null;
}

/**
 * The baseline of this run: for a merge request the run of its target branch at or before the merge base, for a
 * branch its run before this one. At most four requests. Never throws for what GitLab answers: without a baseline there
 * are no deltas, and the comment says so.
 */
export function fetchBaseline(
  { context, mergeRequest, jobName }: WantedBaseline,
  world: BaselineWorld,
): Promise<FoundBaseline> {
  const { decide } = world;
  const { branch } = context.commit;
  const job = { jobName: jobName ?? context.job.name };
  // The default branch carries the history, even if it has a merge request of its own.
  if (mergeRequest === null || branch === context.project.defaultBranch) {
    if (branch === null) return Promise.resolve(noBaseline({ kind: 'tag' }));
    const target = { ...job, projectId: context.project.id, ref: branch };
    decide?.({ about: 'baseline-wanted', by: 'previous-run', ref: branch, sha: null, ...job });
    return baselineOfBranch(createBaselineSearch(target, world), context.pipeline.id);
  }
  const { project, targetBranch: ref, targetSha, diffBaseSha } = mergeRequest;
  const projectId = typeof project === 'number' ? project : context.project.id;
  const own = diffBaseSha === null ? 'unknown-base' : 'merge-base';
  const by = targetSha === null ? own : 'merged-target';
  decide?.({ about: 'baseline-wanted', by, ref, sha: targetSha ?? diffBaseSha, ...job });
  // A merged result is the source on top of the target branch's head: that is where the change starts.
  return baselineOfMergeRequest(
    createBaselineSearch({ ...job, projectId, ref }, world),
    targetSha ?? diffBaseSha,
  );
}
