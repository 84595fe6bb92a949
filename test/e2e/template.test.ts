import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aProject, type Project } from './fake-project.ts';
import { asRepository, folderOf, listJobs, root, runIsolated, runJob } from './report-component.ts';
import { heraldScript } from './run-herald.ts';

const include = (inputs = '') => `
stages: [test]
include:
  - component: $CI_SERVER_FQDN/$CI_PROJECT_PATH/report@$CI_COMMIT_SHA
    inputs:
      image: registry.example.com/my-group/herald:0.1.0${inputs}
test:
  stage: test
  script: "true"
`;

/** The newest status that was set: the comment is looked at again after it. */
function lastStatus({ gitlab }: Project): unknown {
  return gitlab.requests.findLast(({ method, path }) => method === 'POST' && path.includes('/statuses/'))
    ?.body;
}

describe('the report component, run by gitlab-ci-local', () => {
  test('one include line brings one comment and one status', async () => {
    const project = await aProject();
    await asRepository(project, include());
    const { stdout, stderr } = await runJob(project, 'herald');
    expect(stdout + stderr).toMatch(/PASS.*herald/);
    expect(project.botNotes()).toHaveLength(1);
    expect(project.botNotes()[0]).toContain('2 of 30 tests fail');
    expect(lastStatus(project)).toMatchObject({ name: 'herald/report', pipeline_id: 5002 });
  });

  test('inputs reach Herald as variables, whatever characters they hold', async () => {
    const project = await aProject();
    const title = `it's "$(touch pwned)" \`x\``;
    await asRepository(
      project,
      include(
        `\n      title: ${JSON.stringify(title)}\n      key: backend\n      fail-on: [failures]\n      job-name: "herald:backend"`,
      ),
    );
    const { stdout } = await runJob(project, 'herald:backend');
    expect(stdout).toMatch(/FAIL.*herald:backend/);
    expect(project.botNotes()[0]).toContain("it's");
    expect(lastStatus(project)).toMatchObject({ name: 'herald/backend', state: 'failed' });
    await expect(readFile(join(project.directory, 'pwned'))).rejects.toThrow();
  });

  test('GitLab refusing is a warning of the job, no failure of the pipeline', async () => {
    const project = await aProject({
      beforeRequest: ({ path }) =>
        path === '/user' ? { status: 401, body: { message: '401 Unauthorized' } } : undefined,
    });
    await asRepository(project, include());
    const { stdout } = await runJob(project, 'herald');
    expect(stdout).toMatch(/WARN.*herald/);
  });

  test('the job exists in merge-request and branch pipelines, not for tags', async () => {
    const project = await aProject();
    await asRepository(project, include());
    const mergeRequest = { CI_PIPELINE_SOURCE: 'merge_request_event' };
    expect(await listJobs(project, mergeRequest, { withoutBranch: true })).toContain('herald');
    expect(await listJobs(project)).toContain('herald');
    const tag = { CI_COMMIT_TAG: '1.0.0' };
    expect(await listJobs(project, tag, { withoutBranch: true })).not.toContain('herald');
  });
});

describe('artifacts of other jobs', () => {
  /** What the report job sees of a file that the job before it keeps. */
  async function seen(inputs: string): Promise<boolean> {
    const project = await aProject({}, { 'README.md': '# Shop\n' });
    await asRepository(
      project,
      `${include(inputs).replace('script: "true"', 'script: echo "<testsuite/>" > late.xml')}  artifacts: { paths: [late.xml] }\n`,
    );
    const { stdout, stderr } = await runIsolated(project, { job: 'herald', others: ['test'] });
    expect(stdout + stderr).toMatch(/PASS.*herald/);
    return existsSync(join(folderOf(project, 'herald'), 'late.xml'));
  }

  test('are not downloaded', async () => {
    expect(await seen('')).toBe(false);
  });

  test('are downloaded from the jobs that the input names', async () => {
    expect(await seen('\n      artifacts-from: [test]')).toBe(true);
  });
});

