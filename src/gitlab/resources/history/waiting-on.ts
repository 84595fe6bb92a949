import type { WaitingOn } from '../../../model/project-history.ts';

/**
 * On whom each status waits; others say nothing about it. Source: https://docs.gitlab.com/api/merge_requests/#merge-status
 */
const byStatus: Readonly<Record<string, WaitingOn>> = {
  ci_must_pass: 'pipeline',
  ci_still_running: 'pipeline',
  status_checks_must_pass: 'pipeline',
  external_status_checks: 'pipeline',
  not_approved: 'reviewer',
  policies_denied: 'reviewer',
  requested_changes: 'author',
  discussions_not_resolved: 'author',
  draft_status: 'author',
  conflict: 'author',
  need_rebase: 'author',
  broken_status: 'author',
  commits_status: 'author',
  jira_association_missing: 'author',
  title_regex: 'author',
  security_policy_violations: 'author',
  locked_paths: 'nobody',
  locked_lfs_files: 'nobody',
  merge_request_blocked: 'nobody',
  merge_time: 'nobody',
};

/** What the list says of an open merge request. */
export interface OpenState {
  readonly isDraft: boolean;
  readonly status: string | null;
  readonly hasConflicts: boolean;
  readonly hasOpenThreads: boolean;
  readonly reviewers: number;
}

/**
 * On whom an open merge request waits, by what the list says: a draft on its author; else by its status; and where
 * nothing blocks it, or GitLab has not computed the status, on the reviewers that it names, else on nobody. Whether a
 * reviewer has looked already, the list does not say.
 */
export function waitingOn({
  isDraft,
  status,
  hasConflicts,
  hasOpenThreads,
  reviewers,
}: OpenState): WaitingOn {
  if (isDraft) return 'author';
  const decided = Object.hasOwn(byStatus, status ?? '') ? byStatus[status ?? ''] : undefined;
  if (decided !== undefined) return decided;
  if (hasConflicts || hasOpenThreads) return 'author';
  return reviewers > 0 ? 'reviewer' : 'nobody';
}
