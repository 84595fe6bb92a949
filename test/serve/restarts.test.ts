import { once } from 'node:events';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hookSecretOf } from '../../src/receiver/hook-secret.ts';
import type { AccessLine } from '../../src/serve/access-line.ts';
import { addressList } from '../../src/serve/address-list.ts';
import { type Receiver, runReceiver } from '../../src/serve/run-receiver.ts';
import { type Handle, type HandlingOutcome, waits } from '../../src/serve/work-loop.ts';
import { Hand } from './hand.ts';

const secret = hookSecretOf('a master secret of more than 32 characters', { kind: 'project', id: 42 });
const hour = 3_600_000;
const noon = Date.parse('2026-03-01T12:00:00Z');
const failed: HandlingOutcome = { outcome: 'failed', detail: 'GitLab is away', again: true };
const handled: HandlingOutcome = { outcome: 'handled', detail: '' };

async function aSpool(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-restarts-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

interface World {
  /** Time of day, which a test sets; the hand shows the time that nobody sets. */
  now: number;
  outcome: HandlingOutcome;
}

class Running {
  readonly hand = new Hand();
  readonly lines: AccessLine[] = [];
  readonly #world: World;
  readonly #heard = new EventTarget();
  #receiver: Receiver | null = null;

  constructor(world: World) {
    this.#world = world;
  }

  async start(spool: string): Promise<this> {
    const anywhere = addressList([], '--allow-from');
    const handle: Handle = () => Promise.resolve(this.#world.outcome);
    const receiver = await runReceiver({
      host: '127.0.0.1',
      port: 0,
      spool,
      limits: { maxEvents: 100, maxBytes: 1e6 },
      concurrency: 10,
      allowFrom: anywhere,
      trustedProxy: anywhere,
      metricsFrom: anywhere,
      replay: false,
      alertSecretsOf: () => ({ tokens: [], clientSecrets: [] }),
      showsSecret: false,
      secretsOf: () => [secret],
      isServed: () => true,
      now: () => new Date(this.#world.now),
      elapsed: () => this.hand.now,
      callAfter: (milliseconds, callback) => this.hand.callAfter(milliseconds, callback),
      handlerWith: () => handle,
      ready: () => Promise.resolve({ isReady: true, reason: 'ready' }),
      accessLog: (line) => {
        this.lines.push(line);
        this.#heard.dispatchEvent(new Event('line'));
      },
      warn: (text) => {
        throw new Error(text);
      },
    });
    this.#receiver = receiver;
    onTestFinished(() => this.stop());
    return this;
  }

  get #origin(): string {
    return `http://127.0.0.1:${this.#receiver?.port ?? 0}`;
  }

  async deliver(key: string): Promise<unknown> {
    const answer = await fetch(`${this.#origin}/?project=42`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-gitlab-token': secret.token,
        'idempotency-key': key,
        connection: 'close',
      },
      body: JSON.stringify({ object_kind: 'push', ref: 'refs/heads/main', project: { id: 42 } }),
    });
    return answer.json();
  }

  async ready(): Promise<string> {
    const answer = await fetch(`${this.#origin}/readyz`, { headers: { connection: 'close' } });
    return `${answer.status} ${await answer.text()}`;
  }

  /** The outcomes of what was handled, once there are so many. */
  async worked(count: number): Promise<readonly string[]> {
    const outcomes = (): readonly string[] =>
      this.lines.flatMap(({ step, outcome }) => (step === 'work' ? [outcome] : []));
    while (outcomes().length < count) await once(this.#heard, 'line');
    return outcomes();
  }

  async stop(): Promise<void> {
    const receiver = this.#receiver;
    this.#receiver = null;
    await receiver?.stop(1_000);
  }
}

test('row 114: an event that always fails is laid aside, however often the receiver is started again', async () => {
  const spool = await aSpool();
  const world: World = { now: noon, outcome: failed };
  for (let start = 0; start <= waits.length; start += 1) {
    const running = await new Running(world).start(spool);
    if (start === 0) await running.deliver('a');
    expect(await readdir(join(spool, 'dead'))).toEqual([]);
    expect(await running.worked(1)).toEqual(['failed']);
    await running.stop();
    world.now += 2 * hour;
  }
  const dead = await readdir(join(spool, 'dead'));
  expect(dead.filter((file) => file.endsWith('.json'))).toHaveLength(1);
  expect(await readdir(join(spool, 'queue'))).toEqual([]);
});

test('an event that failed waits for its time over a restart, too', async () => {
  const spool = await aSpool();
  const world: World = { now: noon, outcome: failed };
  const first = await new Running(world).start(spool);
  await first.deliver('a');
  await first.worked(1);
  await first.stop();
  world.now += 2_000;
  world.outcome = handled;
  const second = await new Running(world).start(spool);
  await second.hand.moveTo(2_999);
  expect(second.lines).toEqual([]);
  await second.hand.moveTo(3_000);
  expect(await second.worked(1)).toEqual(['handled']);
});

describe('a clock that is set', () => {
  test.each([-10 * hour, 10 * hour])('in the middle of a wait, by %d ms, changes no wait', async (jump) => {
    const world: World = { now: noon, outcome: failed };
    const running = await new Running(world).start(await aSpool());
    await running.deliver('a');
    await running.worked(1);
    world.now += jump;
    world.outcome = handled;
    // Another delivery makes the receiver look at what may begin.
    expect(await running.deliver('b')).toMatchObject({ outcome: 'queued' });
    await running.hand.moveTo(4_999);
    expect(await running.worked(1)).toEqual(['failed']);
    await running.hand.moveTo(5_000);
    // Both are about one branch, so the second was behind the first.
    expect(await running.worked(3)).toEqual(['failed', 'handled', 'handled']);
  });

  test('back between two runs makes nothing wait longer than after the failure', async () => {
    const spool = await aSpool();
    const world: World = { now: noon, outcome: failed };
    const first = await new Running(world).start(spool);
    await first.deliver('a');
    await first.worked(1);
    await first.stop();
    world.now -= 10 * hour;
    world.outcome = handled;
    const second = await new Running(world).start(spool);
    await second.hand.moveTo(5_000);
    expect(await second.worked(1)).toEqual(['handled']);
  });

  test.each([-100 * hour, 100 * hour])('by %d ms makes no delivery new, and loses none', async (jump) => {
    const spool = await aSpool();
    const world: World = { now: noon, outcome: handled };
    const first = await new Running(world).start(spool);
    await first.deliver('a');
    await first.worked(1);
    world.now += jump;
    expect(await first.deliver('a')).toMatchObject({ outcome: 'duplicate' });
    expect(await first.deliver('b')).toMatchObject({ outcome: 'queued' });
    await first.worked(2);
    await first.stop();
    world.now -= jump;
    const second = await new Running(world).start(spool);
    for (const key of ['a', 'b']) expect(await second.deliver(key)).toMatchObject({ outcome: 'duplicate' });
  });
});

test('it is not ready while its spool cannot be written, whoever handles the events', async () => {
  const spool = await aSpool();
  const running = await new Running({ now: noon, outcome: handled }).start(spool);
  expect(await running.ready()).toBe('200 ready\n');
  await rename(join(spool, 'queue'), join(spool, 'elsewhere'));
  // The answer is kept for a while.
  expect(await running.ready()).toBe('200 ready\n');
  await running.hand.moveTo(15_001);
  expect(await running.ready()).toBe('503 the spool cannot be written: it does not exist\n');
  await rename(join(spool, 'elsewhere'), join(spool, 'queue'));
  await running.hand.moveTo(30_002);
  expect(await running.ready()).toBe('200 ready\n');
});
