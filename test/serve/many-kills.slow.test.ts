import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { hookSecretOf } from '../../src/receiver/hook-secret.ts';
import { aStage, type Payload, type Stage } from '../usecases/bot/stage.ts';

const secret = 'a master secret of more than 32 characters';
const events = 1_000;
const kills = 25;
const mergeRequests = 40;

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-kills-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function bundled(folder: string): Promise<string> {
  const outfile = join(folder, 'receiver.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('killable-receiver.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    alias: { '@gitbeaker/rest': '@gitbeaker/core' },
    logLevel: 'error',
  });
  return outfile;
}

interface Running {
  readonly child: ChildProcess;
  readonly address: string;
}

async function start(script: string, env: Readonly<Record<string, string>>): Promise<Running> {
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, address: `http://127.0.0.1:${port.toString().trim()}/hooks/gitlab?project=42` };
}

/** The same numbers each time, so that a failure can be seen again as far as the machine allows it. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** Comments with a command, on many merge requests. */
function comments(
  stage: Stage,
): readonly { readonly payload: Payload; readonly id: number; readonly iid: number }[] {
  const [first] = stage.state.mergeRequests;
  if (first === undefined) throw new Error('the stage has no merge request');
  for (let at = 0; at < mergeRequests; at += 1)
    stage.state.mergeRequests.push({ ...first, iid: 100 + at, notes: [], labels: [], labelEvents: [] });
  return Array.from({ length: events }, (_, at) => {
    const iid = 100 + (at % mergeRequests);
    const on = { kind: 'merge_request', project: 42, iid } as const;
    const { note, payload } = stage.say('dev', `/herald label ~l${at}`, on);
    return { payload, id: note.id, iid };
  });
}

test('row 83: 1,000 accepted events are each done once, however often the receiver is killed', async () => {
  const stage = await aStage();
  const told = comments(stage);
  const [folder, spool] = await Promise.all([temporaryFolder(), temporaryFolder()]);
  const script = await bundled(folder);
  const env = { PATH: process.env['PATH'] ?? '', SPOOL: spool, API_URL: stage.gitlab.apiUrl, SECRET: secret };
  const { token } = hookSecretOf(secret, { kind: 'project', id: 42 });
  let running = await start(script, env);

  /** Sends until the answer is a success: what got no answer was not accepted. */
  async function deliver(at: number): Promise<void> {
    for (;;) {
      const headers = {
        'content-type': 'application/json',
        'x-gitlab-token': token,
        'idempotency-key': `delivery-${at}`,
      };
      const body = JSON.stringify(told[at]?.payload);
      const answer = await fetch(running.address, { method: 'POST', headers, body }).catch(() => null);
      await answer?.text().catch(() => null);
      if (answer?.status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  let isOver = false;
  const next = random(7);
  const killing = (async () => {
    for (let kill = 0; kill < kills; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50 + next() * 500));
      running.child.kill('SIGKILL');
      await once(running.child, 'close');
      running = await start(script, env);
    }
    isOver = true;
  })();
  for (let at = 0; at < events; at += 20)
    await Promise.all(Array.from({ length: 20 }, (_, more) => deliver(at + more)));
  await killing;
  expect(isOver).toBe(true);
  await expect.poll(() => readdir(join(spool, 'queue')), { interval: 200, timeout: 1_200_000 }).toEqual([]);
  running.child.kill('SIGTERM');

  expect(await readdir(join(spool, 'dead'))).toEqual([]);
  const answers = told.map(({ id, iid }) => {
    const on = { kind: 'merge_request', project: 42, iid } as const;
    const note = stage.item(on).notes.find((one) => one.id === id);
    return note === undefined ? 0 : stage.answers(note, on).length;
  });
  expect(answers.filter((count) => count !== 1)).toEqual([]);
  const labels = stage.state.mergeRequests.flatMap((mr) => mr.labels);
  expect(labels).toHaveLength(events);
});
