import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { occurrenceOf } from '../../src/bot/occurrence.ts';
import { deliveryOf, mayComeFrom } from '../../src/receiver/delivery.ts';
import { parsePayload } from '../../src/webhooks/parse-payload.ts';

const change = fc.constantFrom<object>(
  {},
  { title: { previous: 'Draft: a', current: 'a' } },
  { labels: { previous: [], current: [{ title: 'x' }] } },
  { description: { previous: 'a', current: 'b' } },
  { reviewers: { previous: [], current: [{ id: 7 }] } },
);

const payload = fc.record({
  object_kind: fc.constantFrom('merge_request', 'issue'),
  user: fc.record({ id: fc.constantFrom(1, 2) }),
  project: fc.constant({ id: 42, path_with_namespace: 'shop/till' }),
  object_attributes: fc.record({
    id: fc.constant(1),
    iid: fc.constantFrom(7, 8),
    action: fc.constantFrom('open', 'update', 'close', 'reopen', 'merge', 'approved'),
    oldrev: fc.constantFrom(null, 'a1'.repeat(20)),
    target_project_id: fc.constant(42),
    title: fc.string(),
  }),
  changes: change,
});

function deliveryIn(given: object): ReturnType<typeof deliveryOf> {
  return deliveryOf('id', parsePayload(JSON.stringify(given)));
}

test('row 120: an event makes another needless only where rules hear the very same of both', () => {
  let same = 0;
  fc.assert(
    fc.property(payload, payload, (older, newer) => {
      const [one, other] = [older, newer].map(deliveryIn);
      if (one === undefined || one.meaning === null || one.meaning !== other?.meaning) return;
      same += 1;
      const [heard, again] = [older, newer].map((given) => {
        const parsed = parsePayload(JSON.stringify(given));
        return parsed.outcome === 'event' ? occurrenceOf(parsed.event) : null;
      });
      expect(again).toEqual(heard);
    }),
    { numRuns: 5_000, seed: 1 },
  );
  expect(same).toBeGreaterThan(20);
});

test.each<readonly [string, object]>([
  [
    'a comment',
    {
      object_kind: 'note',
      object_attributes: { id: 1, note: '/herald help', noteable_type: 'MergeRequest' },
      merge_request: { iid: 7 },
    },
  ],
  [
    'a label',
    {
      object_kind: 'merge_request',
      object_attributes: { id: 1, iid: 7, action: 'update' },
      changes: { labels: { previous: [], current: [{ title: 'x' }] } },
    },
  ],
  ['a push', { object_kind: 'push', ref: 'refs/heads/main', before: '0'.repeat(40), after: 'a1'.repeat(20) }],
  ['a pipeline', { object_kind: 'pipeline', object_attributes: { id: 1, status: 'failed' } }],
  ['a job', { object_kind: 'build', build_id: 1, build_status: 'failed' }],
])('row 120: %s always counts', (_what, given) => {
  const whole = { user: { id: 1 }, project_id: 42, project: { id: 42 }, ...given };
  expect(deliveryIn(whole)).toMatchObject({ project: 42, meaning: null });
});

describe('row 83: whether a delivery may come from the bot’s own project', () => {
  const from = (id: number, path: string | null) =>
    deliveryIn({
      object_kind: 'build',
      build_id: 1,
      project_id: id,
      project: { id, path_with_namespace: path },
    });

  test.each<readonly [number, string | null, number | string, boolean]>([
    [9, 'shop/bot', 9, true],
    [42, 'shop/till', 9, false],
    [9, 'shop/bot', 'shop/bot', true],
    [9, 'Shop/Bot', 'shop/bot', true],
    [42, 'shop/till', 'shop/bot', false],
    [42, null, 'shop/bot', true],
  ])('project %s, %s against %s: %s', (id, path, own, expected) => {
    expect(mayComeFrom(from(id, path), own)).toBe(expected);
  });
});

test('of names that are longer than any of GitLab a part is kept, and two of them stay two', () => {
  const long = 'x'.repeat(300_000);
  const about = (end: string): ReturnType<typeof deliveryOf> =>
    deliveryIn({
      object_kind: 'push',
      project_id: 42,
      ref: `refs/heads/${long}${end}`,
      project: { id: 42, path_with_namespace: `${long}${end}` },
    });
  const [one, other] = [about('a'), about('b')];
  expect(JSON.stringify(one).length).toBeLessThan(3_000);
  expect(one.object).not.toBe(other.object);
  expect(one.path).not.toBe(other.path);
  expect(about('a')).toEqual(one);
});
