import { describe, expect, test } from 'vitest';
import { sweep } from '../../../src/usecases/bot/sweep.ts';
import { mergeRequestEvent } from './events.ts';
import { aStage, mr, type Payload, type Stage } from './stage.ts';

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

describe('a person who takes the label off', () => {
  const config = 'bot: {presets: {stale: true}}';
  const removed = (stage: Stage): Payload =>
    mergeRequestEvent('update', {
      changes: { labels: { previous: [{ title: 'stale' }], current: [] } },
      updated_at: instant(stage, 0),
    });

  async function warned(): Promise<Stage> {
    const stage = await aStage(config);
    for (const item of stage.state.mergeRequests)
      item.updated_at = instant(stage, item.iid === mr.iid ? -40 : 0);
    await swept(stage);
    expect(stage.notes()).toHaveLength(1);
    await stage.clock.sleep(20 * day);
    const now = instant(stage, 0);
    Object.assign(stage.item(mr), { labels: [], updated_at: now });
    for (const one of stage.state.mergeRequests)
      one.labelEvents.push({ label: 'stale', action: 'remove', username: 'dev', created_at: now });
    return stage;
  }

  /** Warned once more after a month, and closed two weeks after that, not at once. */
  async function beginsAgain(stage: Stage): Promise<void> {
    const before = new Set(stage.item(mr).notes.map(({ id }) => id));
    await stage.clock.sleep(31 * day);
    await swept(stage);
    expect(stage.item(mr).labels).toEqual(['stale']);
    expect(stage.notes()).toHaveLength(1);
    // The embedded GitLab has a clock of its own.
    const now = instant(stage, 0);
    for (const one of stage.item(mr).notes)
      if (!before.has(one.id)) Object.assign(one, { created_at: now, updated_at: now });
    stage.item(mr).updated_at = now;
    await stage.clock.sleep(5 * day);
    await swept(stage);
    expect(stage.state.mergeRequests[0]?.state).toBe('opened');
    await stage.clock.sleep(10 * day);
    await swept(stage);
    expect(stage.state.mergeRequests[0]?.state).toBe('closed');
  }

  test('is noticed at once where the webhook tells of it', async () => {
    const stage = await warned();
    await stage.handle(removed(stage));
    expect(stage.notes()).toEqual([]);
    stage.item(mr).updated_at = instant(stage, 0);
    await beginsAgain(stage);
  });

  test('is noticed by the sweep before it warns once more', async () => {
    await beginsAgain(await warned());
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
