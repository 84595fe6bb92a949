import { describe, expect, test } from 'vitest';
import { aBotProject, bot, canaries, maintainer } from './bot-project.ts';
import { runHerald } from './run-herald.ts';

const one = ['--bot-project', bot.path, '--watch', 'shop/checkout'];
const withToken = { HERALD_BOT_TOKEN: canaries.bot };

describe('herald setup of one project', () => {
  test('makes the webhook, trigger token and variables that a bot needs, and a second run writes nothing', async () => {
    const { setup, writes, state } = await aBotProject(['shop/checkout']);
    const first = await setup(one, withToken);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(state.ci.hooks).toMatchObject([
      {
        project_id: 100,
        fields: { note_events: true, merge_requests_events: true, pipeline_events: false, job_events: false },
      },
    ]);
    expect(state.ci.triggers).toHaveLength(1);
    expect(state.ci.variables).toMatchObject([
      { project_id: bot.id, key: 'HERALD_TOKEN', masked: true, protected: true, value: canaries.bot },
    ]);
    expect(state.ci.schedules).toHaveLength(1);
    expect(writes().length).toBeGreaterThan(0);
    expect((await setup(one, withToken)).exitCode).toBe(0);
    expect(writes()).toEqual([]);
  });

  test('shows what it would do with --plan, and does nothing', async () => {
    const { setup, writes, state } = await aBotProject(['shop/checkout']);
    const { exitCode, stdout } = await setup([...one, '--plan'], withToken);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('+ webhook with a trigger token of its own');
    expect(stdout).toContain('none made');
    expect(writes()).toEqual([]);
    expect(state.ci.hooks).toEqual([]);
  });

  test('repairs a webhook that somebody changed', async () => {
    const { setup, writes, state } = await aBotProject(['shop/checkout']);
    await setup(one, withToken);
    const [hook] = state.ci.hooks;
    if (hook === undefined) throw new Error('there is no webhook');
    hook.fields = { ...hook.fields, pipeline_events: true, note_events: false };
    writes();
    const { stdout } = await setup(one, withToken);
    expect(stdout).toMatch(/~ webhook/);
    expect(writes()).toEqual([`PUT /projects/100/hooks/${hook.id}`]);
    expect(state.ci.hooks[0]?.fields).toMatchObject({ pipeline_events: false, note_events: true });
  });

  test('takes away what it made with --remove, and leaves the webhooks of others alone', async () => {
    const { setup, state } = await aBotProject(['shop/checkout']);
    const foreign = {
      id: 1,
      project_id: 100,
      url: 'https://chat.example.com/hook',
      fields: { push_events: true },
      urlVariables: new Map<string, string>(),
      alert_status: 'executable' as const,
    };
    state.ci.hooks.push(foreign);
    await setup(one, withToken);
    expect(state.ci.hooks).toHaveLength(2);
    const { exitCode } = await setup([...one, '--remove']);
    expect(exitCode).toBe(0);
    expect(state.ci.hooks).toEqual([foreign]);
    expect(state.ci.triggers).toEqual([]);
    expect(state.ci.schedules).toEqual([]);
    expect(state.ci.variables).toEqual([]);
  });

  test('works with a GitLab below a relative root, and with a slash too many in the address', async () => {
    const { setup, state } = await aBotProject(['shop/checkout'], { relativeRoot: '/gitlab' });
    const { exitCode, stderr } = await setup(one, withToken);
    expect(exitCode, stderr).toBe(0);
    expect(state.ci.hooks[0]?.url).toContain('/gitlab/api/v4/projects/9/ref/main/trigger/pipeline?token=');
  });

  test('in a shell GITLAB_URL and GITLAB_TOKEN are enough, and what a job says wins', async () => {
    const { gitlab, directory } = await aBotProject(['shop/checkout']);
    const args = ['setup', ...one, '--allow-insecure', '--plan'];
    const shell = { GITLAB_URL: `${gitlab.url}/`, GITLAB_TOKEN: canaries.maintainer };
    const { exitCode, stdout, stderr } = await runHerald(args, { cwd: directory, env: shell });
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain('+ webhook');
    const job = { CI_API_V4_URL: 'http://127.0.0.1:9/api/v4' };
    const inJob = await runHerald([...args, '--max-wait', '1'], {
      cwd: directory,
      env: { ...shell, ...job },
    });
    expect(inJob.exitCode).toBe(5);
  });

  test('tests the webhook, and waits for the pipeline that it starts', async () => {
    const { setup } = await aBotProject(['shop/checkout']);
    await setup(one, withToken);
    const { exitCode, stdout } = await setup([...one, '--test'], withToken);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/✓ the test started .*\/pipelines\/\d+/);
  });

  test('a project whose rules are about deployments gets the events of deployments, and no other project does', async () => {
    const { setup, state } = await aBotProject(['shop/checkout', 'shop/stock']);
    state.files.push({
      project_id: 100,
      ref: 'main',
      path: '.herald.yml',
      content: 'bot: { presets: { deployments: {} } }',
    });
    await setup([...one, '--watch', 'shop/stock'], withToken);
    const isOn = state.ci.hooks.map(({ project_id, fields }) => [project_id, fields['deployment_events']]);
    expect(isOn).toEqual([
      [100, true],
      [101, false],
    ]);
  });

  test('refuses --events pipeline_events, and says why', async () => {
    const { setup, writes } = await aBotProject(['shop/checkout']);
    const { exitCode, stderr } = await setup([...one, '--events', 'pipeline_events'], withToken);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('refuses to start pipelines from pipeline events');
    expect(writes()).toEqual([]);
  });

  test('no output contains a token', async () => {
    const { setup, state } = await aBotProject(['shop/checkout']);
    for (const args of [['--plan'], [], ['--rotate'], ['--test'], ['--remove']]) {
      const { stdout, stderr } = await setup([...one, ...args, '--log-level', 'debug'], withToken);
      const said = stdout + stderr;
      for (const secret of [...Object.values(canaries), ...state.ci.triggers.map(({ token }) => token)])
        expect(said).not.toContain(secret);
    }
  });
});

