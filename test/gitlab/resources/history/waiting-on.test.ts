import { expect, test } from 'vitest';
import { type OpenState, waitingOn } from '../../../../src/gitlab/resources/history/waiting-on.ts';

const ready: OpenState = {
  isDraft: false,
  status: 'mergeable',
  hasConflicts: false,
  hasOpenThreads: false,
  reviewers: 0,
};

test.each<[string, Partial<OpenState>, string]>([
  ['a draft, whatever else', { isDraft: true, status: 'ci_still_running', reviewers: 2 }, 'author'],
  ['a pipeline that runs', { status: 'ci_still_running', reviewers: 1 }, 'pipeline'],
  ['an approval that is missing', { status: 'not_approved' }, 'reviewer'],
  ['changes that were requested', { status: 'requested_changes', reviewers: 1 }, 'author'],
  ['threads that are open', { status: 'discussions_not_resolved', reviewers: 1 }, 'author'],
  ['a conflict', { status: 'conflict', reviewers: 1 }, 'author'],
  ['another merge request that blocks it', { status: 'merge_request_blocked', reviewers: 1 }, 'nobody'],
  ['nothing that blocks it, with a reviewer', { reviewers: 1 }, 'reviewer'],
  ['nothing at all', {}, 'nobody'],
  ['a status that is not computed', { status: 'unchecked', reviewers: 1 }, 'reviewer'],
  ['an old GitLab with a conflict', { status: null, hasConflicts: true, reviewers: 1 }, 'author'],
  ['an old GitLab with open threads', { status: null, hasOpenThreads: true, reviewers: 1 }, 'author'],
  ['a status of another name', { status: 'toString', reviewers: 0 }, 'nobody'],
])('%s: %s → %s', (_what, state, whom) => {
  expect(waitingOn({ ...ready, ...state })).toBe(whom);
});
