import { describe, expect, test } from 'vitest';
import type { BotAction, Cause } from '../../../src/model/bot-write.ts';
import { head, startEmbedded, talkState, tokens } from '../../support/gitlab/ask.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import {
  atOnce,
  changesSince,
  command,
  issue,
  missing,
  mr,
  perform,
  rule,
  saying,
  worldAt,
} from './world.ts';

function mrOf(state: EmbeddedState) {
  const [found] = state.mergeRequests;
  if (found === undefined) throw new Error('no merge request');
  return found;
}

function issueOf(state: EmbeddedState) {
  const [found] = state.issues;
  if (found === undefined) throw new Error('no issue');
  return found;
}

function openedIssues(state: EmbeddedState) {
  return state.issues.filter(({ author }) => author?.username === 'herald-bot');
}

const openIssue: BotAction = {
  do: 'openIssue',
  project: 42,
  key: 'rule/red main',
  title: 'main is red',
  document: saying('Since 10:00.'),
  labels: ['ci'],
  assigneeIds: [11],
  confidential: false,
  repeat: saying('Still red.'),
};
const markFlaky: BotAction = {
  do: 'markFlaky',
  project: 42,
  key: 'flaky/till: sums',
  test: 'till: sums',
  by: 'dev',
  prefix: '/herald',
};
const comment: BotAction = { do: 'comment', on: mr, key: 'rule/welcome', document: saying('Welcome!') };
const openThread: BotAction = { do: 'openThread', on: mr, key: 'hold', document: saying('On hold.') };

const closeReferenced: BotAction = {
  do: 'closeReferenced',
  on: mr,
  project: 42,
  iid: 5,
  mergedById: 11,
  document: saying('Merged.'),
};

const markShipped: Extract<BotAction, { do: 'markShipped' }> = {
  do: 'markShipped',
  project: 42,
  tag: 'v1.4.0',
  document: saying('Shipped.'),
  items: [
    { on: mr, addLabels: ['shipped'], milestoneId: null },
    { on: issue, addLabels: [], milestoneId: null },
  ],
};

const trackDeployments: BotAction = {
  do: 'trackDeployments',
  on: mr,
  key: 'rule/deployment-trail',
  url: 'https://gitlab.example.com/shop/till/-/merge_requests/17',
  projectUrl: 'https://gitlab.example.com/shop/till',
  trail: { environments: [], failures: [], reverts: [{ iid: 18, at: '2026-03-04T10:00:00Z' }] },
};

const keepIssue: BotAction = {
  do: 'keepIssue',
  project: 42,
  key: 'alert/sentry/1',
  iid: null,
  title: 'The till is slow',
  document: saying('Since 10:00.'),
  record: '{"count":1}',
  state: 'opened',
  comment: null,
  labels: ['ci'],
  assigneeIds: [11],
  confidential: true,
};

interface Row {
  readonly action: BotAction;
  readonly cause?: Cause;
  readonly before?: readonly BotAction[];
  /** How it stands afterwards, once and however often it is done. */
  readonly stands: (state: EmbeddedState) => unknown;
  readonly as: unknown;
  /** Where a guest is not let; null where anybody is. */
  readonly guest: 'refused' | null;
  /** The same on what is not there; null where that says nothing. */
  readonly onNothing: BotAction | null;
}

