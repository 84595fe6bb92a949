import { describe, expect, test } from 'vitest';
import { occurrenceOf } from '../../src/bot/occurrence.ts';
import { eventNames } from '../../src/bot/rules/event-names.ts';
import { parsePayload } from '../../src/webhooks/parse-payload.ts';
import {
  aMergeRequestPayload,
  aNotePayload,
  anIssue,
  aPush,
  aUser,
  onePayloadEach,
} from '../webhooks/payloads.ts';

type Payload = Readonly<Record<string, unknown>>;

const zeros = '0'.repeat(40);
const sha = '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2';
const aLabel = { id: 1, title: 'bug' };

/** What rules hear of a payload. */
function namesOf(payload: Payload): readonly string[] {
  const parsed = parsePayload(JSON.stringify(payload));
  if (parsed.outcome !== 'event') throw new Error(JSON.stringify(parsed));
  return occurrenceOf(parsed.event)?.names ?? [];
}

const changed = (changes: Payload): Payload => aMergeRequestPayload({ action: 'update' }, { changes });
const acted = (action: string): Payload => aMergeRequestPayload({ action });
const tag = (before: string, after: string): Payload =>
  aPush({ object_kind: 'tag_push', event_name: 'tag_push', ref: 'refs/tags/v1', before, after });
const branch = (before: string, after: string): Payload => aPush({ before, after });

/** Another payload of a kind, with fields of its own, at the top or among its attributes. */
function other(kind: string, fields: Payload, attributes: Payload = {}): Payload {
  const one = onePayloadEach[kind] ?? {};
  const own = one['object_attributes'];
  return {
    ...one,
    ...fields,
    ...(typeof own === 'object' ? { object_attributes: { ...own, ...attributes } } : {}),
  };
}

/** The most particular name beside a payload as GitLab documents it: https://docs.gitlab.com/user/project/integrations/webhook_events/ */
const cases: readonly (readonly [string, Payload])[] = [
  ['merge_request.opened', acted('open')],
  ['merge_request.new-commits', aMergeRequestPayload({ action: 'update', oldrev: sha })],
  ['merge_request.ready', changed({ draft: { previous: true, current: false } })],
  ['merge_request.draft', changed({ draft: { previous: false, current: true } })],
  ['merge_request.retitled', changed({ title: { previous: 'a', current: 'b' } })],
  ['merge_request.labels', changed({ labels: { previous: [], current: [aLabel] } })],
  ['merge_request.reviewers', changed({ reviewers: { previous: [], current: [aUser] } })],
  [
    'merge_request.reviewed',
    changed({
      reviewers: { previous: [{ id: 7, state: 'unreviewed' }], current: [{ id: 7, state: 'reviewed' }] },
    }),
  ],
  ['merge_request.changes-requested', changed({ reviewers: [[], [{ id: 7, state: 'requested_changes' }]] })],
  ['merge_request.assignees', changed({ assignees: { previous: [], current: [aUser] } })],
  ['merge_request.approved', acted('approved')],
  ['merge_request.unapproved', acted('unapproved')],
  ['merge_request.merged', acted('merge')],
  ['merge_request.closed', acted('close')],
  ['merge_request.reopened', acted('reopen')],
  ['merge_request.edited', changed({ description: { previous: 'a', current: 'b' } })],
  ['issue.opened', anIssue({ action: 'open' })],
  ['issue.closed', anIssue({ action: 'close' })],
  ['issue.reopened', anIssue({ action: 'reopen' })],
  ['issue.edited', anIssue({ action: 'update' })],
  [
    'issue.labels',
    anIssue({ action: 'update' }, { changes: { labels: { previous: [aLabel], current: [] } } }),
  ],
  ['note.created', aNotePayload({ action: 'create' })],
  ['note.edited', aNotePayload({ action: 'update' })],
  ['push.created', branch(zeros, sha)],
  ['push.updated', branch(sha, sha.replace('4', '5'))],
  ['push.deleted', branch(sha, zeros)],
  ['tag_push.created', tag(zeros, sha)],
  ['tag_push.updated', tag(sha, sha.replace('4', '5'))],
  ['tag_push.deleted', tag(sha, zeros)],
  ['release.created', other('release', { action: 'create' })],
  ['release.updated', other('release', { action: 'update' })],
  ['release.deleted', other('release', { action: 'delete' })],
  ['deployment.created', other('deployment', { status: 'created' })],
  ['deployment.running', other('deployment', { status: 'running' })],
  ['deployment.success', other('deployment', { status: 'success' })],
  ['deployment.failed', other('deployment', { status: 'failed' })],
  ['deployment.canceled', other('deployment', { status: 'canceled' })],
  ['deployment.blocked', other('deployment', { status: 'blocked' })],
  ['deployment.approved', other('deployment', { status: 'approved' })],
  ['deployment.rejected', other('deployment', { status: 'rejected' })],
  ['pipeline', other('pipeline', {}, { id: 1, status: 'preparing' })],
  ['pipeline.running', other('pipeline', {}, { id: 1, status: 'running' })],
  ['pipeline.success', other('pipeline', {}, { id: 1, status: 'success' })],
  ['pipeline.recovered', other('pipeline', {}, { id: 1, status: 'success' })],
  ['pipeline.failed', other('pipeline', {}, { id: 1, status: 'failed' })],
  ['pipeline.canceled', other('pipeline', {}, { id: 1, status: 'canceled' })],
  ['job', other('job', { build_status: 'pending' })],
  ['job.running', other('job', { build_status: 'running' })],
  ['job.success', other('job', { build_status: 'success' })],
  ['job.failed', other('job', { build_status: 'failed' })],
  ['job.canceled', other('job', { build_status: 'canceled' })],
  ['job.retried', other('job', { build_status: 'failed', retries_count: 1 })],
  ['milestone.create', other('milestone', { action: 'create' })],
  ['milestone.close', other('milestone', { action: 'close' })],
  ['milestone.reopen', other('milestone', { action: 'reopen' })],
  ['wiki_page.created', other('wiki_page', {}, { action: 'create' })],
  ['wiki_page.updated', other('wiki_page', {}, { action: 'update' })],
  ['wiki_page.deleted', other('wiki_page', {}, { action: 'delete' })],
  ['emoji.award', other('emoji', { event_type: 'award' }, { action: 'award' })],
  ['emoji.revoke', other('emoji', { event_type: 'revoke' }, { action: 'revoke' })],
  ['feature_flag', other('feature_flag', {})],
  ['access_token', other('access_token', {})],
  ['vulnerability', other('vulnerability', {})],
];

describe('what rules hear of a webhook', () => {
  test.each(cases)('%s', (name, payload) => {
    const [kind = '', ...particular] = namesOf(payload);
    expect([kind, ...particular]).toContain(name);
    expect(name.split('.', 1)[0]).toBe(kind);
  });

  test('every event that a webhook tells of has a payload here', () => {
    const heard = new Set(cases.flatMap(([, payload]) => namesOf(payload)));
    const unheard = eventNames.filter(({ name, hook }) => hook !== null && !heard.has(name));
    expect(
      unheard.map(({ name }) => `${name}: add a payload that makes it happen to test/bot/occurrence.test.ts`),
    ).toEqual([]);
  });

  test('rules can name whatever these payloads are called', () => {
    const known = new Set(eventNames.map(({ name }) => name));
    expect(cases.flatMap(([, payload]) => namesOf(payload)).filter((name) => !known.has(name))).toEqual([]);
  });
});
