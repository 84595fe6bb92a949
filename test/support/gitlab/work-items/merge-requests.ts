import { pipelineJson, projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { pageOf } from '../page-of.ts';
import { refusals } from '../refusals.ts';
import { accessLevelOf, developer } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedMergeRequest, EmbeddedState } from '../state/state.ts';
import { editWorkItem, usersIn } from './edit-work-item.ts';
import { noteableOf, usersJson, writerOf } from './find-noteable.ts';
import { issueJson } from './issue-json.ts';
import { listedMergeRequestJson, mergeRequestJson, pipelinesOf } from './merge-request-json.ts';
import { listed } from './work-item-json.ts';

type Answer = (mr: EmbeddedMergeRequest, request: EmbeddedRequest, state: EmbeddedState) => EmbeddedAnswer;

/** A route below one merge request. */
function ofOne(method: string, rest: string, answer: Answer): Route {
  const pattern = new RegExp(`^/projects/([^/]+)/(merge_requests)/(\\d+)${rest}$`);
  return route(method, pattern, (request, parts, state) => {
    const of = noteableOf(request, parts, state);
    if ('status' in of) return of;
    return of.kind === 'MergeRequest' ? answer(of.item, request, state) : refused(refusals.noMergeRequest);
  });
}

/** Source: https://docs.gitlab.com/api/merge_requests/#list-project-merge-requests */
function listMergeRequests(
  request: EmbeddedRequest,
  [part = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const { query } = request;
  const isLike = (name: string, value: string): boolean => (query.get(name) ?? value) === value;
  const wanted = query.get('state') ?? 'all';
  const found = listed(state.mergeRequests, projectOf(part, state)?.id, query).filter(
    (mr) =>
      (wanted === 'all' || mr.state === wanted) &&
      isLike('source_branch', mr.source_branch) &&
      isLike('target_branch', mr.target_branch) &&
      (query.get('reviewer_id') !== 'Any' || (mr.reviewer_ids ?? []).length > 0),
  );
  return pageOf(found, request, (mr) => listedMergeRequestJson(mr, state));
}

function recordLabels(mr: EmbeddedMergeRequest, before: readonly string[], username: string): void {
  const added = mr.labels.filter((label) => !before.includes(label));
  const removed = before.filter((label) => !mr.labels.includes(label));
  mr.labelEvents.push(
    ...added.map((label) => ({ label, action: 'add', username })),
    ...removed.map((label) => ({ label, action: 'remove', username })),
  );
}

/** Source: https://docs.gitlab.com/api/merge_requests/#update-a-merge-request */
const edit: Answer = (mr, request, state) => {
  const user = writerOf(request);
  if ('status' in user) return user;
  const mayEdit = mr.author?.id === user.id || accessLevelOf(user.id, mr.project_id, state) >= developer;
  if (!mayEdit) return refused(refusals.roleTooLow);
  const before = mr.labels;
  if (!editWorkItem(mr, request, state)) return refused(refusals.nothingToEdit);
  recordLabels(mr, before, user.username);
  const { reviewer_ids: reviewers, state_event: event } = request.body;
  if (reviewers !== undefined) mr.reviewer_ids = usersIn(reviewers, state);
  if (event === 'close' && mr.state === 'opened') mr.state = 'closed';
  if (event === 'reopen' && mr.state === 'closed') mr.state = 'opened';
  return ok(mergeRequestJson(mr, state));
};

/** Source: https://docs.gitlab.com/api/merge_request_approvals/ */
const approvals: Answer = (mr, _request, state) =>
  ok({ approved_by: usersJson(mr.approved_by ?? [], state).map((user) => ({ user })) });

/** Source: https://docs.gitlab.com/api/merge_requests/#retrieve-merge-request-reviewers */
const reviewers: Answer = (mr, request, state) =>
  page(
    (mr.reviewer_ids ?? []).flatMap((id) =>
      usersJson([id], state).map((user) => ({ user, state: mr.review_states?.get(id) ?? 'unreviewed' })),
    ),
    request,
  );

const approve: Answer = (mr, request, state) => {
  const user = writerOf(request);
  if ('status' in user) return user;
  if (accessLevelOf(user.id, mr.project_id, state) < developer) return refused(refusals.roleTooLow);
  const { sha } = request.body;
  if (sha !== undefined && sha !== mr.sha) return refused(refusals.approvalOfOtherHead, mr.sha);
  const given = mr.approved_by ?? [];
  if (given.includes(user.id)) return refused(refusals.approvedAlready);
  mr.approved_by = [...given, user.id];
  return {
    status: 201,
    body: { approved_by: usersJson(mr.approved_by, state).map((one) => ({ user: one })) },
  };
};

/** What closes an issue: https://docs.gitlab.com/user/project/issues/managing_issues/#default-closing-pattern */
const closing =
  /\b(?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|implement(?:s|ed|ing)?):? +#(\d+)/gi;

const closesIssues: Answer = (mr, request, state) => {
  const iids = [...(mr.description ?? '').matchAll(closing)].map(([, iid]) => Number(iid));
  const issues = state.issues.filter(({ project_id: at, iid }) => at === mr.project_id && iids.includes(iid));
  return page(
    issues.map((issue) => issueJson(issue, state)),
    request,
  );
};

const commits: Answer = (mr, request) => {
  const own = {
    id: mr.sha,
    title: mr.title,
    message: mr.title,
    author_name: userName(mr),
    authored_date: mr.created_at ?? new Date().toISOString(),
  };
  return page(mr.commits ?? [own], request);
};

function userName({ author }: EmbeddedMergeRequest): string {
  return author?.name ?? author?.username ?? 'Ghost User';
}

/** `MergeRequest.by_related_commit_sha` of GitLab. */
function isRelated(mr: EmbeddedMergeRequest, sha: string): boolean {
  const own = (mr.commits ?? []).map(({ id }) => id);
  return [mr.sha, mr.merge_commit_sha, mr.squash_commit_sha, mr.merged_commit_sha, ...own].includes(sha);
}

export const mergeRequestRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/merge_requests$/, listMergeRequests),
  ofOne('GET', '', (mr, _request, state) => ok(mergeRequestJson(mr, state))),
  ofOne('PUT', '', edit),
  ofOne('GET', '/pipelines', (mr, request, state) =>
    page(
      pipelinesOf(mr, state).map((pipeline) => pipelineJson(pipeline, state)),
      request,
    ),
  ),
  ofOne('GET', '/approvals', approvals),
  ofOne('GET', '/reviewers', reviewers),
  ofOne('POST', '/approve', approve),
  ofOne('GET', '/closes_issues', closesIssues),
  ofOne('GET', '/commits', commits),
  route(
    'GET',
    /^\/projects\/([^/]+)\/repository\/commits\/([^/]+)\/merge_requests$/,
    (request, [part = '', sha = ''], state) => {
      const id = projectOf(part, state)?.id ?? -1;
      const wanted = request.query.get('state');
      const found = state.mergeRequests.filter(
        (mr) =>
          (mr.source_project_id === id || mr.project_id === id) &&
          isRelated(mr, sha) &&
          (wanted === null || mr.state === wanted),
      );
      return page(
        found.map((mr) => mergeRequestJson(mr, state)),
        request,
      );
    },
  ),
];
