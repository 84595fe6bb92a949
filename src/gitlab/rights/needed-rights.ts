/**
 * What each feature needs of GitLab: `docs/reference/permissions.md` is generated from it, a refusal by GitLab is
 * explained with it, and herald doctor uses it to report what the bot's role and token do not cover. The roles are
 * those of GitLab's own policies for a private project (app/policies/project_policy.rb, issue_policy.rb,
 * merge_request_policy.rb and ci/pipeline_schedule_policy.rb in its source), and of
 * https://docs.gitlab.com/user/permissions/. In public projects everybody may read, and everybody who is signed in may
 * comment.
 */

import type { Actor, NeededRight } from './needed-right.ts';
import { readingRights } from './reading-rights.ts';
import { setupRights } from './setup-rights.ts';

const everyday: readonly Actor[] = ['report', 'bot'];
const free = { scope: 'api', tier: 'Free', note: '' } as const;

const writing: readonly NeededRight[] = [
  {
    ...free,
    feature: 'comments on merge requests',
    actors: [...everyday, 'digest'],
    project: 'watched',
    role: 'reporter',
    requests: {
      'Work Item: Create': [
        'POST merge_requests/:iid/notes',
        'POST merge_requests/:iid/award_emoji',
        'POST merge_requests/:iid/notes/:id/award_emoji',
      ],
      'Work Item: Update': ['PUT merge_requests/:iid/notes/:id'],
      'Work Item: Delete': [
        'DELETE merge_requests/:iid/notes/:id',
        'DELETE merge_requests/:iid/award_emoji/:id',
        'DELETE merge_requests/:iid/notes/:id/award_emoji/:id',
      ],
      'Merge Request: Create': [
        'POST merge_requests/:iid/discussions',
        'POST merge_requests/:iid/discussions/:id/notes',
      ],
      'Merge Request: Update': [
        'PUT merge_requests/:iid/discussions/:id/notes/:id',
        'POST merge_requests/:iid/draft_notes',
        'POST merge_requests/:iid/draft_notes/bulk_publish',
        'DELETE merge_requests/:iid/draft_notes/:id',
      ],
      'Merge Request: Delete': ['DELETE merge_requests/:iid/discussions/:id/notes/:id'],
    },
    note: 'This includes comments on lines of the diff, answers to commands and reactions. GitLab accepts them from anyone who can see the merge request.',
    source: 'https://docs.gitlab.com/user/permissions/#merge-requests',
  },
  {
    ...free,
    feature: 'resolving threads',
    actors: everyday,
    project: 'watched',
    role: 'developer',
    requests: { 'Merge Request: Update': ['PUT merge_requests/:iid/discussions/:id'] },
    source: 'https://docs.gitlab.com/user/project/merge_requests/#resolve-a-thread',
  },
  {
    ...free,
    feature: 'commit statuses',
    actors: everyday,
    project: 'watched',
    role: 'developer',
    requests: { 'Commit Status: Create': ['POST statuses/:sha'] },
    note: 'On a protected branch the user must be allowed to push or merge there.',
    source: 'https://docs.gitlab.com/api/commits/#set-commit-pipeline-status',
  },
  {
    ...free,
    feature: 'labels, title, milestone and people of merge requests',
    actors: everyday,
    project: 'watched',
    role: 'developer',
    requests: { 'Merge Request: Update': ['PUT merge_requests/:iid'] },
    source: 'https://docs.gitlab.com/user/permissions/#merge-requests',
  },
  {
    ...free,
    feature: 'several assignees and reviewers',
    actors: ['bot'],
    project: 'watched',
    role: 'developer',
    tier: 'Premium',
    requests: {
      'Merge Request: Update': ['PUT merge_requests/:iid'],
      'Work Item: Update': ['PUT issues/:iid'],
    },
    note: 'GitLab Free keeps the first of them; Herald says so.',
    source: 'https://docs.gitlab.com/user/project/issues/multiple_assignees_for_issues/',
  },
  {
    ...free,
    feature: 'issues: comments and new issues',
    actors: ['bot', 'digest'],
    project: 'watched',
    role: 'guest',
    requests: {
      'Work Item: Create': [
        'POST issues',
        'POST issues/:iid/notes',
        'POST issues/:iid/discussions',
        'POST issues/:iid/discussions/:id/notes',
        'POST issues/:iid/award_emoji',
        'POST issues/:iid/notes/:id/award_emoji',
      ],
      'Work Item: Update': [
        'PUT issues/:iid/notes/:id',
        'PUT issues/:iid/discussions/:id',
        'PUT issues/:iid/discussions/:id/notes/:id',
      ],
      'Work Item: Delete': [
        'DELETE issues/:iid/notes/:id',
        'DELETE issues/:iid/discussions/:id/notes/:id',
        'DELETE issues/:iid/award_emoji/:id',
        'DELETE issues/:iid/notes/:id/award_emoji/:id',
      ],
    },
    note: 'Reporter where issues are confidential.',
    source: 'https://docs.gitlab.com/user/permissions/#project-planning',
  },
  {
    ...free,
    feature: 'changing, closing and linking issues',
    actors: ['bot', 'digest'],
    project: 'watched',
    role: 'reporter',
    requests: {
      'Work Item: Update': ['PUT issues/:iid'],
      'Work Item: Create': ['POST issues/:iid/links'],
    },
    note: 'Planner from GitLab 17.7 on.',
    source: 'https://docs.gitlab.com/user/permissions/#project-planning',
  },
  {
    ...free,
    feature: 'a digest in the wiki',
    actors: ['digest'],
    project: 'watched',
    role: 'developer',
    requests: {
      'Wiki: Read': ['GET wikis/:slug'],
      'Wiki: Create': ['POST wikis'],
      'Wiki: Update': ['PUT wikis/:slug'],
    },
    source: 'https://docs.gitlab.com/user/permissions/#project-planning',
  },
  {
    ...free,
    feature: 'comments on commits',
    actors: everyday,
    project: 'watched',
    role: 'reporter',
    requests: {
      'Commit: Create': [
        'POST repository/commits/:sha/discussions',
        'POST repository/commits/:sha/discussions/:id/notes',
      ],
      'Commit: Update': ['PUT repository/commits/:sha/discussions/:id/notes/:id'],
      'Commit: Delete': ['DELETE repository/commits/:sha/discussions/:id/notes/:id'],
    },
    note: 'The report needs them with `commit-comment` only.',
    source: 'https://docs.gitlab.com/api/discussions/#commits',
  },
  {
    ...free,
    feature: 'approvals',
    actors: ['bot'],
    project: 'watched',
    role: 'developer',
    requests: { 'Merge Request: Approve': ['POST merge_requests/:iid/approve'] },
    note: 'The approval rules of the project decide whether an approval counts (Premium).',
    source: 'https://docs.gitlab.com/api/merge_request_approvals/',
  },
  {
    ...free,
    feature: 'running, retrying, playing and cancelling pipelines and jobs',
    actors: ['bot'],
    project: 'watched',
    role: 'developer',
    requests: {
      'Pipeline: Create': ['POST pipeline', 'POST /graphql'],
      'Pipeline: Update': ['POST pipelines/:id/cancel'],
      'Merge Request: Update': ['POST merge_requests/:iid/pipelines'],
      'Job: Run': ['POST jobs/:id/retry', 'POST jobs/:id/play'],
    },
    note: 'On a protected branch the user must be allowed to push or merge there.',
    source: 'https://docs.gitlab.com/ci/pipelines/#pipeline-security-on-protected-branches',
  },
  {
    ...free,
    feature: 'backports',
    actors: ['bot'],
    project: 'watched',
    role: 'developer',
    requests: {
      'Branch: Create': ['POST repository/branches'],
      'Branch: Delete': ['DELETE repository/branches/:branch'],
      'Commit: Create': ['POST repository/commits/:sha/cherry_pick'],
      'Merge Request: Create': ['POST merge_requests'],
    },
    source: 'https://docs.gitlab.com/api/commits/#cherry-pick-a-commit',
  },
  {
    ...free,
    feature: 'release notes in the description of a release',
    actors: ['rules'],
    project: 'watched',
    role: 'developer',
    requests: { 'Release: Create': ['POST releases'], 'Release: Update': ['PUT releases/:tag'] },
    note: 'It makes a release only with `create`. On a protected tag the user must be allowed to create it.',
    source: 'https://docs.gitlab.com/user/project/releases/#release-permissions',
  },
  {
    ...free,
    feature: 'merge requests that quarantine a test',
    actors: ['bot'],
    project: 'watched',
    role: 'developer',
    requests: {
      'Branch: Create': ['POST repository/branches'],
      'Branch: Delete': ['DELETE repository/branches/:branch'],
      'Commit: Create': ['POST repository/commits'],
      'Merge Request: Create': ['POST merge_requests'],
    },
    source: 'https://docs.gitlab.com/api/commits/#create-a-commit-with-multiple-files-and-actions',
  },
];

/** All of it, in the order of the page. */
export const neededRights: readonly NeededRight[] = [...readingRights, ...writing, ...setupRights];
