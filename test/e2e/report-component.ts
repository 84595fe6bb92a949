import { chmod, cp, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { findHeraldAt } from './bot-component.ts';
import type { Project } from './fake-project.ts';
import { heraldScript, type Run, run } from './run-herald.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const ciLocal = join(root, 'node_modules/gitlab-ci-local/dist/index.js');

async function git(project: Project, ...args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await run('git', args, { cwd: project.directory, env: identity });
  expect(exitCode, stderr).toBe(0);
}

const identity = {
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

/** Overriding predefined variables is what these tests are about. */
const quiet = { GCL_IGNORE_PREDEFINED_VARS: 'CI_PIPELINE_SOURCE,CI_COMMIT_TAG,CI_COMMIT_BRANCH' };

/**
 * Makes the checkout a repository whose remote is the embedded GitLab: from it come the CI_SERVER_* and CI_PROJECT_*
 * variables.
 */
export async function asRepository(project: Project, ciFile: string): Promise<void> {
  await project.write('.gitlab-ci.yml', ciFile);
  await mkdir(join(project.directory, 'templates'), { recursive: true });
  await cp(join(root, 'templates'), join(project.directory, 'templates'), { recursive: true });
  const path = `${await heraldOnPath(project)}${delimiter}${process.env['PATH'] ?? ''}`;
  for (const name of ['template.yml', 'template.legacy.yml'])
    await findHeraldAt(join(project.directory, 'templates/report', name), path);
  await git(project, 'init', '-q', '-b', 'main');
  await git(project, 'remote', 'add', 'origin', `${project.gitlab.url}/shop/shop.git`);
  await git(project, 'add', '-A');
  await git(project, 'commit', '-q', '-m', 'all');
  await git(project, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  await git(project, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  await movePipelineToHead(project);
}

/**
 * gitlab-ci-local takes the component from this checkout only when CI_COMMIT_SHA is its own: so the pipeline is of that
 * commit.
 */
async function movePipelineToHead({ directory, gitlab }: Project): Promise<void> {
  const { stdout } = await run('git', ['rev-parse', 'HEAD'], { cwd: directory, env: {} });
  const { pipelines } = gitlab.state;
  const at = pipelines.findIndex(({ id }) => id === 5002);
  const pipeline = pipelines[at];
  if (pipeline !== undefined) pipelines[at] = { ...pipeline, sha: stdout.trim() };
}

/** A folder with a `herald` command that is the built script, as the image has one. */
async function heraldOnPath(project: Project): Promise<string> {
  const folder = join(dirname(project.directory), `${project.directory.split('/').at(-1) ?? ''}-bin`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'herald'), `#!/bin/sh\nexec "${process.execPath}" "${heraldScript}" "$@"\n`);
  await chmod(join(folder, 'herald'), 0o755);
  return folder;
}

export async function runJob(project: Project, job: string, extra: readonly string[] = []): Promise<Run> {
  const variables = Object.entries(project.env)
    .filter(([name]) => name !== 'CI_COMMIT_SHA')
    .flatMap(([name, value]) => ['--variable', `${name}=${value}`]);
  const folder = await heraldOnPath(project);
  return run(
    process.execPath,
    [
      ciLocal,
      '--force-shell-executor',
      '--needs',
      job,
      '--unset-variable',
      'CI_COMMIT_BRANCH',
      ...variables,
      ...extra,
    ],
    {
      cwd: project.directory,
      env: { ...identity, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`, NO_COLOR: '1' },
    },
  );
}

/** Where a job runs that sees nothing but the commit and the artifacts that it downloads, as with a runner. */
export function folderOf(project: Project, job: string): string {
  return join(project.directory, '.gitlab-ci-local', 'builds', job);
}

/** Runs a Herald job after others, each in a folder of its own. `others` are the jobs that hand files to it. */
export function runIsolated(project: Project, { job, others, variables = {} }: IsolatedRun): Promise<Run> {
  const given = { ...variables, CI_PROJECT_DIR: folderOf(project, job) };
  return runJob(project, job, [
    ...others,
    '--shell-isolation',
    '--evaluate-rule-changes=false',
    ...Object.entries(given).flatMap(([name, value]) => ['--variable', `${name}=${value}`]),
  ]);
}

interface IsolatedRun {
  readonly job: string;
  readonly others: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** Commands of the examples that leave a report with one failing test, named as its file. */
export async function addTestTools(project: Project): Promise<void> {
  const folder = await heraldOnPath(project);
  const script = `#!/bin/sh
file=api/junit.xml
for argument in "$@"; do
  case "$argument" in --outputFile=*) file=\${argument#--outputFile=} ;; esac
done
mkdir -p "$(dirname "$file")"
echo "<testsuite><testcase name=\\"$file holds\\"><failure message=\\"no\\"/></testcase></testsuite>" > "$file"
`;
  for (const name of ['npx', 'make']) {
    await writeFile(join(folder, name), script);
    await chmod(join(folder, name), 0o755);
  }
}

/** Names of the jobs that a pipeline with these variables has. */
export async function listJobs(
  project: Project,
  variables: Readonly<Record<string, string>> = {},
  { withoutBranch = false } = {},
): Promise<readonly string[]> {
  const flags = Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]);
  const branch = withoutBranch ? ['--unset-variable', 'CI_COMMIT_BRANCH'] : [];
  const { stdout } = await run(process.execPath, [ciLocal, '--list-json', ...flags, ...branch], {
    cwd: project.directory,
    env: { ...identity, ...quiet },
  });
  return (JSON.parse(stdout) as { name: string; when: string }[])
    .filter(({ when }) => when !== 'never')
    .map(({ name }) => name);
}
