import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Trigger, Webhook } from '../../src/model/setup.ts';
import { hookDescription } from '../../src/setup/markers.ts';
import { planWebhook, type WebhookSituation } from '../../src/setup/plan-webhook.ts';
import { bot } from './bot-project-state.ts';
import { aTrigger, aWebhook, inShort, wanted, watched } from './builders.ts';

function plan(
  hooks: readonly Webhook[],
  triggers: readonly Trigger[],
  overrides: Partial<WebhookSituation> = {},
): ReturnType<typeof planWebhook> {
  const now = new Date('2026-03-04T10:00:00Z');
  const world = { wanted, watched, bot, staleOwners: new Set<number>(), now, rotate: false };
  return planWebhook({ ...world, hooks, triggers, ...overrides });
}

const foreignHook = aWebhook(3, 0, {
  description: 'mine',
  url: wanted.url.replace('{herald_token}', '{other}'),
  urlVariables: ['other'],
});
const hookOfOtherBot = aWebhook(3, 0, {
  description: hookDescription(8, 1),
  url: wanted.url.replace('/9/', '/8/'),
});
const twoOfEach: [Webhook[], Trigger[]] = [
  [aWebhook(1, 5), aWebhook(2, 6)],
  [aTrigger(5), aTrigger(6)],
];
const rotate = { rotate: true };

describe('what is done', () => {
  const replaced = ['make-webhook for 1', 'delete-trigger 5'];
  test.each<[string, readonly Webhook[], readonly Trigger[], readonly string[], Partial<WebhookSituation>?]>([
    ['nothing, to one that is right', [aWebhook(1, 5)], [aTrigger(5)], []],
    ['one is made where there is none', [], [], ['make-webhook']],
    ['a token whose webhook never came goes', [], [aTrigger(5)], ['make-webhook', 'delete-trigger 5']],
    [
      'of two that work the one with the newer token stays: the rotation had not yet deleted the other',
      ...twoOfEach,
      ['delete-webhook 1', 'delete-trigger 5'],
    ],
    [
      'the newer token counts, not the newer webhook',
      [aWebhook(1, 6), aWebhook(2, 5)],
      [aTrigger(5), aTrigger(6)],
      ['delete-webhook 2', 'delete-trigger 5'],
    ],
    [
      'a newer one that cannot work gives way, and no older token stays: it was the one to be replaced',
      [aWebhook(1, 5), aWebhook(2, 6, { urlVariables: [] })],
      [aTrigger(5), aTrigger(6)],
      ['make-webhook for 1', 'delete-webhook 2', 'delete-trigger 5', 'delete-trigger 6'],
    ],
    [
      'a newer token without a webhook is what is left of a rotation, which is finished',
      [aWebhook(1, 5)],
      [aTrigger(5), aTrigger(6)],
      ['make-webhook for 1', 'delete-trigger 5', 'delete-trigger 6'],
    ],
    [
      'an older token without a webhook only goes',
      [aWebhook(2, 6)],
      [aTrigger(5), aTrigger(6)],
      ['delete-trigger 5'],
    ],
    ['a rotation replaces one that works', [aWebhook(1, 5)], [aTrigger(5)], replaced, rotate],
    [
      'a rotation after one that broke off leaves none of the old',
      ...twoOfEach,
      ['make-webhook for 2', 'delete-webhook 1', 'delete-trigger 5', 'delete-trigger 6'],
      rotate,
    ],
    ['one without its token is replaced', [aWebhook(1, 5)], [], ['make-webhook for 1']],
    ['one whose owner is gone', [aWebhook(1, 5)], [aTrigger(5, { owner: null })], replaced],
    [
      'one whose owner is blocked',
      [aWebhook(1, 5)],
      [aTrigger(5, { owner: { id: 70, username: 'maria', active: false } })],
      replaced,
    ],
    [
      'one whose owner lost the role',
      [aWebhook(1, 5)],
      [aTrigger(5)],
      replaced,
      { staleOwners: new Set([70]) },
    ],
    [
      'one that has expired',
      [aWebhook(1, 5)],
      [aTrigger(5, { expiresAt: '2026-03-04T10:00:00Z' })],
      replaced,
    ],
    [
      'not one that expires later',
      [aWebhook(1, 5)],
      [aTrigger(5, { expiresAt: '2026-03-04T10:00:01Z' })],
      [],
    ],
    [
      'one for another branch',
      [aWebhook(1, 5, { url: wanted.url.replace('main', 'old') })],
      [aTrigger(5)],
      replaced,
    ],
    [
      'one that was sent elsewhere',
      [aWebhook(1, 5, { url: 'https://evil.example.com/x' })],
      [aTrigger(5)],
      replaced,
    ],
    ['one whose masked part is lost', [aWebhook(1, 5, { urlVariables: [] })], [aTrigger(5)], replaced],
    [
      'a description that was emptied is put back',
      [aWebhook(1, 5, { description: '' })],
      [aTrigger(5)],
      ['change-webhook 1 description'],
    ],
    [
      'a webhook that no longer says its token is replaced when it could be either of two',
      [aWebhook(1, 5, { description: '' })],
      [aTrigger(5), aTrigger(6)],
      ['make-webhook for 1', 'delete-trigger 5', 'delete-trigger 6'],
    ],
    [
      'what an older GitLab does not know is let be',
      [aWebhook(1, 5, { name: null, description: null, template: null })],
      [aTrigger(5)],
      [],
    ],
    [
      'switches are put right',
      [aWebhook(1, 5, { switches: { ...wanted.switches, pipeline_events: true, note_events: false } })],
      [aTrigger(5)],
      ['change-webhook 1 note_events,pipeline_events'],
    ],
    ['the webhook of another bot is left alone', [aWebhook(1, 5), hookOfOtherBot], [aTrigger(5)], []],
    [
      'a token that people made is left alone',
      [aWebhook(1, 5)],
      [aTrigger(5), aTrigger(7, { description: 'mine' })],
      [],
    ],
    [
      'the token of another project is left alone',
      [aWebhook(1, 5)],
      [aTrigger(5), aTrigger(7, { description: aTrigger(7).description.replace('100', '101') })],
      [],
    ],
  ])('%s', (_name, hooks, triggers, done, overrides) => {
    expect(inShort(plan(hooks, triggers, overrides).changes)).toEqual(done);
  });
});

