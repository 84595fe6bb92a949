import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startTriggerServer } from '../support/gitlab/ci/trigger-server.ts';
import { alertFixture } from '../trail/alerts/fixture.ts';
import { aStage, cast, type Stage } from '../usecases/bot/stage.ts';
import { startReceiver, temporaryFolder, webhookSecret } from './a-receiver.ts';
import { runHerald } from './run-herald.ts';

const message = alertFixture('alertmanager-firing');

function titles({ state }: Stage): readonly string[] {
  return state.issues.filter(({ author }) => author?.id === cast.bot.id).map(({ title }) => title);
}

/** The secret that herald setup prints for Alertmanager, and the hash for the configuration. */
async function printed({ gitlab }: Stage): Promise<{ readonly secret: string; readonly sha256: string }> {
  const line = [
    'setup',
    '--receiver',
    'https://herald.example.com',
    '--watch',
    '42',
    '--alerts',
    'alertmanager',
  ];
  const { exitCode, stdout, stderr } = await runHerald(
    [...line, '--server', gitlab.url, '--allow-insecure'],
    {
      cwd: await temporaryFolder(),
      env: { HERALD_TOKEN: 'bot-token', HERALD_WEBHOOK_SECRET: webhookSecret },
    },
  );
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toContain('url: https://herald.example.com/alerts/alertmanager/42');
  const [, secret = ''] = /credentials: (\S+)/.exec(stdout) ?? [];
  const [, sha256 = ''] = /secret-sha256: (\S+)/.exec(stdout) ?? [];
  return { secret, sha256 };
}

/** Of the message, which comes without two of its alerts: the second issue counts them. */
const issues = ['HighLatency: The till answers slowly', 'More alerts of alertmanager'];

test('an alert opens an issue within a receiver, with what herald setup printed', async () => {
  const stage = await aStage('bot: {alerts: {alertmanager: {}}}');
  const { secret } = await printed(stage);
  const receiver = await startReceiver({
    flags: ['--server', stage.gitlab.url, '--project', '42'],
    env: { HERALD_TOKEN: 'bot-token' },
  });
  const response = await fetch(`${receiver.origin}/alerts/alertmanager/42`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify(message),
  });
  expect(response.status).toBe(200);
  await receiver.line(({ step, outcome }) => step === 'work' && outcome === 'handled');
  expect(titles(stage)).toEqual(issues);
  expect(receiver.text()).not.toContain(secret);
  const metrics = await (await fetch(`${receiver.origin}/metrics`)).text();
  expect(metrics).toContain('herald_deliveries_total{event="alert",project="42",outcome="queued"} 1');
});

/** A bot's project with a trigger, whose pipelines wait for a runner. */
async function triggered(stage: Stage): Promise<string> {
  stage.state.projects.push({ id: 9, path_with_namespace: 'shop/bot', default_branch: 'main' });
  stage.state.ci.members.push({ project_id: 9, user_id: cast.otto.id, access_level: 40 });
  stage.state.ci.triggers.push({
    id: 1,
    project_id: 9,
    token: 'trigger-token',
    owner_id: cast.otto.id,
    description: '',
    expires_at: null,
  });
  const server = await startTriggerServer(stage.state);
  onTestFinished(() => server.stop());
  return server.url;
}

/** What a runner does with the pipeline that was started last. */
async function runJob({ state, gitlab }: Stage, flags: readonly string[] = []) {
  const folder = join(await temporaryFolder(), 'checkout.tmp');
  await mkdir(folder);
  const path = join(folder, 'TRIGGER_PAYLOAD');
  await writeFile(path, state.pipelines.at(-1)?.trigger?.payload ?? '');
  const line = [
    'bot',
    '--server',
    gitlab.url,
    '--projects',
    'shop/**',
    ...flags.map((flag) => flag.replace('PATH', path)),
  ];
  return runHerald(line, {
    cwd: folder,
    env: {
      HERALD_TOKEN: 'bot-token',
      CI_JOB_ID: '1',
      CI_PROJECT_ID: '9',
      ...(flags.length === 0 ? { TRIGGER_PAYLOAD: path } : {}),
    },
  });
}

test('a receiver hands it to a pipeline, whose bot believes it by the hash in the configuration', async () => {
  const stage = await aStage();
  const url = await triggered(stage);
  const { secret, sha256 } = await printed(stage);
  const content = `bot: {alerts: {alertmanager: {secret-sha256: ${sha256}}}}`;
  stage.state.files.push({ project_id: 42, ref: 'main', path: '.herald.yml', content });
  const receiver = await startReceiver({
    flags: ['--deliver', 'pipeline', '--server', url, '--project', '9', '--ref', 'main', '--queues', '1'],
    env: { HERALD_TRIGGER_TOKEN: 'trigger-token' },
  });
  await fetch(`${receiver.origin}/alerts/alertmanager/42`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify(message),
  });
  await receiver.line(({ step, outcome }) => step === 'work' && outcome === 'handled');
  const { exitCode, stderr } = await runJob(stage);
  expect(exitCode, stderr).toBe(0);
  expect(titles(stage)).toEqual(issues);
});

test('the address of a trigger says whose alert it is; without the secret a job does nothing', async () => {
  const secret = 'chosen-by-the-project-and-long-enough';
  const sha256 = createHash('sha256').update(secret).digest('hex');
  const stage = await aStage(`bot: {alerts: {alertmanager: {secret-sha256: ${sha256}}}}`);
  const url = await triggered(stage);
  const send = async (more: string): Promise<void> => {
    const query = `token=trigger-token&herald_alert=alertmanager&herald_project=shop/till${more}`;
    const response = await fetch(`${url}/api/v4/projects/9/ref/main/trigger/pipeline?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
    });
    expect(response.status).toBe(201);
  };
  await send('');
  expect((await runJob(stage)).stderr).toContain('brings no secret');
  // A job whose command names the file has it from the trigger all the same.
  expect((await runJob(stage, ['--payload', 'PATH'])).stderr).toContain('brings no secret');
  expect(titles(stage)).toEqual([]);
  await send(`&herald_secret=${secret}`);
  const { exitCode, stderr } = await runJob(stage);
  expect(exitCode, stderr).toBe(0);
  expect(titles(stage)).toEqual(issues);
});
