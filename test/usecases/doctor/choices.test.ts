import { describe, expect, test } from 'vitest';
import { bot } from '../../setup/bot-project-state.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import { anInstallation, complaints } from './installation.ts';

function aBranch(name: string): (state: EmbeddedState) => void {
  return ({ branches, branchRules }) => {
    branches.push({ project_id: bot.id, name, sha: 'a'.repeat(40) });
    branchRules.push({ project_id: bot.id, name, push_access_levels: [], merge_access_levels: [] });
  };
}

const ofCommands = ['note_events', 'merge_requests_events', 'issues_events'];
const chosen: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
  ['another branch', { ref: 'bot/live' }, '--ref bot/live'],
  ['another time of the sweep', { sweepCron: '7 * * * *' }, "--sweep-cron '7 * * * *'"],
  ['more events', { events: [...ofCommands, 'deployment_events'] }, '--events'],
  [
    'pushes of some branches only',
    { events: [...ofCommands, 'push_events'], branches: 'main' },
    '--branches main',
  ],
  ['whole payloads', { template: false }, '--no-template'],
  ['no look at the certificate', { sslVerification: false }, '--no-ssl-verification'],
];

describe('what was chosen by an option of herald setup', () => {
  test.each(chosen)('is no fault when doctor runs without the option: %s', async (_name, options) => {
    const { checks, writes } = await anInstallation(options, aBranch('bot/live'));
    expect(complaints(await checks())).toEqual([]);
    expect(writes()).toEqual([]);
  });

  test.each(chosen)('is kept by the command that mends the rest: %s', async (_name, options, flags) => {
    const { checks, state } = await anInstallation(options, aBranch('bot/live'));
    for (const hook of state.ci.hooks) hook.urlVariables = new Map();
    for (const schedule of state.ci.schedules) schedule.fields = { ...schedule.fields, active: false };
    const remedies = (await checks()).flatMap(({ state: how, remedy }) =>
      how === 'problem' ? [remedy] : [],
    );
    expect(remedies.join('\n')).toContain(flags);
    expect(remedies.join('\n')).toMatch(
      /herald setup --bot-project shop\/herald-bot --watch shop\/checkout --parts webhook/,
    );
  });

  test('is a fault when doctor is told of another wish', async () => {
    const { checks } = await anInstallation();
    const args = ['--ref', 'other', '--sweep-cron', '1 1 * * *', '--no-ssl-verification', '--no-template'];
    const found = complaints(await checks(args)).join('\n');
    expect(found).toContain('problem webhook: webhook');
    expect(found).toContain('cron */15 * * * * → 1 1 * * *');
    expect(found).toContain('ref main → other');
  });

  test.each([
    ['--parts webhook,token', { parts: ['webhook', 'token'] }, ['--parts', 'webhook,token']],
    ['--no-protect-token', { protectToken: false }, ['--no-protect-token']],
  ])('%s cannot be read back: doctor takes it, too', async (_name, options, args) => {
    const { checks } = await anInstallation(options);
    expect(complaints(await checks(args))).toEqual([]);
    expect(complaints(await checks())).not.toEqual([]);
  });

  test('another name of the queue cannot be read back: doctor takes it, too', async () => {
    const { checks } = await anInstallation({ resourceGroup: 'queue' }, ({ ci }) => {
      ci.resourceGroups.splice(0, 9, { project_id: bot.id, key: 'queue', process_mode: 'unordered' });
    });
    expect(complaints(await checks(['--resource-group', 'queue']))).toEqual([]);
  });

  test('another configuration file is looked at where it is', async () => {
    const put = ({ files }: EmbeddedState): void => {
      const content = 'bot: { rulez: [] }';
      files.push({ project_id: 100, ref: 'main', path: 'ci/herald.yml', content });
    };
    const { checks } = await anInstallation({}, put);
    expect(complaints(await checks())).toEqual([]);
    expect(complaints(await checks(['--config', 'ci/herald.yml'])).join()).toContain('rulez');
  });

  test('another way to address the same GitLab is no fault', async () => {
    const { checks, state } = await anInstallation();
    for (const hook of state.ci.hooks)
      hook.url = hook.url.replace('http://127.0.0.1', 'https://old.example.com');
    expect(complaints(await checks())).toEqual([
      expect.stringMatching(/^warning webhook: webhook \d+ goes to https:\/\/old\.example\.com/),
    ]);
  });
});

