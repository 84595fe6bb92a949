import { mergeRequestRef } from '../../context/from-head-pipeline.ts';
import type { HeadPipelines } from '../../gitlab/ports/head-pipelines.ts';
import type { MergeRequest, MergeRequestAddress } from '../../model/context.ts';
import type { Pipeline } from '../../model/pipeline.ts';

/** A merge request and the pipeline that ran for its present head, as GitLab confirms it. */
export interface ConfirmedHead {
  readonly kind: 'head';
  readonly mergeRequest: MergeRequest;
  readonly pipeline: Pipeline;
}

/** Why there is nothing to report on. */
export interface NoHead {
  readonly kind: 'closed' | 'no-pipeline';
  /** A sentence for the log. */
  readonly reason: string;
}

/** Of the pipelines in the list so many are looked at whose commit has to be asked for. */
const maxCommits = 2;

/**
 * The pipeline of a merge request's head: the one that GitLab shows on it, else the newest of its pipelines, provided
 * that it ran for the commit that is the head now. One request; one more for a merged result, whose commit says what it
 * merges; one more where GitLab shows a pipeline of something else.
 */
export async function findHeadPipeline(
  address: MergeRequestAddress,
  gitlab: HeadPipelines,
): Promise<ConfirmedHead | NoHead> {
  const { mergeRequest, state, headPipeline } = await gitlab.fetchMergeRequestWithHead(address);
  const name = `!${mergeRequest.iid}`;
  if (state !== 'opened')
    return { kind: 'closed', reason: `${name} is ${state}: Herald does not write to it.` };
  const { headSha } = mergeRequest;
  if (headSha === null)
    return { kind: 'no-pipeline', reason: `GitLab does not know the head of ${name} yet.` };
  const head = headPipeline === null ? null : await confirm(headPipeline, mergeRequest, gitlab);
  if (head !== null) return head;
  const others = (await gitlab.fetchPipelinesOf(address)).filter(({ id }) => id !== headPipeline?.id);
  const candidates = others.filter((pipeline) => mayBeOfHead(pipeline, mergeRequest));
  for (const pipeline of candidates.slice(0, maxCommits)) {
    const found = await confirm(pipeline, mergeRequest, gitlab);
    if (found !== null) return found;
  }
  return { kind: 'no-pipeline', reason: `${name} has no pipeline for its head ${headSha.slice(0, 8)}.` };
}

/**
 * What a pipeline says of itself before its commit is asked for: its project, its ref and, where it must be the head's,
 * its commit.
 */
function mayBeOfHead({ projectId, ref, sha, source }: Pipeline, mergeRequest: MergeRequest): boolean {
  const { project, iid, sourceProjectId, sourceBranch, headSha } = mergeRequest;
  const own = mergeRequestRef(ref);
  // One that only holds statuses of others, or one that another pipeline started, is not the merge request's.
  if (source === 'external' || source === 'parent_pipeline') return false;
  if (own === null) return projectId === sourceProjectId && ref === sourceBranch && sha === headSha;
  if (projectId !== project && projectId !== sourceProjectId) return false;
  return own.iid === iid && (own.type !== 'detached' || sha === headSha);
}

/** A merged result runs for a commit that has the target branch and the head as its parents, and is in no branch. */
async function confirm(
  pipeline: Pipeline,
  mergeRequest: MergeRequest,
  gitlab: HeadPipelines,
): Promise<ConfirmedHead | null> {
  if (!mayBeOfHead(pipeline, mergeRequest)) return null;
  const { headSha } = mergeRequest;
  if (pipeline.sha === headSha) return { kind: 'head', mergeRequest, pipeline };
  const parents = await gitlab.fetchParents(pipeline.projectId, pipeline.sha);
  if (headSha === null || parents?.includes(headSha) !== true) return null;
  const targetSha = parents.find((parent) => parent !== headSha) ?? null;
  return { kind: 'head', mergeRequest: { ...mergeRequest, targetSha }, pipeline };
}
