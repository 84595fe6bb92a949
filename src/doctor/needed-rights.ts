/**
 * What each feature needs of GitLab: `docs/reference/permissions.md` is generated from it, and herald doctor uses it to
 * report what the bot's role does not cover. The roles are those of GitLab's own policies for a private project
 * (app/policies/project_policy.rb, issue_policy.rb, merge_request_policy.rb and ci/pipeline_schedule_policy.rb in its source), and of https://docs.gitlab.com/user/permissions/. In public projects everybody may read, and
 * everybody who is signed in may comment.
 */

import type { Actor, NeededRight } from './needed-right.ts';
import { setupRights } from './setup-rights.ts';

const everyday: readonly Actor[] = ['report', 'bot'];
const free = { scope: 'api', tier: 'Free', note: '' } as const;

const reading: readonly NeededRight[] = [
  {
    ...free,
    feature: 'reading pipelines, jobs, logs and artifacts',
    actors: everyday,
    project: 'watched',
    role: 'reporter',
    scope: 'read_api',
    calls: [
      'GET pipelines…',
      'GET jobs…',
      'GET merge_requests…',
      'GET repository…',
      'GET deployments…',
      'GET issues…',
      'GET labels',
      'GET milestones',
      'GET events',
    ],
    note: 'The job token of the pipeline reads its own project, too.',
    source: 'https://docs.gitlab.com/user/permissions/#cicd',
  },
  {
    ...free,
    feature: 'reading the rights of people',
    actors: ['bot'],
    project: 'watched',
    role: 'guest',
    scope: 'read_api',
    calls: ['GET members/all…', 'GET /users…', 'GET /user', 'GET /groups/:id/members', 'GET /graphql'],
    note: 'Only GraphQL says who edited a comment. Groups in CODEOWNERS are read as far as the bot can see them.',
    source: 'https://docs.gitlab.com/api/members/',
  },
  {
    ...free,
    feature: 'reading who can push to protected branches',
    actors: ['bot'],
    project: 'watched',
    role: 'developer',
    scope: 'read_api',
    calls: ['GET protected_branches'],
    note: 'Not every version of GitLab shows them to Developers. A protected branch that Herald cannot see counts as one that maintainers can push to.',
    source: 'https://docs.gitlab.com/api/protected_branches/',
  },
  {
    ...free,
    feature: 'rules about vulnerabilities',
    actors: ['bot'],
    project: 'watched',
    role: 'developer',
    scope: 'read_api',
    tier: 'Ultimate',
    calls: ['GET /vulnerabilities/:id'],
    note: 'A rule acts on a vulnerability only as GitLab confirms it.',
    source: 'https://docs.gitlab.com/api/vulnerabilities/',
  },
];

const writing: readonly NeededRight[] = [
  {
    ...free,
    feature: 'comments on merge requests',
    actors: everyday,
    project: 'watched',
    role: 'reporter',
    calls: [
      'POST/PUT/DELETE merge_requests/:iid/notes',
      'POST/PUT/DELETE merge_requests/:iid/discussions',
      'POST/PUT/DELETE merge_requests/:iid/draft_notes',
      'POST/DELETE merge_requests/:iid/award_emoji',
    ],
    note: 'This includes comments on lines of the diff, answers to commands and reactions. GitLab accepts them from anyone who can see the merge request.',
    source: 'https://docs.gitlab.com/user/permissions/#merge-requests',
  },
  {
    ...free,
    feature: 'resolving threads',
    actors: everyday,
    project: 'watched',
    role: 'developer',
    calls: ['PUT merge_requests/:iid/discussions/:id?resolved='],
    source: 'https://docs.gitlab.com/user/project/merge_requests/#resolve-a-thread',
  },
  {
    ...free,
    feature: 'commit statuses',
    actors: everyday,
    project: 'watched',
    role: 'developer',
    calls: ['POST statuses/:sha'],
    note: 'On a protected branch the user must be allowed to push or merge there.',
    source: 'https://docs.gitlab.com/api/commits/#set-commit-pipeline-status',
  },
  {
    ...free,
    feature: 'labels, title, milestone and people of merge requests',
    actors: everyday,
    project: 'watched',
    role: 'developer',
    calls: ['PUT merge_requests/:iid'],
    source: 'https://docs.gitlab.com/user/permissions/#merge-requests',
  },
  {
    ...free,
    feature: 'several assignees and reviewers',
    actors: ['bot'],
    project: 'watched',
    role: 'developer',
    tier: 'Premium',
    calls: ['PUT merge_requests/:iid', 'PUT issues/:iid'],
    note: 'GitLab Free keeps the first of them; Herald says so.',
    source: 'https://docs.gitlab.com/user/project/issues/multiple_assignees_for_issues/',
  },
  {
    ...free,
    feature: 'issues: comments and new issues',
    actors: ['bot'],
    project: 'watched',
    role: 'guest',
    calls: [
      'POST issues',
      'POST/PUT/DELETE issues/:iid/notes',
      'POST/PUT/DELETE issues/:iid/discussions',
      'POST/DELETE issues/:iid/award_emoji',
    ],
    note: 'Reporter where issues are confidential.',
    source: 'https://docs.gitlab.com/user/permissions/#project-planning',
  },
  {
    ...free,
    feature: 'changing, closing and linking issues',
    actors: ['bot'],
    project: 'watched',
    role: 'reporter',
    calls: ['PUT issues/:iid', 'POST issues/:iid/links'],
    note: 'Planner from GitLab 17.7 on.',
    source: 'https://docs.gitlab.com/user/permissions/#project-planning',
  },
  {
    ...free,
    feature: 'approvals',
    actors: ['bot'],
    project: 'watched',
    role: 'developer',
    calls: ['POST merge_requests/:iid/approve'],
    note: 'The approval rules of the project decide whether an approval counts (Premium).',
    source: 'https://docs.gitlab.com/api/merge_request_approvals/',
  },
  {
    ...free,
    feature: 'running, retrying, playing and cancelling pipelines and jobs',
    actors: ['bot'],
    project: 'watched',
    role: 'developer',
    calls: [
      'POST pipeline',
      'POST merge_requests/:iid/pipelines',
      'POST /graphql',
      'POST pipelines/:id/cancel',
      'POST jobs/:id/retry',
      'POST jobs/:id/play',
    ],
    note: 'On a protected branch the user must be allowed to push or merge there.',
    source: 'https://docs.gitlab.com/ci/pipelines/#pipeline-security-on-protected-branches',
  },
  {
    ...free,
    feature: 'backports',
    actors: ['bot'],
    project: 'watched',
    role: 'developer',
    calls: [
      'POST/DELETE repository/branches',
      'POST repository/commits/:sha/cherry_pick',
      'POST merge_requests',
    ],
    source: 'https://docs.gitlab.com/api/commits/#cherry-pick-a-commit',
  },
];

/** All of it, in the order of the page. */
export const neededRights = [...reading, ...writing, ...setupRights] as const;
