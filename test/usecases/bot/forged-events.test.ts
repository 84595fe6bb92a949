import { describe, expect, test } from 'vitest';
import { eventNames } from '../../../src/bot/rules/event-names.ts';
import { ok } from '../../../src/demo/http.ts';
import { route } from '../../support/gitlab/route.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import { deploymentEvent, issueEvent, mergeRequestEvent, pushEvent, releaseEvent } from './events.ts';
import { aStage, cast, edited, head, type Payload } from './stage.ts';

const project = { id: 42, path_with_namespace: 'shop/till' };
const now = new Date().toISOString();
const longAgo = '2020-01-01T00:00:00.000Z';
const mainHead = 'b0'.repeat(20);
const zeros = '0'.repeat(40);

function rule(on: string): string {
  return `bot: { rules: [{ name: r, on: ${on}, do: [{ run-pipeline: { ref: main } }] }] }`;
}

function labels(current: readonly string[], previous: readonly string[] = []): Payload {
  const titles = (all: readonly string[]) => all.map((title) => ({ title }));
  return { labels: { previous: titles(previous), current: titles(current) } };
}

function push(changes: Payload, kind: 'push' | 'tag_push' = 'push'): Payload {
  return { ...pushEvent('main'), object_kind: kind, event_name: kind, ...changes };
}

const updated = (changes: Payload): Payload => push({ before: 'aa'.repeat(20), ...changes });
const tagged = (changes: Payload): Payload =>
  push({ ref: 'refs/tags/v1', after: 'c1'.repeat(20), checkout_sha: mainHead, ...changes }, 'tag_push');

function about(kind: string, attributes: Payload, more: Payload = {}): Payload {
  const user = { id: cast.mia.id, username: 'mia' };
  return { object_kind: kind, user, project, object_attributes: attributes, ...more };
}

const milestone = (action: string, id = 31): Payload =>
  about('milestone', { id, title: '2.0', project_id: 42 }, { action });
const wiki = (action: string): Payload => about('wiki_page', { slug: 'how-to', title: 'How to', action });
const flag = about('feature_flag', { id: 5, name: 'vouchers', active: true });
const token = about(
  'access_token',
  { id: 8, user_id: 900, name: 'bot', expires_at: '2026-12-24' },
  { event_name: 'expiring_access_token' },
);
const vulnerability = about('vulnerability', {
  title: 'Injection',
  state: 'detected',
  project_id: 42,
  url: 'https://gitlab.example.com/shop/till/-/security/vulnerabilities/9',
});
const emoji = (event_type: string): Payload =>
  about(
    'emoji',
    { id: 77, user_id: cast.mia.id, name: 'thumbsup', awardable_type: 'MergeRequest', awardable_id: 1007 },
    { event_type, project_id: 42, merge_request: { id: 1007, iid: 7 } },
  );

function deployment(state: EmbeddedState, changes: object = {}): void {
  state.deployments.push({
    id: 9,
    project_id: 42,
    status: 'success',
    ref: 'main',
    sha: head,
    environment: { name: 'production', tier: 'production', external_url: null },
    mergeRequests: [],
    updated_at: now,
    ...changes,
  });
}

const work = (changes: object) => (state: EmbeddedState) =>
  void Object.assign(state.mergeRequests[0] ?? {}, changes);
const ticket = (changes: object) => (state: EmbeddedState) =>
  void Object.assign(state.issues[0] ?? {}, changes);
const event = (label: string, action: string, created_at = now) => ({
  label,
  action,
  created_at,
  username: 'dev',
});

interface Row {
  readonly on: string;
  readonly name: string;
  readonly event: Payload;
  readonly given?: (state: EmbeddedState) => void;
}

const gone = (state: EmbeddedState) => void state.branches.splice(0);

