import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Occurrence } from '../../../src/bot/occurrence.ts';
import { actionSpecs } from '../../../src/bot/rules/actions/registry.ts';
import { parseRules } from '../../../src/bot/rules/parse-rules.ts';
import type { RuleAction } from '../../../src/bot/rules/rule.ts';
import type { BotAction } from '../../../src/model/bot-write.ts';
import { code, type Document, link, list, paragraph, text } from '../../../src/model/document.ts';
import type { Facts, KeyedIssue } from '../../../src/model/facts.ts';
import { aJob, aPipeline, headSha } from '../../builders.ts';
import {
  aMember,
  anOccurrence,
  anOwnRecord,
  aPerson,
  changesOf,
  deploymentFacts,
  failedPipeline,
  issueFacts,
  mergeRequestFacts,
  theFacts,
} from '../builders.ts';

function actionOf(written: string): RuleAction {
  const [rule] = parseRules([{ name: 'my rule', on: 'note', do: parse(`- ${written}`) as unknown }], 'rules');
  const [action] = rule?.do ?? [];
  if (action === undefined) throw new Error('no action');
  return action;
}

function plan(
  written: string,
  facts: Partial<Facts> = {},
  occurrence: Partial<Occurrence> = {},
): readonly BotAction[] {
  return actionOf(written).plan(anOccurrence(occurrence), theFacts(facts), 'my rule');
}

const mr = mergeRequestFacts;
const on = { kind: 'merge_request', project: 42, iid: 17 } as const;
const issueAt = { kind: 'issue', project: 42, iid: 5 } as const;
const nobody = { subject: null } as const;
const bob = aPerson({ id: 8, username: 'bob' });
const known = { namedUsers: new Map([['bob', bob]]) };
const commitOf = (message: string) => ({ sha: headSha, title: message, message, authorName: 'Ada' });
const said = (words: string) => [paragraph(text(words))];

function aKeyedIssue(overrides: Partial<KeyedIssue> = {}): KeyedIssue {
  return {
    iid: 30,
    key: 'rule/broken',
    state: 'opened',
    confidential: false,
    url: 'https://gitlab.example.com/shop/checkout/-/issues/30',
    description: '',
    updatedAt: '2026-03-04T11:30:00Z',
    ...overrides,
  };
}

const opening = "open-issue: {key: broken, title: 'main is broken', text: Look.}";
const opened: BotAction = {
  do: 'openIssue',
  project: 42,
  key: 'rule/broken',
  title: 'main is broken',
  document: said('Look.'),
  labels: [],
  assigneeIds: [],
  confidential: false,
  repeat: null,
};
const aFailure = { branch: 'main', pipeline: { id: 3, at: null }, issue: null, fixed: null };
const branch = { subject: null, pipeline: failedPipeline() };
const tracked = {
  version: null,
  tag: 'v1.4.0',
  deployment: null,
  projects: [],
  commits: 'list',
  authorEmails: false,
  repository: null,
} as const;
const status = {
  projectId: 42,
  sha: headSha,
  pipelineId: 1001,
  name: 'herald/title',
  state: 'failed',
  description: 'bad',
  targetUrl: mr().url,
} as const;

const owners = {
  codeOwners: { path: 'CODEOWNERS', text: '*.ts @bob\n' },
  changes: changesOf(['a.ts']),
  members: [aMember({ id: 8, username: 'bob' }), aMember({ id: 9, username: 'carol' }), aMember()],
  reviewLoad: new Map([[8, 5]]),
};

type Row = readonly [
  why: string,
  written: string,
  facts: Partial<Facts>,
  planned: readonly BotAction[],
  occurrence?: Partial<Occurrence>,
];

const ofRelease: Partial<Occurrence> = {
  names: ['release', 'release.created'],
  subject: null,
  ref: 'v1.4.0',
  claim: { kind: 'release', action: 'create', tag: 'v1.4.0' },
};
const ofEach = { milestone: null, labels: [] };
const released: Partial<Facts> = {
  subject: null,
  releases: new Map([
    [
      'v1.4.0',
      {
        kind: 'release',
        notes: [paragraph(text('Notes'))],
        release: {
          tag: 'v1.4.0',
          sha: 'c0'.repeat(20),
          from: null,
          isPreRelease: false,
          mergeRequests: [
            {
              ...ofEach,
              iid: 17,
              title: 'One',
              description: '',
              mergeSha: null,
              squashSha: null,
              headSha: null,
              url: '',
              closes: [],
              pickedBy: null,
            },
          ],
          commits: [],
          reverted: { mergeRequests: [], commits: [] },
          issues: [
            {
              iid: 5,
              title: 'Five',
              url: '',
              confidential: false,
              labels: ['shipped'],
              milestone: { id: 1, title: 'x' },
            },
          ],
          contributors: [],
          gaps: [],
          remarks: [],
        },
      },
    ],
  ]),
};

