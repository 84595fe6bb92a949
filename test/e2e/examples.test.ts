import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aProject, type Project } from './fake-project.ts';
import { addTestTools, asRepository, listJobs, root, runIsolated } from './report-component.ts';

const folder = join(root, 'docs/examples');

function ofThisCheckout(yaml: string, project: Project): string {
  return yaml
    .replaceAll(
      /component: \S+\/report@\S+/g,
      'component: $CI_SERVER_FQDN/$CI_PROJECT_PATH/report@$CI_COMMIT_SHA',
    )
    .replaceAll('https://gitlab.example.com', project.gitlab.url);
}

/** A project as the example has it, with the component of this checkout and no report but those that its jobs write. */
async function aProjectLike(example: string, file = '.gitlab-ci.yml'): Promise<Project> {
  const project = await aProject({}, { 'README.md': '# Shop\n' });
  await addTestTools(project);
  await asRepository(project, ofThisCheckout(await readFile(join(folder, example, file), 'utf8'), project));
  return project;
}

function statusesOf({ gitlab }: Project): readonly string[] {
  return gitlab.state.pipelines.flatMap(({ statuses }) =>
    statuses.map(({ name, state }) => `${name}: ${state}`),
  );
}

describe('the examples, run by gitlab-ci-local', () => {
  test('are all of them tried here or in a test of their own', () => {
    const examples = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(examples.map(({ name }) => name).sort()).toEqual([
      'bot-project',
      'child-pipelines',
      'digest',
      'matrix',
      'merge-trains',
      'monorepo',
      'needs',
      'receiver',
      'scheduled',
    ]);
  });

  test('monorepo: each part has its section of one comment', async () => {
    const project = await aProjectLike('monorepo');
    for (const part of ['api', 'web']) {
      const run = await runIsolated(project, { job: `herald-${part}`, others: [`test-${part}`] });
      expect(run.stdout + run.stderr).toMatch(new RegExp(`(?:PASS|FAIL) +herald-${part}`));
    }
    const [note = '', ...more] = project.botNotes();
    expect(more).toEqual([]);
    expect(note).toContain('api/reports/junit.xml holds');
    expect(note).toContain('web/reports/junit.xml holds');
  });

  test('matrix: one comment has the tests of all jobs', async () => {
    const project = await aProjectLike('matrix');
    await runIsolated(project, { job: 'herald', others: ['test'] });
    for (const version of [20, 22, 24])
      expect(project.botNotes()[0]).toContain(`reports/node-${version}.xml holds`);
  });

  test('needs: the report does not wait for the slow job', async () => {
    const project = await aProjectLike('needs');
    const { stdout, stderr } = await runIsolated(project, { job: 'herald', others: [] });
    expect(stdout + stderr).not.toContain('load-test');
    expect(project.botNotes()[0]).toContain('junit.xml holds');
  });

  test('child-pipelines: the child writes its section', async () => {
    const project = await aProjectLike('child-pipelines', 'ci/api.yml');
    await runIsolated(project, {
      job: 'herald',
      others: ['test-api'],
      variables: { CI_PIPELINE_SOURCE: 'parent_pipeline' },
    });
    expect(project.botNotes()[0]).toContain('api/junit.xml holds');
  });

  test('merge-trains: in the train the gate fails the job, and nobody gets a comment', async () => {
    const project = await aProjectLike('merge-trains');
    const { stdout, stderr } = await runIsolated(project, {
      job: 'herald',
      others: ['unit'],
      variables: { CI_MERGE_REQUEST_EVENT_TYPE: 'merge_train' },
    });
    expect(stdout + stderr).toMatch(/FAIL +herald/);
    expect(project.botNotes()).toEqual([]);
    expect(statusesOf(project)).toContain('herald/report: failed');
  });

  test('merge-trains: before the train there is a comment', async () => {
    const project = await aProjectLike('merge-trains');
    await runIsolated(project, { job: 'herald', others: ['unit'] });
    expect(project.botNotes()[0]).toContain('junit.xml holds');
  });

  test('scheduled: the job is there for a schedule, and for nothing else', async () => {
    const project = await aProjectLike('scheduled');
    const scheduled = { CI_PIPELINE_SOURCE: 'schedule', CI_COMMIT_BRANCH: 'main' };
    const run = await runIsolated(project, {
      job: 'herald-nightly',
      others: ['end-to-end'],
      variables: scheduled,
    });
    expect(run.stdout + run.stderr).toMatch(/(?:PASS|FAIL) +herald-nightly/);
    expect(statusesOf(project).join()).toContain('herald/nightly');
    expect(await listJobs(project, scheduled)).toContain('herald-nightly');
    expect(await listJobs(project, { ...scheduled, CI_PIPELINE_SOURCE: 'push' })).not.toContain(
      'herald-nightly',
    );
  });
});
