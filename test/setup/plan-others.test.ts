import { describe, expect, test } from 'vitest';
import type { Label, ProjectVariable, Schedule } from '../../src/model/setup.ts';
import { hookDescription, readTriggerDescription, secretDescription } from '../../src/setup/markers.ts';
import { ownLabels, planLabels } from '../../src/setup/plan-labels.ts';
import { planQueue } from '../../src/setup/plan-queue.ts';
import { planRemovalOfBot, planRemovalOfLabels, planRemovalOfWebhook } from '../../src/setup/plan-removal.ts';
import { planSchedule, sweepSchedule } from '../../src/setup/plan-schedule.ts';
import { bot } from './bot-project-state.ts';
import { aTrigger, aWebhook, inShort, wanted, watched } from './builders.ts';

describe('labels', () => {
  test.each<[string, readonly Label[], readonly string[]]>([
    ['are all made where there are none', [], ownLabels.map(({ name }) => name)],
    ['are let be where they are', ownLabels, []],
    [
      'are let be whatever they look like: that is the project’s business',
      ownLabels.map(({ name }) => ({ name, color: '#000000', description: 'ours' })),
      [],
    ],
    [
      'are made as far as they are missing',
      ownLabels.slice(1),
      ownLabels.slice(0, 1).map(({ name }) => name),
    ],
    [
      'are told apart by case, as GitLab does',
      [{ name: 'Tests::failing', color: '#000000', description: '' }, ...ownLabels.slice(1)],
      ['tests::failing'],
    ],
  ])('%s', (_name, found, made) => {
    const changes = planLabels(found, watched);
    expect(changes.map((change) => change.do === 'make-label' && change.label.name)).toEqual(made);
  });

  test.each<[string, Label, boolean]>([
    ['that setup made goes', ownLabels[0] ?? { name: '', color: '', description: '' }, true],
    [
      'that somebody described anew stays',
      { name: 'tests::failing', color: '#dc143c', description: 'Ours now' },
      false,
    ],
    [
      'of another name stays, even with the mark',
      { name: 'mine', color: '#dc143c', description: 'Mine (herald setup)' },
      false,
    ],
  ])('one %s', (_name, label, goes) => {
    expect(inShort(planRemovalOfLabels([label], watched))).toHaveLength(goes ? 1 : 0);
  });
});

describe('the queue', () => {
  const name = 'herald-bot';
  test.each<[string, readonly [string, string][], readonly string[], number]>([
    ['is let be when it works in order', [[name, 'oldest_first']], [], 0],
    ['is set to work in order', [[name, 'unordered']], ['set-process-mode herald-bot'], 0],
    [
      'has others below it, which are set, too',
      [
        [`${name}/42/7`, 'unordered'],
        [`${name}-43`, 'newest_first'],
      ],
      ['set-process-mode herald-bot/42/7', 'set-process-mode herald-bot-43'],
      0,
    ],
    ['is none of those that only begin like it', [['herald-bottle', 'unordered']], [], 1],
    ['is not there before the first job, which is said', [], [], 1],
  ])('%s', (_name, found, changes, advice) => {
    const plan = planQueue(
      found.map(([key, processMode]) => ({ key, processMode })),
      { bot, name },
    );
    expect(inShort(plan.changes)).toEqual(changes);
    expect(plan.advice).toHaveLength(advice);
  });
});

