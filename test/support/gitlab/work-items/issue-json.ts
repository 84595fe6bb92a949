import type { EmbeddedIssue, EmbeddedState } from '../state/state.ts';
import { workItemJson } from './work-item-json.ts';

/** An issue as the API gives it. */
export function issueJson(issue: EmbeddedIssue, state: EmbeddedState): object {
  const path = state.projects.find(({ id }) => id === issue.project_id)?.path_with_namespace ?? '';
  const type = issue.issue_type ?? 'issue';
  return {
    ...workItemJson(issue, state),
    id: issue.project_id * 100_000 + issue.iid,
    state: issue.state,
    closed_at: issue.state === 'closed' ? (issue.ended_at ?? issue.updated_at ?? null) : null,
    confidential: issue.confidential ?? false,
    issue_type: type,
    type: type.toUpperCase(),
    references: { full: `${path}#${issue.iid}` },
    web_url: `__ORIGIN__/${path}/-/issues/${issue.iid}`,
  };
}
