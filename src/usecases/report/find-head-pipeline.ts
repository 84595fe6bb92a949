import { mergeRequestRef } from '../../context/from-head-pipeline.ts';
import type { HeadPipelines } from '../../gitlab/ports/head-pipelines.ts';
import type { MergeRequest, MergeRequestAddress } from '../../model/context.ts';
import type { Decide, HeadRefusal } from '../../model/decision.ts';
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
  decide: Decide = () => undefined,
): Promise<ConfirmedHead | NoHead> {
  const found = await searchHead(address, gitlab, decide);
  const about = 'head-pipeline';
  if (found.kind !== 'head') decide({ about, pipelineId: null, reason: found.reason });
  else {
    const { mergeRequest, pipeline } = found;
    const reason = `It ran for the head of !${mergeRequest.iid}.`;
    decide({ about, pipelineId: pipeline.id, reason });
  }
  return found;
}

async function searchHead(
  address: MergeRequestAddress,
  gitlab: HeadPipelines,
  decide: Decide,
): Promise<ConfirmedHead | NoHead> {
  const look = { gitlab, decide };
  const { mergeRequest, state, headPipeline } = await gitlab.fetchMergeRequestWithHead(address);
  const name = `!${mergeRequest.iid}`;
  if (state !== 'opened')
    return { kind: 'closed', reason: `${name} is ${state}: Herald does not write to it.` };
  const { headSha } = mergeRequest;
  if (headSha === null)
    return { kind: 'no-pipeline', reason: `GitLab does not know the head of ${name} yet.` };
  const head = headPipeline === null ? null : await confirm(headPipeline, mergeRequest, look);
  if (head !== null) return head;
  const others = (await gitlab.fetchPipelinesOf(address)).filter(({ id }) => id !== headPipeline?.id);
  const candidates = others.filter((pipeline) => whyNotOfHead(pipeline, mergeRequest) === null);
  for (const pipeline of others) {
    const why = whyNotOfHead(pipeline, mergeRequest);
    if (why !== null) decide(candidateOf(pipeline, why));
  }
  for (const pipeline of candidates.slice(0, maxCommits)) {
    const found = await confirm(pipeline, mergeRequest, look);
    if (found !== null) return found;
  }
  return { kind: 'no-pipeline', reason: `${name} has no pipeline for its head ${headSha.slice(0, 8)}.` };
}

function candidateOf({ id, ref, sha }: Pipeline, why: HeadRefusal | null): Parameters<Decide>[0] {
  return { about: 'head-candidate', pipelineId: id, ref, sha, chosen: why === null, why };
}

/** One that only holds statuses of others, or one that another pipeline started, is not the merge request's. */
const refusedSources: ReadonlyMap<string | null, HeadRefusal> = new Map([
  ['external', 'external'],
  ['parent_pipeline', 'child'],
] as const);

/**
 * Why a pipeline is not the head's, by what it says of itself before its commit is asked for: its project, its ref and,
 * where it must be the head's, its commit. Null where it may be.
 */
function whyNotOfHead(
  { projectId, ref, sha, source }: Pipeline,
  mergeRequest: MergeRequest,
): HeadRefusal | null {
  const { project, iid, sourceProjectId, sourceBranch, headSha } = mergeRequest;
  const own = mergeRequestRef(ref);
  const bySource = refusedSources.get(source);
  if (bySource !== undefined) return bySource;
  const isOfProject = projectId === sourceProjectId || (own !== null && projectId === project);
  if (!isOfProject) return 'other-project';
  if (own === null && ref !== sourceBranch) return 'other-branch';
  if (own !== null && own.iid !== iid) return 'other-merge-request';
  const mustBeHead = own === null || own.type === 'detached';
  return mustBeHead && sha !== headSha ? 'other-commit' : null;
}

/** A merged result runs for a commit that has the target branch and the head as its parents, and is in no branch. */
async function confirm(
  pipeline: Pipeline,
  mergeRequest: MergeRequest,
  { gitlab, decide }: { readonly gitlab: HeadPipelines; readonly decide: Decide },
): Promise<ConfirmedHead | null> {
  const why = whyNotOfHead(pipeline, mergeRequest);
  if (why !== null) {
    decide(candidateOf(pipeline, why));
    return null;
  }
  const { headSha } = mergeRequest;
  if (pipeline.sha === headSha) {
    decide(candidateOf(pipeline, null));
    return { kind: 'head', mergeRequest, pipeline };
  }
  const parents = await gitlab.fetchParents(pipeline.projectId, pipeline.sha);
  const isMerged = headSha !== null && parents?.includes(headSha) === true;
  decide(candidateOf(pipeline, isMerged ? null : 'other-parents'));
  if (!isMerged) return null;
  const targetSha = parents.find((parent) => parent !== headSha) ?? null;
  return { kind: 'head', mergeRequest: { ...mergeRequest, targetSha }, pipeline };
}
