import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../src/version.ts';
import { canaries, maintainer } from '../setup/bot-project-state.ts';
import { aFolder, makeArchive, ran, root } from './archive.ts';
import { findHeraldAt } from './bot-component.ts';
import { aProject, type Project } from './fake-project.ts';
import { type Run, run } from './run-herald.ts';

const ciLocal = join(root, 'node_modules/gitlab-ci-local/dist/index.js');

const identity = {
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

/** Overriding predefined variables is what these tests are about. */
const quiet = { GCL_IGNORE_PREDEFINED_VARS: 'CI_COMMIT_TAG,CI_SERVER_VERSION_MAJOR,CI_REGISTRY_IMAGE' };

/** The release that all tests install. */
let release = '';

beforeAll(async () => {
  release = await mkdtemp(join(tmpdir(), 'herald-release-'));
  await makeArchive(release);
});

afterAll(() => rm(release, { recursive: true, force: true }));

/** A folder with the files of the release, and nothing else. */
async function aDownload(): Promise<string> {
  const folder = await aFolder();
  await cp(release, folder, { recursive: true });
  return folder;
}

/** A block of the page, as it is written there. */
async function blockOf(name: string, language: string): Promise<string> {
  const page = await readFile(join(root, 'docs/guides/install.md'), 'utf8');
  const [, block] =
    new RegExp(`<!-- ${name}:start -->\\n\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
  if (block === undefined) throw new Error(`the page has no block ${name}`);
  return block;
}

/** A GitLab with the demo's merge request, and a group that its owner installs into. */
async function anInstance(): Promise<Project> {
  const project = await aProject();
  const { state } = project.gitlab;
  state.users.push(maintainer);
  state.tokens.push({ value: canaries.maintainer, kind: 'personal', userId: maintainer.id });
  state.ci.groups.push({ id: 7, full_path: 'my-group', visibility: 'private' });
  return project;
}

/** Runs the commands of the page in order in a folder with the archive; what they said. */
async function follow(folder: string, { gitlab }: Project): Promise<string> {
  const commands = (await blockOf('install', 'sh'))
    .replaceAll('https://gitlab.example.com', gitlab.url)
    .replaceAll('glpat-yours', canaries.maintainer);
  // The embedded GitLab has no TLS.
  const env = { HERALD_ALLOW_INSECURE: 'true' };
  return ran('bash', ['-euc', commands], { cwd: folder, env });
}

/** The installed project as git gives it: what the API has stored, with its tag. `branch`: a change on the way. */
async function asRepository({ gitlab }: Project, change: (folder: string) => Promise<void>): Promise<string> {
  const folder = await aFolder();
  const { projects, files, tags } = gitlab.state;
  const id = projects.find(({ path_with_namespace: path }) => path === 'my-group/herald')?.id;
  for (const { project_id: of, path, content } of files) {
    if (of !== id) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await change(folder);
  const git = (...args: readonly string[]): Promise<string> =>
    ran('git', args, { cwd: folder, env: identity });
  await git('init', '-q', '-b', 'main');
  await git('remote', 'add', 'origin', `${gitlab.url}/my-group/herald.git`);
  await git('add', '-A');
  await git('commit', '-q', '-m', 'all');
  for (const { name, project_id: of } of tags) if (of === id) await git('tag', name);
  await git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  await git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  await git('config', 'uploadpack.allowFilter', 'true');
  return folder;
}

/** A folder with a `herald` command, as the image has one: the scripts that were installed. */
async function imageOf(folder: string): Promise<string> {
  const path = join(await aFolder(), 'herald');
  await writeFile(path, `#!/bin/sh\nexec "${process.execPath}" "${folder}/dist/herald.mjs" "$@"\n`);
  await chmod(path, 0o755);
  return dirname(path);
}

/** Runs the job of the page's include lines in a project of the same instance. */
async function runIncluded(project: Project, repository: string, image: string): Promise<Run> {
  const { directory, gitlab } = project;
  // The page has the names of an instance, and this one has others.
  const include = (await blockOf('include', 'yaml'))
    .replace('https://gitlab.example.com', gitlab.url)
    .replace('gitlab.example.com', '$CI_SERVER_FQDN');
  await project.write(
    '.gitlab-ci.yml',
    `${include}\nstages: [test]\ntest:\n  stage: test\n  script: "true"\n`,
  );
  const settings = join(await aFolder(), 'gitconfig');
  await writeFile(
    settings,
    `[url "file://${repository}"]\n\tinsteadOf = ${gitlab.url}/my-group/herald.git\n[safe]\n\tdirectory = *\n`,
  );
  const env = { ...identity, GIT_CONFIG_GLOBAL: settings };
  const git = (...args: readonly string[]): Promise<string> => ran('git', args, { cwd: directory, env });
  await git('init', '-q', '-b', 'main');
  await git('remote', 'add', 'origin', `${gitlab.url}/shop/shop.git`);
  await git('add', '-A');
  await git('commit', '-q', '-m', 'all');
  await git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  await git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  const head = (await git('rev-parse', 'HEAD')).trim();
  const { pipelines } = gitlab.state;
  const at = pipelines.findIndex(({ id }) => id === 5002);
  const pipeline = pipelines[at];
  if (pipeline !== undefined) pipelines[at] = { ...pipeline, sha: head };
  const variables = Object.entries(project.env)
    .filter(([name]) => name !== 'CI_COMMIT_SHA')
    .flatMap(([name, value]) => ['--variable', `${name}=${value}`]);
  const args = ['--force-shell-executor', '--needs', 'herald', '--unset-variable', 'CI_COMMIT_BRANCH'];
  return run(process.execPath, [ciLocal, ...args, ...variables], {
    cwd: directory,
    env: { ...env, PATH: `${image}${delimiter}${process.env['PATH'] ?? ''}`, NO_COLOR: '1' },
  });
}

/** The names of the jobs in a pipeline of a tag. */
async function jobsOfTag(
  folder: string,
  tag: string,
  extra: readonly string[] = [],
): Promise<readonly string[]> {
  const said = await ran(
    process.execPath,
    [
      ciLocal,
      '--list-json',
      '--file',
      '.gitlab/release.gitlab-ci.yml',
      '--variable',
      `CI_COMMIT_TAG=${tag}`,
      '--variable',
      'CI_SERVER_VERSION_MAJOR=19',
      ...extra,
    ],
    { cwd: folder, env: { ...identity, ...quiet } },
  );
  return (JSON.parse(said) as { name: string; when: string }[])
    .filter(({ when }) => when !== 'never')
    .map(({ name }) => name);
}

describe('docs/guides/install.md, followed from an empty folder', () => {
  test('ends with a comment on a merge request of another project, and a second time changes nothing', async () => {
    const instance = await anInstance();
    const at = await aDownload();
    const said = await follow(at, instance);
    expect(said).toContain('6 changes planned, none made');
    expect(said).toContain('6 changes made');
    expect(said).not.toContain(canaries.maintainer);
    const { state } = instance.gitlab;
    expect(state.projects).toContainEqual(
      expect.objectContaining({ path_with_namespace: 'my-group/herald', is_catalog_resource: true }),
    );
    expect(state.tags).toMatchObject([{ name: version }]);

    const image = await imageOf(join(at, 'package'));
    const repository = await asRepository(instance, (path) =>
      findHeraldAt(
        join(path, 'templates/report/template.yml'),
        `${image}${delimiter}${process.env['PATH'] ?? ''}`,
      ),
    );
    const { stdout, stderr } = await runIncluded(instance, repository, image);
    expect(stdout + stderr).toMatch(/PASS.*herald/);
    expect(instance.botNotes()).toHaveLength(1);
    expect(instance.botNotes()[0]).toContain('2 of 30 tests fail');

    const before = instance.gitlab.requests.length;
    expect(await follow(at, instance)).toContain('has not made its release yet');
    expect(instance.gitlab.requests.slice(before).filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('the installed project makes its release of a tag, and the archive of it is the one that was installed', async () => {
    const instance = await anInstance();
    const at = await aDownload();
    await follow(at, instance);
    const repository = await asRepository(instance, () => Promise.resolve());
    const registry = ['--variable', 'CI_REGISTRY_IMAGE=registry.example.com/my-group/herald'];
    expect(await jobsOfTag(repository, version, registry)).toEqual([
      'archive',
      'build-image',
      'packages',
      'release',
    ]);
    const withoutImage = ['--variable', 'HERALD_BUILD_IMAGE=false', ...registry];
    expect(await jobsOfTag(repository, version, withoutImage)).toEqual(['archive', 'packages', 'release']);

    await ran(
      process.execPath,
      [
        ciLocal,
        '--file',
        '.gitlab/release.gitlab-ci.yml',
        '--force-shell-executor',
        '--variable',
        `CI_COMMIT_TAG=${version}`,
        'archive',
      ],
      {
        cwd: repository,
        env: { ...identity, ...quiet, PATH: process.env['PATH'] ?? '' },
      },
    );
    const name = `herald-${version}.tgz`;
    const made = await readFile(join(repository, 'archive', name));
    expect(made.equals(await readFile(join(at, name)))).toBe(true);
  });
});