const rows: readonly Row[] = [
  {
    action: keepIssue,
    stands: (state) =>
      openedIssues(state)
        .filter((one) => one.state === 'opened')
        .map(({ title, labels, description }) => [title, labels, description?.split('\n').at(-1)]),
    as: [['The till is slow', ['ci'], 'Since 10:00.']],
    guest: null,
    onNothing: { ...keepIssue, iid: 999 },
  },
  {
    action: comment,
    stands: (state) => mrOf(state).notes.map(({ body }) => body.split('\n').at(-1)),
    as: ['Welcome!'],
    guest: null,
    onNothing: { ...comment, on: missing },
  },
  {
    action: { do: 'removeComment', on: mr, key: 'rule/welcome' },
    before: [comment],
    stands: (state) => mrOf(state).notes.length,
    as: 0,
    guest: null,
    onNothing: { do: 'removeComment', on: missing, key: 'x' },
  },
  {
    action: { do: 'label', on: mr, add: ['a', 'a', 'b'], remove: ['backend', 'c'] },
    stands: (state) => mrOf(state).labels,
    as: ['a', 'b'],
    guest: 'refused',
    onNothing: { do: 'label', on: missing, add: ['a'], remove: [] },
  },
  {
    action: { do: 'setAssignees', on: issue, userIds: [11] },
    stands: (state) => issueOf(state).assignee_ids,
    as: [11],
    guest: 'refused',
    onNothing: { do: 'setAssignees', on: missing, userIds: [11] },
  },
  {
    action: { do: 'setReviewers', on: mr, userIds: [12] },
    stands: (state) => mrOf(state).reviewer_ids,
    as: [12],
    guest: 'refused',
    onNothing: { do: 'setReviewers', on: missing, userIds: [12] },
  },
  {
    action: { do: 'setMilestone', on: mr, milestoneId: 3 },
    stands: (state) => mrOf(state).milestone_id,
    as: 3,
    guest: 'refused',
    onNothing: { do: 'setMilestone', on: missing, milestoneId: 3 },
  },
  {
    action: { do: 'setMilestone', on: mr, milestoneId: null },
    before: [{ do: 'setMilestone', on: mr, milestoneId: 3 }],
    stands: (state) => mrOf(state).milestone_id,
    as: null,
    guest: 'refused',
    onNothing: null,
  },
  {
    action: { do: 'setState', on: issue, state: 'closed' },
    stands: (state) => issueOf(state).state,
    as: 'closed',
    guest: 'refused',
    onNothing: { do: 'setState', on: missing, state: 'closed' },
  },
  {
    action: { do: 'setTitle', on: mr, title: 'Draft: Take vouchers' },
    stands: (state) => mrOf(state).title,
    as: 'Draft: Take vouchers',
    guest: 'refused',
    onNothing: { do: 'setTitle', on: missing, title: 'x' },
  },
  {
    action: { ...openIssue, repeat: null },
    stands: (state) =>
      openedIssues(state)
        .filter((one) => one.state === 'opened')
        .map(({ title, labels, assignee_ids: ids }) => [title, labels, ids]),
    as: [['main is red', ['ci'], [11]]],
    guest: null,
    onNothing: { ...openIssue, project: 99 },
  },
  {
    action: { do: 'closeIssue', project: 42, key: 'rule/red main', document: saying('Green again.') },
    before: [openIssue],
    stands: (state) =>
      openedIssues(state).map((one) => [one.state, one.notes.map(({ body }) => body.split('\n').at(-1))]),
    as: [['closed', ['Green again.']]],
    guest: null,
    onNothing: null,
  },
  {
    action: closeReferenced,
    stands: (state) =>
      [issueOf(state)].map((one) => [one.state, one.notes.map(({ body }) => body.split('\n').at(-1))]),
    as: [['closed', ['Merged.']]],
    guest: 'refused',
    onNothing: { ...closeReferenced, iid: 99 },
  },
  {
    action: trackDeployments,
    stands: (state) => mrOf(state).notes.map(({ body }) => body.split('\n').at(-1)),
    as: [
      '- ⚠️ Reverted by [`!18`](https://gitlab.example.com/shop/till/-/merge_requests/18#.), which was merged on 2026-03-04 10:00 UTC.',
    ],
    guest: null,
    onNothing: { ...trackDeployments, on: missing },
  },
  {
    action: markFlaky,
    cause: { ...command, by: 'command flaky' },
    stands: (state) =>
      openedIssues(state)
        .filter((one) => one.state === 'opened')
        .map(({ labels, confidential, notes }) => [
          labels,
          confidential,
          notes.map(({ body }) => body.split('\n').at(-1)),
        ]),
    as: [[['herald::flaky-tests'], true, ['`till: sums` is known as flaky: marked by `dev`.']]],
    guest: null,
    onNothing: { ...markFlaky, project: 99 },
  },
  {
    action: markShipped,
    stands: (state) => [mrOf(state), issueOf(state)].map(({ notes, labels }) => [notes.length, labels]),
    as: [
      [1, ['backend', 'shipped']],
      [1, []],
    ],
    guest: null,
    onNothing: { ...markShipped, items: [{ on: missing, addLabels: [], milestoneId: null }] },
  },
  {
    action: { do: 'linkIssues', from: issue, to: { ...issue, iid: 6 } },
    stands: (state) => state.issueLinks.length,
    as: 1,
    guest: 'refused',
    onNothing: { do: 'linkIssues', from: issue, to: { ...issue, iid: 99 } },
  },
  {
    action: { do: 'react', on: mr, noteId: null, emoji: 'eyes' },
    stands: (state) => mrOf(state).reactions?.map(({ name }) => name),
    as: ['eyes'],
    guest: null,
    onNothing: { do: 'react', on: missing, noteId: null, emoji: 'eyes' },
  },
  {
    action: { do: 'unreact', on: mr, noteId: null, emoji: 'eyes' },
    before: [{ do: 'react', on: mr, noteId: null, emoji: 'eyes' }],
    stands: (state) => mrOf(state).reactions,
    as: [],
    guest: null,
    onNothing: { do: 'unreact', on: mr, noteId: 999, emoji: 'eyes' },
  },
  {
    action: openThread,
    cause: command,
    stands: (state) =>
      mrOf(state).notes.map(({ body, type, resolved }) => [body.split('\n').at(-1), type, resolved]),
    as: [['On hold.', 'DiscussionNote', undefined]],
    guest: null,
    onNothing: { ...openThread, on: missing },
  },
  {
    action: { do: 'resolveThread', on: mr, key: 'hold' },
    before: [openThread],
    stands: (state) => mrOf(state).notes.map(({ resolved }) => resolved),
    as: [true],
    guest: null,
    onNothing: { do: 'resolveThread', on: missing, key: 'hold' },
  },
  {
    action: { do: 'approve', on: mr, sha: head },
    stands: (state) => mrOf(state).approved_by,
    as: [7],
    guest: 'refused',
    onNothing: { do: 'approve', on: missing, sha: head },
  },
  {
    action: {
      do: 'setStatus',
      status: {
        projectId: 42,
        sha: head,
        pipelineId: 500,
        name: 'herald/tests',
        state: 'failed',
        description: '3 failed',
        targetUrl: 'https://gitlab.example.com/x',
      },
    },
    stands: (state) => state.pipelines[0]?.statuses.map(({ name, state: is }) => [name, is]),
    as: [['herald/tests', 'failed']],
    guest: null,
    onNothing: null,
  },
];

