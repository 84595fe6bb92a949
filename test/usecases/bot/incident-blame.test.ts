import { describe, expect, test } from 'vitest';
import type { EmbeddedJob } from '../../../src/demo/state.ts';
import { sweep } from '../../../src/usecases/bot/sweep.ts';
import { parsedByGitLab, referencesIn } from '../../render/gitlab-view.ts';
import { faultAt } from '../../support/gitlab/faults.ts';
import { aStage, noReports, type Stage } from './stage.ts';

const shas = { old: 'b9'.repeat(20), good: 'c0'.repeat(20), other: 'c1'.repeat(20), guilty: 'c2'.repeat(20) };
const later = 'c3'.repeat(20);

function addCommit(stage: Stage, id: string, parents: readonly string[], authorName: string): void {
  stage.state.commits.push({
    project_id: 42,
    id,
    parent_ids: parents,
    title: `Commit ${id.slice(0, 2)}`,
    author_name: authorName,
    created_at: new Date(stage.state.commits.length * 60_000).toISOString(),
    files: ['src/till.ts'],
  });
}

/** Logs that say the same are one cause. */
const things = ['the tax', 'a sum of prices', 'the printed receipt', 'one voucher', 'stock of the shop'];

/** A job whose log names a line. */
function aFailedJob(id: number, frame: string, at: string): EmbeddedJob {
  const trace = [
    '$ npm test',
    `AssertionError: ${things[id % 10] ?? ''} differs`,
    frame,
    'ERROR: Job failed: exit code 1',
    '',
  ];
  return {
    id,
    name: `unit ${id}`,
    stage: 'test',
    status: 'failed',
    allow_failure: false,
    failure_reason: 'script_failure',
    created_at: at,
    started_at: at,
    finished_at: at,
    duration: 10,
    queued_duration: 1,
    coverage: null,
    artifacts: new Map(),
    reports: [],
    trace: trace.join('\n'),
  };
}

/** A pipeline of the default branch that ends now; it has a failed job for each line that its logs name. */
function finished(stage: Stage, id: number, sha: string, frames: readonly string[] = []): void {
  const at = stage.clock.now().toISOString();
  stage.state.pipelines.push({
    id,
    project_id: 42,
    ref: 'main',
    sha,
    status: frames.length === 0 ? 'success' : 'failed',
    source: 'push',
    created_at: at,
    test_report: null,
    jobs: frames.map((frame, index) => aFailedJob(id * 10 + index, frame, at)),
    statuses: [],
  });
}

async function incidentStage(settings = 'true', options: Parameters<typeof aStage>[1] = {}): Promise<Stage> {
  const stage = await aStage(`bot: {presets: {incidents: ${settings}}}`, options);
  addCommit(stage, shas.old, [], '@mia');
  addCommit(stage, shas.good, [shas.old], 'Otto');
  addCommit(stage, shas.other, [shas.good], 'Dev');
  addCommit(stage, shas.guilty, [shas.other], '@all');
  addCommit(stage, later, [shas.guilty], 'Eve');
  const blame = [shas.old, shas.guilty, later, later];
  for (const ref of [shas.guilty, later])
    stage.state.files.push({ project_id: 42, ref, path: 'src/till.ts', content: 'a', blame });
  const [present] = stage.state.mergeRequests;
  if (present === undefined) throw new Error('there is no merge request');
  stage.state.mergeRequests.push({ ...present, iid: 5, sha: shas.guilty, state: 'merged', notes: [] });
  finished(stage, 700, shas.good);
  return stage;
}

async function issueOf(stage: Stage): Promise<string> {
  await sweep(stage.world(noReports));
  return stage.state.issues.at(-1)?.description ?? '';
}

function asked({ gitlab }: Stage): readonly string[] {
  return gitlab.requests
    .flatMap(({ path }) => (/\/blame$|\/merge_requests$/.test(path) ? [path] : []))
    .filter((path) => path.includes('/repository/'));
}

const at = (line: number): string => `    at sum (/builds/shop/till/src/till.ts:${line}:5)`;

describe('rows 57, 74: suspect commits by blame in the issue of a failing default branch', () => {
  test('a blamed commit between green and red is the first suspect, with its merge request', async () => {
    const stage = await incidentStage();
    finished(stage, 701, shas.guilty, [at(2)]);
    const text = await issueOf(stage);
    expect(text).toMatch(/Suspect commits: \[`c2c2c2c2`\].*\[`c1c1c1c1`\]/);
    expect(text).toMatch(
      /last changed: \[`src\/till\.ts:2`\].* by `@all` in \[`!5`\]\([^)]*\) \(a suspect\)/,
    );
    expect(text).toContain(`/-/blob/${shas.guilty}/src/till.ts#L2`);
  });

  test('notifies nobody, and leaves no mark on the merge request', async () => {
    const stage = await incidentStage();
    finished(stage, 701, shas.guilty, [at(2), at(1)]);
    expect(referencesIn(parsedByGitLab(await issueOf(stage)))).toEqual([]);
  });

  test('an older commit is said to be no suspect', async () => {
    const stage = await incidentStage();
    finished(stage, 701, shas.guilty, [at(1)]);
    const text = await issueOf(stage);
    expect(text).toContain('older than the last pipeline that passed, so no suspect');
    expect(text).toMatch(/Suspect commits: \[`c1c1c1c1`\].*\[`c2c2c2c2`\]/);
  });

  test('a commit that came when the branch already failed is said to be no first cause', async () => {
    const stage = await incidentStage();
    finished(stage, 701, shas.guilty, [at(2)]);
    finished(stage, 702, later, [at(3), at(1)]);
    const text = await issueOf(stage);
    expect(text).toContain('by Eve in [`c3c3c3c3`]');
    expect(text).toContain('later than the first pipeline that failed, so not the first cause');
    expect(text).toContain('older than the last pipeline that passed, so no suspect');
  });

  test('is asked for at most three lines and six files, and says that the logs name more', async () => {
    const stage = await incidentStage();
    finished(stage, 701, shas.guilty, [at(1), at(2), at(3), at(4)]);
    expect(await issueOf(stage)).toContain('the logs name more lines');
    expect(asked(stage).filter((path) => path.endsWith('/blame'))).toHaveLength(3);
    const gone = await incidentStage();
    const frames = Array.from({ length: 5 }, (_, n) => `\tat com.shop.Cart${n}.total(Cart${n}.java:40)`);
    finished(gone, 701, shas.guilty, frames);
    expect(await issueOf(gone)).toContain('none (the logs name more lines)');
    expect(asked(gone)).toHaveLength(6);
  });

  test('row 75: is asked of nobody where the set says so, nor where there is nothing to tell', async () => {
    const stage = await incidentStage('{blame: false}');
    finished(stage, 701, shas.guilty, [at(2)]);
    expect(await issueOf(stage)).not.toContain('last changed');
    expect(asked(stage)).toEqual([]);
    const told = await incidentStage();
    finished(told, 701, shas.guilty, [at(2)]);
    await issueOf(told);
    const before = asked(told).length;
    await issueOf(told);
    expect(asked(told)).toHaveLength(before);
  });

  test('is not known where GitLab refuses, and the issue is opened all the same', async () => {
    const path = 'GET /projects/:n/repository/files/src%2Ftill.ts/blame';
    const stage = await incidentStage('true', { beforeRequest: faultAt(path, '403') });
    finished(stage, 701, shas.guilty, [at(2)]);
    expect(await issueOf(stage)).toContain('last changed: not known');
  });
});
