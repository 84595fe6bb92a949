import { expect, test } from 'vitest';
import type { ChangeOf, SetupChange } from '../../src/setup/change.ts';
import { describeChanges } from '../../src/setup/describe-change.ts';
import { bot } from './bot-project-state.ts';
import { wanted, watched } from './builders.ts';

const differences = [
  { name: 'note_events', from: 'off', to: 'on' },
  { name: 'name', from: 'none', to: 'Herald' },
];
const schedule = {
  description: 'Herald: sweep',
  ref: 'main',
  cron: '0 * * * *',
  timezone: 'UTC',
  active: true,
  variables: {},
};
const before = { id: 3, ownerId: 70, nextRunAt: null, ...schedule };
const label = (name: string): SetupChange => ({
  do: 'make-label',
  in: watched,
  label: { name, color: '#009966', description: '' },
});
const secret = (overrides: Partial<ChangeOf<'set-secret'>> = {}): SetupChange => ({
  do: 'set-secret',
  in: bot,
  key: 'HERALD_TOKEN',
  fingerprint: 'a'.repeat(16),
  protected: true,
  how: 'make',
  takenOver: false,
  why: 'there is none',
  ...overrides,
});
const hook = { ...wanted, description: '' };
const silent = { ...wanted, switches: { note_events: false } };
const unknown = { ...wanted, switches: { brand_new_events: true } };

test.each<[readonly SetupChange[], readonly string[]]>([
  [[], []],
  [
    [{ do: 'make-webhook', in: watched, hook: wanted, replaces: null, why: 'there is none' }],
    ['+ webhook with a trigger token of its own, for comments, merge requests'],
  ],
  [
    [{ do: 'make-webhook', in: watched, hook: silent, replaces: 4, why: 'its address is not the right one' }],
    [
      '~ webhook 4 is replaced by one with a trigger token of its own, for no events: its address is not the right one',
    ],
  ],
  [
    [{ do: 'make-webhook', in: watched, hook: unknown, replaces: null, why: '' }],
    ['+ webhook with a trigger token of its own, for brand_new'],
  ],
  [
    [{ do: 'change-webhook', in: watched, id: 4, hook, differences }],
    ['~ webhook 4: note_events off → on; name none → Herald'],
  ],
  [
    [{ do: 'delete-webhook', in: watched, id: 4, why: 'it is a second one' }],
    ['- webhook 4: it is a second one'],
  ],
  [
    [{ do: 'delete-trigger', in: bot, id: 5, why: 'no webhook uses it any more' }],
    ['- trigger token 5 in shop/herald-bot: no webhook uses it any more'],
  ],
  [[secret()], ['+ variable HERALD_TOKEN, masked, hidden and protected: there is none']],
  [[secret({ protected: false })], ['+ variable HERALD_TOKEN, masked and hidden: there is none']],
  [
    [secret({ how: 'write', takenOver: true, why: 'another token was given' })],
    [
      '~ variable HERALD_TOKEN, masked and protected: another token was given (somebody else made it: --remove will leave it)',
    ],
  ],
  [
    [secret({ how: 'write', protected: false, why: 'it is not masked' })],
    ['~ variable HERALD_TOKEN, masked: it is not masked'],
  ],
  [
    [secret({ how: 'make-anew', why: 'it is not hidden' })],
    ['~ variable HERALD_TOKEN is created again, masked, hidden and protected: it is not hidden'],
  ],
  [
    [{ do: 'delete-variable', in: bot, key: 'HERALD_TOKEN', place: 'everywhere' }],
    ['- variable HERALD_TOKEN'],
  ],
  [
    [{ do: 'delete-variable', in: bot, key: 'HERALD_TOKEN', place: 'aside' }],
    ['- variable HERALD_TOKEN, set aside by an interrupted run'],
  ],
  [
    [{ do: 'place-variable', in: bot, key: 'HERALD_TOKEN' }],
    ['~ variable HERALD_TOKEN, set aside by an interrupted run, takes its place'],
  ],
  [[{ do: 'make-schedule', in: bot, schedule }], ['+ schedule "0 * * * *" on main: Herald: sweep']],
  [
    [{ do: 'change-schedule', in: bot, before, schedule, takeOver: false, differences }],
    ['~ schedule 3: note_events off → on; name none → Herald'],
  ],
  [
    [{ do: 'change-schedule', in: bot, before, schedule, takeOver: true, differences: [] }],
    ['~ schedule 3 is taken over: '],
  ],
  [
    [{ do: 'delete-schedule', in: bot, id: 3, why: 'it is a second one' }],
    ['- schedule 3: it is a second one'],
  ],
  [
    [{ do: 'set-process-mode', in: bot, key: 'herald-bot', from: 'unordered', to: 'oldest_first' }],
    ['~ resource group herald-bot: unordered → oldest_first'],
  ],
  [[label('a')], ['+ label a']],
  [
    [
      label('a'),
      { do: 'delete-webhook', in: watched, id: 4, why: 'x' },
      { do: 'delete-label', in: watched, name: 'c' },
      label('b'),
      { do: 'delete-label', in: watched, name: 'd' },
    ],
    ['- webhook 4: x', '+ labels a, b', '- labels c, d'],
  ],
])('%#: changes are told in words', (changes, lines) => {
  expect(describeChanges(changes).map(({ sign, text }) => `${sign} ${text}`)).toEqual(lines);
});
