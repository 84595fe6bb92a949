import { describe, expect, test } from 'vitest';
import type { Check } from '../../../src/doctor/check.ts';
import { hookSecretOf } from '../../../src/receiver/hook-secret.ts';
import { herald } from '../../cli/herald.ts';
import { bot, canaries, maintainer } from '../../setup/bot-project-state.ts';
import {
  address,
  aReceiver,
  aReceiverStage,
  nextSecret,
  type ReceiverStage,
  secret,
} from './receiver-stage.ts';

const projects = ['shop/a', 'shop/tools/b'];
const ofGroup = { group: 'shop', watch: [], botProject: bot.path };

/** A group of an instance with Premium, which the maintainer owns. */
async function aGroupStage(): Promise<ReceiverStage> {
  const stage = await aReceiverStage(projects);
  const { ci } = stage.state;
  ci.groups.push({ id: 7, full_path: 'shop' }, { id: 8, full_path: 'shop/tools' });
  ci.hasGroupWebhooks = true;
  ci.groupOwners = new Set([maintainer.id]);
  return stage;
}

function owners({ state }: ReceiverStage): readonly string[] {
  return state.ci.hooks.map(({ project_id, group_id }) =>
    group_id === undefined ? `project ${project_id}` : `group ${group_id}`,
  );
}

async function doctor(stage: ReceiverStage, where: readonly string[]): Promise<readonly string[]> {
  const start = ['doctor', '--json', '--server', stage.gitlab.url, '--allow-insecure', '--parts', 'webhook'];
  const env = { HERALD_TOKEN: canaries.maintainer, HERALD_WEBHOOK_SECRET: secret };
  const { stdout } = await herald([...start, '--receiver', address, ...where], env);
  expect(stdout).not.toMatch(/CANARY|whsec_/);
  const checks = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Check);
  return checks
    .filter(({ about }) => about === 'webhook' || about === 'deliveries')
    .map(({ project, state, about, words }) => `${state} ${project ?? ''} ${about}: ${words}`);
}

