import { describe, expect, test } from 'vitest';
import { hookSecretOf } from '../../../src/receiver/hook-secret.ts';
import { herald } from '../../cli/herald.ts';
import { canaries } from '../../setup/bot-project-state.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import { address, aReceiver, aReceiverStage, nextSecret, secret } from './receiver-stage.ts';
import { aSetupStage } from './stage.ts';

function switchedOn({ ci }: EmbeddedState): readonly string[] {
  return Object.entries(ci.hooks[0]?.fields ?? {})
    .flatMap(([name, value]) => (value === true && name.endsWith('_events') ? [name] : []))
    .sort();
}

const always = ['issues_events', 'merge_requests_events', 'note_events', 'pipeline_events'];

describe('herald setup --receiver', () => {
  test('rows 82, 90 and 106: a webhook for each project, with a secret of its own and TLS verification', async () => {
    const { setup, state } = await aReceiverStage(['shop/a', 'shop/b']);
    const outcomes = await setup();
    expect(outcomes.map(({ refusal }) => refusal)).toEqual([null, null]);
    expect(state.ci.hooks.map(({ url }) => url)).toEqual([
      `${address}/hooks/gitlab?project=100`,
      `${address}/hooks/gitlab?project=101`,
    ]);
    for (const { project_id: id, secrets, fields } of state.ci.hooks) {
      const { tokenBesideSignature: token, signingToken } = hookSecretOf(secret, { kind: 'project', id });
      expect(secrets).toEqual({ token, signing_token: signingToken });
      expect(fields).toMatchObject({ enable_ssl_verification: true, custom_webhook_template: '' });
    }
    expect(switchedOn(state)).toEqual(always);
  });

  test('a second run writes nothing, and neither does one with --plan', async () => {
    const { setup, state, writes } = await aReceiverStage();
    await setup({ plan: true });
    expect(state.ci.hooks).toEqual([]);
    await setup();
    expect(writes()).toEqual(['POST /hooks']);
    const [outcome] = await setup();
    expect(outcome).toMatchObject({ changes: [], advice: [] });
    expect(writes()).toEqual([]);
  });

  test.each([
    ['job.failed', [...always, 'job_events']],
    ['deployment', [...always, 'deployment_events']],
    ['pipeline.failed', always],
  ])('row 82: a rule on %s needs exactly its events', async (event, wanted) => {
    const { setup, state } = await aReceiverStage();
    const content = `bot: { rules: [{ name: a, on: ${event}, do: [{ comment: hello }] }] }`;
    state.files.push({ project_id: 100, ref: 'main', path: '.herald.yml', content });
    await setup();
    expect(switchedOn(state)).toEqual([...wanted].sort());
  });

  test('before GitLab 19.0 there is the secret token alone, and the signing token comes with the update', async () => {
    const { setup, state, writes } = await aReceiverStage(['shop/checkout'], '18.11.0');
    await setup();
    const own = hookSecretOf(secret, { kind: 'project', id: 100 });
    expect(state.ci.hooks[0]?.secrets).toEqual({ token: own.token });
    writes();
    await setup();
    expect(writes()).toEqual([]);
    state.version = '19.0.0';
    await setup();
    const { tokenBesideSignature: token, signingToken } = own;
    expect(state.ci.hooks[0]?.secrets).toEqual({ token, signing_token: signingToken });
  });

  test('row 90: another secret is set in place, and only where it is another', async () => {
    const { setup, state, writes } = await aReceiverStage();
    await setup();
    writes();
    state.ci.receiver = aReceiver({
      HERALD_WEBHOOK_SECRET: nextSecret,
      HERALD_WEBHOOK_SECRET_OLD: secret,
    });
    const [before] = await setup({ test: true });
    expect(before?.results).toEqual([expect.stringContaining('answered 200')]);
    const [outcome] = await setup({ test: true }, nextSecret);
    expect(outcome?.results).toEqual([expect.stringContaining('answered 200')]);
    const { tokenBesideSignature: token } = hookSecretOf(nextSecret, { kind: 'project', id: 100 });
    expect(state.ci.hooks).toMatchObject([{ secrets: { token } }]);
  });

  test('row 90: --rotate sets the secret again, and a webhook that moves gets its secret again', async () => {
    const { setup, state, writes } = await aReceiverStage();
    await setup();
    const [hook] = state.ci.hooks;
    const { secrets } = hook ?? {};
    if (hook !== undefined) hook.secrets = {};
    await setup({ rotate: true });
    expect(state.ci.hooks).toMatchObject([{ secrets }]);
    writes();
    await setup({ receiver: 'https://other.example.com/herald/' });
    expect(writes()).toEqual([`PUT /hooks/${hook?.id ?? 0}`]);
    expect(state.ci.hooks).toMatchObject([
      { url: 'https://other.example.com/herald/hooks/gitlab?project=100', secrets },
    ]);
  });

  test('a webhook that somebody changed by hand is repaired, and a second one goes', async () => {
    const { setup, state } = await aReceiverStage();
    await setup();
    const [hook] = state.ci.hooks;
    if (hook === undefined) throw new Error('no webhook');
    const { secrets } = hook;
    hook.fields = { ...hook.fields, enable_ssl_verification: false, note_events: false };
    hook.secrets = {};
    state.ci.hooks.push({ ...hook, id: 7_777 });
    await setup();
    expect(state.ci.hooks).toHaveLength(1);
    expect(state.ci.hooks[0]).toMatchObject({ fields: { enable_ssl_verification: true }, secrets });
    expect(switchedOn(state)).toEqual(always);
  });

  test('rows 81 and 118: --test ends with what the receiver answered, and with its words where it refuses', async () => {
    const { setup, state } = await aReceiverStage();
    const [good] = await setup({ test: true });
    expect(good?.results).toEqual([
      expect.stringMatching(
        /^the receiver took a test: it answered 200 after 34 ms \(http.*\/hooks\/\d+\/edit\)$/,
      ),
    ]);
    state.ci.receiver = aReceiver({ HERALD_WEBHOOK_SECRET: nextSecret });
    const [bad] = await setup({ test: true });
    expect(bad?.refusal?.message).toContain('secret-wrong');
    expect(bad?.results).toEqual([]);
    expect(JSON.stringify(bad)).not.toMatch(/CANARY|whsec_/);
  });

  test('row 118: --resend asks once for each event that never arrived, the oldest first, five a minute', async () => {
    const { setup, state, clock, writes } = await aReceiverStage();
    await setup();
    const bodies: string[] = [];
    state.ci.receiver = () => ({ status: 503, body: 'busy' });
    for (let at = 0; at < 6; at += 1) expect((await setup({ test: true }))[0]?.refusal).not.toBeNull();
    const failed = state.ci.deliveries.map(({ id }) => id);
    const believing = aReceiver({ HERALD_WEBHOOK_SECRET: secret });
    state.ci.receiver = (sending) => {
      bodies.push(sending.headers['Idempotency-Key'] ?? '');
      return believing(sending);
    };
    writes();
    state.ci.resendsLeft = 100;
    const [outcome] = await setup({ resend: true });
    expect(outcome?.results).toEqual(['6 failed deliveries sent again, 6 of them arrived']);
    const hook = state.ci.hooks[0]?.id ?? 0;
    expect(writes()).toEqual(failed.map((id) => `POST /hooks/${hook}/events/${id}/resend`));
    expect(clock.sleeps.filter((milliseconds) => milliseconds > 60_000)).toHaveLength(1);
    expect(new Set(bodies).size).toBe(6);
    const [again] = await setup({ resend: true });
    expect(again?.results).toEqual(['no failed delivery is left to send again']);
  });

  test('--remove takes away what it made, and nothing else', async () => {
    const { setup, state, run } = await aReceiverStage();
    await run();
    const others = state.ci.hooks.map(({ id }) => id);
    const [outcome] = await setup();
    expect(outcome?.advice).toEqual([expect.stringContaining('is handled twice')]);
    await setup({ remove: true });
    expect(state.ci.hooks.map(({ id }) => id)).toEqual(others);
  });
});

