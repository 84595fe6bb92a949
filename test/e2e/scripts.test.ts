import { expect, test } from 'vitest';
import { aProject } from './fake-project.ts';
import { runHerald } from './run-herald.ts';

test('herald comment keeps one note, outside of GitLab too, and lets the text do nothing', async () => {
  const { gitlab, directory, env, botNotes, write } = await aProject();
  const [mr] = gitlab.state.mergeRequests;
  const outside = { HERALD_TOKEN: env['HERALD_TOKEN'] ?? '' };
  const args = ['comment', 'text.md', '--key', 'size', '--server', gitlab.url];
  const where = ['--project', String(mr?.project_id), '--merge-request', String(mr?.iid)];
  for (const text of ['# Size\n\n12 kB', '# Size\n\n13 kB @all\n\n/merge\n\n<img src=x>']) {
    await write('text.md', text);
    const { exitCode, stderr } = await runHerald([...args, ...where], { cwd: directory, env: outside });
    expect(exitCode, stderr).toBe(0);
  }
  expect(botNotes()).toHaveLength(1);
  expect(botNotes()[0]).toContain('13 kB');
  expect(botNotes()[0]).not.toMatch(/^\/merge|^<img/m);
});

test('a status that a first job set to running is finished by the report', async () => {
  const { gitlab, directory, env } = await aProject();
  const start = await runHerald(['status', '--name', 'herald/tests', '--state', 'running'], {
    cwd: directory,
    env,
  });
  expect(start.exitCode, start.stderr).toBe(0);
  const statuses = gitlab.state.pipelines.find(({ id }) => String(id) === env['CI_PIPELINE_ID'])?.statuses;
  expect(statuses?.map(({ name, state }) => [name, state])).toEqual([['herald/tests', 'running']]);
  const again = await runHerald(['status', '--name', 'herald/tests', '--state', 'running'], {
    cwd: directory,
    env,
  });
  expect(again.exitCode, again.stderr).toBe(0);
  await runHerald(['report', '--status', 'checks'], { cwd: directory, env });
  expect(statuses?.find(({ name }) => name === 'herald/tests')?.state).toBe('success');
  expect(statuses?.filter(({ name }) => name === 'herald/tests')).toHaveLength(1);
});

test('herald label changes labels in one request, and none where they are so', async () => {
  const { gitlab, directory, env } = await aProject();
  const [mr] = gitlab.state.mergeRequests;
  mr?.labels.push('ready', 'bug');
  const args = ['label', '--add', 'deployed', '--remove', 'ready'];
  for (const dry of [['--dry-run'], [], []]) {
    const { exitCode, stderr } = await runHerald([...args, ...dry], { cwd: directory, env });
    expect(exitCode, stderr).toBe(0);
  }
  expect(mr?.labels).toEqual(['bug', 'deployed']);
  expect(gitlab.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
});

test.each([
  { name: 'no token', args: ['label', '--add', 'x'], drop: 'HERALD_TOKEN', says: 'HERALD_TOKEN' },
  { name: 'no pipeline', args: ['status', '--state', 'success'], drop: 'CI_PIPELINE_ID', says: '--pipeline' },
  { name: 'no state', args: ['status'], drop: '', says: '--state' },
  { name: 'nothing to change', args: ['label'], drop: '', says: '--add' },
  { name: 'no project', args: ['status', '--state', 'success'], drop: 'CI_PROJECT_ID', says: '--project' },
])('$name: exit 2 and what to give', async ({ args, drop, says }) => {
  const { gitlab, directory, env } = await aProject();
  const left = Object.fromEntries(Object.entries(env).filter(([name]) => name !== drop));
  const { exitCode, stderr } = await runHerald(args, { cwd: directory, env: left });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(says);
  expect(gitlab.requests).toEqual([]);
});
