import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BotAction } from '../../src/model/bot-write.ts';
import { describeBotWrite } from '../../src/publish/describe-bot-write.ts';
import { issue, mr, rule, saying } from './bot-writes/world.ts';

const sha = '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2';
const document = saying('a secret text');
const project = 42;
const openIssue = {
  do: 'openIssue',
  project,
  key: 'k',
  title: 'Red',
  document,
  labels: [],
  assigneeIds: [],
  confidential: false,
  repeat: null,
} as const;

const toTrack = {
  version: null,
  tag: 'v1.4.0',
  deployment: null,
  projects: [],
  commits: 'list',
  authorEmails: false,
  repository: null,
} as const;

const rows: readonly (readonly [BotAction, string])[] = [
  [{ do: 'comment', on: mr, key: 'k', document }, 'write the comment "k" on !17 of project 42'],
  [{ do: 'removeComment', on: issue, key: 'k' }, 'remove the comment "k" from issue #5 of project 42'],
  [
    { do: 'label', on: mr, add: ['a', 'b'], remove: ['c'] },
    'change the labels of !17 of project 42: add a, b; remove c',
  ],
  [
    { do: 'setAssignees', on: mr, userIds: [1, 2] },
    'set the assignees of !17 of project 42 to the users 1, 2',
  ],
  [{ do: 'setReviewers', on: mr, userIds: [] }, 'remove all reviewers from !17 of project 42'],
  [{ do: 'setMilestone', on: mr, milestoneId: 3 }, 'set the milestone of !17 of project 42 to 3'],
  [{ do: 'setMilestone', on: mr, milestoneId: null }, 'remove the milestone from !17 of project 42'],
  [{ do: 'setState', on: mr, state: 'closed' }, 'close !17 of project 42'],
  [{ do: 'setState', on: mr, state: 'opened' }, 'reopen !17 of project 42'],
  [{ do: 'setTitle', on: mr, title: 'T' }, 'set the title of !17 of project 42 to "T"'],
  [openIssue, 'open the issue "Red" ("k") in project 42'],
  [{ ...openIssue, confidential: true }, 'open a confidential issue in project 42'],
  [{ do: 'closeIssue', project, key: 'k', document }, 'close the issue "k" in project 42'],
  [
    {
      do: 'keepIssue',
      project,
      key: 'alert/a/1',
      iid: 5,
      title: 'secret words',
      document,
      record: '{}',
      state: 'closed',
      comment: null,
      labels: [],
      assigneeIds: [],
      confidential: true,
    },
    'close the issue #5 ("alert/a/1") of project 42',
  ],
  [
    { do: 'closeReferenced', on: mr, project: 'acme/a', iid: 5, mergedById: 1, document },
    'close issue #5 of project acme/a, which !17 of project 42 names',
  ],
  [
    {
      do: 'writeReleaseNotes',
      project,
      tag: 'v1.4.0',
      url: 'https://gitlab.example.com',
      document,
      create: true,
    },
    'write the release notes of v1.4.0 in project 42, and make the release where there is none',
  ],
  [
    {
      do: 'markShipped',
      project,
      tag: 'v1.4.0',
      document,
      items: [{ on: mr, addLabels: [], milestoneId: null }],
    },
    'say on 1 merge request or issue of project 42 that v1.4.0 has it',
  ],
  [
    {
      do: 'trackDeployments',
      on: mr,
      key: 'k',
      url: '',
      projectUrl: '',
      trail: { environments: [], failures: [], reverts: [] },
    },
    'say on !17 of project 42 where it was deployed and what followed',
  ],
  [
    { do: 'linkIssues', from: issue, to: { ...issue, iid: 6 } },
    'link issue #5 of project 42 with issue #6 of project 42',
  ],
  [
    {
      do: 'retryJobs',
      project,
      pipelineId: 9,
      jobs: [
        { id: 1, name: 'lint' },
        { id: 2, name: 'test' },
      ],
    },
    'retry lint, test in pipeline 9 of project 42',
  ],
  [{ do: 'cancelPipeline', project, pipelineId: 9 }, 'cancel pipeline 9 of project 42'],
  [{ do: 'playJob', project, jobId: 1, name: 'deploy' }, 'play the job deploy (1) of project 42'],
  [
    { do: 'runMergeRequestPipeline', on: mr, sha, since: '2026-03-04T10:00:00Z' },
    'run a pipeline for !17 of project 42 at 4f2b9c1d',
  ],
  [{ do: 'runPipeline', project, ref: 'main', variables: {} }, 'run a pipeline for main in project 42'],
  [
    { do: 'runPipeline', project, ref: 'main', variables: { KEY: 'a secret text' } },
    'run a pipeline for main in project 42 with KEY',
  ],
  [
    {
      do: 'setStatus',
      status: {
        projectId: 42,
        sha,
        pipelineId: 9,
        name: 'herald/x',
        state: 'failed',
        description: '3 failed',
        targetUrl: null,
      },
    },
    'set the status herald/x of commit 4f2b9c1d (pipeline 9) to failed: 3 failed',
  ],
  [{ do: 'react', on: mr, noteId: 3, emoji: 'eyes' }, 'react with :eyes: to comment 3 on !17 of project 42'],
  [
    { do: 'unreact', on: mr, noteId: null, emoji: 'eyes' },
    'remove the reaction :eyes: from !17 of project 42',
  ],
  [{ do: 'openThread', on: mr, key: 'hold', document }, 'open the thread "hold" on !17 of project 42'],
  [{ do: 'resolveThread', on: mr, key: 'hold' }, 'resolve the thread "hold" on !17 of project 42'],
  [{ do: 'approve', on: mr, sha }, 'approve !17 of project 42 at 4f2b9c1d'],
  [
    { do: 'backport', on: mr, branch: 'v1', shas: [sha], title: 'T' },
    'backport !17 of project 42 to v1 (1 commit)',
  ],
  [
    { do: 'backport', on: mr, branch: 'v1', shas: [sha, sha], title: 'T' },
    'backport !17 of project 42 to v1 (2 commits)',
  ],
  [
    { do: 'trackRelease', project, release: toTrack },
    'report the release v1.4.0 of project 42 to the error tracker',
  ],
  [
    {
      do: 'trackRelease',
      project,
      release: {
        ...toTrack,
        tag: null,
        deployment: { id: 1, ref: 'main', sha, environment: 'production', url: null, finishedAt: null },
      },
    },
    'report the release 4f2b9c1d of project 42 to the error tracker, deployed to production',
  ],
  [{ do: 'report', on: mr }, 'write the report of !17 of project 42'],
];

test.each(rows)('%o is told', (action, words) => {
  const told = describeBotWrite({ action, cause: rule });
  expect(told).toBe(`rule welcome: ${words}`);
  expect(told).not.toContain('secret');
});

test('whatever a title holds, it is one line of at most 300 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (title) => {
      const told = describeBotWrite({ action: { do: 'setTitle', on: mr, title }, cause: rule });
      expect(told.length).toBeLessThanOrEqual(300);
      expect(told).not.toMatch(/[\n\r\p{Cc}]/u);
    }),
  );
});