describe('the legacy template, run by gitlab-ci-local', () => {
  test('brings the same comment, and takes lists and numbers as texts', async () => {
    const project = await aProject();
    const inputs = `\n      fail-on: "failures, coverage<1"\n      strict: "false"\n      max-characters: "9000"`;
    const file = 'local: templates/report/template.legacy.yml';
    await asRepository(project, include(inputs).replace(/component: \S+/, file));
    const { stdout } = await runJob(project, 'herald');
    expect(stdout).toMatch(/FAIL.*herald/);
    expect(project.botNotes()[0]).toContain('2 of 30 tests fail');
    expect(lastStatus(project)).toMatchObject({ name: 'herald/report', state: 'failed' });
  });
});

describe('the child pipelines of the guide', () => {
  /** Lets the pipeline of the merge request have a child pipeline of the same commit. */
  function addChild({ gitlab: { state } }: Project, id: number, name: string): void {
    const parent = state.pipelines.find((one) => one.id === 5002);
    if (parent === undefined) throw new Error('there is no pipeline of the merge request');
    state.pipelines.push({
      ...parent,
      id,
      source: 'parent_pipeline',
      status: 'running',
      jobs: [],
      statuses: [],
    });
    const bridge = {
      id: id + 1_000,
      name,
      stage: 'test',
      status: 'running',
      allow_failure: false,
      failure_reason: null,
      created_at: parent.created_at,
      started_at: parent.created_at,
      finished_at: null,
      duration: null,
      coverage: null,
      downstream_id: id,
    };
    Object.assign(parent, { bridges: [...(parent.bridges ?? []), bridge] });
  }

  test('unite in one comment, with a status each on the pipeline that started them', async () => {
    const guide = await readFile(join(root, 'docs/guides/several-jobs-one-comment.md'), 'utf8');
    const yaml = /<!-- child:start -->\n```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    const component = '$CI_SERVER_FQDN/$CI_PROJECT_PATH/report@$CI_COMMIT_SHA';
    const project = await aProject({}, {});
    const ofChild = (name: string): string =>
      yaml
        .replace(/component: \S+/, `component: ${component}`)
        .replaceAll('https://gitlab.example.com', project.gitlab.url)
        .replaceAll('api', name)
        .replace('make test', `mkdir -p ${name} && cp ${name}.xml ${name}/junit.xml`);
    for (const name of ['api', 'web'])
      await project.write(
        `${name}.xml`,
        `<testsuite><testcase name="the ${name} answers"><failure message="no"/></testcase></testsuite>`,
      );
    await asRepository(project, ofChild('api'));
    for (const [id, name] of [
      [5010, 'api'],
      [5011, 'web'],
    ] as const) {
      addChild(project, id, name);
      await project.write('.gitlab-ci.yml', ofChild(name));
      const { stdout, stderr } = await runJob(project, 'herald', [
        '--variable',
        `CI_PIPELINE_ID=${id}`,
        '--variable',
        'CI_PIPELINE_SOURCE=parent_pipeline',
      ]);
      expect(stdout + stderr).toMatch(/PASS.*herald/);
    }
    expect(project.botNotes()).toHaveLength(1);
    expect(project.botNotes()[0]).toContain('the api answers');
    expect(project.botNotes()[0]).toContain('the web answers');
    const statusesOf = (wanted: number): readonly string[] =>
      project.gitlab.state.pipelines
        .filter(({ id }) => id === wanted)
        .flatMap(({ statuses }) => statuses.map(({ name }) => name));
    expect(statusesOf(5002)).toEqual(['herald/report/api', 'herald/report/web']);
    expect([...statusesOf(5010), ...statusesOf(5011)]).toEqual([]);
  });

  test('start in the pipeline of the merge request', async () => {
    const guide = await readFile(join(root, 'docs/guides/several-jobs-one-comment.md'), 'utf8');
    const yaml = /<!-- parent:start -->\n```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    const project = await aProject();
    for (const name of ['api', 'web'])
      await project.write(`ci/${name}.yml`, `test-${name}: {script: "true"}\n`);
    await asRepository(project, yaml);
    const names = await listJobs(project, { CI_PIPELINE_SOURCE: 'merge_request_event' });
    expect(names).toEqual(expect.arrayContaining(['api', 'web']));
  });
});