describe('what stands in the way whatever was chosen', () => {
  type Broken = readonly [string, (state: EmbeddedState) => void, RegExp];
  const hookWith =
    (fields: Readonly<Record<string, unknown>>) =>
    ({ ci }: EmbeddedState): void => {
      for (const hook of ci.hooks) hook.fields = { ...hook.fields, ...fields };
    };

  test.each<Broken>([
    [
      'events that GitLab refuses',
      hookWith({ pipeline_events: true }),
      /problem webhook: .*sends pipeline_events: GitLab refuses/,
    ],
    [
      'no comments, so that commands wait',
      hookWith({ note_events: false }),
      /warning webhook: .*sends no comments/,
    ],
    [
      'no events for a rule',
      ({ files }) =>
        files.push({
          project_id: 100,
          ref: 'main',
          path: '.herald.yml',
          content: 'bot:\n  rules:\n    - name: r\n      on: [push]\n      do:\n        - comment: hi\n',
        }),
      /problem webhook: rules need pushes, but webhook \d+ does not send them/,
    ],
    [
      'a branch that is gone',
      ({ ci }) => {
        for (const hook of ci.hooks) hook.url = hook.url.replace('/ref/main/', '/ref/gone/');
      },
      /problem branch gone: it does not exist/,
    ],
    [
      'an open branch, which gets no protected token',
      ({ ci }) => ci.unprotectedBranches.add(`${bot.id}:main`),
      /problem branch main: it is not protected/,
    ],
    [
      'a token that went with a change of the address',
      ({ ci }) => {
        for (const hook of ci.hooks) hook.urlVariables = new Map();
      },
      /problem webhook: webhook \d+ does not work: the token in its address is missing/,
    ],
    [
      'a trigger token that is gone',
      ({ ci }) => ci.triggers.splice(0),
      /does not work: its trigger token no longer exists/,
    ],
    [
      'a template of somebody else',
      hookWith({ custom_webhook_template: '{"a":1}' }),
      /problem webhook: .*template/,
    ],
    [
      'a schedule that is off',
      ({ ci }) => {
        for (const schedule of ci.schedules) schedule.fields = { ...schedule.fields, active: false };
      },
      /problem schedule: .*active off → on/,
    ],
    [
      'two webhooks',
      ({ ci }) => {
        const [hook] = ci.hooks;
        if (hook !== undefined) ci.hooks.push({ ...hook, id: 9_000 });
      },
      /problem webhook: webhook \d+: it is a second one/,
    ],
  ])('%s', async (_name, breakIt, words) => {
    const { checks, state } = await anInstallation();
    breakIt(state);
    const found = complaints(await checks());
    expect(found.join('\n')).toMatch(words);
    expect(found).toHaveLength(1);
  });

  test('a payload that another version of Herald asked for works', async () => {
    const { checks, state } = await anInstallation();
    for (const hook of state.ci.hooks)
      hook.fields = {
        ...hook.fields,
        custom_webhook_template: '{"herald_template": 0, "object_kind": "{{object_kind}}"}',
      };
    expect(complaints(await checks())).toEqual([
      'warning webhook: its payload template is from another version of Herald',
    ]);
  });

  test.each<[string, object, RegExp]>([
    ['archived', { archived: true }, /^problem project: it is archived$/],
    ['without CI/CD', { builds_access_level: 'disabled' }, /^problem project: CI\/CD is switched off$/],
    ...['developer', 'maintainer', 'owner'].map((role): [string, object, RegExp] => [
      `where the role ${role} may set variables`,
      { ci_pipeline_variables_minimum_override_role: role },
      /^problem pipeline variables: the role \w+ can set them: everybody who knows the trigger URL can set any variable/,
    ]),
    [
      'of which GitLab does not tell who may set variables',
      { ci_pipeline_variables_minimum_override_role: undefined },
      /^unknown pipeline variables: /,
    ],
  ])('the bot’s project is %s', async (_name, changes, words) => {
    const { checks, state } = await anInstallation();
    Object.assign(state.projects.find(({ id }) => id === bot.id) ?? {}, changes);
    expect(complaints(await checks())).toEqual([expect.stringMatching(words)]);
  });

  test.each([
    ['disabled', /^problem webhook: GitLab switched webhook \d+ off after failed deliveries$/],
    [
      'temporarily_disabled',
      /^problem webhook: GitLab paused webhook \d+ after failed deliveries and will try again/,
    ],
  ] as const)('a webhook that is %s is told once', async (status, words) => {
    const { checks, state } = await anInstallation();
    for (const hook of state.ci.hooks) hook.alert_status = status;
    expect(complaints(await checks())).toEqual([expect.stringMatching(words)]);
  });
});

