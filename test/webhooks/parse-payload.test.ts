import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf } from '../../src/webhooks/fields.ts';
import { parsePayload } from '../../src/webhooks/parse-payload.ts';
import { eventReaders, type WebhookEvent } from '../../src/webhooks/registry.ts';
import { aMergeRequestPayload, aNotePayload, anIssue, aPush, aUser, onePayloadEach } from './payloads.ts';

function eventOf(payload: unknown): WebhookEvent {
  const parsed = parsePayload(JSON.stringify(payload));
  if (parsed.outcome !== 'event') throw new Error(JSON.stringify(parsed));
  return parsed.event;
}

describe('every kind of webhook event', () => {
  test.each(eventReaders.map(({ kind }) => kind))(
    '%s is known by its body alone, which is all that reaches a job: there are no headers',
    (kind) => {
      expect(eventOf(onePayloadEach[kind]).kind).toBe(kind);
    },
  );

  test.each([
    ['X-Gitlab-Event', 'Push Hook'],
    ['x-gitlab-event', 'Push Hook'],
    ['headers', { 'X-Gitlab-Event': 'Push Hook' }],
    // The trigger API writes these over those of the event.
    ['id', '9'],
    ['ref', 'main'],
    ['variables', {}],
  ])('what a body says as %s does not make it another event', (name, value) => {
    expect(eventOf({ ...onePayloadEach['note'], [name]: value }).kind).toBe('note');
  });

  test.each(Object.entries(onePayloadEach))(
    '%s: any field but ids may be missing, nothing throws',
    (_kind, payload) => {
      const outcomes = new Set<string>();
      for (const without of withoutEachField(payload))
        outcomes.add(parsePayload(JSON.stringify(without)).outcome);
      expect([...outcomes]).not.toContain('unreadable');
    },
  );

  test.each(Object.entries(onePayloadEach))(
    '%s: fields that are new to us do not matter',
    (kind, payload) => {
      expect(eventOf({ ...payload, brand_new: { a: [1] } }).kind).toBe(kind);
    },
  );
});

function* withoutEachField(value: unknown): Generator {
  if (typeof value !== 'object' || value === null) return;
  const entries = Object.entries(value);
  for (const [name, inner] of entries) {
    yield Object.fromEntries(entries.filter(([other]) => other !== name));
    for (const less of withoutEachField(inner)) yield { ...value, [name]: less };
  }
}

describe('what a webhook says happened to a merge request', () => {
  test.each([
    { name: 'opened', attributes: { action: 'open' }, actions: ['opened'] },
    { name: 'oldrev tells new commits from edits', attributes: { oldrev: 'abc' }, actions: ['new-commits'] },
    { name: 'ready by its flag', changes: { draft: { previous: true, current: false } }, actions: ['ready'] },
    {
      name: 'drafted: the title changes with the flag, and that is one thing',
      changes: {
        draft: { previous: false, current: true },
        title: { previous: 'x', current: 'Draft: x' },
      },
      actions: ['draft'],
    },
    {
      name: 'ready in old versions, which tell of the title only',
      changes: { title: { previous: 'WIP: x', current: 'x' } },
      actions: ['ready'],
    },
    { name: 'retitled', changes: { title: { previous: 'x', current: 'y' } }, actions: ['retitled'] },
    {
      name: 'labels',
      changes: { labels: { previous: [], current: [{ title: 'bug' }] } },
      actions: ['labels'],
    },
    { name: 'reviewers', changes: { reviewers: { previous: [], current: [aUser] } }, actions: ['reviewers'] },
    { name: 'one of several approvals', attributes: { action: 'approval' }, actions: ['approved'] },
    { name: 'the last approval needed', attributes: { action: 'approved' }, actions: ['approved'] },
    { name: 'merged', attributes: { action: 'merge', state: 'merged' }, actions: ['merged'] },
    { name: 'closed', attributes: { action: 'close' }, actions: ['closed'] },
    { name: 'an update that changed nothing is nothing', changes: {}, actions: [] },
    {
      name: 'times and the merge status alone are nothing',
      changes: { updated_at: { previous: 'a', current: 'b' }, merge_status: { previous: 'a', current: 'b' } },
      actions: [],
    },
    {
      name: 'the description is an edit',
      changes: { description: { previous: 'a', current: 'b' } },
      actions: ['edited'],
    },
    {
      name: 'a push and labels in one event are both',
      attributes: { oldrev: 'abc' },
      changes: { labels: { previous: [{ title: 'a' }], current: [] } },
      actions: ['new-commits', 'labels'],
    },
    { name: 'an action of a later version is nothing', attributes: { action: 'transmogrify' }, actions: [] },
    { name: 'a prototype key is no action', attributes: { action: 'constructor' }, actions: [] },
  ])('$name', ({ attributes = {}, changes = {}, actions }) => {
    expect(eventOf(aMergeRequestPayload(attributes, { changes }))).toMatchObject({ actions });
  });

  test('labels that came and went are told apart', () => {
    const changes = {
      labels: { previous: [{ title: 'a' }, { title: 'b' }], current: [{ title: 'b' }, { title: 'c' }] },
    };
    expect(eventOf(aMergeRequestPayload({}, { changes }))).toMatchObject({
      labelChange: { added: ['c'], removed: ['a'] },
    });
  });
});