const forged: readonly Row[] = [
  { on: 'push', name: 'of a branch that is not there', event: pushEvent('next') },
  { on: 'push', name: 'of an address', event: pushEvent('..') },
  {
    on: 'push',
    name: 'without a branch, of no commit',
    event: push({ ref: 'main', after: 'ee'.repeat(20) }),
  },
  { on: 'push.created', name: 'of another commit', event: push({ after: 'ee'.repeat(20) }) },
  {
    on: 'push.updated',
    name: 'of a commit that is in no branch',
    event: updated({ after: 'ee'.repeat(20) }),
  },
  { on: 'push.updated', name: 'of no commit at all', event: updated({ after: 'HEAD' }) },
  { on: 'push.deleted', name: 'of a branch that is there', event: updated({ after: zeros }) },
  { on: 'push.deleted', name: 'of a branch that never was', event: updated({ after: zeros }), given: gone },
  { on: 'tag_push', name: 'of a tag that is not there', event: tagged({}) },
  {
    on: 'tag_push.created',
    name: 'of a tag that is elsewhere',
    event: tagged({ before: zeros }),
    given: ({ tags }) => void tags.push({ project_id: 42, name: 'v1', target: head, commit: head }),
  },
  { on: 'tag_push.updated', name: 'of a tag that is not there', event: tagged({ before: 'aa'.repeat(20) }) },
  { on: 'tag_push.deleted', name: 'of a tag that never was', event: tagged({ after: zeros }) },
  { on: 'release', name: 'that is not there', event: releaseEvent('1.0') },
  {
    on: 'release.created',
    name: 'that is old',
    event: releaseEvent('1.0'),
    given: ({ releases }) =>
      void releases.push({
        project_id: 42,
        tag_name: '1.0',
        name: '1.0',
        released_at: longAgo,
        created_at: longAgo,
      }),
  },
  { on: 'release.updated', name: 'not there', event: { ...releaseEvent('1.0'), action: 'update' } },
  { on: 'release.deleted', name: 'that never was', event: { ...releaseEvent('1.0'), action: 'delete' } },
  { on: 'deployment', name: 'that is not there', event: deploymentEvent(9, 'success') },
  {
    on: 'deployment',
    name: 'that is old',
    event: deploymentEvent(9, 'success'),
    given: (state) => {
      deployment(state, { updated_at: longAgo });
    },
  },
  ...['created', 'running', 'success', 'failed', 'canceled', 'blocked', 'approved', 'rejected'].map(
    (status): Row => ({
      on: `deployment.${status}`,
      name: 'with another status',
      event: deploymentEvent(9, status),
      given: (state) => {
        deployment(state, { status: status === 'success' ? 'failed' : 'success' });
      },
    }),
  ),
  {
    on: 'merge_request',
    name: 'that changed long ago',
    event: mergeRequestEvent('open'),
    given: work({ updated_at: longAgo }),
  },
  {
    on: 'merge_request.opened',
    name: 'opened long ago',
    event: mergeRequestEvent('open'),
    given: work({ created_at: longAgo }),
  },
  {
    on: 'merge_request.labels',
    name: 'whose labels did not change',
    event: mergeRequestEvent('update', { changes: labels(['go']) }),
    given: work({ labels: ['go'] }),
  },
  {
    on: 'merge_request.labels',
    name: 'whose label came long ago',
    event: mergeRequestEvent('update', { changes: labels(['go']) }),
    given: work({ labels: ['go'], labelEvents: [event('go', 'add', longAgo)] }),
  },
  {
    on: 'merge_request.labels',
    name: 'whose label went again',
    event: mergeRequestEvent('update', { changes: labels(['go']) }),
    given: work({ labelEvents: [event('go', 'add'), event('go', 'remove')] }),
  },
  { on: 'merge_request.approved', name: 'that nobody approved', event: mergeRequestEvent('approved') },
  ...(['reviewed', 'requested_changes'] as const).map((state): Row => {
    const reviewer = { id: cast.mia.id, username: 'mia' };
    const reviewers = {
      previous: [{ ...reviewer, state: 'unreviewed' }],
      current: [{ ...reviewer, state }],
    };
    return {
      on: state === 'reviewed' ? 'merge_request.reviewed' : 'merge_request.changes-requested',
      name: 'that nobody reviewed',
      event: mergeRequestEvent('update', { changes: { reviewers } }),
      given: work({ reviewer_ids: [cast.mia.id] }),
    };
  }),
  { on: 'merge_request.merged', name: 'that is open', event: mergeRequestEvent('merge') },
  { on: 'merge_request.closed', name: 'that is open', event: mergeRequestEvent('close') },
  {
    on: 'merge_request.reopened',
    name: 'that is closed',
    event: mergeRequestEvent('reopen'),
    given: work({ state: 'closed' }),
  },
  ...['new-commits', 'ready', 'draft', 'retitled', 'reviewers', 'assignees', 'unapproved', 'edited'].map(
    (what): Row => ({
      on: `merge_request.${what}`,
      name: 'that changed long ago',
      event: mergeRequestEvent(what === 'unapproved' ? what : 'update', {
        oldrev: what === 'new-commits' ? 'aa'.repeat(20) : null,
        changes: {
          ...(what === 'ready' || what === 'draft'
            ? { draft: { previous: what === 'ready', current: what === 'draft' } }
            : {}),
          ...(what === 'retitled' ? { title: { previous: 'a', current: 'b' } } : {}),
          ...(what === 'edited' ? { description: { previous: 'a', current: 'b' } } : {}),
          ...(what.endsWith('ers') || what.endsWith('ees') ? { [what]: { previous: [], current: [] } } : {}),
        },
      }),
      given: work({ updated_at: longAgo, title: what === 'draft' ? 'Draft: a' : 'a' }),
    }),
  ),
  {
    on: 'issue',
    name: 'that changed long ago',
    event: issueEvent('update', 3),
    given: ticket({ updated_at: longAgo }),
  },
  {
    on: 'issue.edited',
    name: 'that changed long ago',
    event: issueEvent('update', 3),
    given: ticket({ updated_at: longAgo }),
  },
  {
    on: 'issue.opened',
    name: 'opened long ago',
    event: issueEvent('open', 3),
    given: ticket({ created_at: longAgo }),
  },
  { on: 'issue.closed', name: 'that is open', event: issueEvent('close', 3) },
  {
    on: 'issue.reopened',
    name: 'that is closed',
    event: issueEvent('reopen', 3),
    given: ticket({ state: 'closed' }),
  },
  {
    on: 'issue.labels',
    name: 'whose labels did not change',
    event: issueEvent('update', 3, 'sam', labels([], ['go'])),
  },
  { on: 'milestone', name: 'that is not there', event: milestone('create') },
  { on: 'milestone.create', name: 'not there', event: milestone('create') },
  { on: 'milestone.close', name: 'not there', event: milestone('close') },
  { on: 'milestone.reopen', name: 'not there', event: milestone('reopen') },
  { on: 'wiki_page', name: 'not there', event: wiki('update') },
  { on: 'wiki_page.created', name: 'not there', event: wiki('create') },
  { on: 'wiki_page.updated', name: 'not there', event: wiki('update') },
  { on: 'wiki_page.deleted', name: 'that never was', event: wiki('delete') },
  { on: 'emoji', name: 'that nobody gave', event: emoji('award') },
  { on: 'emoji.award', name: 'that nobody gave', event: emoji('award') },
  { on: 'emoji.revoke', name: 'that nobody gave', event: emoji('revoke') },
  { on: 'feature_flag', name: 'not there', event: flag },
  { on: 'access_token', name: 'not there', event: token },
  { on: 'vulnerability', name: 'not there', event: vulnerability },
  ...['preparing', 'running', 'success', 'failed', 'canceled'].map((status) => ({
    on: status === 'preparing' ? 'pipeline' : `pipeline.${status}`,
    name: 'that GitLab does not show',
    event: about('pipeline', { id: 999, sha: head, ref: 'main', status }),
  })),
  {
    on: 'pipeline.recovered',
    name: 'that GitLab does not show',
    event: about('pipeline', { id: 999, sha: head, ref: 'main', status: 'success' }),
  },
  ...['pending', 'running', 'success', 'failed', 'canceled'].map((build_status) => ({
    on: build_status === 'pending' ? 'job' : `job.${build_status}`,
    name: 'that GitLab does not show',
    event: about('build', {}, { build_id: 999, build_status, pipeline_id: 501, sha: head }),
  })),
  {
    on: 'job.retried',
    name: 'that GitLab does not show',
    event: about(
      'build',
      {},
      { build_id: 999, build_status: 'failed', retries_count: 1, pipeline_id: 501, sha: head },
    ),
  },
];