describe('herald setup --receiver on the command line', () => {
  const run = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const { gitlab } = await aSetupStage();
    const server = ['--server', gitlab.url, '--watch', 'shop/checkout', '--parts', 'webhook'];
    return herald(['setup', ...server, ...args], {
      HERALD_TOKEN: canaries.maintainer,
      HERALD_WEBHOOK_SECRET: secret,
      ...env,
    });
  };
  const insecure = '--allow-insecure';

  test.each<[string, readonly string[], Readonly<Record<string, string>>, RegExp]>([
    ['row 105: an address without TLS', ['--receiver', 'http://herald.example.com'], {}, /does not use TLS/],
    [
      'an address with a password',
      ['--receiver', 'https://a:b@c.example.com', insecure],
      {},
      /not the address/,
    ],
    [
      'an address with a query',
      ['--receiver', 'https://c.example.com?token=x', insecure],
      {},
      /not the address/,
    ],
    [
      'no secret',
      ['--receiver', address, insecure],
      { HERALD_WEBHOOK_SECRET: '' },
      /HERALD_WEBHOOK_SECRET is not set/,
    ],
    [
      'a short secret',
      ['--receiver', address, insecure],
      { HERALD_WEBHOOK_SECRET: 'short' },
      /shorter than 32/,
    ],
    [
      '--bot',
      ['--receiver', address, insecure, '--bot', '--parts', 'token'],
      {},
      /cannot be combined with --bot/,
    ],
    [
      '--plan with --resend',
      ['--receiver', address, insecure, '--plan', '--resend'],
      {},
      /--plan changes nothing/,
    ],
  ])('%s is refused', async (_name, args, env, words) => {
    const { exitCode, stderr } = await run(args, env);
    expect(stderr).toMatch(words);
    expect(exitCode).toBe(2);
  });

  test('rows 92 and 107: no secret is in what it says, in its log or in its list of requests', async () => {
    const { stdout, stderr, exitCode } = await run(['--receiver', address, insecure, '--log-level', 'debug']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`+ webhook to ${address}/hooks/gitlab?project=100`);
    const own = Object.values({ ...hookSecretOf(secret, { kind: 'project', id: 100 }) });
    for (const canary of [secret, ...own, canaries.maintainer]) expect(stdout + stderr).not.toContain(canary);
  });
});