describe('herald setup of many projects', () => {
  const paths = Array.from({ length: 40 }, (_, index) => `shop/service-${index + 1}`);

  test('sets up all projects of a group at once, sums up each, and has nothing to do the second time', async () => {
    const { setup, state, writes } = await aBotProject(paths);
    state.ci.groups.push({ id: 7, full_path: 'shop' });
    const args = ['--bot-project', bot.path, '--group', 'shop'];
    const { exitCode, stdout, stderr } = await setup(args, withToken);
    expect(exitCode, stderr).toBe(0);
    expect(state.ci.hooks).toHaveLength(40);
    for (const path of paths) expect(stdout).toContain(path);
    writes();
    await setup(args, withToken);
    expect(writes()).toEqual([]);
  });

  test('one project of a group that refuses does not stop the others', async () => {
    const { setup, state } = await aBotProject(['shop/a', 'shop/b', 'shop/c']);
    state.ci.members.push({ project_id: 101, user_id: maintainer.id, access_level: 30 });
    state.ci.groups.push({ id: 7, full_path: 'shop' });
    const { exitCode, stdout } = await setup(['--bot-project', bot.path, '--group', 'shop'], withToken);
    expect(exitCode).toBe(4);
    expect(state.ci.hooks.map(({ project_id }) => project_id)).toEqual([100, 102]);
    expect(stdout).toContain('shop/b');
  });

  test('the next run does what a run that was cut off left undone', async () => {
    let left = 6;
    const { setup, state } = await aBotProject(['shop/a', 'shop/b'], {
      beforeRequest: ({ method }) => {
        if (method === 'GET') return undefined;
        left -= 1;
        return left < 0 ? { status: 403, body: { message: '403 Forbidden' } } : undefined;
      },
    });
    const args = ['--bot-project', bot.path, '--watch', 'shop/a', '--watch', 'shop/b'];
    await setup(args, withToken);
    left = 1_000;
    const { exitCode } = await setup(args, withToken);
    expect(exitCode).toBe(0);
    expect(state.ci.hooks.map(({ project_id }) => project_id).sort()).toEqual([100, 101]);
    expect(state.ci.triggers).toHaveLength(2);
  });

  test('a new token for one webhook leaves those of the others as they are', async () => {
    const { setup, state } = await aBotProject(['shop/a', 'shop/b']);
    await setup(['--bot-project', bot.path, '--watch', 'shop/a', '--watch', 'shop/b'], withToken);
    const before = state.ci.hooks.map(({ project_id, urlVariables }) => [
      project_id,
      [...urlVariables.values()],
    ]);
    await setup(['--bot-project', bot.path, '--watch', 'shop/a', '--rotate'], withToken);
    const tokenOf = (project: number): readonly string[] =>
      state.ci.hooks
        .filter(({ project_id }) => project_id === project)
        .flatMap((hook) => [...hook.urlVariables.values()]);
    const beforeOf = new Map(before as [number, string[]][]);
    expect(tokenOf(101)).toEqual(beforeOf.get(101));
    expect(tokenOf(100)).not.toEqual(beforeOf.get(100));
    expect(tokenOf(100)).toHaveLength(1);
  });

  test('names a group that does not exist or that the token cannot see', async () => {
    const { setup, gitlab } = await aBotProject(['shop/a']);
    const { exitCode, stderr, stdout } = await setup(
      ['--bot-project', bot.path, '--group', 'a/b'],
      withToken,
    );
    expect(exitCode).toBe(2);
    expect(stderr + stdout).toMatch(/a\/b.*(?:not found|cannot see)/s);
    expect(gitlab.requests.some(({ path }) => /groups\/a(?:%2F|\/)b/.test(path))).toBe(true);
  });
});
