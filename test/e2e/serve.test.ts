import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mergeRequestEvent } from '../usecases/bot/events.ts';
import { aStage, type Stage } from '../usecases/bot/stage.ts';
import { type RunningReceiver, startReceiver, webhookSecret } from './a-receiver.ts';
import { runHerald } from './run-herald.ts';

const config = 'bot: { rules: [{ name: mark, on: merge_request.opened, do: [{ label: new }] }] }';

function here({ gitlab }: Stage, flags: readonly string[] = []): Parameters<typeof startReceiver>[0] {
  return {
    flags: ['--server', gitlab.url, '--project', '42', ...flags],
    env: { HERALD_TOKEN: 'bot-token' },
  };
}

function worked({ line }: RunningReceiver, nth = 1): Promise<unknown> {
  let seen = 0;
  return line(({ step, outcome }) => {
    if (step === 'work' && outcome !== 'superseded') seen += 1;
    return seen >= nth;
  });
}

describe('herald serve --deliver here', () => {
  test('row 1: a rule is obeyed, and the same delivery does nothing a second time', async () => {
    const stage = await aStage(config);
    const receiver = await startReceiver(here(stage));
    const payload = mergeRequestEvent('open');
    expect(await receiver.deliver(payload, { 'idempotency-key': 'one' })).toBe(200);
    await worked(receiver);
    expect(stage.item({ kind: 'merge_request', project: 42, iid: 7 }).labels).toEqual(['new']);
    expect(await receiver.deliver(payload, { 'idempotency-key': 'one' })).toBe(200);
    expect(receiver.lines.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(1);
    expect(await receiver.stop()).toBe(0);
    expect(await readdir(join(receiver.spool, 'queue'))).toEqual([]);
  });

  test('a command in a comment is answered, once', async () => {
    const stage = await aStage();
    const receiver = await startReceiver(here(stage));
    const { note, payload } = stage.say('dev', '/herald label ~backend');
    expect([await receiver.deliver(payload), await receiver.deliver(payload)]).toEqual([200, 200]);
    await receiver.line(
      () =>
        receiver.lines.filter(({ step, outcome }) => step === 'work' && outcome === 'handled').length === 2,
    );
    expect(stage.answers(note)).toHaveLength(1);
  });

  test('row 115: its log says what came and what became of it, and holds no secret', async () => {
    const stage = await aStage(config);
    const receiver = await startReceiver(here(stage));
    await receiver.deliver(mergeRequestEvent('open'));
    await receiver.deliver(mergeRequestEvent('open'), { 'x-gitlab-token': 'wrong-token-of-a-hook' });
    await worked(receiver);
    const about = { event: 'merge_request', action: 'opened', project: 42, object: 'merge_request 42!7' };
    expect(receiver.lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ step: 'delivery', outcome: 'queued', ...about, ms: expect.any(Number) }),
        expect.objectContaining({ step: 'work', outcome: 'handled', ...about, ms: expect.any(Number) }),
        expect.objectContaining({ step: 'delivery', outcome: 'secret-wrong', project: null }),
      ]),
    );
    const ids = receiver.lines
      .filter(({ object }) => object === about.object)
      .map(({ delivery }) => delivery);
    expect(new Set(ids).size).toBe(1);
    for (const secret of ['bot-token', webhookSecret]) expect(receiver.text()).not.toContain(secret);
  });

  test('it says that it is ready, and what it has counted', async () => {
    const stage = await aStage(config);
    const receiver = await startReceiver(here(stage));
    await receiver.deliver(mergeRequestEvent('open'));
    await worked(receiver);
    const [ready, metrics] = await Promise.all(
      ['/readyz', '/metrics'].map(async (path) => (await fetch(`${receiver.origin}${path}`)).text()),
    );
    expect(ready).toMatch(/^ready, as /);
    expect(metrics).toContain(
      'herald_deliveries_total{event="merge_request",project="42",outcome="queued"} 1',
    );
    expect(metrics).toMatch(/herald_gitlab_requests_total [1-9]/);
    expect(metrics?.trimEnd().endsWith('# EOF')).toBe(true);
  });

  test('a second receiver on one spool does not start', async () => {
    const stage = await aStage();
    const { spool } = await startReceiver(here(stage));
    const flags = [
      'serve',
      '--spool',
      spool,
      '--listen',
      '127.0.0.1:0',
      '--server',
      stage.gitlab.url,
      '--project',
      '42',
    ];
    const env = { HERALD_TOKEN: 'bot-token', HERALD_WEBHOOK_SECRET: webhookSecret };
    const { exitCode, stderr } = await runHerald(flags, { cwd: spool, env });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('another receiver uses the spool')]);
  });
});
