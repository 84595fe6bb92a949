import { describe, expect, test } from 'vitest';
import { heraldReportOf, parseHeraldReport } from '../../../src/baseline/herald-report.ts';
import type { EmbeddedJob } from '../../../src/demo/state.ts';
import type { EarlierRun } from '../../../src/model/earlier-run.ts';
import type { TestOutcome } from '../../../src/model/tests.ts';
import { createTestsCollector } from '../../../src/reports/collect/tests.ts';
import { blankTestRun } from '../../../src/reports/formats/shared/blank-test-run.ts';
import { sweep } from '../../../src/usecases/bot/sweep.ts';
import { aContext, aSummary } from '../../builders.ts';
import type { EmbeddedWorkItem } from '../../support/gitlab/state/state.ts';
import { deploymentEvent } from './events.ts';
import { aStage, noReports, type Stage } from './stage.ts';

const hour = 3_600_000;
const api = '/projects/42';
const shas = { good: 'c0'.repeat(20), guilty: 'c1'.repeat(20), later: 'c2'.repeat(20) };
const created = [`POST ${api}/issues`];
const aComment = expect.stringMatching(/^POST .*\/issues\/\d+\/notes$/) as string;
const commented = [aComment];
const changed = [expect.stringMatching(/^PUT .*\/issues\/\d+$/) as string, aComment];

async function swept(stage: Stage): Promise<readonly string[]> {
  await sweep(stage.world(noReports));
  return stage.deeds();
}

function instant(stage: Stage): string {
  return stage.clock.now().toISOString();
}

function addCommit(stage: Stage, id: string, parents: readonly string[], title: string): void {
  stage.state.commits.push({
    project_id: 42,
    id,
    parent_ids: parents,
    title,
    author_name: '@mia',
    created_at: instant(stage),
    files: ['src/till.ts'],
  });
}

const trace = [
  '$ npm test',
  'AssertionError: expected 3 to equal 4',
  '    at sum (/builds/shop/till/src/till.ts:12:5)',
  'ERROR: Job failed: exit code 1',
  '',
].join('\n');

function aFailedJob(stage: Stage, id: number): EmbeddedJob {
  const at = instant(stage);
  return {
    id,
    name: 'unit',
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
    trace,
  };
}

/** A pipeline of the default branch that ends now. */
function finished(stage: Stage, id: number, status: string, sha: string): void {
  stage.state.pipelines.push({
    id,
    project_id: 42,
    ref: 'main',
    sha,
    status,
    source: 'push',
    created_at: instant(stage),
    test_report: null,
    jobs: status === 'failed' ? [aFailedJob(stage, id * 10)] : [],
    statuses: [],
  });
}

async function incidentStage(settings = 'true'): Promise<Stage> {
  const stage = await aStage(`bot: {presets: {incidents: ${settings}}}`);
  stage.state.files.push({ project_id: 42, ref: 'main', path: 'CODEOWNERS', content: '/src/ @mia' });
  addCommit(stage, shas.good, [], 'Begin');
  addCommit(stage, shas.guilty, [shas.good], 'Round prices, closes #3');
  addCommit(stage, shas.later, [shas.guilty], 'Mend prices');
  return stage;
}

function incidentOf(stage: Stage): EmbeddedWorkItem & { readonly state: string } {
  const found = stage.state.issues.at(-1);
  if (found === undefined) throw new Error('there is no issue');
  return found;
}

