import { describe, expect, test } from 'vitest';
import { sweep } from '../../../src/usecases/bot/sweep.ts';
import { aStage, mr, type Stage } from './stage.ts';

const day = 86_400_000;
const api = '/projects/42';

async function swept(stage: Stage): Promise<readonly string[]> {
  await sweep(stage.world({ findUnreported: () => Promise.resolve([]) }));
  return stage.deeds();
}

function instant(stage: Stage, days: number): string {
  return new Date(stage.clock.now().getTime() + days * day).toISOString();
}

describe('what nobody works on any more', () => {
  const config = 'bot: {presets: {stale: true}}';
  const warning = [`PUT ${api}/merge_requests/7`, `POST ${api}/merge_requests/7/notes`];

  /** Quiet for longer than a month; the other merge request was changed just now. */
  async function quietStage(): Promise<Stage> {
    const stage = await aStage(config);
    for (const item of stage.state.mergeRequests)
      item.updated_at = instant(stage, item.iid === mr.iid ? -40 : 0);
    for (const item of stage.state.issues) item.updated_at = instant(stage, -40);
    return stage;
  }

  test('is warned once, and closed two weeks later', async () => {
    const stage = await quietStage();
    expect(await swept(stage)).toEqual(warning);
    expect(stage.item(mr).labels).toEqual(['stale']);
    expect(await swept(stage)).toEqual([]);
    await stage.clock.sleep(13 * day);
    expect(await swept(stage)).toEqual([]);
    await stage.clock.sleep(1.1 * day);
    expect(await swept(stage)).toEqual([`POST ${api}/merge_requests/7/notes`, `PUT ${api}/merge_requests/7`]);
    expect(stage.state.mergeRequests[0]?.state).toBe('closed');
    expect(await swept(stage)).toEqual([]);
  });

  test('is left alone once somebody does something: the warning goes, and begins anew', async () => {
    const stage = await quietStage();
    await swept(stage);
    await stage.clock.sleep(10 * day);
    stage.say('dev', 'Still wanted.');
    stage.item(mr).updated_at = instant(stage, 0);
    expect(await swept(stage)).toEqual([
      `PUT ${api}/merge_requests/7`,
      expect.stringMatching(/^DELETE .*\/notes\/\d+$/),
    ]);
    expect(stage.item(mr).labels).toEqual([]);
    stage.item(mr).updated_at = instant(stage, 0);
    await stage.clock.sleep(29 * day);
    expect((await swept(stage)).filter((deed) => deed.includes('/7'))).toEqual([]);
    await stage.clock.sleep(2 * day);
    expect((await swept(stage)).filter((deed) => deed.includes('/7'))).toEqual(warning);
  });
});

describe('a failing default branch', () => {
  function finished(stage: Stage, id: number, status: string): void {
    stage.state.pipelines.push({
      id,
      project_id: 42,
      ref: 'main',
      sha: 'b0'.repeat(20),
      status,
      source: 'push',
      created_at: instant(stage, 0),
      test_report: null,
      jobs: [],
      statuses: [],
    });
  }

  test('is one issue, told of again by each pipeline once, and closed by one that passes', async () => {
    const stage = await aStage('bot: {presets: {failing-default-branch: true}}');
    finished(stage, 700, 'failed');
    expect(await swept(stage)).toEqual([`POST ${api}/issues`]);
    expect(await swept(stage)).toEqual([]);
    await stage.clock.sleep(day);
    finished(stage, 701, 'failed');
    expect(await swept(stage)).toEqual([expect.stringMatching(/^POST .*\/issues\/\d+\/notes$/)]);
    expect(await swept(stage)).toEqual([]);
    await stage.clock.sleep(day);
    finished(stage, 702, 'success');
    expect(await swept(stage)).toEqual([
      expect.stringMatching(/^PUT .*\/issues\/\d+$/),
      expect.stringMatching(/^POST .*\/issues\/\d+\/notes$/),
    ]);
    expect(await swept(stage)).toEqual([]);
    expect(stage.state.issues.at(-1)).toMatchObject({ state: 'closed', title: 'The pipeline of main fails' });
  });
});
