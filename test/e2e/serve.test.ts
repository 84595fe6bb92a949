import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hookSecretOf } from '../../src/receiver/hook-secret.ts';
import { sweepHere } from '../../src/serve/here.ts';
import { startTriggerServer, type TriggerServer } from '../support/gitlab/ci/trigger-server.ts';
import { issueEvent, mergeRequestEvent } from '../usecases/bot/events.ts';
import { aStage, cast, forkMr, head, mr, type Stage } from '../usecases/bot/stage.ts';
import { type RunningReceiver, startReceiver, temporaryFolder, webhookSecret } from './a-receiver.ts';
import { heraldScript, runHerald } from './run-herald.ts';

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

/** The end of the pipeline of merge request 7, with a variable that nobody may see. */
const pipelineEvent = {
  object_kind: 'pipeline',
  user: { id: cast.dev.id },
  project: { id: 42, path_with_namespace: 'shop/till' },
  object_attributes: {
    id: 501,
    sha: head,
    ref: 'vouchers',
    status: 'failed',
    variables: [{ key: 'SECRET', value: 'canary' }],
  },
  merge_request: { iid: 7, target_project_id: 42 },
  builds: [{ id: 601, name: 'unit', status: 'failed' }],
};

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until a process has children; their numbers. Linux shows them: https://man7.org/linux/man-pages/man5/proc.5.html */
async function childrenOf(pid: number): Promise<readonly number[]> {
  const path = `/proc/${pid}/task/${pid}/children`;
  await expect.poll(() => readFile(path, 'utf8'), { timeout: 60_000 }).not.toBe('');
  return (await readFile(path, 'utf8')).trim().split(' ').map(Number);
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
    await receiver.line(({ outcome }) => outcome === 'duplicate');
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
    const about = { event: 'merge_request.opened', action: 'opened', project: 'shop/till', object: '!7' };
    expect(receiver.lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          step: 'delivery',
          outcome: 'queued',
          ...about,
          ms: expect.any(Number) as unknown,
        }),
        expect.objectContaining({
          step: 'work',
          outcome: 'handled',
          ...about,
          ms: expect.any(Number) as unknown,
        }),
        // The process that handled it.
        expect.objectContaining({ message: 'handled: 1 action', outcome: 'handled', ...about }),
        expect.objectContaining({
          message: '6 requests to GitLab',
          ...about,
          ms: expect.any(Number) as unknown,
        }),
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

  test('the report of a finished pipeline comes at once', async () => {
    const stage = await aStage();
    const receiver = await startReceiver(here(stage));
    expect(await receiver.deliver(pipelineEvent)).toBe(200);
    await worked(receiver);
    expect(stage.notes()).toEqual([expect.stringContaining('unit')]);
  });

  test('row 109: all events together have no more requests under way than allowed', async () => {
    const starts: number[] = [];
    const latencyMilliseconds = 40;
    const stage = await aStage(config, {
      latencyMilliseconds,
      beforeRequest: () => {
        starts.push(performance.now());
        return undefined;
      },
    });
    const receiver = await startReceiver(here(stage, ['--max-in-flight', '1']));
    const payloads = [mr, forkMr].map((on) => mergeRequestEvent('open', { on }));
    await Promise.all([...payloads, issueEvent('open', 3)].map((payload) => receiver.deliver(payload)));
    await worked(receiver, 3);
    expect(starts.length).toBeGreaterThan(6);
    const gaps = starts.slice(1).map((start, at) => start - (starts[at] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(latencyMilliseconds - 5);
    const metrics = await (await fetch(`${receiver.origin}/metrics`)).text();
    expect(metrics).toContain(`herald_gitlab_requests_total ${starts.length}`);
  });

  test('a receiver that is killed takes the processes of its events with it, and its successor handles them', async () => {
    let isHanging = true;
    const stage = await aStage(config, { beforeRequest: () => (isHanging ? 'hang' : undefined) });
    const first = await startReceiver(here(stage));
    await first.deliver(mergeRequestEvent('open'));
    const [child] = await childrenOf(first.child.pid ?? 0);
    first.child.kill('SIGKILL');
    await once(first.child, 'close');
    await expect.poll(() => isAlive(child ?? 0), { timeout: 60_000 }).toBe(false);
    isHanging = false;
    const second = await startReceiver({ ...here(stage), spool: first.spool });
    await worked(second);
    expect(stage.item({ kind: 'merge_request', project: 42, iid: 7 }).labels).toEqual(['new']);
  });

  test('projects that only globs name are served, without a project of the bot', async () => {
    const stage = await aStage(config);
    const flags = ['--server', stage.gitlab.url, '--projects', 'shop/**'];
    const receiver = await startReceiver({ flags, env: { HERALD_TOKEN: 'bot-token' } });
    await receiver.deliver(mergeRequestEvent('open'));
    const status = stage.say('dev', '/herald status');
    await receiver.deliver(status.payload);
    await worked(receiver, 2);
    expect(stage.item({ kind: 'merge_request', project: 42, iid: 7 }).labels).toEqual(['new']);
    expect(stage.answers(status.note)).toHaveLength(1);
  });

  test('it sweeps in a process of its own, without an event', async () => {
    const stage = await aStage();
    const { note } = stage.say('dev', '/herald label ~backend');
    const { PATH = '' } = process.env;
    const outcome = await sweepHere(new AbortController().signal, {
      command: [process.execPath, heraldScript],
      flags: ['--server', stage.gitlab.url, '--projects', 'shop/**'],
      environment: { PATH, HERALD_TOKEN: 'bot-token' },
      maxHeapMegabytes: 512,
      logLine: () => undefined,
      gate: {
        enter(begin) {
          begin();
          return () => undefined;
        },
      },
      requested: () => undefined,
    });
    expect(outcome).toEqual({ outcome: 'handled', detail: '' });
    expect(stage.answers(note)).toHaveLength(1);
  });

  test.each([1, 2, 3])(
    'row 83: killed in the middle of write %d of an event, it leaves work half done that its successor ends, once',
    async (nth) => {
      let writes = 0;
      let kill = (): void => undefined;
      const stage = await aStage(null, {
        beforeRequest: ({ method }) => {
          if (method === 'GET') return undefined;
          writes += 1;
          if (writes !== nth) return undefined;
          kill();
          // It lands, and nobody hears of it.
          return 'reset-after';
        },
      });
      const first = await startReceiver(here(stage));
      const { note, payload } = stage.say('dev', '/herald label ~backend');
      kill = () => void first.child.kill('SIGKILL');
      await first.deliver(payload);
      await once(first.child, 'close');
      const second = await startReceiver({ ...here(stage), spool: first.spool });
      await worked(second);
      expect(stage.item({ kind: 'merge_request', project: 42, iid: 7 }).labels).toEqual(['backend']);
      expect(stage.answers(note)).toHaveLength(1);
      expect(await second.stop()).toBe(0);
    },
  );

  test('row 114: what was given up is reported by doctor, and taken up again when its cause is gone', async () => {
    const stage = await aStage(
      'bot: { rules: [{ name: mark, on: merge_request.opened, do: [{ lable: new }] }] }',
    );
    const first = await startReceiver(here(stage));
    await first.deliver(mergeRequestEvent('open'));
    await worked(first);
    expect(await first.stop()).toBe(0);
    const env = { HERALD_TOKEN: 'bot-token' };
    const ask = async (): Promise<string> => {
      const flags = ['doctor', '--server', stage.gitlab.url, '--watch', '42', '--spool', first.spool];
      return (await runHerald(flags, { cwd: first.spool, env })).stdout;
    };
    expect(await ask()).toMatch(/1 event.*given up/);
    for (const file of stage.state.files)
      if (file.path === '.herald.yml') Object.assign(file, { content: config });
    const second = await startReceiver({ ...here(stage, ['--replay']), spool: first.spool });
    await worked(second);
    expect(stage.item({ kind: 'merge_request', project: 42, iid: 7 }).labels).toEqual(['new']);
    expect(await second.stop()).toBe(0);
    expect(await ask()).not.toMatch(/1 event.*given up/);
  });

  test('secrets may be files', async () => {
    const stage = await aStage();
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'token'), 'bot-token\n');
    const { env: _env, ...options } = here(stage);
    const receiver = await startReceiver({ ...options, env: { HERALD_TOKEN_FILE: join(folder, 'token') } });
    expect(await (await fetch(`${receiver.origin}/readyz`)).text()).toBe('ready, as herald-bot\n');
  });
});