describe('row 65: an issue for a failing default branch', () => {
  test('tells the cause, the first bad commit, who owns what it changed, and where', async () => {
    const stage = await incidentStage();
    finished(stage, 700, 'success', shas.good);
    finished(stage, 701, 'failed', shas.guilty);
    expect(await swept(stage)).toEqual(created);
    const text = incidentOf(stage).description ?? '';
    expect(text).toContain('`AssertionError: expected 3 to equal 4`');
    expect(text).toContain(`/-/commit/${shas.guilty}`);
    expect(text).toMatch(
      /First bad commit: \[`c1c1c1c1`\].*pipeline \[`#701`\].*pipeline \[`#700`\].*passed at \[`c0c0c0c0`\]/,
    );
    expect(text).toContain('Round prices');
    expect(text).toContain(`/-/blob/${shas.guilty}/src/till.ts`);
    expect(text).toContain('code owners: `@mia`');
    // The author's name and the title of the commit are nobody's mention and no reference.
    expect(text).not.toMatch(/\(@mia\)|closes #3/);
  });

  test('fails three times, passes and fails: one issue, two comments, closed, reopened', async () => {
    const stage = await incidentStage();
    finished(stage, 700, 'success', shas.good);
    finished(stage, 701, 'failed', shas.guilty);
    expect(await swept(stage)).toEqual(created);
    expect(await swept(stage)).toEqual([]);
    for (const id of [702, 703]) {
      await stage.clock.sleep(hour);
      finished(stage, id, 'failed', shas.guilty);
      expect(await swept(stage)).toEqual(commented);
      expect(await swept(stage)).toEqual([]);
    }
    await stage.clock.sleep(hour);
    finished(stage, 704, 'success', shas.later);
    expect(await swept(stage)).toEqual(changed);
    expect(await swept(stage)).toEqual([]);
    expect(incidentOf(stage).state).toBe('closed');
    expect(incidentOf(stage).notes.at(-1)?.body).toContain('failed for 3h, in 3 pipelines');
    await stage.clock.sleep(hour);
    finished(stage, 705, 'failed', shas.later);
    expect(await swept(stage)).toEqual(changed);
    // The embedded GitLab has a clock of its own.
    await stage.clock.sleep(1_000);
    incidentOf(stage).updated_at = instant(stage);
    expect(await swept(stage)).toEqual([]);
    expect(incidentOf(stage).state).toBe('opened');
    expect(incidentOf(stage).notes.at(-1)?.body).toContain('none, the same commit passed before');
  });

  test('reads no log and compares nothing while there is nothing new to tell', async () => {
    const stage = await incidentStage();
    finished(stage, 700, 'success', shas.good);
    finished(stage, 701, 'failed', shas.guilty);
    await swept(stage);
    const before = stage.gitlab.requests.length;
    await swept(stage);
    const paths = stage.gitlab.requests.slice(before).map(({ path }) => path);
    expect(paths.filter((path) => /compare|trace|CODEOWNERS/.test(path))).toEqual([]);
  });

  test('says what it does not know: a rewritten branch, no pipeline that passed', async () => {
    const stage = await incidentStage();
    finished(stage, 701, 'failed', shas.guilty);
    await swept(stage);
    expect(incidentOf(stage).description).toContain("no earlier pipeline in GitLab's list passed");
    const rewritten = await incidentStage();
    finished(rewritten, 700, 'success', 'dead'.repeat(10));
    finished(rewritten, 701, 'failed', shas.guilty);
    expect(await swept(rewritten)).toEqual(created);
    expect(incidentOf(rewritten).description).toContain('GitLab did not compare the commits');
  });
});

describe('row 65: an issue for an environment', () => {
  function deploy(stage: Stage, id: number, status: string, at: string): void {
    stage.state.deployments.push({
      id,
      project_id: 42,
      status,
      ref: 'main',
      sha: shas.guilty,
      updated_at: at,
      environment: { name: 'production', tier: 'production', external_url: null },
      mergeRequests: [],
    });
  }

  test('is opened by a failed deployment, told of again once, and closed by one that succeeds', async () => {
    const stage = await incidentStage();
    deploy(stage, 9, 'failed', instant(stage));
    await stage.handle(deploymentEvent(9, 'failed'));
    expect(stage.deeds()).toEqual(created);
    await stage.handle(deploymentEvent(9, 'failed'));
    expect(stage.deeds()).toEqual([]);
    expect(incidentOf(stage).title).toBe('The deployment to production fails');
    await stage.clock.sleep(60_000);
    deploy(stage, 10, 'success', instant(stage));
    await stage.handle(deploymentEvent(10, 'success'));
    expect(stage.deeds()).toEqual(changed);
    await stage.handle(deploymentEvent(10, 'success'));
    expect(stage.deeds()).toEqual([]);
    expect(incidentOf(stage).state).toBe('closed');
  });

  test('is not closed by an earlier success whose event came late', async () => {
    const stage = await incidentStage();
    deploy(stage, 8, 'success', new Date(stage.clock.now().getTime() - 60_000).toISOString());
    deploy(stage, 9, 'failed', instant(stage));
    await stage.handle(deploymentEvent(9, 'failed'));
    stage.deeds();
    await stage.handle(deploymentEvent(8, 'success'));
    expect(stage.deeds()).toEqual([]);
    expect(incidentOf(stage).state).toBe('opened');
  });

  test('row 75: is not opened where the set leaves environments out', async () => {
    const stage = await incidentStage('{deployments: false}');
    deploy(stage, 9, 'failed', instant(stage));
    await stage.handle(deploymentEvent(9, 'failed'));
    expect(stage.deeds()).toEqual([]);
  });
});

describe('row 65: an issue for each test that fails on the default branch', () => {
  type Outcomes = Readonly<Record<string, TestOutcome>>;

  /** Adds pipelines with a report each, whose history goes on. */
  function branchOf(stage: Stage): (id: number, outcomes: Outcomes) => void {
    let previous: EarlierRun | null = null;
    return (id, outcomes) => {
      const collector = createTestsCollector('junit.xml', () => undefined);
      for (const [name, outcome] of Object.entries(outcomes))
        collector.add({ ...blankTestRun, className: 'till.Cart', name, outcome });
      const context = aContext({
        pipeline: { ...aContext().pipeline, id },
        commit: { ...aContext().commit, branch: 'main' },
      });
      const summary = aSummary({ context, mergeRequest: null, tests: collector.finish() });
      const text = JSON.stringify(heraldReportOf(summary, stage.clock.now(), previous));
      const read = parseHeraldReport(text);
      if ('unusable' in read) throw new Error(read.unusable.kind);
      previous = read;
      const status = Object.values(outcomes).includes('failed') ? 'failed' : 'success';
      finished(stage, id, status, shas.guilty);
      const herald = {
        ...aFailedJob(stage, id * 10 + 1),
        name: 'herald',
        status: 'success',
        failure_reason: null,
        artifacts: new Map([['herald-report.json', text]]),
      };
      stage.state.pipelines.at(-1)?.jobs.push(herald);
    };
  }

  /** Titles of the open ones. */
  function openIn({ state }: Stage): readonly string[] {
    return state.issues.flatMap((one) => (one.iid > 4 && one.state === 'opened' ? [one.title] : []));
  }

  test('is opened once, closed after passes in a row, and opened again by a relapse', async () => {
    const stage = await incidentStage('{branch: false, tests: {close-after: 2, max: 1}}');
    const run = branchOf(stage);
    const next = async (id: number, outcomes: Outcomes): Promise<readonly string[]> => {
      await stage.clock.sleep(hour);
      run(id, outcomes);
      await swept(stage);
      for (const one of stage.state.issues)
        if (one.iid > 4) one.updated_at = new Date(stage.clock.now().getTime() + 1_000).toISOString();
      expect(await swept(stage)).toEqual([]);
      return openIn(stage);
    };
    const [adds, more] = ['Test fails: till.Cart: adds up', 'More tests fail'];
    expect(await next(701, { 'adds up': 'failed', rounds: 'passed' })).toEqual([adds]);
    expect(incidentOf(stage).description).toContain('failed in 1 of the last 1 recorded runs');
    expect(await next(702, { 'adds up': 'failed', rounds: 'failed' })).toEqual([adds, more]);
    expect(await next(703, { 'adds up': 'passed', rounds: 'passed' })).toEqual([adds]);
    expect(await next(704, { 'adds up': 'passed', rounds: 'passed' })).toEqual([]);
    expect(await next(705, { 'adds up': 'failed', rounds: 'passed' })).toEqual([adds]);
    expect(stage.state.issues.filter(({ title }) => title === adds)).toHaveLength(1);
  });
});