describe('a forged event starts nothing', () => {
  test.each(forged)('$on $name', async ({ on, event: payload, given }) => {
    const stage = await aStage(rule(on));
    given?.(stage.state);
    const { outcome, reason } = await stage.handle(payload);
    expect(stage.deeds()).toEqual([]);
    expect(outcome).toBe('ignored');
    // The rule is about what the payload tells of, and it is told why it does not act.
    expect(reason).toMatch(/GitLab does not confirm/);
  });

  test('of a comment that is old, or that nobody edited', async () => {
    for (const on of ['note', 'note.created', 'note.edited']) {
      const stage = await aStage(rule(on));
      const { note, payload } = stage.say('dev', 'hello');
      if (on === 'note.edited') await stage.handle(edited(note));
      else {
        Object.assign(note, { created_at: longAgo, updated_at: longAgo });
        await stage.handle(payload);
      }
      expect(stage.deeds(), on).toEqual([]);
    }
  });

  test('whatever rules can be about', () => {
    const fromWebhooks = eventNames.flatMap(({ name, hook }) => (hook === null ? [] : [name]));
    const tried = [...forged.map(({ on }) => on), 'note', 'note.created', 'note.edited'];
    expect(fromWebhooks.filter((name) => !tried.includes(name))).toEqual([]);
  });
});

const told = (path: string, body: object) => route('GET', new RegExp(`^${path}$`), () => ok(body));
const routes = [
  told('/projects/42/milestones/31', { id: 31, state: 'active' }),
  told('/projects/42/wikis/how-to', { slug: 'how-to' }),
  told('/projects/42/feature_flags/vouchers', { name: 'vouchers', active: true }),
  told('/projects/42/access_tokens/8', { id: 8, expires_at: '2026-12-24' }),
  told('/vulnerabilities/9', { id: 9, state: 'detected', project: { id: 42 } }),
];