describe('herald serve --deliver pipeline', () => {
  const payloadsIn = ({ state }: Stage): readonly string[] =>
    state.pipelines.flatMap(({ trigger }) => (trigger === undefined ? [] : [trigger.payload]));

  async function withBotProject(stage: Stage): Promise<TriggerServer> {
    stage.state.projects.push({ id: 9, path_with_namespace: 'shop/herald-bot', default_branch: 'main' });
    stage.state.ci.members.push({ project_id: 9, user_id: cast.mia.id, access_level: 40 });
    const trigger = { id: 1, project_id: 9, description: 'bot', owner_id: cast.mia.id, expires_at: null };
    stage.state.ci.triggers.push({ ...trigger, token: 'trigger-token' });
    const server = await startTriggerServer(stage.state);
    onTestFinished(() => server.stop());
    return server;
  }

  function byPipeline({ url }: TriggerServer, project = '9'): Parameters<typeof startReceiver>[0] {
    const flags = ['--deliver', 'pipeline', '--server', url, '--project', project, '--ref', 'main'];
    return {
      flags: [...flags, '--projects', 'shop/**'],
      env: { HERALD_TRIGGER_TOKEN: 'trigger-token' },
    };
  }

  test('a pipeline event starts a pipeline of the bot, which makes the report', async () => {
    const stage = await aStage();
    const receiver = await startReceiver(byPipeline(await withBotProject(stage)));
    expect(await receiver.deliver(pipelineEvent)).toBe(200);
    expect(await receiver.line(({ step }) => step === 'work')).toMatchObject({ outcome: 'handled' });
    const [payload = ''] = payloadsIn(stage);
    expect(JSON.parse(payload)).toMatchObject({ object_kind: 'pipeline', object_attributes: { id: 501 } });
    expect(payload).not.toContain('canary');
    const env = {
      CI: 'true',
      GITLAB_CI: 'true',
      CI_PIPELINE_SOURCE: 'trigger',
      CI_API_V4_URL: stage.gitlab.apiUrl,
      CI_SERVER_URL: stage.gitlab.url,
      CI_PROJECT_ID: '9',
      HERALD_TOKEN: 'bot-token',
      TRIGGER_PAYLOAD: payload,
    };
    const flags = ['bot', '--server', stage.gitlab.url, '--projects', 'shop/**'];
    const { exitCode, stderr } = await runHerald(flags, { cwd: receiver.spool, env });
    expect(exitCode, stderr).toBe(0);
    expect(stage.notes()).toEqual([expect.stringContaining('unit')]);
    expect(receiver.text()).not.toContain('trigger-token');
  });

  test.each(['9', 'shop/herald-bot'])(
    'row 83: events of the bot’s own project %s start nothing, or each would start another',
    async (project) => {
      const stage = await aStage();
      const receiver = await startReceiver(byPipeline(await withBotProject(stage), project));
      const payload = {
        ...pipelineEvent,
        project: { id: 9, path_with_namespace: 'shop/herald-bot' },
        merge_request: null,
      };
      const { token } = hookSecretOf(webhookSecret, { kind: 'project', id: 9 });
      const response = await fetch(`${receiver.origin}/?project=9`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-gitlab-token': token },
        body: JSON.stringify(payload),
      });
      expect(response.status).toBe(200);
      expect(await receiver.line(({ step }) => step === 'work')).toMatchObject({ outcome: 'ignored' });
      expect(payloadsIn(stage)).toEqual([]);
    },
  );

  test('each event waits in the queue of its object, where the bot’s project declares queues', async () => {
    const stage = await aStage();
    const server = await withBotProject(stage);
    const botProject = stage.state.projects.find(({ id }) => id === 9);
    if (botProject !== undefined) botProject.declared_inputs = { queue: '^(none|q\\d{1,2})$' };
    const receiver = await startReceiver(byPipeline(server));
    for (const action of ['open', 'reopen'] as const) await receiver.deliver(mergeRequestEvent(action));
    await receiver.deliver(issueEvent('open', 3));
    // A connection that was lost in between is tried again.
    await receiver.line(() => receiver.lines.filter(({ outcome }) => outcome === 'handled').length === 3);
    const queues = stage.state.pipelines.flatMap(({ trigger }) => trigger?.inputs?.['queue'] ?? []);
    expect(queues).toHaveLength(3);
    expect(new Set(queues).size).toBe(2);
    expect(receiver.text()).not.toContain('declare the input');
  });

  test('without queues in the bot’s project its events wait in one, and the log says so', async () => {
    const stage = await aStage();
    const receiver = await startReceiver(byPipeline(await withBotProject(stage)));
    await receiver.deliver(mergeRequestEvent('open'));
    expect(await receiver.line(({ step }) => step === 'work')).toMatchObject({ outcome: 'handled' });
    expect(receiver.text()).toContain('declare the input');
    expect(payloadsIn(stage)).toHaveLength(1);
  });

  test('it is not ready while GitLab refuses its pipelines, and keeps the event', async () => {
    const stage = await aStage();
    const server = await withBotProject(stage);
    server.answerWith(401);
    const receiver = await startReceiver(byPipeline(server));
    await receiver.deliver(pipelineEvent);
    const { detail } = await receiver.line(({ step }) => step === 'work');
    expect(detail).toBe('the trigger token is wrong (401)');
    const ready = await fetch(`${receiver.origin}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([503, 'the trigger token is wrong (401)\n']);
    expect(await readdir(join(receiver.spool, 'queue'))).toHaveLength(1);
  });
});
