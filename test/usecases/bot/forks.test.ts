import { describe, expect, test } from 'vitest';
import type { Intervention } from '../../../src/demo/server.ts';
import { aStage, forkMr, type Stage } from './stage.ts';

const vouched = 'f0'.repeat(20);
const evil = 'ee'.repeat(20);
const merged = '9e'.repeat(20);

/** A stage on which the fork's author pushes in the moment before GitLab starts the pipeline. */
async function withPush(push: (stage: Stage) => void): Promise<Stage> {
  const held: { stage?: Stage } = {};
  const beforeRequest = ({ method, path }: { method: string; path: string }): Intervention => {
    if (method === 'POST' && path.endsWith('/merge_requests/8/pipelines') && held.stage !== undefined)
      push(held.stage);
    return undefined;
  };
  held.stage = await aStage(null, { beforeRequest });
  return held.stage;
}

describe('ok-to-test', () => {
  test('looks at the head right before it starts, and says what moment remains', async () => {
    const stage = await aStage();
    const { note, payload } = stage.say('dev', `/herald ok-to-test ${vouched}`, forkMr);
    await stage.handle(payload);
    const all = stage.requests();
    const start = all.indexOf('POST /projects/42/merge_requests/8/pipelines');
    expect(all[start - 1]).toBe('GET /projects/42/merge_requests/8');
    expect(stage.answers(note, forkMr)[0]).toMatch(/newest commit right before.*might have begun/s);
  });

  test('cancels at once what was pushed in the moment between the last look and the start', async () => {
    const stage = await withPush((on) => Object.assign(on.item(forkMr), { sha: evil }));
    const { note, payload } = stage.say('dev', `/herald ok-to-test ${vouched}`, forkMr);
    await stage.handle(payload);
    expect(stage.state.pipelines.at(-1)).toMatchObject({ sha: evil, status: 'canceled' });
    expect(stage.answers(note, forkMr)[0]).toMatch(/no longer.*canceled/);
  });

  test.each([
    ['of the commit', vouched, 'created'],
    ['of another one', evil, 'canceled'],
  ])('knows a merged result by its parents: %s', async (_name, parent, status) => {
    const stage = await withPush((on) => {
      const commit = { project_id: 42, id: merged, parent_ids: ['b0'.repeat(20), parent] };
      on.state.commits.push({ ...commit, title: 'Merge', created_at: '2026-01-01T00:00:00Z' });
      Object.assign(on.item(forkMr), { sha: merged });
    });
    await stage.handle(stage.say('dev', `/herald ok-to-test ${vouched}`, forkMr).payload);
    expect(stage.state.pipelines.at(-1)).toMatchObject({ sha: merged, status });
  });
});