describe('the schedule', () => {
  const schedule = sweepSchedule('main', '*/15 * * * *');
  const one: Schedule = { id: 3, ownerId: 70, nextRunAt: null, ...schedule };

  test.each<[string, readonly Schedule[], readonly string[], boolean?]>([
    ['is made where there is none', [], ['make-schedule']],
    ['is made beside those of others', [{ ...one, description: 'nightly' }], ['make-schedule']],
    ['is let be when it is right', [one], []],
    ['is let be when it is somebody else’s and right', [{ ...one, ownerId: 71, nextRunAt: null }], []],
    ['is switched on', [{ ...one, active: false }], ['change-schedule 3 active'], false],
    ['gets its time', [{ ...one, cron: '0 0 * * *' }], ['change-schedule 3 cron'], false],
    [
      'gets its branch and time zone',
      [{ ...one, ref: 'old', timezone: 'Berlin' }],
      ['change-schedule 3 ref,timezone'],
      false,
    ],
    ['gets its variable', [{ ...one, variables: {} }], ['change-schedule 3 HERALD_SWEEP'], false],
    ['keeps variables of others', [{ ...one, variables: { ...one.variables, MINE: '1' } }], []],
    [
      'is taken over to be changed when it is somebody else’s',
      [{ ...one, ownerId: 71, nextRunAt: null, active: false }],
      ['change-schedule 3 active'],
      true,
    ],
    [
      'is taken over when its owner is gone, since GitLab runs it no more',
      [{ ...one, ownerId: null, nextRunAt: null }],
      ['change-schedule 3 owner'],
      true,
    ],
    ['is there once', [one, { ...one, id: 4 }], ['delete-schedule 4']],
  ])('%s', (_name, found, done, takeOver) => {
    const changes = planSchedule(found, { bot, wanted: schedule, userId: 70 });
    expect(inShort(changes)).toEqual(done);
    if (takeOver !== undefined) expect(changes[0]).toMatchObject({ takeOver });
  });
});

describe('removal', () => {
  const { url } = wanted;
  const byHand = aWebhook(2, 0, { description: 'mine', url: 'https://chat.example.com/hook' });
  const ofOther = aWebhook(3, 0, { description: hookDescription(8, 1), url: url.replace('/9/', '/8/') });

  test('takes the webhooks and tokens that setup made, and nothing of anybody else', () => {
    const triggers = [
      aTrigger(5),
      aTrigger(6, { description: 'mine' }),
      aTrigger(7, { description: aTrigger(7).description.replace('100', '101') }),
    ];
    expect(readTriggerDescription(triggers[2]?.description ?? '')).toBe(101);
    const hooks = [aWebhook(1, 5), byHand, ofOther];
    expect(inShort(planRemovalOfWebhook({ watched, bot, hooks, triggers, url }))).toEqual([
      'delete-webhook 1',
      'delete-trigger 5',
    ]);
  });

  test('takes one whose description was emptied, by its address', () => {
    const hooks = [aWebhook(1, 5, { description: null })];
    expect(inShort(planRemovalOfWebhook({ watched, bot, hooks, triggers: [], url }))).toEqual([
      'delete-webhook 1',
    ]);
  });

  const fingerprint = 'a'.repeat(16);
  const variable = (takenOver: boolean | null): ProjectVariable => ({
    key: 'HERALD_TOKEN',
    value: null,
    protected: true,
    masked: true,
    hidden: true,
    description: takenOver === null ? 'mine' : secretDescription({ fingerprint, takenOver, token: null }),
  });
  const sweep = { id: 3, description: sweepSchedule('main', '0 * * * *').description };

  test.each<[string, Partial<Parameters<typeof planRemovalOfBot>[0]>, readonly string[], readonly RegExp[]]>([
    ['nothing there', {}, [], []],
    ['the variable that setup made', { variable: variable(false) }, ['delete-variable HERALD_TOKEN'], []],
    ['one that somebody else made', { variable: variable(null) }, [], [/did not create it/]],
    ['one that setup took over', { variable: variable(true) }, [], [/somebody else created it/]],
    [
      'its schedule, and no other',
      { schedules: [sweep, { id: 4, description: 'nightly' }] },
      ['delete-schedule 3'],
      [],
    ],
    [
      'what a run that broke off had set aside',
      { variable: variable(false), aside: variable(false) },
      ['delete-variable HERALD_TOKEN', 'delete-variable HERALD_TOKEN'],
      [],
    ],
    [
      'what was set aside of one that was taken over: it is put back',
      { aside: variable(true) },
      ['place-variable HERALD_TOKEN'],
      [/somebody else created it/],
    ],
    [
      'what others keep at that place stays',
      { variable: variable(false), aside: variable(null) },
      ['delete-variable HERALD_TOKEN'],
      [],
    ],
  ])('of the bot’s project: %s', (_name, found, done, advice) => {
    const plan = planRemovalOfBot({ bot, variable: null, aside: null, schedules: [], ...found });
    expect(inShort(plan.changes)).toEqual(done);
    expect(plan.advice).toEqual(advice.map((words) => expect.stringMatching(words) as string));
  });
});