const branch = (sha: string) => (state: EmbeddedState) => {
  Object.assign(state.branches[0] ?? {}, { sha });
  const commit = { project_id: 42, id: sha, title: 'next', created_at: now };
  state.commits.push({ ...commit, parent_ids: [mainHead] });
};
const removed = (ref_type: 'branch' | 'tag', ref: string) => (state: EmbeddedState) => {
  state.pushes.push({ project_id: 42, action: 'removed', ref_type, ref, created_at: now });
};

const genuine: readonly Row[] = [
  { on: 'push', name: 'at the head', event: pushEvent('main') },
  { on: 'push', name: 'without a branch, as the trigger API leaves it', event: push({ ref: 'main' }) },
  {
    on: 'push.created',
    name: 'with a newer push since',
    event: pushEvent('main'),
    given: branch('d0'.repeat(20)),
  },
  {
    on: 'push.deleted',
    name: 'of a branch',
    event: updated({ ref: 'refs/heads/old', after: zeros }),
    given: removed('branch', 'old'),
  },
  { on: 'tag_push.deleted', name: 'of a tag', event: tagged({ after: zeros }), given: removed('tag', 'v1') },
  {
    on: 'tag_push',
    name: 'of a tag with a message',
    event: tagged({}),
    given: ({ tags }) =>
      void tags.push({ project_id: 42, name: 'v1', target: 'c1'.repeat(20), commit: mainHead }),
  },
  {
    on: 'release.created',
    name: 'just made',
    event: releaseEvent('1.0'),
    given: ({ releases }) =>
      void releases.push({ project_id: 42, tag_name: '1.0', name: '1.0', released_at: now, created_at: now }),
  },
  {
    on: 'deployment.approved',
    name: 'by somebody',
    event: deploymentEvent(9, 'approved'),
    given: (state) => {
      deployment(state, { status: 'blocked', approvals: [{ status: 'approved' }] });
    },
  },
  {
    on: 'merge_request.labels',
    name: 'that came',
    event: mergeRequestEvent('update', { changes: labels(['go']) }),
    given: work({ labels: ['go'], labelEvents: [event('go', 'remove'), event('go', 'add')] }),
  },
  {
    on: 'issue.labels',
    name: 'that went',
    event: issueEvent('update', 3, 'sam', labels([], ['go'])),
    given: ticket({ labelEvents: [event('go', 'remove')] }),
  },
  {
    on: 'merge_request.approved',
    name: 'by somebody',
    event: mergeRequestEvent('approved'),
    given: work({ approved_by: [cast.mia.id] }),
  },
  { on: 'milestone.create', name: 'that is there', event: milestone('create') },
  { on: 'wiki_page.updated', name: 'that is there', event: wiki('update') },
  {
    on: 'emoji.award',
    name: 'that stands there',
    event: emoji('award'),
    given: work({ reactions: [{ id: 77, name: 'thumbsup', user: { id: cast.mia.id, username: 'mia' } }] }),
  },
  { on: 'feature_flag', name: 'that is switched so', event: flag },
  { on: 'access_token', name: 'that expires then', event: token },
  { on: 'vulnerability', name: 'in that state', event: vulnerability },
];

describe('an event that GitLab confirms starts what its rule says', () => {
  test.each(genuine)('$on $name', async ({ on, event: payload, given }) => {
    const stage = await aStage(rule(on), { routes });
    given?.(stage.state);
    await stage.handle(payload);
    expect(stage.deeds()).toEqual(['POST /projects/42/pipeline']);
  });

  test('a label that only the payload knows does not count beside one that came', async () => {
    const stage = await aStage(
      'bot: { rules: [{ name: r, on: merge_request, when: { labels-added: go }, do: [{ run-pipeline: { ref: main } }] }] }',
    );
    work({ labels: ['go', 'x'], labelEvents: [event('x', 'add')] })(stage.state);
    await stage.handle(mergeRequestEvent('update', { changes: labels(['go', 'x']) }));
    expect(stage.deeds()).toEqual([]);
  });

  test('the branch of a deployment is what GitLab says, not the payload', async () => {
    const stage = await aStage(
      'bot: { rules: [{ name: r, on: deployment, when: { branch: main }, do: [{ run-pipeline: { ref: main } }] }] }',
    );
    deployment(stage.state, { ref: 'wip' });
    await stage.handle(deploymentEvent(9, 'success'));
    expect(stage.deeds()).toEqual([]);
  });
});

test('what no rule is about costs no request more', async () => {
  const stage = await aStage(rule('issue'));
  for (const payload of [
    pushEvent('main'),
    releaseEvent('1.0'),
    deploymentEvent(9, 'success'),
    milestone('create'),
  ]) {
    await stage.handle(payload);
    expect(stage.requests().filter((request) => !/\/(?:projects\/42|user|files\/.*)$/.test(request))).toEqual(
      [],
    );
  }
});
