import { describe, expect, test } from 'vitest';
import { demoVariables } from '../../src/demo/scenario.ts';
import { aProject } from './fake-project.ts';
import { runHerald } from './run-herald.ts';

type Project = Awaited<ReturnType<typeof aProject>>;

function statusesOf({ gitlab, env }: Project): Readonly<Record<string, string>> {
  const pipeline = gitlab.state.pipelines.find(({ id }) => String(id) === env['CI_PIPELINE_ID']);
  return Object.fromEntries((pipeline?.statuses ?? []).map(({ name, state }) => [name, state]));
}

describe('statuses per check', () => {
  test('each check has its own, on the merge commit and the id of a merged-results pipeline, never by ref', async () => {
    const project = await aProject();
    const { gitlab, directory, env } = project;
    const pipeline = gitlab.state.pipelines.find(({ id }) => String(id) === env['CI_PIPELINE_ID']);
    const merge = 'c'.repeat(40);
    gitlab.state.pipelines.push({
      ...(pipeline ?? fail()),
      id: 9_001,
      sha: merge,
      ref: 'refs/merge-requests/1/merge',
      statuses: [],
    });
    const merged = {
      ...env,
      CI_PIPELINE_ID: '9001',
      CI_COMMIT_SHA: merge,
      CI_MERGE_REQUEST_EVENT_TYPE: 'merged_result',
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: env['CI_COMMIT_SHA'] ?? '',
    };
    const args = ['report', '--status', 'checks', '--fail-on', 'failures'];
    const { exitCode, stderr } = await runHerald(args, { cwd: directory, env: merged });
    expect(exitCode, stderr).toBe(1);
    const sent = gitlab.requests.filter(({ path }) => path.includes('/statuses/'));
    expect(new Set(sent.map(({ path }) => path.split('/').at(-1)))).toEqual(new Set([merge]));
    for (const { body } of sent) {
      expect(body).toMatchObject({ pipeline_id: 9_001 });
      expect(body).not.toHaveProperty('ref');
    }
    const found = statusesOf({ ...project, env: merged });
    expect(found).toMatchObject({ 'herald/tests': 'failed', 'herald/coverage': 'success' });
    expect(gitlab.state.pipelines.some(({ source }) => source === 'external')).toBe(false);
  });

  test('what a start job set to running is finished, also where the report finds nothing of it', async () => {
    const project = await aProject();
    const { gitlab, directory, env } = project;
    const pipeline = gitlab.state.pipelines.find(({ id }) => String(id) === env['CI_PIPELINE_ID']);
    const running = { user: 2, state: 'running', description: null, target_url: null };
    const user = gitlab.state.users.find(({ username }) => username === 'herald-bot')?.id ?? 0;
    for (const [index, name] of ['herald/tests', 'herald/plan', 'herald/backend', 'other'].entries())
      pipeline?.statuses.push({ ...running, id: index + 1, name, user });
    const { exitCode, stderr } = await runHerald(['report', '--status', 'checks'], { cwd: directory, env });
    expect(exitCode, stderr).toBe(0);
    expect(statusesOf(project)).toMatchObject({
      'herald/tests': 'success',
      'herald/plan': 'skipped',
      'herald/backend': 'running',
      other: 'running',
    });
  });

  test('a run that ends in an error finishes its own open status as failed', async () => {
    const project = await aProject();
    const { gitlab, directory, env, write } = project;
    await write('.herald.yml', 'label-rules:\n  nonsense: broken\n');
    const pipeline = gitlab.state.pipelines.find(({ id }) => String(id) === env['CI_PIPELINE_ID']);
    const user = gitlab.state.users.find(({ username }) => username === 'herald-bot')?.id ?? 0;
    pipeline?.statuses.push({
      id: 1,
      name: 'herald/report',
      user,
      state: 'pending',
      description: null,
      target_url: null,
    });
    const { exitCode } = await runHerald(['report'], { cwd: directory, env });
    expect(exitCode).toBe(2);
    expect(statusesOf(project)).toEqual({ 'herald/report': 'failed' });
  });

  test.each([
    { value: 'true', names: ['herald/report'] },
    { value: 'false', names: [] },
    { value: 'none', names: [] },
  ])('HERALD_STATUS=$value works as before', async ({ value, names }) => {
    const project = await aProject();
    const { directory, env } = project;
    const { exitCode, stderr } = await runHerald(['report'], {
      cwd: directory,
      env: { ...env, HERALD_STATUS: value },
    });
    expect(exitCode, stderr).toBe(0);
    expect(Object.keys(statusesOf(project))).toEqual(names);
  });
});

describe('labels by result', () => {
  const failing = '<testsuite><testcase name="a"><failure/></testcase></testsuite>';
  const passing = '<testsuite><testcase name="a"/></testsuite>';

  test('over five pushes: added, kept without a write, changed, and labels of others never touched', async () => {
    const { gitlab, directory, env, write } = await aProject();
    const [mr] = gitlab.state.mergeRequests;
    mr?.labels.push('bug');
    if (mr !== undefined) mr.sha = env['CI_COMMIT_SHA'] ?? '';
    await write('.herald.yml', 'labels: results\nlabel-rules:\n  tests<2: few-tests\n');
    const seen: (readonly string[])[] = [];
    const writes: number[] = [];
    for (const content of [passing, passing, failing, failing, passing]) {
      await write('one.xml', content);
      const before = gitlab.requests.length;
      const { exitCode, stderr } = await runHerald(['report', 'one.xml'], { cwd: directory, env });
      expect(exitCode, stderr).toBe(0);
      seen.push([...(mr?.labels ?? [])]);
      writes.push(
        gitlab.requests
          .slice(before)
          .filter(({ method, path }) => method === 'PUT' && /merge_requests\/\d+$/.test(path)).length,
      );
    }
    expect(seen).toEqual([
      ['bug', 'tests::passing', 'few-tests'],
      ['bug', 'tests::passing', 'few-tests'],
      ['bug', 'few-tests', 'tests::failing'],
      ['bug', 'few-tests', 'tests::failing'],
      ['bug', 'few-tests', 'tests::passing'],
    ]);
    expect(writes).toEqual([1, 0, 1, 0, 1]);
  });

  test('a pipeline of older commits changes none', async () => {
    const { gitlab, directory, write } = await aProject();
    const [mr] = gitlab.state.mergeRequests;
    await write('one.xml', passing);
    if (mr !== undefined) mr.sha = 'd'.repeat(40);
    const env = {
      ...demoVariables('first', gitlab.url, directory),
      GITLAB_CI: 'true',
      HERALD_LABELS: 'results',
    };
    const { exitCode, stderr } = await runHerald(['report', 'one.xml'], { cwd: directory, env });
    expect(exitCode, stderr).toBe(0);
    expect(mr?.labels).toEqual([]);
  });
});

function fail(): never {
  throw new Error('there is no such pipeline');
}