describe('herald setup --receiver --group', () => {
  test('rows 82 and 90: one webhook for the group, with what any of its projects needs and a secret of its own', async () => {
    const stage = await aGroupStage();
    const { state } = stage;
    const content = 'bot: { rules: [{ name: a, on: deployment, do: [{ comment: hello }] }] }';
    state.files.push({ project_id: 101, ref: 'main', path: '.herald.yml', content });
    const outcomes = await stage.setup({ ...ofGroup, test: true });
    expect(outcomes.map(({ path, of, refusal }) => [path, of, refusal])).toEqual([
      ['shop', 'group', null],
      ['shop/a', 'watched', null],
      ['shop/tools/b', 'watched', null],
    ]);
    expect(owners(stage)).toEqual(['group 7']);
    const [hook] = state.ci.hooks;
    const { tokenBesideSignature: token, signingToken } = hookSecretOf(secret, { kind: 'group', id: 7 });
    expect(hook).toMatchObject({
      url: `${address}/hooks/gitlab?group=7`,
      secrets: { token, signing_token: signingToken },
      fields: { deployment_events: true, note_events: true, job_events: false, push_events: false },
    });
    expect(outcomes[0]?.results).toEqual([
      expect.stringMatching(/answered 200 .*\/groups\/shop\/-\/hooks\/\d+\/edit\)$/),
    ]);
    expect(outcomes.slice(1).map(({ results }) => results)).toEqual([[], []]);
    stage.writes();
    await stage.setup(ofGroup);
    expect(stage.writes()).toEqual([]);
  });

  test.each<[string, (stage: ReceiverStage) => unknown]>([
    ['below Premium', ({ state }) => (state.ci.hasGroupWebhooks = false)],
    ['whose owner somebody else is', ({ state }) => (state.ci.groupOwners = new Set())],
  ])('of a group %s each project has its own', async (_name, change) => {
    const stage = await aGroupStage();
    change(stage);
    const outcomes = await stage.setup(ofGroup);
    expect(outcomes.map(({ refusal }) => refusal)).toEqual([null, null]);
    expect(owners(stage)).toEqual(['project 100', 'project 101']);
    expect(stage.log.lines.join('\n')).toContain('can have no webhook of its own');
  });

  test('without subgroups each project has its own: that of the group would deliver theirs, too', async () => {
    const stage = await aGroupStage();
    await stage.setup({ ...ofGroup, subgroups: false });
    expect(owners(stage)).toEqual(['project 100']);
  });

  test('webhooks of projects go once that of the group stands, so nothing is delivered twice', async () => {
    const stage = await aGroupStage();
    const { ci } = stage.state;
    await stage.setup();
    expect(owners(stage)).toEqual(['project 100', 'project 101']);
    ci.blocksLocalWebhooks = false;
    stage.writes();
    await stage.setup(ofGroup);
    expect(owners(stage)).toEqual(['group 7']);
    expect(stage.writes()[0]).toBe('POST /groups/7/hooks');
  });

  test('where GitLab refuses the webhook of the group, the projects keep theirs', async () => {
    const stage = await aGroupStage();
    await stage.setup();
    stage.state.ci.maxHooks = 0;
    const [group, ...others] = await stage.setup(ofGroup);
    expect(group?.refusal).not.toBeNull();
    expect(others.map(({ changes }) => changes)).toEqual([[], []]);
    expect(owners(stage)).toEqual(['project 100', 'project 101']);
  });

  test('a project or subgroup below such a group gets none, and is told which events that one lacks', async () => {
    const stage = await aGroupStage();
    await stage.setup(ofGroup);
    const content = 'bot: { rules: [{ name: a, on: job.failed, do: [{ comment: hello }] }] }';
    stage.state.files.push({ project_id: 100, ref: 'main', path: '.herald.yml', content });
    const [one] = await stage.setup({ watch: ['shop/a'] });
    expect(one?.advice).toEqual([expect.stringMatching(/group shop has these off: job_events/)]);
    await stage.setup({ group: 'shop/tools', watch: [] });
    expect(owners(stage)).toEqual(['group 7']);
    await stage.setup(ofGroup);
    expect(stage.state.ci.hooks[0]?.fields).toMatchObject({ job_events: true });
  });

  test('row 90: another secret is set, --resend works, and --remove takes it away', async () => {
    const stage = await aGroupStage();
    const { state } = stage;
    await stage.setup(ofGroup);
    const both = { HERALD_WEBHOOK_SECRET: nextSecret, HERALD_WEBHOOK_SECRET_OLD: secret };
    state.ci.receiver = () => ({ status: 503, body: 'busy' });
    expect((await stage.setup({ ...ofGroup, test: true }))[0]?.refusal).not.toBeNull();
    state.ci.receiver = aReceiver(both);
    const [sent] = await stage.setup({ ...ofGroup, resend: true });
    expect(sent?.results).toEqual(['1 failed delivery sent again, 1 of them arrived']);
    await stage.setup(ofGroup, nextSecret);
    const { tokenBesideSignature: token } = hookSecretOf(nextSecret, { kind: 'group', id: 7 });
    expect(state.ci.hooks).toMatchObject([{ secrets: { token } }]);
    await stage.setup({ ...ofGroup, remove: true });
    expect(owners(stage)).toEqual([]);
  });
});

describe('herald doctor --receiver, with a webhook of a group', () => {
  test('finds nothing wrong with what herald setup made', async () => {
    const stage = await aGroupStage();
    await stage.setup({ ...ofGroup, test: true });
    expect(await doctor(stage, ['--group', 'shop'])).toEqual([
      'ok shop webhook: as it should be',
      expect.stringMatching(/^ok shop deliveries: /),
      'ok shop/herald-bot webhook: that of the group shop delivers',
      'ok shop/a webhook: that of the group shop delivers',
      'ok shop/tools/b webhook: that of the group shop delivers',
    ]);
  });

  test.each<[string, (stage: ReceiverStage) => unknown, RegExp]>([
    [
      'an event that is needed is off',
      ({ state }) => {
        for (const hook of state.ci.hooks) hook.fields = { ...hook.fields, note_events: false };
      },
      /^problem shop\/a webhook: the webhook of the group shop has events off that are needed: note_events/,
    ],
    [
      'GitLab has switched it off',
      ({ state }) => {
        for (const hook of state.ci.hooks) hook.alert_status = 'disabled';
      },
      /^problem shop webhook: GitLab switched webhook \d+ off/,
    ],
    [
      'a project has one of its own, too',
      async ({ setup, state }) => {
        state.ci.hasGroupWebhooks = false;
        await setup();
        state.ci.hasGroupWebhooks = true;
      },
      /^problem shop\/a webhook: webhook \d+ and that of the group shop deliver the same events/,
    ],
    [
      'it has another secret',
      ({ setup }) => setup(ofGroup, nextSecret),
      /^problem shop webhook: .*it was derived from another secret/,
    ],
  ])('%s', async (_name, change, words) => {
    const stage = await aGroupStage();
    await stage.setup(ofGroup);
    await change(stage);
    expect(await doctor(stage, ['--watch', 'shop/a'])).toContainEqual(expect.stringMatching(words));
  });
});
