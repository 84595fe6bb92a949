import { describe, expect, test } from 'vitest';
import type { ProjectSettings } from '../../src/model/setup.ts';
import { findQuickActions } from '../../src/render/markdown/find-quick-actions.ts';
import { renderMarkdown } from '../../src/render/markdown/render-markdown.ts';
import type { SetupChange } from '../../src/setup/change.ts';
import type { Unseen } from '../../src/setup/instruction-step.ts';
import { setupInstructions } from '../../src/setup/instructions.ts';
import { parsedByGitLab, referencesIn } from '../render/gitlab-view.ts';
import { bot } from './bot-project-state.ts';
import { wanted, watched } from './builders.ts';

function aProject({ id, path }: { readonly id: number; readonly path: string }): ProjectSettings {
  return {
    id,
    path,
    url: `https://git.example.com/${path}`,
    defaultBranch: 'main',
    archived: false,
    pendingDeletion: false,
    ciEnabled: true,
    minimumOverrideRole: null,
  };
}

function write(
  changes: readonly SetupChange[],
  {
    unseen = [],
    advice = [],
  }: { readonly unseen?: readonly Unseen[]; readonly advice?: readonly string[] } = {},
): { readonly text: string; readonly isCertain: boolean } {
  const written = setupInstructions({
    plan: { changes, advice },
    unseen: new Set(unseen),
    bot,
    apiUrl: 'https://git.example.com/api/v4',
    projects: [aProject(bot), aProject(watched)],
    command: 'herald setup --watch shop/checkout',
  });
  if (written === null) throw new Error('there is nothing to do');
  return { text: renderMarkdown(written.document), isCertain: written.isCertain };
}

const schedule = {
  description: 'Herald: sweep',
  ref: 'main',
  cron: '0 * * * *',
  timezone: 'UTC',
  active: true,
  variables: { HERALD_SWEEP: 'true' },
};
const before = { id: 3, ownerId: 70, nextRunAt: null, ...schedule };
const secret = { do: 'set-secret', in: bot, key: 'HERALD_TOKEN', fingerprint: '', takenOver: false } as const;
const hook = { ...wanted, description: '' };
const pushing = {
  ...wanted,
  switches: { ...wanted.switches, push_events: true },
  branchFilter: 'main*',
  sslVerification: false,
  template: '',
};