function stateWithPipeline(): EmbeddedState {
  const state = talkState();
  state.pipelines.push({
    id: 500,
    project_id: 42,
    ref: 'refs/merge-requests/17/head',
    sha: head,
    status: 'running',
    source: 'merge_request_event',
    created_at: '2026-03-04T10:00:00.000Z',
    jobs: [],
    statuses: [],
    test_report: null,
  });
  return state;
}

async function prepared({ before = [] }: Row, latencyMilliseconds = 0) {
  const gitlab = await startEmbedded({ state: stateWithPipeline(), latencyMilliseconds });
  const world = worldAt(gitlab);
  for (const action of before) await perform(world, action);
  return { gitlab, world };
}

describe.each(rows)('$action.do', (row) => {
  const { action, cause = rule, stands, as, guest, onNothing } = row;

  test('is done the first time, and the second time there is nothing to do', async () => {
    const { gitlab, world } = await prepared(row);
    expect(await perform(world, action, cause)).toMatchObject({ outcome: 'done' });
    expect(stands(gitlab.state)).toEqual(as);
    const from = gitlab.requests.length;
    expect(await perform(worldAt(gitlab), action, cause)).toMatchObject({ outcome: 'there' });
    expect(stands(gitlab.state)).toEqual(as);
    // A reaction, a link and an approval are asked for: GitLab says itself that they are there.
    const asked = ['react', 'linkIssues', 'approve'].includes(action.do) ? 1 : 0;
    expect(changesSince(gitlab, from)).toHaveLength(asked);
  });

  test('by two runs at once ends as by one', async () => {
    // Answers take a while, so that neither sees what the other writes before it writes itself.
    const { gitlab } = await prepared(row, 10);
    const both = await atOnce(
      () => perform(worldAt(gitlab), action, cause),
      () => perform(worldAt(gitlab), action, cause),
    );
    expect(both.map(({ outcome }) => outcome)).not.toContain('refused');
    // Two posts of a finished status cannot be told apart from one that was set again.
    if (action.do !== 'setStatus') expect(stands(gitlab.state)).toEqual(as);
  });

  if (guest !== null)
    test('is refused, with words, to who may not', async () => {
      const { gitlab } = await prepared(row);
      const before = JSON.stringify(stands(gitlab.state));
      const performed = await perform(worldAt(gitlab, tokens.guest), action, cause);
      expect(performed.outcome).toBe('refused');
      expect(performed.detail).toMatch(/40[134]/);
      expect(JSON.stringify(stands(gitlab.state))).toBe(before);
    });

  if (onNothing !== null)
    test('on what is gone is refused', async () => {
      const { world } = await prepared(row);
      const performed = await perform(world, onNothing, cause);
      expect(performed.outcome).toBe('refused');
      expect(performed.detail).not.toBeNull();
    });
});