describe('a bot that was set up by hand', () => {
  test('is looked at as it is', async () => {
    const { checks, state } = await anInstallation();
    for (const hook of state.ci.hooks) {
      hook.fields = { ...hook.fields, name: 'ours', description: 'by hand' };
      hook.url = hook.url.replace('{herald_token}', '{token}');
      hook.urlVariables = new Map([['token', 'glptt-CANARY-by-hand']]);
    }
    for (const schedule of state.ci.schedules)
      schedule.fields = { ...schedule.fields, description: 'sweep', cron: '1 * * * *' };
    const found = await checks();
    expect(complaints(found).filter((line) => !line.includes('no webhook uses it'))).toEqual([]);
    expect(found.find(({ about }) => about === 'schedule')?.words).toContain('created by hand');
  });

  test('is warned of a token that everybody can read in the settings, and does not repeat it', async () => {
    const { doctor, state } = await anInstallation();
    for (const hook of state.ci.hooks) {
      hook.fields = { ...hook.fields, description: 'by hand' };
      hook.url = hook.url.replace('{herald_token}', 'glptt-CANARY-open-token');
    }
    const { stdout, stderr } = await doctor();
    expect(stdout).toMatch(/! shop\/checkout: webhook: webhook \d+ shows its trigger token/);
    expect(stdout + stderr).not.toContain('CANARY');
  });
});

describe('sweeps of an installation', () => {
  /** Sweeps that ended so, the newest first, a quarter of an hour apart. */
  function swept(state: EmbeddedState, ...statuses: readonly string[]): void {
    for (const [index, status] of statuses.entries())
      state.pipelines.push({
        id: 9_000 - index,
        project_id: bot.id,
        ref: 'main',
        sha: 'a'.repeat(40),
        status,
        source: 'schedule',
        created_at: new Date(Date.now() - (index * 15 + 1) * 60_000).toISOString(),
        jobs: [],
        statuses: [],
        test_report: null,
      });
  }

  test('that succeed are fine', async () => {
    const { checks, state } = await anInstallation();
    swept(state, 'success', 'failed');
    expect(complaints(await checks())).toEqual([]);
    expect((await checks()).map(({ about }) => about)).toContain('sweeps');
  });

  test('of which the last one failed are a problem', async () => {
    const { checks, state } = await anInstallation();
    swept(state, 'failed', 'success');
    expect(complaints(await checks()).join()).toMatch(/^problem sweeps: the last one ended as failed: http/);
  });

  test('that GitLab does not start are a problem', async () => {
    const { checks, state } = await anInstallation();
    swept(state, 'success');
    for (const schedule of state.ci.schedules)
      schedule.fields = { ...schedule.fields, next_run_at: new Date(Date.now() - 86_400_000).toISOString() };
    expect(complaints(await checks()).join()).toContain('has been due for 24 hours');
  });

  test.each([
    [
      'switched off',
      (state: EmbeddedState) => {
        for (const schedule of state.ci.schedules) schedule.fields = { ...schedule.fields, active: false };
      },
    ],
    ['missing', (state: EmbeddedState) => void state.ci.schedules.splice(0)],
  ])('whose schedule is %s are a problem of the schedule', async (_name, change) => {
    const { checks, state } = await anInstallation();
    change(state);
    expect(complaints(await checks()).join()).toContain('problem schedule');
  });
});
