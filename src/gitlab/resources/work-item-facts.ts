import * as z from 'zod';
import type { IssueFacts, KeyedIssue, LinkedIssue, MergeRequestFacts } from '../../model/facts.ts';
import { genuineIssueKey, type Sign } from '../../model/issue-marker.ts';
import { pipelineAnswer, pipelineOf } from './job-answers.ts';
import { personAnswer } from './person-answer.ts';

const milestoneAnswer = z.lazy(() => z.object({ id: z.number().int(), title: z.string() }));

const workAnswer = z.object({
  iid: z.number().int(),
  project_id: z.number().int(),
  web_url: z.string(),
  title: z.string(),
  description: z.string().nullish(),
  author: personAnswer,
  assignees: z.array(personAnswer).nullish(),
  labels: z.array(z.unknown()).nullish(),
  milestone: milestoneAnswer.nullish(),
  created_at: z.string(),
  updated_at: z.string(),
});

/** Lists say nothing of the head pipeline. Source: https://docs.gitlab.com/api/merge_requests/ */
export const mergeRequestFactsAnswer = z.lazy(() =>
  workAnswer.extend({
    state: z.enum(['opened', 'closed', 'locked', 'merged']),
    draft: z.boolean().nullish(),
    reviewers: z.array(personAnswer).nullish(),
    source_branch: z.string(),
    target_branch: z.string(),
    source_project_id: z.number().int().nullish(),
    target_project_id: z.number().int().nullish(),
    sha: z.string().nullish(),
    detailed_merge_status: z.string().nullish(),
    head_pipeline: pipelineAnswer.nullish(),
    first_contribution: z.boolean().nullish(),
    merge_user: z.object({ id: z.number().int() }).nullish(),
    merged_at: z.string().nullish(),
  }),
);

/** Source: https://docs.gitlab.com/api/issues/ */
export const issueFactsAnswer = z.lazy(() =>
  workAnswer.extend({
    state: z.enum(['opened', 'closed']),
    confidential: z.boolean().nullish(),
    issue_type: z.string().nullish(),
  }),
);

function workOf(
  answer: z.infer<typeof workAnswer>,
): Omit<IssueFacts, 'at' | 'kind' | 'state' | 'confidential' | 'type'> {
  return {
    url: answer.web_url,
    title: answer.title,
    description: answer.description ?? '',
    author: answer.author,
    assignees: answer.assignees ?? [],
    labels: (answer.labels ?? []).filter((label) => typeof label === 'string'),
    milestone: answer.milestone ?? null,
    createdAt: answer.created_at,
    updatedAt: answer.updated_at,
  };
}

/** Before it is merged, GitLab names there the user who set it to be merged. */
function mergedByIdOf({ state, merge_user: user }: z.infer<typeof mergeRequestFactsAnswer>): number | null {
  return state === 'merged' ? (user?.id ?? null) : null;
}

export function mergeRequestFactsOf(answer: z.infer<typeof mergeRequestFactsAnswer>): MergeRequestFacts {
  const { project_id: project, iid, head_pipeline: head } = answer;
  const targetProjectId = answer.target_project_id ?? project;
  const sourceProjectId = answer.source_project_id ?? null;
  return {
    ...workOf(answer),
    kind: 'merge_request',
    at: { kind: 'merge_request', project, iid },
    state: answer.state,
    draft: answer.draft ?? false,
    reviewers: answer.reviewers ?? [],
    sourceBranch: answer.source_branch,
    targetBranch: answer.target_branch,
    sourceProjectId,
    targetProjectId,
    headSha: answer.sha ?? null,
    detailedMergeStatus: answer.detailed_merge_status ?? '',
    headPipeline: head ? pipelineOf(head, sourceProjectId ?? targetProjectId) : null,
    firstContribution: answer.first_contribution ?? null,
    mergedById: mergedByIdOf(answer),
    ...(answer.state === 'merged' ? { mergedAt: answer.merged_at ?? null } : {}),
  };
}

export function issueFactsOf(answer: z.infer<typeof issueFactsAnswer>): IssueFacts {
  const { project_id: project, iid } = answer;
  return {
    ...workOf(answer),
    kind: 'issue',
    at: { kind: 'issue', project, iid },
    state: answer.state,
    confidential: answer.confidential ?? false,
    type: answer.issue_type ?? 'issue',
  };
}

/** Issues of foreign trackers have no iid, and are ignored. */
export const linkedIssueAnswer = z.lazy(() =>
  z
    .object({
      iid: z.number().int().nullish(),
      project_id: z.number().int().nullish(),
      title: z.string(),
      web_url: z.string().nullish(),
      state: z.string().nullish(),
    })
    .transform(({ iid, project_id: project, title, web_url: url, state }): readonly LinkedIssue[] =>
      typeof iid === 'number' && typeof project === 'number'
        ? [{ iid, project, title, url: url ?? '', state: state === 'closed' ? 'closed' : 'opened' }]
        : [],
    ),
);

/** The key of an issue that this token's user opened for the bot; nothing for any other issue. */
export function keyedIssueOf(answer: z.infer<typeof issueFactsAnswer>, sign: Sign): readonly KeyedIssue[] {
  const { iid, project_id: project, author, state, title } = answer;
  const description = answer.description ?? '';
  const key = genuineIssueKey(description, { project, authorId: author.id }, sign);
  const { web_url: url, updated_at: updatedAt } = answer;
  return key === null
    ? []
    : [{ iid, key, title, state, confidential: answer.confidential ?? false, url, description, updatedAt }];
}
