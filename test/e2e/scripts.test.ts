import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aProject, type Project } from './fake-project.ts';
import { heraldScript, runHerald } from './run-herald.ts';

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

describe('herald comment reads its standard input', () => {
  /** Runs a command of the shell, or the script over the standard input that is given. */
  async function sayTo(
    stdin: 'pipe' | number,
    command: readonly string[],
    project: Project,
  ): Promise<{ readonly exitCode: number | null; readonly stderr: string }> {
    const [program = '', ...args] = command;
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, ...project.env };
    const child = spawn(program, args, { cwd: project.directory, env, stdio: [stdin, 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr?.on('data', (data: Buffer) => (stderr += data.toString()));
    child.stdin?.end('13 kB');
    await once(child, 'close');
    return { exitCode: child.exitCode, stderr };
  }

  const script = [process.execPath, heraldScript, 'comment'];

  test('from a socket, which Node gives a child', async () => {
    const project = await aProject();
    const { exitCode, stderr } = await sayTo('pipe', script, project);
    expect(exitCode, stderr).toBe(0);
    expect(project.botNotes()).toEqual([expect.stringContaining('13 kB')]);
  });

  test('from a pipe', async () => {
    const project = await aProject();
    const line = `echo '13 kB' | ${script.map((word) => `'${word}'`).join(' ')}`;
    const { exitCode, stderr } = await sayTo('pipe', ['sh', '-c', line], project);
    expect(exitCode, stderr).toBe(0);
    expect(project.botNotes()).toEqual([expect.stringContaining('13 kB')]);
  });

  test('from a file', async () => {
    const project = await aProject();
    await project.write('size.md', '13 kB');
    const file = await open(join(project.directory, 'size.md'));
    const { exitCode, stderr } = await sayTo(file.fd, [...script, '-'], project);
    await file.close();
    expect(exitCode, stderr).toBe(0);
    expect(project.botNotes()).toEqual([expect.stringContaining('13 kB')]);
  });
});