test.each<[string, readonly Webhook[], RegExp]>([
  [
    'a webhook by hand for the same bot',
    [aWebhook(1, 5), foreignHook],
    /webhook 3 .*each event arrives twice/,
  ],
  ['one that is switched off', [aWebhook(1, 5, { state: 'off' })], /off until a test succeeds/],
  ['one that is paused', [aWebhook(1, 5, { state: 'paused' })], /off for a while/],
  ['an event that this GitLab does not know', [aWebhook(1, 5, { switches: {} })], /knows no note_events/],
])('advice is given on %s', (_name, hooks, words) => {
  const { advice } = plan(hooks, [aTrigger(5)]);
  expect(advice).toHaveLength(1);
  expect(advice.join('\n')).toMatch(words);
});

/** What GitLab has after the changes, when they all go well. */
function after(
  hooks: readonly Webhook[],
  triggers: readonly Trigger[],
  overrides: Partial<WebhookSituation>,
): [readonly Webhook[], readonly Trigger[]] {
  let [left, tokens] = [hooks, triggers];
  for (const change of plan(hooks, triggers, overrides).changes) {
    if (change.do === 'make-webhook') {
      left = [...left.filter(({ id }) => id !== change.replaces), aWebhook(1_000, 1_000)];
      tokens = [...tokens, aTrigger(1_000)];
    }
    if (change.do === 'change-webhook')
      left = left.map((hook) => (hook.id === change.id ? { ...hook, ...change.hook } : hook));
    if (change.do === 'delete-webhook') left = left.filter(({ id }) => id !== change.id);
    if (change.do === 'delete-trigger') tokens = tokens.filter(({ id }) => id !== change.id);
  }
  return [left, tokens];
}

test('whatever is found, one webhook with the newest token is left, and a second plan is empty', () => {
  const someHook = fc
    .record({ id: fc.integer({ min: 1, max: 9 }), token: fc.integer({ min: 1, max: 9 }), flaw: fc.nat(4) })
    .map(({ id, token, flaw }) =>
      aWebhook(
        id,
        token,
        [{}, {}, { urlVariables: [] }, { url: 'https://else.example.com' }, { description: '' }][flaw],
      ),
    );
  const someTrigger = fc
    .record({ id: fc.integer({ min: 1, max: 9 }), gone: fc.boolean() })
    .map(({ id, gone }) => aTrigger(id, gone ? { owner: null } : {}));
  const situation = fc.tuple(
    fc.uniqueArray(someHook, { selector: ({ id }) => id, maxLength: 4 }),
    fc.uniqueArray(someTrigger, { selector: ({ id }) => id, maxLength: 4 }),
    fc.boolean(),
  );
  fc.assert(
    fc.property(situation, ([hooks, triggers, isRotated]) => {
      const [left, tokens] = after(hooks, triggers, { rotate: isRotated });
      const newest = Math.max(0, ...triggers.map(({ id }) => id));
      expect(left).toHaveLength(1);
      expect(tokens).toHaveLength(1);
      expect(left[0]?.description).toBe(hookDescription(bot.id, tokens[0]?.id ?? 0));
      expect(tokens[0]?.id).toBeGreaterThanOrEqual(newest);
      expect(plan(left, tokens).changes).toEqual([]);
    }),
  );
});
