import { pipelineJson } from '../../../../src/demo/find-pipelines.ts';
import type { EmbeddedMergeRequest, EmbeddedPipeline, EmbeddedState } from '../state/state.ts';
import { usersJson } from './find-noteable.ts';
import { workItemJson } from './work-item-json.ts';

/** `Enums::Ci::Pipeline.ci_branch_sources` of GitLab leaves these out. */
const notOfBranches: ReadonlySet<string> = new Set(['merge_request_event', 'parent_pipeline']);

/**
 * Pipelines of its own refs, in its project or its fork, first, then those of its source branch; each newest first.
 * Child pipelines are none. Source: `app/finders/ci/pipelines_for_merge_request_finder.rb`
 */
export function pipelinesOf(mr: EmbeddedMergeRequest, state: EmbeddedState): readonly EmbeddedPipeline[] {
  const own = new RegExp(`^refs/merge-requests/${mr.iid}/(?:head|merge|train)$`);
  return state.pipelines
    .filter(
      ({ project_id: at, ref, sha, source }) =>
        ([mr.project_id, mr.source_project_id].includes(at) &&
          own.test(ref) &&
          source === 'merge_request_event') ||
        (at === mr.source_project_id &&
          ref === mr.source_branch &&
          sha === mr.sha &&
          !notOfBranches.has(source)),
    )
    .sort((a, b) => Number(own.test(b.ref)) - Number(own.test(a.ref)) || b.id - a.id);
}

function headPipelineOf(mr: EmbeddedMergeRequest, state: EmbeddedState): EmbeddedPipeline | null {
  if (mr.head_pipeline_id === undefined) return pipelinesOf(mr, state)[0] ?? null;
  return state.pipelines.find(({ id }) => id === mr.head_pipeline_id) ?? null;
}

/** Marks of drafts: https://docs.gitlab.com/user/project/merge_requests/drafts/ */
const draft = /^\s*(?:\[draft\]|\(draft\)|draft:)/i;

/** A merge request as a list has it, without its pipeline. */
export function listedMergeRequestJson(mr: EmbeddedMergeRequest, state: EmbeddedState): object {
  const path = state.projects.find(({ id }) => id === mr.project_id)?.path_with_namespace ?? '';
  const base = mr.diff_base_sha ?? mr.sha;
  return {
    ...workItemJson(mr, state),
    id: mr.project_id * 1_000 + mr.iid,
    state: mr.state,
    merged_at: mr.state === 'merged' ? (mr.ended_at ?? mr.updated_at ?? null) : null,
    closed_at: mr.state === 'closed' ? (mr.ended_at ?? mr.updated_at ?? null) : null,
    merge_commit_sha:
      mr.state === 'merged' && mr.merge_commit_sha === undefined ? mr.sha : (mr.merge_commit_sha ?? null),
    squash_commit_sha: mr.squash_commit_sha ?? null,
    draft: draft.test(mr.title),
    reviewers: usersJson(mr.reviewer_ids ?? [], state),
    source_project_id: mr.source_project_id,
    target_project_id: mr.project_id,
    source_branch: mr.source_branch,
    target_branch: mr.target_branch,
    sha: mr.sha,
    detailed_merge_status: mr.detailed_merge_status ?? 'mergeable',
    first_contribution: mr.first_contribution ?? false,
    diff_refs: { base_sha: base, head_sha: mr.sha, start_sha: base },
    references: { full: `${path}!${mr.iid}` },
    web_url: `__ORIGIN__/${path}/-/merge_requests/${mr.iid}`,
  };
}

/** A merge request as the API gives it. */
export function mergeRequestJson(mr: EmbeddedMergeRequest, state: EmbeddedState): object {
  const pipeline = headPipelineOf(mr, state);
  return {
    ...listedMergeRequestJson(mr, state),
    head_pipeline: pipeline === null ? null : pipelineJson(pipeline, state),
  };
}