describe('pushes of branches and tags', () => {
  const zeros = '0'.repeat(40);
  test.each([
    {
      name: 'a new branch',
      overrides: { before: zeros },
      expected: { change: 'created', branch: 'vouchers' },
    },
    { name: 'a deleted branch', overrides: { after: zeros }, expected: { change: 'deleted' } },
    {
      name: 'more commits than are told',
      overrides: { total_commits_count: 57 },
      expected: { totalCommits: 57 },
    },
    {
      name: 'a ref that the trigger API overwrote is not taken for the branch',
      overrides: { ref: 'main' },
      expected: { branch: null, after: '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2' },
    },
    {
      name: 'a ref that a webhook template saved is',
      overrides: { ref: 'main', herald_ref: 'refs/heads/a/b' },
      expected: { branch: 'a/b' },
    },
  ])('$name', ({ overrides, expected }) => {
    expect(eventOf(aPush(overrides))).toMatchObject(expected);
  });

  test('a tag has its name', () => {
    expect(eventOf(onePayloadEach['tag_push'])).toMatchObject({ tag: 'v1.0', change: 'created' });
  });
});

describe('confidential issues and internal notes are known as such', () => {
  test.each([
    { name: 'an issue by its flag', payload: anIssue({ confidential: true }) },
    { name: 'an issue by its event type', payload: anIssue({}, { event_type: 'confidential_issue' }) },
    { name: 'a note by its event type', payload: aNotePayload({}, { event_type: 'confidential_note' }) },
    { name: 'an internal note', payload: aNotePayload({ internal: true }) },
    {
      name: 'a note on a confidential issue',
      payload: aNotePayload(
        { noteable_type: 'Issue' },
        { merge_request: null, issue: { iid: 3, confidential: true } },
      ),
    },
    { name: 'a vulnerability always', payload: onePayloadEach['vulnerability'] },
  ])('$name', ({ payload }) => {
    expect(eventOf(payload).confidential).toBe(true);
  });

  test('an ordinary note is not', () => {
    expect(eventOf(aNotePayload()).confidential).toBe(false);
  });
});

describe('notes on merge requests, issues, commits and snippets', () => {
  test.each([
    { name: 'on a merge request', payload: aNotePayload(), expected: { noteable: 'merge_request', iid: 17 } },
    {
      name: 'on the diff, with file and line',
      payload: aNotePayload({ type: 'DiffNote', position: { new_path: 'a.ts', new_line: 3 } }),
      expected: { isDiffNote: true, position: { new_path: 'a.ts', new_line: 3 } },
    },
    {
      name: 'on a commit',
      payload: aNotePayload({ noteable_type: 'Commit' }, { merge_request: null, commit: { id: 'abc' } }),
      expected: { noteable: 'commit', commitSha: 'abc', iid: null },
    },
    { name: "GitLab's own", payload: aNotePayload({ system: true }), expected: { system: true } },
    { name: 'edited', payload: aNotePayload({ action: 'update' }), expected: { action: 'update' } },
    {
      name: 'of versions before 16.11, which do not say what was done',
      payload: aNotePayload({ action: undefined }),
      expected: { action: 'create' },
    },
  ])('$name', ({ payload, expected }) => {
    expect(eventOf(payload)).toMatchObject(expected);
  });
});