const rawFolder = '/my-group/herald/-/raw/abc/dist/';

/** What the project that holds Herald serves, and the checksum that pins it. */
async function builtFiles(): Promise<{ readonly sum: string; readonly files: Record<string, string> }> {
  const folder = dirname(heraldScript);
  const list = await readFile(join(folder, 'SHA256SUMS'), 'utf8');
  const names = [...list.matchAll(/^\S+ {2}(.+)$/gm)].map(([, name = '']) => name);
  const files: Record<string, string> = { [`${rawFolder}SHA256SUMS`]: list };
  for (const name of names) files[`${rawFolder}${name}`] = await readFile(join(folder, name), 'utf8');
  return { sum: createHash('sha256').update(list).digest('hex'), files };
}

describe('the way without our image', () => {
  test('the job of the guide fetches the script, checks its sum and posts', async () => {
    const { sum, files } = await builtFiles();
    const project = await aProject({ routes: [], rawFiles: files });
    const guide = await readFile(join(root, 'docs/guides/without-our-image.md'), 'utf8');
    const job = /<!-- job:start -->\n```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    const pinned = job
      .replace(/HERALD_COMMIT: .*/, 'HERALD_COMMIT: "abc"')
      .replace(/HERALD_SHA256: .*/, `HERALD_SHA256: "${sum}"`)
      .replaceAll('https://gitlab.example.com', project.gitlab.url)
      .replace(/- PATH=\S+; export PATH/, '- "true"')
      .replaceAll('/tmp/herald', 'fetched');
    await asRepository(project, `stages: [test]\ntest:\n  stage: test\n  script: "true"\n${pinned}`);
    const { stdout, stderr } = await runJob(project, 'herald');
    expect(stdout + stderr).toMatch(/(PASS|FAIL).*herald/);
    expect(project.botNotes()).toHaveLength(1);
  });

  test.each([
    ['the list of checksums', 'SHA256SUMS', (text: string) => `${text}${'0'.repeat(64)}  other.mjs\n`],
    ['the script', 'herald.mjs', () => 'console.log("changed")'],
    ['a chunk', 'herald-host.mjs', (text: string) => `console.log("changed");${text}`],
  ])('nothing runs if %s is not the pinned one', async (_what, name, change) => {
    const { sum, files } = await builtFiles();
    const path = `${rawFolder}${name}`;
    const project = await aProject({ rawFiles: { ...files, [path]: change(files[path] ?? '') } });
    const guide = await readFile(join(root, 'docs/guides/without-our-image.md'), 'utf8');
    const job = /<!-- job:start -->\n```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    const pinned = job
      .replace(/HERALD_COMMIT: .*/, 'HERALD_COMMIT: "abc"')
      .replace(/HERALD_SHA256: .*/, `HERALD_SHA256: "${sum}"`)
      .replaceAll('https://gitlab.example.com', project.gitlab.url)
      .replace(/- PATH=\S+; export PATH/, '- "true"')
      .replaceAll('/tmp/herald', 'fetched');
    await asRepository(project, `stages: [test]\ntest:\n  stage: test\n  script: "true"\n${pinned}`);
    const { stdout } = await runJob(project, 'herald');
    expect(stdout).toMatch(/FAIL.*herald/);
    expect(stdout).not.toContain('changed');
    expect(project.botNotes()).toEqual([]);
  });
});
