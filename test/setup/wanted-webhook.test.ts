import { describe, expect, test } from 'vitest';
import { forbiddenSwitches, webhookSwitches } from '../../src/model/webhook-switch.ts';
import { hidesVariables, takesTemplate } from '../../src/setup/gitlab-version.ts';
import { type WebhookWishes, wantedWebhook, withEvents } from '../../src/setup/wanted-webhook.ts';

function aWish(overrides: Partial<WebhookWishes> = {}): WebhookWishes {
  return {
    apiUrl: 'https://gitlab.example.com/api/v4',
    botProject: 9,
    ref: 'main',
    events: ['note_events'],
    template: '{}',
    sslVerification: true,
    branches: '',
    ...overrides,
  };
}

const start = 'https://gitlab.example.com/api/v4/projects/9/ref';
const end = 'trigger/pipeline?token={herald_token}';

test.each<[string, Partial<WebhookWishes>, string]>([
  ['of the default branch', {}, `${start}/main/${end}`],
  ['of a branch with a slash, which is encoded', { ref: 'bot/main' }, `${start}/bot%2Fmain/${end}`],
  ['with a slash too many', { apiUrl: 'https://gitlab.example.com/api/v4//' }, `${start}/main/${end}`],
  [
    'below a relative root',
    { apiUrl: 'https://x.example.com/gitlab/api/v4' },
    `https://x.example.com/gitlab/api/v4/projects/9/ref/main/${end}`,
  ],
])('the address %s', (_name, wish, url) => {
  expect(wantedWebhook(aWish(wish)).url).toBe(url);
});

describe('the switches', () => {
  const on = (events: readonly string[]): readonly string[] =>
    Object.entries(wantedWebhook(aWish({ events })).switches).flatMap(([name, isOn]) => (isOn ? [name] : []));

  test('name every switch, so that GitLab’s defaults count for nothing', () => {
    const names = Object.keys(wantedWebhook(aWish()).switches);
    expect([...names].sort()).toEqual([...webhookSwitches, ...Object.keys(forbiddenSwitches)].sort());
  });

  test.each<[readonly string[], readonly string[]]>([
    [[], []],
    [['note_events'], ['note_events']],
    [['pipeline_events', 'job_events', 'note_events'], ['note_events']],
    [['no_such_events'], []],
  ])('%j are on as %j', (events, wanted) => {
    expect(on(events)).toEqual(wanted);
  });
});

test.each<[string, readonly string[], readonly string[], string, string]>([
  ['is there when pushes are sent', ['push_events'], [], 'main*', 'main*'],
  ['is none without pushes: it would filter nothing', ['note_events'], [], 'main*', ''],
  ['comes with a rule that needs pushes', ['note_events'], ['push_events'], 'main*', 'main*'],
  ['stays none with rules about something else', ['note_events'], ['releases_events'], 'main*', ''],
  ['is none where all branches are meant', ['push_events'], [], '', ''],
])('the branch filter %s', (_name, events, added, branches, filter) => {
  const webhook = wantedWebhook(aWish({ events, branches }));
  const more = withEvents(webhook, added, branches);
  expect(more.branchFilter).toBe(filter);
  for (const name of [...events, ...added]) expect(more.switches[name]).toBe(true);
});

test.each<[string | null, boolean, boolean]>([
  ['18.6.0', true, true],
  ['18.6.2-ee', true, true],
  ['19.0.0-pre', true, true],
  ['100.0', true, true],
  ['18.5.9', false, true],
  ['17.6.0', false, true],
  ['17.5.5', false, false],
  ['9.18.6', false, false],
  ['', false, false],
  ['x18.6', false, false],
  [null, false, false],
])('GitLab %s takes the template: %s, hides variables: %s', (version, template, hides) => {
  expect(takesTemplate(version)).toBe(template);
  expect(hidesVariables(version)).toBe(hides);
});
