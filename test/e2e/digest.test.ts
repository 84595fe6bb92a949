import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type EmbeddedGitLab, startEmbeddedGitLab } from '../support/gitlab/embedded-gitlab.ts';
import { madeUpPeople } from '../support/gitlab/state/made-up-history.ts';
import { addDays, day, emptyProject, projectId, token } from '../usecases/digest/history-stage.ts';
import { findHeraldAt } from './bot-component.ts';
import { heraldScript, type Run, run } from './run-herald.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ciLocal = join(root, 'node_modules/gitlab-ci-local/dist/index.js');
const example = join(root, 'docs/examples/digest/.gitlab-ci.yml');
const job = 'herald-digest';

const identity = {
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

interface Till {
  readonly gitlab: EmbeddedGitLab;
  /** The checkout of the project whose schedule writes the digest. */
  readonly directory: string;
}

/** A project with two weeks of history until today, and the example's pipeline. */
async function aTill(): Promise<Till> {
  const state = emptyProject();
  addDays(state, Date.now() - 14 * day, 14, { mergeRequests: 20, issues: 4, scheduled: 3, jobs: 3 });
  const gitlab = await startEmbeddedGitLab({ state });
  onTestFinished(() => gitlab.stop());
  const directory = await mkdtemp(join(tmpdir(), 'herald-digest-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const till = { gitlab, directory };
  const own = (await readFile(example, 'utf8'))
    .replace(/component: \S+/, 'component: $CI_SERVER_FQDN/$CI_PROJECT_PATH/digest@$CI_COMMIT_SHA')
    .replace('https://gitlab.example.com', gitlab.url)
    .replace('last-week', '7d');
  await writeFile(join(directory, '.gitlab-ci.yml'), own);
  await cp(join(root, 'templates'), join(directory, 'templates'), { recursive: true });
  await findHeraldAt(join(directory, 'templates/digest/template.yml'), pathWith(till));
  await mkdir(join(directory, 'bin'));
  await writeFile(
    join(directory, 'bin/herald'),
    `#!/bin/sh\nexec "${process.execPath}" "${heraldScript}" "$@"\n`,
  );
  await chmod(join(directory, 'bin/herald'), 0o755);
  await git(directory, 'init', '-q', '-b', 'main');
  await git(directory, 'remote', 'add', 'origin', `${gitlab.url}/shop/till.git`);
  await git(directory, 'add', '-A');
  await git(directory, 'commit', '-q', '-m', 'all');
  await git(directory, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  await git(directory, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  return till;
}

async function git(cwd: string, ...args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await run('git', args, { cwd, env: identity });
  expect(exitCode, stderr).toBe(0);
}

function pathWith({ directory }: Till): string {
  return `${join(directory, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
}

/** Runs the job of a pipeline; `trigger` are variables that came with it, which outrank all others. */
async function runDigestJob(till: Till, trigger: Readonly<Record<string, string>> = {}): Promise<Run> {
  const variables = {
    CI_PIPELINE_SOURCE: 'schedule',
    CI_API_V4_URL: till.gitlab.apiUrl,
    CI_SERVER_URL: till.gitlab.url,
    CI_PROJECT_ID: String(projectId),
    HERALD_TOKEN: token,
    ...trigger,
  };
  const flags = Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]);
  return run(process.execPath, [ciLocal, '--force-shell-executor', job, ...flags], {
    cwd: till.directory,
    env: { ...identity, PATH: pathWith(till), NO_COLOR: '1' },
  });
}

const artifactsOf = ({ directory }: Till): string => join(directory, '.gitlab-ci-local/artifacts', job);

/** Puts what the job left behind where GitLab has it: in the newest successful pipeline of main. */
async function keepArtifacts(till: Till): Promise<void> {
  const kept = `herald-history/${projectId}.json`;
  const content = await readFile(join(artifactsOf(till), kept), 'utf8');
  const { pipelines } = till.gitlab.state;
  const newest = pipelines.findLast(({ ref, status }) => ref === 'main' && status === 'success');
  const [first] = newest?.jobs ?? [];
  if (newest === undefined || first === undefined) throw new Error('no pipeline of main passed');
  newest.jobs.push({ ...first, id: 9_000_001, name: job, artifacts: new Map([[kept, content]]) });
}

/** What stands where the runner and Herald write: nothing of an earlier run. */
async function forget({ directory }: Till): Promise<void> {
  const own = (name: string): boolean => name.startsWith('herald-') || name === '.gitlab-ci-local';
  for (const name of (await readdir(directory)).filter(own))
    await rm(join(directory, name), { recursive: true });
}

/** The projects that something was asked of. */
function askedOf({ requests }: EmbeddedGitLab, since = 0): readonly string[] {
  const ids = requests.slice(since).flatMap(({ path }) => /^\/projects\/(\d+)\//.exec(path)?.[1] ?? []);
  return [...new Set(ids)].sort();
}

test('a process that is killed in the middle of a group leaves what it read, and the next one goes on there', async () => {
  const state = emptyProject();
  state.ci.groups.push({ id: 9, full_path: 'shop' });
  const ids = Array.from({ length: 12 }, (_, index) => 100 + index);
  for (const id of ids) {
    state.projects.push({ id, path_with_namespace: `shop/p${id}`, default_branch: 'main' });
    addDays(state, Date.now() - 10 * day, 10, { projectId: id, seed: id, mergeRequests: 3, jobs: 2 });
  }
  let kill = (): void => undefined;
  const gitlab: EmbeddedGitLab = await startEmbeddedGitLab({
    state,
    beforeRequest: () => {
      if (askedOf(gitlab).length > 6) kill();
      return undefined;
    },
  });
  onTestFinished(() => gitlab.stop());
  const directory = await mkdtemp(join(tmpdir(), 'herald-digest-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const args = ['digest', '--server', gitlab.url, '--group', 'shop', '--period', '5d'];
  const options = { cwd: directory, env: { ...process.env, HERALD_TOKEN: token } };
  const first = spawn(process.execPath, [heraldScript, ...args], { ...options, stdio: 'ignore' });
  kill = () => void first.kill('SIGKILL');
  const signal = await new Promise((resolve) => {
    first.once('exit', (_code, by) => {
      resolve(by);
    });
  });
  expect(signal).toBe('SIGKILL');
  kill = () => undefined;
  const files = await readdir(join(directory, 'herald-history'));
  const kept = files.filter((name) => name.endsWith('.json')).map((name) => name.replace('.json', ''));
  expect(kept.length).toBeGreaterThanOrEqual(3);
  expect(kept.length).toBeLessThan(ids.length);
  const before = gitlab.requests.length;
  const { exitCode, stderr } = await run(process.execPath, [heraldScript, ...args], {
    cwd: directory,
    env: { HERALD_TOKEN: token },
  });
  expect(exitCode, stderr).toBe(0);
  const left = [projectId, ...ids].map(String).filter((id) => !kept.includes(id));
  expect(askedOf(gitlab, before)).toEqual(left.sort());
  expect(stderr).toContain('read 13 of 13 projects');
});

describe('the digest component, run by gitlab-ci-local', () => {
  test('leaves its files as artifacts and one issue, and reads from the last artifact the second time', async () => {
    const till = await aTill();
    const { gitlab } = till;
    const first = await runDigestJob(till);
    expect(first.stdout + first.stderr).toMatch(/PASS.*herald-digest/);
    const asked = gitlab.requests.length;
    expect((await readdir(artifactsOf(till))).sort()).toEqual([
      'herald-audit.jsonl',
      'herald-digest.csv',
      'herald-digest.html',
      'herald-digest.json',
      'herald-digest.md',
      'herald-digest.txt',
      'herald-history',
    ]);
    const issues = (): readonly string[] =>
      gitlab.state.issues.map(({ title }) => title).filter((title) => title.startsWith('Delivery of'));
    expect(issues()).toEqual(['Delivery of shop/till']);

    await keepArtifacts(till);
    await forget(till);
    const second = await runDigestJob(till);
    expect(second.stdout + second.stderr).toMatch(/PASS.*herald-digest/);
    const again = gitlab.requests.slice(asked);
    const fetched = `/projects/${projectId}/jobs/artifacts/main/raw/herald-history/${projectId}.json`;
    expect(again.filter(({ path, status }) => path === fetched && status === 200)).toHaveLength(1);
    expect(again.length).toBeLessThanOrEqual(40);
    expect(again.length).toBeLessThan(asked);
    expect(issues()).toHaveLength(1);
  });

  test.each([
    ['NODE_OPTIONS', { NODE_OPTIONS: '--import=data:text/javascript,process.exit(86)' }],
    [
      'options of Herald',
      {
        HERALD_SERVER: 'http://127.0.0.1:9',
        HERALD_PROJECT: 'nobody/none',
        HERALD_INTO: 'nobody/none',
        HERALD_PEOPLE: 'true',
        HERALD_DRY_RUN: 'true',
        HERALD_OUTPUT: '/nowhere',
      },
    ],
  ])('a trigger that sends %s along changes nothing', async (_name, trigger) => {
    const till = await aTill();
    const { stdout, stderr } = await runDigestJob(till, { CI_PIPELINE_SOURCE: 'trigger', ...trigger });
    expect(stdout + stderr).toMatch(/PASS.*herald-digest/);
    expect(stdout + stderr).not.toContain(token);
    const description = till.gitlab.state.issues.find(({ title }) => title === 'Delivery of shop/till');
    expect(description).toBeDefined();
    const page = await readFile(join(artifactsOf(till), 'herald-digest.html'), 'utf8');
    const markdown = await readFile(join(artifactsOf(till), 'herald-digest.md'), 'utf8');
    expect(markdown).toContain('Delivery of shop/till');
    for (const { username } of madeUpPeople)
      for (const text of [page, markdown]) expect(text).not.toMatch(new RegExp(`\\b${username}\\b`));
  });

  test('a trigger that names another GitLab fails the job before anything is sent', async () => {
    const till = await aTill();
    const other = await startEmbeddedGitLab({ state: emptyProject() });
    onTestFinished(() => other.stop());
    const { stdout, stderr } = await runDigestJob(till, {
      CI_PIPELINE_SOURCE: 'trigger',
      CI_API_V4_URL: other.apiUrl,
      CI_SERVER_URL: other.url,
    });
    expect(stdout + stderr).toMatch(/FAIL.*herald-digest/);
    expect(stdout + stderr).toContain(`CI_SERVER_URL leads to ${other.url}`);
    expect([...till.gitlab.requests, ...other.requests]).toEqual([]);
  });

  test.each([
    ['schedule', [job]],
    ['web', [job]],
    ['trigger', [job]],
    ['push', []],
    ['merge_request_event', []],
  ])('for %s there are the jobs %j', async (source, jobs) => {
    const { directory } = await aTill();
    const flags = ['--list-json', '--variable', `CI_PIPELINE_SOURCE=${source}`];
    const quiet = { GCL_IGNORE_PREDEFINED_VARS: 'CI_PIPELINE_SOURCE' };
    const { stdout } = await run(process.execPath, [ciLocal, ...flags], {
      cwd: directory,
      env: { ...identity, ...quiet },
    });
    const all = stdout.trim() === '' ? [] : (JSON.parse(stdout) as { name: string; when: string }[]);
    expect(all.filter(({ when }) => when !== 'never').map(({ name }) => name)).toEqual(jobs);
  });
});
