import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { demoFiles, demoVariables, storeArtifact } from '../../src/demo/scenario.ts';
import type { EmbeddedPipeline } from '../support/gitlab/state/state.ts';
import { aProject, type Project } from './fake-project.ts';
import { type Run, runHerald } from './run-herald.ts';

/** A project whose target branch has run Herald, in a pipeline with that status. */
async function aProjectWithBaseline(
  status: string,
): Promise<Project & { readonly target: EmbeddedPipeline }> {
  const project = await aProject({}, demoFiles('baseline'));
  const { gitlab, directory } = project;
  const env = { ...demoVariables('baseline', gitlab.url, directory), GITLAB_CI: 'true' };
  const { exitCode, stderr } = await runHerald(['report'], { cwd: directory, env });
  expect(exitCode, stderr).toBe(0);
  const content = await readFile(join(directory, 'herald-report.json'), 'utf8');
  storeArtifact(gitlab.state, 'baseline', { path: 'herald-report.json', content });
  const target = gitlab.state.pipelines.find(({ id }) => id === 5001);
  if (target === undefined) throw new Error('the demo has no pipeline 5001');
  target.status = status;
  gitlab.state.commits.push(
    {
      project_id: 42,
      id: 'd'.repeat(40),
      parent_ids: [target.sha],
      title: 'Next',
      created_at: '2026-03-02T00:00:00Z',
    },
    { project_id: 42, id: target.sha, parent_ids: [], title: 'First', created_at: '2026-03-01T00:00:00Z' },
  );
  for (const [path, text] of Object.entries(demoFiles('first'))) await project.write(path, text);
  return { ...project, target };
}

interface Reported extends Run {
  readonly comment: string;
  readonly requests: readonly string[];
}

async function report(
  { gitlab, directory, env, botNotes }: Project,
  {
    args = [],
    variables = {},
  }: { args?: readonly string[]; variables?: Readonly<Record<string, string>> } = {},
): Promise<Reported> {
  const before = gitlab.requests.length;
  const result = await runHerald(['report', ...args], { cwd: directory, env: { ...env, ...variables } });
  const requests = gitlab.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
  return { ...result, comment: botNotes()[0] ?? '', requests };
}

describe('herald report and its baseline', () => {
  test('the usual case (the comment exists, its text changes): the merge base, 7 requests, one of them for the baseline and one for the diff, logs of failed jobs and, since a test newly fails, marks of flaky tests aside', async () => {
    const project = await aProjectWithBaseline('success');
    await report(project);
    await project.write('api/junit.xml', demoFiles('second')['api/junit.xml'] ?? '');
    const { comment, requests, exitCode, stderr } = await report(project);
    expect(exitCode, stderr).toBe(0);
    expect(comment).toContain('against main at');
    expect(comment).toContain(project.target.sha.slice(0, 8));
    expect(comment).not.toContain('merge base');
    // Jobs, statuses, baseline and diff; notes, the update, and a look whether it stands. The status says the same.
    const counted = requests.filter((request) => !request.endsWith('/trace') && !request.endsWith('/issues'));
    expect(counted).toHaveLength(7);
    expect(requests.filter((request) => request.endsWith('/issues'))).toHaveLength(1);
    expect(requests.filter((request) => request.endsWith('/raw_diffs'))).toHaveLength(1);
  });

  test('with tests alone the diff is not asked for', async () => {
    const project = await aProjectWithBaseline('success');
    const { requests } = await report(project, { args: ['api/junit.xml'] });
    expect(requests.filter((request) => request.includes('diffs'))).toEqual([]);
  });

  test('a merge base whose pipeline failed is compared with as it is', async () => {
    const project = await aProjectWithBaseline('failed');
    const { comment, exitCode } = await report(project);
    expect(exitCode).toBe(0);
    expect(comment).toContain(project.target.sha.slice(0, 8));
    expect(comment).not.toContain('Nothing to compare with');
  });

  test('a merge base without a pipeline: the comment says how far before it the baseline is', async () => {
    const project = await aProjectWithBaseline('success');
    const variables = { CI_MERGE_REQUEST_DIFF_BASE_SHA: 'd'.repeat(40) };
    const { comment } = await report(project, { variables });
    expect(comment).toContain('1 commit before the merge base');
  });

  test('a renamed job is looked for by the name that is given', async () => {
    const project = await aProjectWithBaseline('success');
    const variables = { CI_JOB_NAME: 'quality' };
    const before = await report(project, { variables: { ...variables, CI_JOB_ID: '8999' } });
    expect(before.comment).toContain('has no job quality; if it was renamed, set baseline-job');
    const { comment } = await report(project, { variables, args: ['--baseline-job', 'herald'] });
    expect(comment).not.toContain('Nothing to compare with');
  });

  test('nothing to compare with: a sentence says why, and the job goes on', async () => {
    const project = await aProjectWithBaseline('success');
    project.target.jobs.splice(0);
    const { comment, exitCode } = await report(project);
    expect(exitCode).toBe(0);
    expect(comment).toContain('Nothing to compare with: pipeline 5001 of main has no job herald');
  });
});
