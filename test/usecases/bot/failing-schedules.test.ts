import { describe, expect, test } from 'vitest';
import { sweep } from '../../../src/usecases/bot/sweep.ts';
import type { EmbeddedWorkItem } from '../../support/gitlab/state/state.ts';
import { aStage, cast, noReports, type Stage } from './stage.ts';

const created = ['POST /projects/42/issues'];
const commented = [expect.stringMatching(/^POST .*\/issues\/\d+\/notes$/) as string];
const changed = [expect.stringMatching(/^PUT .*\/issues\/\d+$/) as string, ...commented];
const sha = 'c1'.repeat(20);

function addSchedule(
  stage: Stage,
  id: number,
  more: { readonly active?: boolean; readonly name?: string } = {},
): void {
  const { active = true, name = 'Nightly @mia' } = more;
  stage.state.ci.schedules.push({
    id,
    project_id: 42,
    owner_id: cast.otto.id,
    fields: { description: name, ref: 'refs/heads/main', cron: '0 3 * * *', cron_timezone: 'UTC', active },
    variables: new Map(),
  });
}

async function scheduleStage(settings = 'true'): Promise<Stage> {
  const stage = await aStage(`bot: {presets: {incidents: ${settings}}}`);
  addSchedule(stage, 5);
  return stage;
}

/** A pipeline that the schedule started, and that ends now. */
function ran(stage: Stage, id: number, status: string, schedule = 5): void {
  const at = stage.clock.now().toISOString();
  const job = {
    id: id * 10,
    name: 'unit',
    stage: 'test',
    status,
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
    trace: 'AssertionError: expected 3 to equal 4\nERROR: Job failed: exit code 1\n',
  };
  const pipeline = { id, project_id: 42, ref: 'main', sha, status, source: 'schedule', created_at: at };
  stage.state.pipelines.push({ ...pipeline, test_report: null, jobs: [job], statuses: [] });
  const found = stage.state.ci.schedules.find((one) => one.id === schedule);
  if (found !== undefined) found.last_pipeline_id = id;
}

async function swept(stage: Stage): Promise<readonly string[]> {
  await sweep(stage.world(noReports));
  return stage.deeds();
}

type Issue = EmbeddedWorkItem & { readonly state: string };

function issues(stage: Stage): readonly Issue[] {
  return stage.state.issues.filter(({ author }) => author?.id === cast.bot.id);
}

function only(stage: Stage): Issue {
  const [issue, ...others] = issues(stage);
  if (issue === undefined || others.length > 0) throw new Error('not one issue');
  return issue;
}

describe('row 65: an issue for a failing schedule', () => {
  test('names the schedule, its owner and the cause, and mentions nobody', async () => {
    const stage = await scheduleStage();
    ran(stage, 701, 'failed');
    expect(await swept(stage)).toEqual(created);
    const { title, description = '' } = only(stage);
    expect(title.replaceAll('\u2060', '')).toBe('The schedule Nightly @mia fails');
    expect(title).not.toContain('@mia');
    expect(description).toContain('Owner of the schedule: `otto`');
    expect(description).toContain('`AssertionError: expected 3 to equal 4`');
    expect(description).toContain('`Nightly @mia`');
  });

  test('fails three times, passes and fails: one issue, two comments, closed, reopened', async () => {
    const stage = await scheduleStage();
    ran(stage, 701, 'failed');
    expect(await swept(stage)).toEqual(created);
    expect(await swept(stage)).toEqual([]);
    for (const id of [702, 703]) {
      await stage.clock.sleep(3_600_000);
      ran(stage, id, 'failed');
      expect(await swept(stage)).toEqual(commented);
      expect(await swept(stage)).toEqual([]);
    }
    await stage.clock.sleep(3_600_000);
    ran(stage, 704, 'success');
    expect(await swept(stage)).toEqual(changed);
    expect(await swept(stage)).toEqual([]);
    expect(only(stage).state).toBe('closed');
    await stage.clock.sleep(3_600_000);
    ran(stage, 705, 'failed');
    expect(await swept(stage)).toEqual(changed);
    expect(only(stage).state).toBe('opened');
  });

  test('is one for each schedule, whatever their names are', async () => {
    const stage = await scheduleStage();
    addSchedule(stage, 6);
    ran(stage, 701, 'failed');
    ran(stage, 702, 'failed', 6);
    expect(await swept(stage)).toEqual([...created, ...created]);
    ran(stage, 703, 'success', 6);
    await swept(stage);
    expect(issues(stage).map(({ state }) => state)).toEqual(['opened', 'closed']);
  });

  test('stays while the next pipeline runs', async () => {
    const stage = await scheduleStage();
    ran(stage, 701, 'failed');
    await swept(stage);
    for (const [id, status] of [
      [702, 'running'],
      [703, 'canceled'],
      [704, 'skipped'],
    ] as const) {
      ran(stage, id, status);
      expect(await swept(stage)).toEqual([]);
      expect(only(stage).state).toBe('opened');
    }
  });

  test.each(['{schedules: false}', 'false'])(
    'is not opened with %s, and nothing is asked',
    async (settings) => {
      const stage = await scheduleStage(settings);
      ran(stage, 701, 'failed');
      expect(await swept(stage)).toEqual([]);
      expect(stage.gitlab.requests.filter(({ path }) => path.includes('pipeline_schedules'))).toEqual([]);
    },
  );

  test('is not opened for a schedule that is switched off, or never ran', async () => {
    const stage = await aStage('bot: {presets: {incidents: true}}');
    addSchedule(stage, 5, { active: false });
    addSchedule(stage, 6);
    ran(stage, 701, 'failed', 5);
    expect(await swept(stage)).toEqual([]);
  });

  test('costs two requests, and one for each schedule, while nothing is wrong', async () => {
    const stage = await scheduleStage('{branch: false}');
    addSchedule(stage, 6);
    ran(stage, 701, 'success');
    ran(stage, 702, 'success', 6);
    const of = async (): Promise<number> => {
      const before = stage.gitlab.requests.length;
      await swept(stage);
      return stage.gitlab.requests.length - before;
    };
    const all = await of();
    stage.state.ci.schedules.splice(0);
    expect(all - (await of())).toBe(3);
  });
});

describe('rules about pipelines of schedules', () => {
  const rule = (on: string): string =>
    `bot: {rules: [{name: r, on: ${on}, do: [{open-issue: {title: '{schedule} {schedule-id}', text: t}}]}]}`;

  test.each([
    ['scheduled_pipeline', 'success', true],
    ['scheduled_pipeline', 'failed', true],
    ['scheduled_pipeline.failed', 'failed', true],
    ['scheduled_pipeline.failed', 'success', false],
    ['scheduled_pipeline.passed', 'success', true],
    ['scheduled_pipeline.passed', 'failed', false],
  ])('%s, when it is %s: %s', async (on, status, isSo) => {
    const stage = await aStage(rule(on));
    addSchedule(stage, 5, { name: 'Nightly' });
    ran(stage, 701, status);
    expect(await swept(stage)).toEqual(isSo ? created : []);
    expect(issues(stage).map(({ title }) => title)).toEqual(isSo ? ['Nightly 5'] : []);
  });
});