describe('the instructions tell each change as a step on a page of GitLab', () => {
  test.each<[string, SetupChange, readonly string[], readonly string[]]>([
    [
      'a webhook that listens to pushes of some branches, unchecked and without a template',
      { do: 'make-webhook', in: watched, hook: pushing, replaces: null, why: '' },
      ['**Push events**', 'wildcard pattern `main*`', 'Untick SSL verification'],
      ['Custom webhook template', 'take the tick off push events'],
    ],
    [
      'a webhook that takes the place of another',
      { do: 'make-webhook', in: watched, hook: wanted, replaces: 4, why: 'its address is not the right one' },
      [
        'Replace webhook 4 (its address is not the right one)',
        'delete webhook 4 and revoke the trigger token it had',
      ],
      [],
    ],
    [
      'a webhook that is to be another',
      {
        do: 'change-webhook',
        in: watched,
        id: 4,
        hook,
        differences: [{ name: 'note_events', from: 'off', to: 'on' }],
      },
      ['Change webhook 4', '`note_events`: `off` → `on`', 'https://git.example.com/shop/checkout/-/hooks'],
      ['Custom webhook template'],
    ],
    [
      'a webhook whose template is to be another, with all of it',
      {
        do: 'change-webhook',
        in: watched,
        id: 4,
        hook: { ...hook, template: '{"x":1}' },
        differences: [{ name: 'template', from: 'none', to: '{' }],
      },
      ['Custom webhook template', '{"x":1}'],
      [],
    ],
    [
      'a second webhook',
      { do: 'delete-webhook', in: watched, id: 4, why: 'it is a second one' },
      ['Delete webhook 4'],
      [],
    ],
    [
      'a token that nobody needs',
      { do: 'delete-trigger', in: bot, id: 5, why: 'no webhook uses it any more' },
      ['Revoke trigger token 5', 'https://git.example.com/shop/herald-bot/-/settings/ci_cd'],
      [],
    ],
    [
      'a new variable',
      { ...secret, how: 'make', protected: true, why: 'there is none' },
      ['Add the variable HERALD', 'masked and hidden', 'Protect variable: on'],
      ['(there is none)'],
    ],
    [
      'a variable that is not protected',
      { ...secret, how: 'write', protected: false, why: 'it is not masked' },
      ['Visibility: masked.', 'Protect variable: off'],
      ['hidden'],
    ],
    [
      'a variable that can be read',
      { ...secret, how: 'make-anew', protected: true, why: 'it is not hidden' },
      ['Have the token ready, then delete the variable', 'masked and hidden'],
      [],
    ],
    [
      'a variable that was left aside',
      { do: 'place-variable', in: bot, key: 'HERALD_TOKEN' },
      ['for the environment `herald-setup`', 'set it to all environments'],
      [],
    ],
    [
      'a variable that was left beside another',
      { do: 'delete-variable', in: bot, key: 'HERALD_TOKEN', place: 'aside' },
      ['delete it, and keep the one for all environments'],
      [],
    ],
    [
      'a schedule',
      { do: 'make-schedule', in: bot, schedule },
      ['custom, `0 * * * *`', '`HERALD_SWEEP` with the value `true`', '/-/pipeline_schedules'],
      [],
    ],
    [
      'a schedule of somebody else',
      {
        do: 'change-schedule',
        in: bot,
        before,
        schedule,
        takeOver: true,
        differences: [
          { name: 'owner', from: 'none', to: 'you' },
          { name: 'cron', from: '1', to: '2' },
        ],
      },
      ['Take ownership of the schedule first', '`cron`: `1` → `2`'],
      ['`owner`'],
    ],
    [
      'a second schedule',
      { do: 'delete-schedule', in: bot, id: 4, why: 'it is a second one' },
      ['Delete schedule 4'],
      [],
    ],
    [
      'a queue, which has no page',
      { do: 'set-process-mode', in: bot, key: 'herald/bot', from: 'unordered', to: 'oldest_first' },
      [
        '`PUT https://git.example.com/api/v4/projects/9/resource_groups/herald%2Fbot`',
        '`process_mode=oldest_first`',
      ],
      [],
    ],
    [
      'a label',
      {
        do: 'make-label',
        in: watched,
        label: { name: 'tests::failing', color: '#dc143c', description: 'Tests | fail' },
      },
      ['`tests::failing`', '`#dc143c`'],
      [],
    ],
  ])('%s', (_name, change, parts, others) => {
    const { text } = write([change]);
    for (const part of parts) expect(text.replaceAll('\\', '')).toContain(part);
    for (const part of others) expect(text.replaceAll('\\', '')).not.toContain(part);
  });
});

const webhook: SetupChange = { do: 'delete-webhook', in: watched, id: 4, why: 'it is a second one' };
const token: SetupChange = { do: 'delete-trigger', in: bot, id: 5, why: 'old' };

test('steps are numbered in order, what is to be known stands after them', () => {
  const { text } = write([webhook, token], { advice: ['the branch is not protected'] });
  expect(text).toMatch(
    /### 1\. Delete webhook 4.*### 2\. Revoke trigger token 5.*### To know.*not protected/s,
  );
});

test.each<[readonly Unseen[], boolean, number]>([
  [[], true, 0],
  [['webhooks'], true, 1],
  [['webhooks', 'trigger tokens'], false, 2],
])('of what may not be seen (%j) it is said that it may be done', (unseen, isCertain, doubts) => {
  const written = write([webhook, token], { unseen });
  expect(written.isCertain).toBe(isCertain);
  expect(written.text.match(/skip this step if it is already done/g) ?? []).toHaveLength(doubts);
  expect(written.text.includes('Close it when everything is done')).toBe(unseen.length > 0);
});

test('nothing to do is no text, whatever there is to know', () => {
  const plan = { changes: [], advice: ['something'] };
  const nothing = { unseen: new Set<Unseen>(), bot, apiUrl: '', projects: [], command: '' };
  expect(setupInstructions({ plan, ...nothing })).toBeNull();
});

test('what others named can do nothing in the text', () => {
  const evil = '`](https://evil.example.com) @all\n/close';
  const { text } = write([
    { do: 'delete-schedule', in: { id: 77, path: evil }, id: 4, why: evil },
    { ...secret, how: 'make', protected: true, why: evil, key: evil },
  ]);
  expect(findQuickActions(text)).toEqual([]);
  const html = parsedByGitLab(text);
  expect(html).not.toContain('href="https://evil');
  expect(referencesIn(html)).toEqual([]);
});