const table: readonly Row[] = [
  [
    'a comment, by the name of the rule',
    'comment: Hello',
    {},
    [{ do: 'comment', on, key: 'rule/my-rule', document: said('Hello') }],
  ],
  [
    'a comment by its key',
    'comment: {text: Hello, key: a}',
    {},
    [{ do: 'comment', on, key: 'rule/a', document: said('Hello') }],
  ],
  ['once: it is there', 'comment: {text: Hello, key: stale, once: true}', { record: [anOwnRecord()] }, []],
  [
    'once: it is not there yet',
    'comment: {text: Hello, key: a, once: true}',
    { record: [anOwnRecord()] },
    [{ do: 'comment', on, key: 'rule/a', document: said('Hello') }],
  ],
  [
    'a comment on each merge request of a deployment, by environment',
    "comment: {text: Hello, key: 'on/{environment}'}",
    {
      ...nobody,
      deployment: deploymentFacts({ environment: 'review/a b', mergeRequests: [on, { ...on, iid: 18 }] }),
    },
    [17, 18].map((iid) => ({
      do: 'comment',
      on: { ...on, iid },
      key: 'rule/on/review/a-b',
      document: said('Hello'),
    })),
  ],
  ['a push has nowhere to comment', 'comment: Hello', nobody, []],
  [
    'its comment is removed',
    'remove-comment: stale',
    { record: [anOwnRecord()] },
    [{ do: 'removeComment', on, key: 'rule/stale' }],
  ],
  ['there is none to remove', 'remove-comment: true', { record: [anOwnRecord()] }, []],
  ['what is not known is not removed', 'remove-comment: true', {}, []],
  [
    'a thread',
    'open-thread: Hello',
    {},
    [{ do: 'openThread', on, key: 'rule/my-rule', document: said('Hello') }],
  ],
  ['no thread on nothing', 'open-thread: Hello', nobody, []],
  [
    'its thread is resolved',
    'resolve-thread: true',
    { record: [anOwnRecord({ kind: 'thread', key: 'rule/my-rule' })] },
    [{ do: 'resolveThread', on, key: 'rule/my-rule' }],
  ],
  [
    'there is none to resolve',
    'resolve-thread: true',
    { record: [anOwnRecord({ key: 'rule/my-rule' })] },
    [],
  ],
  ['a reaction', 'react: eyes', {}, [{ do: 'react', on, noteId: null, emoji: 'eyes' }]],
  [
    'a reaction on the comment',
    'react: eyes',
    {},
    [{ do: 'react', on, noteId: 3, emoji: 'eyes' }],
    { note: { id: 3, threadId: null, text: '', commit: null } },
  ],
  ['a reaction is taken back', 'unreact: eyes', {}, [{ do: 'unreact', on, noteId: null, emoji: 'eyes' }]],

  [
    'labels that are not there',
    'label: [a, b]',
    { subject: mr({ labels: ['a'] }) },
    [{ do: 'label', on, add: ['b'], remove: [] }],
  ],
  ['labels that are there', 'label: a', { subject: mr({ labels: ['a'] }) }, []],
  [
    'one label takes the place of others',
    "label: {add: 'size::L', remove: 'size::*'}",
    { subject: mr({ labels: ['size::S', 'size::L'] }) },
    [{ do: 'label', on, add: [], remove: ['size::S'] }],
  ],
  [
    'labels are taken off by glob',
    "unlabel: 'needs::*'",
    { subject: mr({ labels: ['needs::x', 'y'] }) },
    [{ do: 'label', on, add: [], remove: ['needs::x'] }],
  ],
  ['none of them is there', 'unlabel: a', {}, []],
  [
    'of deployed merge requests the labels are not known',
    "label: {add: live, remove: [waiting, 'x*']}",
    { ...nobody, deployment: deploymentFacts() },
    [{ do: 'label', on, add: ['live'], remove: ['waiting'] }],
  ],

  ['an assignee', 'assign: [Bob]', known, [{ do: 'setAssignees', on, userIds: [8] }]],
  [
    'assignees stay',
    "assign: '@bob'",
    { ...known, subject: mr({ assignees: [aPerson()] }) },
    [{ do: 'setAssignees', on, userIds: [7, 8] }],
  ],
  ['the author', 'assign: author', {}, [{ do: 'setAssignees', on, userIds: [7] }]],
  ['assigned already', 'assign: author', { subject: mr({ assignees: [aPerson()] }) }, []],
  ['nobody of that name', 'assign: bob', { namedUsers: new Map([['bob', null]]) }, []],
  [
    'somebody who is blocked',
    'assign: bob',
    { namedUsers: new Map([['bob', { ...bob, active: false }]]) },
    [],
  ],
  [
    'an assignee is taken off',
    'unassign: author',
    { subject: mr({ assignees: [aPerson(), bob] }) },
    [{ do: 'setAssignees', on, userIds: [8] }],
  ],
  ['not assigned anyway', 'unassign: author', {}, []],
  ['a reviewer by name', 'request-review: bob', known, [{ do: 'setReviewers', on, userIds: [8] }]],
  ['nobody reviews their own', 'request-review: author', {}, []],
  ['an issue has no reviewers', 'request-review: bob', { ...known, subject: issueFacts() }, []],
  [
    'a code owner, however busy',
    'request-review: {by: code-owners}',
    owners,
    [{ do: 'setReviewers', on, userIds: [8] }],
  ],
  [
    'no code owner fits',
    'request-review: {by: code-owners}',
    { ...owners, changes: changesOf(['a.md']) },
    [],
  ],
  [
    'or anybody',
    'request-review: {}',
    { ...owners, changes: changesOf(['a.md']) },
    [{ do: 'setReviewers', on, userIds: [9] }],
  ],
  [
    'who has the fewest waiting',
    'request-review: {by: load}',
    owners,
    [{ do: 'setReviewers', on, userIds: [9] }],
  ],
  ['enough reviewers', 'request-review: {by: load}', { ...owners, subject: mr({ reviewers: [bob] }) }, []],
  [
    'one more',
    'request-review: {by: load, count: 2}',
    { ...owners, subject: mr({ reviewers: [bob] }) },
    [{ do: 'setReviewers', on, userIds: [8, 9] }],
  ],
  ['members are not known', 'request-review: {by: load}', {}, []],

  [
    'a milestone, whatever case',
    "milestone: 'next'",
    { milestones: [{ id: 4, title: 'Next' }] },
    [{ do: 'setMilestone', on, milestoneId: 4 }],
  ],
  [
    'it has that milestone',
    'milestone: next',
    { milestones: [{ id: 4, title: 'Next' }], subject: mr({ milestone: { id: 4, title: 'Next' } }) },
    [],
  ],
  ['no such milestone', 'milestone: next', { milestones: [] }, []],
  [
    'no milestone',
    'milestone: none',
    { subject: mr({ milestone: { id: 4, title: 'Next' } }) },
    [{ do: 'setMilestone', on, milestoneId: null }],
  ],
  ['none there', 'milestone: none', {}, []],
  ['close', 'close', {}, [{ do: 'setState', on, state: 'closed' }]],
  ['what is merged cannot be closed', 'close', { subject: mr({ state: 'merged' }) }, []],
  [
    'reopen',
    'reopen',
    { subject: issueFacts({ state: 'closed' }) },
    [{ do: 'setState', on: issueAt, state: 'opened' }],
  ],
  ['what is merged cannot be opened', 'reopen', { subject: mr({ state: 'merged' }) }, []],
  ['a draft', 'draft', {}, [{ do: 'setTitle', on, title: 'Draft: Take vouchers at the till' }]],
  ['a draft already', 'draft', { subject: mr({ draft: true }) }, []],
  [
    'no draft any more',
    'ready',
    { subject: mr({ draft: true, title: '[Draft] WIP' }) },
    [{ do: 'setTitle', on, title: 'WIP' }],
  ],
  ['none before', 'ready', {}, []],
  ['an approval', 'approve', { approvedBy: [] }, [{ do: 'approve', on, sha: headSha }]],
  ['approved already', 'approve', { approvedBy: [aPerson({ id: 99 })] }, []],
  [
    'nobody approves their own',
    'approve',
    { approvedBy: [], subject: mr({ author: aPerson({ id: 99 }) }) },
    [],
  ],
  ['approvals are not known', 'approve', {}, []],
  ['no commit to approve', 'approve', { approvedBy: [], subject: mr({ headSha: null }) }, []],
  ['the report', 'report', {}, [{ do: 'report', on }]],
  ['no pipeline to report', 'report', { subject: mr({ headPipeline: null }) }, []],

  ['an issue', opening, { ...branch, ownIssues: [] }, [opened]],
  ['without the list of issues there could be two', opening, branch, []],
  ['it is open', opening, { ...branch, ownIssues: [aKeyedIssue()] }, []],
  [
    'it is open, and says nothing of what came later',
    opening,
    { ...branch, ownIssues: [aKeyedIssue({ updatedAt: '2026-03-04T10:00:00Z' })] },
    [],
  ],
  [
    'it is open, and something came later',
    `${opening.slice(0, -1)}, repeat: Again.}`,
    { ...branch, ownIssues: [aKeyedIssue({ updatedAt: '2026-03-04T10:00:00Z' })] },
    [{ ...opened, repeat: said('Again.') }],
  ],
  [
    'it is open and told of it',
    `${opening.slice(0, -1)}, repeat: Again.}`,
    { ...branch, ownIssues: [aKeyedIssue()] },
    [],
  ],
  [
    'it was closed before',
    opening,
    { ...branch, ownIssues: [aKeyedIssue({ state: 'closed', updatedAt: '2026-03-01T10:00:00Z' })] },
    [opened],
  ],
  ['somebody closed it since', opening, { ...branch, ownIssues: [aKeyedIssue({ state: 'closed' })] }, []],
  [
    'the issue of another key',
    opening,
    { ...branch, ownIssues: [aKeyedIssue({ key: 'rule/other' })] },
    [opened],
  ],
  [
    'all of an issue',
    "open-issue: {title: '{title}', text: '{branch}', labels: [ci], assign: [bob], confidential: true}",
    { ...known, ownIssues: [], subject: mr({ title: 'a\nb' }) },
    [
      {
        ...opened,
        key: 'rule/my-rule',
        title: 'a b',
        document: [paragraph()],
        labels: ['ci'],
        assigneeIds: [8],
        confidential: true,
      },
    ],
  ],
  [
    'the issue is closed',
    'close-issue: broken',
    { ownIssues: [aKeyedIssue()] },
    [{ do: 'closeIssue', project: 42, key: 'rule/broken', document: null }],
  ],
  [
    'with a last comment',
    'close-issue: {key: broken, comment: Done.}',
    { ownIssues: [aKeyedIssue()] },
    [{ do: 'closeIssue', project: 42, key: 'rule/broken', document: said('Done.') }],
  ],
  ['it is closed already', 'close-issue: broken', { ownIssues: [aKeyedIssue({ state: 'closed' })] }, []],
  ['without a report of the tests nothing', 'track-failing-tests: {}', { ...branch, ownIssues: [] }, []],
  [
    'a test that passed often enough',
    'track-failing-tests: {close-after: 3}',
    {
      ...branch,
      ownIssues: [aKeyedIssue({ key: 'rule/failing-test/aa' })],
      testRuns: { failing: [], total: 0, passesInARow: () => 3 },
    },
    [
      {
        do: 'closeIssue',
        project: 42,
        key: 'rule/failing-test/aa',
        document: expect.anything() as Document,
      },
    ],
  ],
  ['row 73: no news of deployments', 'track-deployments: true', { ...branch, trail: null }, []],
  [
    'row 73: what happened to merge requests, except muted ones, with the issue of the branch',
    'track-deployments: true',
    {
      ...branch,
      ownIssues: [aKeyedIssue({ key: 'rule/incident/default-branch', iid: 5 })],
      trail: {
        omitted: 0,
        news: [[], ['herald::muted']].map((labels, index) => ({
          mergeRequest: { on: { ...on, iid: index + 1 }, url: 'u', labels },
          trail: { environments: [], failures: [aFailure], reverts: [] },
        })),
      },
    },
    [
      {
        do: 'trackDeployments',
        on: { ...on, iid: 1 },
        key: 'rule/deployment-trail',
        url: 'u',
        projectUrl: expect.any(String) as string,
        trail: { environments: [], failures: [{ ...aFailure, issue: 5 }], reverts: [] },
      },
    ],
  ],
  [
    'row 63: an issue of a merge request that was merged into another branch',
    'close-referenced: true',
    { subject: mr({ state: 'merged', targetBranch: '1.x', mergedById: 8 }) },
    [
      {
        do: 'closeReferenced',
        on,
        project: 42,
        iid: 12,
        mergedById: 8,
        document: [
          paragraph(
            text('Merged into '),
            code('1.x'),
            text(' with '),
            link(mr().url, text('!17')),
            text('.'),
          ),
        ],
      },
    ],
  ],
  ['row 63: GitLab closes it itself', 'close-referenced: true', { subject: mr({ state: 'merged' }) }, []],
  [
    'row 63: it is not merged',
    'close-referenced: true',
    { subject: mr({ state: 'closed', targetBranch: '1.x' }) },
    [],
  ],
  [
    'row 63: issues of other projects that are named, by commits, too',
    "close-referenced: {projects: ['acme/*'], comment: 'In {target-branch}'}",
    {
      subject: mr({
        state: 'merged',
        mergedById: 8,
        title: 'Fix acme/a#1 and other/b#2',
        description: 'Closes #12, acme/deep/c#3',
      }),
      commits: [
        commitOf('Resolves https://gitlab.example.com/acme/d/-/issues/4'),
        commitOf('Resolves acme/d#5\n\n[skip herald]'),
      ],
    },
    ['acme/a#1', 'acme/d#4'].map((name) => ({
      do: 'closeReferenced',
      on,
      project: name.slice(0, -2),
      iid: Number(name.at(-1)),
      mergedById: 8,
      document: [paragraph(text('In '), code('main'))],
    })),
  ],
  [
    'row 63: nothing that a description says in code, in quotations or in HTML that nobody sees',
    'close-referenced: true',
    {
      subject: mr({
        state: 'merged',
        targetBranch: '1.x',
        description: '> Closes #1\n\n```\nCloses #2\n```\n\n<!-- Closes #3 -->\n\n    Closes #4\n',
      }),
    },
    [],
  ],
  [
    'row 63: entries of other trackers in one comment',
    'close-referenced: true',
    {
      subject: mr({ state: 'merged', description: 'Closes SHOP-1, SHOP-2' }),
      trackers: [{ pattern: 'SHOP-\\d+', url: 'https://jira.example.com/browse/{key}' }],
    },
    [
      {
        do: 'comment',
        on,
        key: 'rule/my-rule/trackers',
        document: [
          paragraph(text('This is merged and says that it closes these, which GitLab cannot close:')),
          list(
            ...['SHOP-1', 'SHOP-2'].map((key) => [
              paragraph(link(`https://jira.example.com/browse/${key}`, text(key))),
            ]),
          ),
        ],
      },
    ],
  ],

  [
    'row 61: the notes of a release, for its event',
    'write-release-notes: true',
    released,
    [
      {
        do: 'writeReleaseNotes',
        project: 42,
        tag: 'v1.4.0',
        url: `${theFacts().project.url}/-/releases/v1.4.0`,
        document: [paragraph(text('Notes'))],
        create: false,
      },
    ],
    ofRelease,
  ],
  [
    'the notes of a tag, whose release is made where there is none',
    'write-release-notes: {create: true}',
    released,
    [
      {
        do: 'writeReleaseNotes',
        project: 42,
        tag: 'v1.4.0',
        url: `${theFacts().project.url}/-/releases/v1.4.0`,
        document: [paragraph(text('Notes'))],
        create: true,
      },
    ],
    ofRelease,
  ],
  ['row 61: no notes for another event', 'write-release-notes: true', released, []],
  [
    'row 61: no notes of a release that GitLab does not show',
    'write-release-notes: true',
    { ...released, releases: new Map([['v1.4.0', { kind: 'wrong', message: 'gone' }]]) },
    [],
    ofRelease,
  ],
  [
    'row 64: what is shipped, with what it lacks',
    "mark-shipped: {labels: [shipped], milestone: 'for {tag}'}",
    { ...released, milestones: [{ id: 31, title: 'for v1.4.0' }] },
    [
      {
        do: 'markShipped',
        project: 42,
        tag: 'v1.4.0',
        document: [
          paragraph(
            text('Shipped in '),
            link(`${theFacts().project.url}/-/tags/v1.4.0`, text('v1.4.0')),
            text('.'),
          ),
        ],
        items: [
          { on: { ...on, iid: 17 }, addLabels: ['shipped'], milestoneId: 31 },
          { on: { ...issueAt, iid: 5 }, addLabels: [], milestoneId: null },
        ],
      },
    ],
    ofRelease,
  ],

  [
    'a link by number',
    'link-issue: 12',
    { subject: issueFacts() },
    [{ do: 'linkIssues', from: issueAt, to: { ...issueAt, iid: 12 } }],
  ],
  [
    'a link by key',
    'link-issue: broken',
    { subject: issueFacts(), ownIssues: [aKeyedIssue()] },
    [{ do: 'linkIssues', from: issueAt, to: { ...issueAt, iid: 30 } }],
  ],
  ['no link to itself', 'link-issue: 5', { subject: issueFacts() }, []],
  ['a merge request cannot be linked', 'link-issue: 12', {}, []],

  [
    'failed jobs',
    'retry-jobs: true',
    branch,
    [{ do: 'retryJobs', project: 42, pipelineId: 1200, jobs: [{ id: 1, name: 'unit' }] }],
  ],
  ['jobs of other names', 'retry-jobs: {jobs: e2e}', branch, []],
  ['jobs that failed for another reason', 'retry-jobs: {reasons: [runner_system_failure]}', branch, []],
  [
    'jobs that failed for that reason',
    "retry-jobs: {reasons: ['runner_*']}",
    {
      pipeline: {
        ...failedPipeline(),
        jobs: [aJob({ id: 1, name: 'unit', status: 'failed', failureReason: 'runner_system_failure' })],
      },
    },
    [{ do: 'retryJobs', project: 42, pipelineId: 1200, jobs: [{ id: 1, name: 'unit' }] }],
  ],
  [
    'a job that was run again already',
    'retry-jobs: true',
    {
      pipeline: {
        ...failedPipeline(),
        jobs: [
          aJob({ id: 2, name: 'unit', status: 'failed' }),
          aJob({ id: 1, name: 'unit', status: 'failed', retried: true }),
        ],
      },
    },
    [],
  ],
  [
    'a second time',
    'retry-jobs: {at-most: 2}',
    {
      pipeline: {
        ...failedPipeline(),
        jobs: [
          aJob({ id: 2, name: 'unit', status: 'failed' }),
          aJob({ id: 1, name: 'unit', status: 'failed', retried: true }),
        ],
      },
    },
    [{ do: 'retryJobs', project: 42, pipelineId: 1200, jobs: [{ id: 2, name: 'unit' }] }],
  ],
  ['no pipeline to retry', 'retry-jobs: true', {}, []],
  [
    'a pipeline of the merge request',
    'run-pipeline: true',
    {},
    [{ do: 'runMergeRequestPipeline', on, sha: headSha, since: '2026-03-04T10:00:00Z' }],
  ],
  [
    'from the sweep one a day',
    'run-pipeline: true',
    {},
    [{ do: 'runMergeRequestPipeline', on, sha: headSha, since: '2026-03-03T12:00:00.000Z' }],
    { names: ['schedule'] },
  ],
  [
    'what comes from a fork runs only for a commit that somebody named',
    'run-pipeline: true',
    { subject: mr({ sourceProjectId: 43 }) },
    [],
  ],
  ['what is closed runs nothing', 'run-pipeline: true', { subject: mr({ state: 'closed' }) }, []],
  [
    'a pipeline of a branch',
    "run-pipeline: {ref: main, variables: {SMOKE: '1'}}",
    nobody,
    [{ do: 'runPipeline', project: 42, ref: 'main', variables: { SMOKE: '1' } }],
  ],
  [
    'a status',
    'set-status: {name: herald/title, state: failed, description: bad}',
    {},
    [{ do: 'setStatus', status }],
  ],
  [
    'a status without words',
    'set-status: {name: herald/title, state: failed}',
    {},
    [{ do: 'setStatus', status: { ...status, description: '' } }],
  ],
  [
    'no pipeline to put it in',
    'set-status: {name: a, state: failed}',
    { subject: mr({ headPipeline: null }) },
    [],
  ],
  [
    'in the pipeline of the fork',
    'set-status: {name: herald/title, state: failed, description: bad}',
    { subject: mr({ headPipeline: aPipeline({ projectId: 43 }) }) },
    [{ do: 'setStatus', status: { ...status, projectId: 43 } }],
  ],
  [
    'a pushed tag is a release',
    'track-release: true',
    nobody,
    [{ do: 'trackRelease', project: 42, release: tracked }],
    { names: ['tag_push', 'tag_push.created'], ref: 'v1.4.0' },
  ],
  [
    'a release is one with the settings of the rule',
    "track-release: {version: 'web@{branch}', projects: [web], commits: none, author-emails: true, repository: Shop}",
    nobody,
    [
      {
        do: 'trackRelease',
        project: 42,
        release: {
          ...tracked,
          version: 'web@v1.4.0',
          projects: ['web'],
          commits: 'none',
          authorEmails: true,
          repository: 'Shop',
        },
      },
    ],
    { names: ['release', 'release.created'], ref: 'v1.4.0' },
  ],
  [
    'a successful deployment is one',
    "track-release: {environment: 'eu-{environment}'}",
    { subject: null, deployment: deploymentFacts() },
    [
      {
        do: 'trackRelease',
        project: 42,
        release: {
          ...tracked,
          tag: null,
          deployment: {
            id: 71,
            ref: 'main',
            sha: headSha,
            environment: 'eu-production',
            url: 'https://shop.example.com',
            finishedAt: null,
          },
        },
      },
    ],
    { names: ['deployment', 'deployment.success'], deploymentId: 71, ref: 'main' },
  ],
  [
    'one that failed is none',
    'track-release: true',
    { subject: null, deployment: deploymentFacts({ status: 'failed' }) },
    [],
    { names: ['deployment', 'deployment.failed'], deploymentId: 71, ref: 'main' },
  ],
  [
    'a deleted tag is none',
    'track-release: true',
    nobody,
    [],
    { names: ['tag_push', 'tag_push.deleted'], ref: 'v1.4.0' },
  ],
  ['a comment is none', 'track-release: true', {}, []],
];

