import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import type { EmbeddedUser } from '../../../../src/demo/state.ts';
import { userJson } from '../../../../src/demo/user-json.ts';
import { refusals } from '../refusals.ts';
import { accessLevelOf, reporter } from '../roles.ts';
import type {
  EmbeddedIssue,
  EmbeddedMergeRequest,
  EmbeddedNote,
  EmbeddedState,
  EmbeddedWorkItem,
} from '../state/state.ts';

export type EmbeddedNoteable =
  | { readonly kind: 'MergeRequest'; readonly item: EmbeddedMergeRequest }
  | { readonly kind: 'Issue'; readonly item: EmbeddedIssue };

/** What has discussions: merge requests, issues, commits. */
export interface EmbeddedTalk {
  readonly kind: EmbeddedNoteable['kind'] | 'Commit';
  /** Commits have no `iid`. */
  readonly item: { readonly project_id: number; readonly iid?: number; readonly notes: EmbeddedNote[] };
}

/** A path of merge requests and issues: project, kind and iid are its first three groups. */
export function noteablePattern(rest: string): RegExp {
  return new RegExp(`^/projects/([^/]+)/(merge_requests|issues)/(\\d+)${rest}$`);
}

/** Users in the order of their ids in the list; users who do not exist are omitted. */
export function usersJson(ids: readonly number[], { users }: EmbeddedState): readonly object[] {
  return ids.flatMap((id) => users.filter((user) => user.id === id).map(userJson));
}

/** Confidential issues show themselves to their authors, assignees, and reporters. */
function mayRead(issue: EmbeddedIssue, { user }: EmbeddedRequest, state: EmbeddedState): boolean {
  if (issue.confidential !== true) return true;
  if (user === null) return false;
  const isTheirs = issue.author?.id === user.id || (issue.assignee_ids ?? []).includes(user.id);
  return isTheirs || accessLevelOf(user.id, issue.project_id, state) >= reporter;
}

/**
 * Internal notes show themselves to reporters, and to who wrote or does what they are on:
 * `app/policies/note_policy.rb`.
 */
export function maySeeNote(
  { internal = false }: EmbeddedNote,
  { project_id: at, author, assignee_ids: assignees = [] }: EmbeddedWorkItem,
  { user, state }: { readonly user: EmbeddedUser | null; readonly state: EmbeddedState },
): boolean {
  if (!internal) return true;
  if (user === null) return false;
  return (
    author?.id === user.id || assignees.includes(user.id) || accessLevelOf(user.id, at, state) >= reporter
  );
}

/** What the first three groups of `noteablePattern` name, or GitLab's words that it is not there. */
export function noteableOf(
  request: EmbeddedRequest,
  [part = '', kind = '', iid = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedNoteable | EmbeddedAnswer {
  const at = projectOf(part, state)?.id;
  const fits = (one: { readonly project_id: number; readonly iid: number }): boolean =>
    one.project_id === at && String(one.iid) === iid;
  if (kind === 'issues') {
    const issue = state.issues.find(fits);
    return issue !== undefined && mayRead(issue, request, state)
      ? { kind: 'Issue', item: issue }
      : refused(refusals.noIssue);
  }
  const item = state.mergeRequests.find(fits);
  return item === undefined ? refused(refusals.noMergeRequest) : { kind: 'MergeRequest', item };
}

/** A job token reads and never writes: https://docs.gitlab.com/ci/jobs/ci_job_token/ */
export function writerOf(request: EmbeddedRequest): EmbeddedUser | EmbeddedAnswer {
  const { user, token } = request;
  return user === null || token?.kind === 'job' ? refused(refusals.jobToken) : user;
}