describe('the three ways in which GitLab writes times', () => {
  test.each([
    { written: '2013-12-03T17:23:34Z', instant: '2013-12-03T17:23:34.000Z' },
    { written: '2012-01-03T23:36:29+02:00', instant: '2012-01-03T21:36:29.000Z' },
    { written: '2016-08-12 15:23:28 UTC', instant: '2016-08-12T15:23:28.000Z' },
    { written: '2021-04-28 21:50:00 +0200', instant: '2021-04-28T19:50:00.000Z' },
    { written: 'yesterday', instant: null },
    { written: '2021-13-45 21:50:00 UTC', instant: null },
  ])('$written', ({ written, instant }) => {
    expect(instantOf(written)).toBe(instant);
  });

  test('every form of one instant is the same, whatever the zone', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.integer({ min: -12, max: 14 }),
        (date, hours) => {
          const whole = new Date(Math.floor(date.getTime() / 1000) * 1000);
          const local = new Date(whole.getTime() + hours * 3_600_000).toISOString().slice(0, 19);
          const zone = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}`;
          const forms = [
            `${local}${zone}:00`,
            `${local.replace('T', ' ')} ${zone}00`,
            `${whole.toISOString().slice(0, 19).replace('T', ' ')} UTC`,
          ];
          expect(new Set(forms.map(instantOf))).toEqual(new Set([whole.toISOString()]));
        },
      ),
    );
  });
});

describe('payloads that cannot be read or are of a kind that Herald does not know', () => {
  test.each([
    { name: 'nothing', text: '', reason: 'it is empty' },
    { name: 'cut for its size', text: '{"object_kind": "push", "comm', reason: 'ends too early' },
    {
      name: 'a dollar sign that was expanded',
      text: '{"object_kind": "note", "note": "costs "5" more"}',
      reason: 'a text with a dollar sign in it as a variable',
    },
    {
      name: 'a line break that was expanded',
      text: '{"object_kind": "note", "note": "two\nlines"}',
      reason: 'a text with a dollar sign in it as a variable',
    },
    { name: 'cut after a brace', text: '{"object_kind": "push", "a": {}', reason: 'ends too early' },
    { name: 'cut after white space', text: '{"object_kind": "push", ', reason: 'ends too early' },
    { name: 'cut in an escape', text: '{"object_kind": "pu\\', reason: 'ends too early' },
    { name: 'cut in a word', text: '{"system": fal', reason: 'ends too early' },
    { name: 'HTML', text: '<html><body>}</body></html>\n', reason: 'does not begin with a brace' },
    { name: 'YAML', text: 'object_kind: note', reason: 'does not begin with a brace' },
    { name: 'no quotation marks', text: '{object_kind: 1}', reason: 'breaks at character 2' },
    { name: 'two objects', text: '{"a":1}\n{"a":2}', reason: 'neither cut off nor expanded' },
    { name: 'a list', text: '[1]', reason: 'not a JSON object' },
  ])('$name is unreadable, with the likely cause', ({ text, reason }) => {
    const parsed = parsePayload(text);
    expect(parsed.outcome === 'unreadable' && parsed.reason).toContain(reason);
  });

  test('every beginning of a payload is known to be cut, and by its size only where it is large', () => {
    const whole = JSON.stringify({ a: [1.5e3, true, null, 'x\n"'], b: { c: -2 } });
    for (let length = 1; length < whole.length; length += 1) {
      const parsed = parsePayload(whole.slice(0, length));
      expect(parsed.outcome === 'unreadable' && parsed.reason, whole.slice(0, length)).toMatch(/cut off$/);
    }
    const large = parsePayload(`{"note":"${'x'.repeat(130_000)}`);
    expect(large.outcome === 'unreadable' && large.reason).toMatch(/cut off, probably because of its size$/);
  });

  test.each([
    { name: 'a kind of a later version', payload: { object_kind: 'hologram' }, kind: 'hologram' },
    { name: 'no kind', payload: { hello: 1 }, kind: 'none' },
    { name: 'a prototype key', payload: { object_kind: '__proto__' }, kind: 'nameless' },
    { name: 'a very long kind', payload: { object_kind: 'x'.repeat(500) }, kind: 'nameless' },
    { name: 'what is no name of an event', payload: { object_kind: 'glpat-CANARY' }, kind: 'nameless' },
  ])('$name is unknown, which is no error', ({ payload, kind }) => {
    expect(parsePayload(JSON.stringify(payload))).toEqual({ outcome: 'unknown', kind });
  });

  test('a merge request without its number is malformed, and the field is named', () => {
    expect(parsePayload(JSON.stringify(aMergeRequestPayload({ iid: 'x' })))).toMatchObject({
      outcome: 'malformed',
      reason: expect.stringContaining('object_attributes.iid') as string,
    });
  });

  test('any JSON at all ends in an outcome', () => {
    const kinds = fc.constantFrom(
      ...eventReaders.flatMap(({ objectKinds, eventNames }) => [...objectKinds, ...eventNames]),
    );
    fc.assert(
      fc.property(
        kinds,
        fc.dictionary(
          fc.constantFrom(
            'object_attributes',
            'user',
            'project',
            'changes',
            'commits',
            'project_id',
            'labels',
            'event_name',
          ),
          fc.jsonValue(),
        ),
        (kind, rest) => {
          expect(['event', 'malformed', 'unknown']).toContain(
            parsePayload(JSON.stringify({ ...rest, object_kind: kind })).outcome,
          );
        },
      ),
    );
  });

  test('values of pipeline variables are never kept: they may be secrets', () => {
    expect(JSON.stringify(eventOf(onePayloadEach['pipeline']))).not.toContain('canary');
  });
});