test.each(table)('%s', (...row) => {
  const [, written, facts, planned, occurrence] = row as unknown as Row;
  expect(plan(written, facts, occurrence)).toEqual(planned);
});

describe('the registry', () => {
  test('every action has a row in the table above', () => {
    const tried = new Set(table.map(([, written]) => written.split(':', 1)[0]));
    expect(actionSpecs.map(({ key }) => key).filter((key) => !tried.has(key))).toEqual([]);
  });

  test.each(actionSpecs.map((spec) => [spec.key, spec] as const))('the example of %s is one', (key, spec) => {
    expect(actionOf(spec.example === '' ? key : `${key}: ${spec.example}`).name).toBe(key);
  });
});

describe('what an action needs', () => {
  const needs = (written: string, facts: Partial<Facts> = {}, occurrence: Partial<Occurrence> = {}) =>
    actionOf(written).needs(anOccurrence(occurrence), theFacts(facts), 'my rule');

  test.each<[string, string, Partial<Facts>, readonly string[], Partial<Occurrence>?]>([
    ['a text without values nothing', 'comment: Hello', {}, []],
    ['a text what its values need', "comment: '{lines} {failed-jobs}'", {}, ['changes', 'pipeline']],
    ['values in code too', "comment: '`{lines}`'", {}, ['changes']],
    ['values in addresses too', "comment: '[x]({environment-url})'", {}, ['deployment']],
    ['a deployment to know where to', 'comment: Hello', nobody, ['deployment'], { deploymentId: 1 }],
    [
      'nothing while there are enough reviewers',
      'request-review: {}',
      { subject: mr({ reviewers: [bob] }) },
      [],
    ],
    [
      'all about reviewers else',
      'request-review: {}',
      {},
      ['codeOwners', 'changes', 'members', 'ownerGroups', 'reviewLoad'],
    ],
    ['people by name', 'assign: bob', {}, ['namedUsers']],
    ['the author is known', 'assign: author', {}, []],
  ])('%s', (_why, written, facts, expected, occurrence) => {
    expect(needs(written, facts, occurrence)).toEqual(expected);
  });

  test('the people it names are told, in lower case', () => {
    expect(actionOf("assign: [Bob, '@Carol', author]").usernames).toEqual(['bob', 'carol']);
  });
});
