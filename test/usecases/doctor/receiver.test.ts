import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Check } from '../../../src/doctor/check.ts';
import { herald } from '../../cli/herald.ts';
import { canaries } from '../../setup/bot-project-state.ts';
import {
  address,
  aReceiver,
  aReceiverStage,
  nextSecret,
  type ReceiverStage,
  secret,
} from '../setup/receiver-stage.ts';
import { complaints } from './installation.ts';

async function doctor(
  { gitlab }: ReceiverStage,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<readonly Check[]> {
  const start = ['doctor', '--json', '--server', gitlab.url, '--allow-insecure', '--watch', 'shop/checkout'];
  const variables = { HERALD_TOKEN: canaries.maintainer, HERALD_WEBHOOK_SECRET: secret, ...env };
  const { stdout, stderr } = await herald([...start, '--receiver', address, ...args], variables);
  expect(stderr).not.toMatch(/^herald/m);
  expect(stdout).not.toMatch(/CANARY|whsec_/);
  const checks = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Check);
  return checks.filter(({ about }) => ['webhook', 'deliveries'].includes(about) || about.startsWith('spool'));
}

describe('herald doctor --receiver', () => {
  test('finds nothing wrong with what herald setup --receiver made', async () => {
    const stage = await aReceiverStage();
    await stage.setup({ test: true });
    const checks = await doctor(stage);
    expect(complaints(checks)).toEqual([]);
    expect(checks.map(({ about }) => about)).toEqual(['webhook', 'deliveries']);
  });

  test('the secret may be in a file', async () => {
    const stage = await aReceiverStage();
    await stage.setup();
    const folder = await mkdtemp(join(tmpdir(), 'herald-secret-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'secret');
    const inFile = { HERALD_WEBHOOK_SECRET: '', HERALD_WEBHOOK_SECRET_FILE: path };
    await writeFile(path, `${secret}\n`);
    expect(complaints(await doctor(stage, [], inFile))).toEqual([]);
    await writeFile(path, nextSecret);
    expect(complaints(await doctor(stage, [], inFile))).toEqual([expect.stringMatching(/another secret/)]);
  });

  test.each<[string, (stage: ReceiverStage) => unknown, Readonly<Record<string, string>>, readonly RegExp[]]>(
    [
      ['no webhook', ({ state }) => state.ci.hooks.splice(0), {}, [/^problem webhook: missing: webhook to/]],
      [
        'a webhook without verification of TLS is a choice',
        ({ state }) => {
          for (const hook of state.ci.hooks) hook.fields = { ...hook.fields, enable_ssl_verification: false };
        },
        {},
        [],
      ],
      [
        'a webhook without an event that is needed',
        ({ state }) => {
          for (const hook of state.ci.hooks) hook.fields = { ...hook.fields, note_events: false };
        },
        {},
        [/note_events off → on/],
      ],
      [
        'another secret',
        () => undefined,
        { HERALD_WEBHOOK_SECRET: nextSecret },
        [/derived from another secret/],
      ],
      ['another secret, where nobody gave one', () => undefined, { HERALD_WEBHOOK_SECRET: '' }, []],
      [
        'no secret',
        ({ state }) => {
          for (const hook of state.ci.hooks) hook.secrets = {};
        },
        { HERALD_WEBHOOK_SECRET: '' },
        [/it has no secret token/],
      ],
      [
        'row 117: a webhook that GitLab has paused',
        ({ state }) => {
          for (const hook of state.ci.hooks) hook.alert_status = 'temporarily_disabled';
        },
        {},
        [/paused webhook \d+ until 2026-12-01T00:00:00.000Z/],
      ],
    ],
  )('%s', async (_name, change, env, words) => {
    const stage = await aReceiverStage();
    await stage.setup({ test: true });
    change(stage);
    const found = complaints(await doctor(stage, [], env));
    expect(found).toEqual(words.map((one) => expect.stringMatching(one) as unknown));
  });

  test('rows 116 and 118: deliveries that fail, with the answer, the page and the command for the rest', async () => {
    const stage = await aReceiverStage();
    await stage.setup({ test: true });
    stage.state.ci.receiver = aReceiver({ HERALD_WEBHOOK_SECRET: nextSecret });
    await stage.setup({ test: true });
    const [failing] = (await doctor(stage)).filter(({ state }) => state !== 'ok');
    expect(failing).toMatchObject({ about: 'deliveries', state: 'problem' });
    expect(failing?.words).toMatch(/^1 of the last 2 deliveries failed \(50 %\).*answered 401.*secret-wrong/);
    expect(failing?.remedy).toMatch(
      /\/shop\/checkout\/-\/hooks\/\d+\/edit, .*herald setup --receiver https:\/\/herald.example.com --watch shop\/checkout --parts webhook --resend$/,
    );
  });

  test('events that the receiver gave up, by the folder of its spool', async () => {
    const stage = await aReceiverStage();
    await stage.setup();
    const spool = await mkdtemp(join(tmpdir(), 'herald-spool-'));
    onTestFinished(() => rm(spool, { recursive: true }));
    expect(complaints(await doctor(stage, ['--spool', spool]))).toEqual([
      expect.stringContaining('no spool found here'),
    ]);
    await mkdir(join(spool, 'dead'));
    expect(complaints(await doctor(stage, ['--spool', spool]))).toEqual([]);
    const name = '001764500000000-000001-abc';
    await writeFile(join(spool, 'dead', `${name}.json`), '{}\n');
    await writeFile(join(spool, 'dead', `${name}.reason.txt`), 'exit 5\nexit 5: GitLab is away\n');
    expect(complaints(await doctor(stage, ['--spool', spool]))).toEqual([
      `problem spool ${spool}: 1 event was given up, the newest because: exit 5: GitLab is away`,
    ]);
  });
});
