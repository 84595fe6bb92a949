import { describe, expect, test } from 'vitest';
import { deploymentEvent } from './events.ts';
import { aStage, type Stage } from './stage.ts';

describe('row 73: many merge requests of one deployment', () => {
  async function many(
    count: number,
    mergedAt = (stage: Stage) => stage.clock.now().toISOString(),
  ): Promise<Stage> {
    const stage = await aStage('bot: { presets: { deployments: true } }');
    const iids = Array.from({ length: count }, (_, index) => 100 + index);
    const [template] = stage.state.mergeRequests;
    if (template === undefined) throw new Error('the stage has a merge request');
    for (const iid of iids)
      stage.state.mergeRequests.push({
        ...template,
        iid,
        notes: [],
        labelEvents: [],
        labels: [],
        state: 'merged',
        ended_at: mergedAt(stage),
      });
    stage.state.deployments.push({
      id: 9,
      project_id: 42,
      status: 'success',
      ref: 'main',
      sha: 'c1'.repeat(20),
      environment: { name: 'production', tier: 'production', external_url: null },
      mergeRequests: iids,
    });
    return stage;
  }

  test('row 73: goes on after a stop, and is silent in the end', async () => {
    const stage = await many(300);
    let left = 120;
    const world = stage.world();
    const stopping: Partial<typeof world> = {
      gitlab: {
        ...world.gitlab,
        addNoteTo: (...args) => {
          left -= 1;
          return left < 0
            ? Promise.reject(new Error('the job was stopped'))
            : world.gitlab.addNoteTo(...args);
        },
      },
    };
    await expect(stage.handle(deploymentEvent(9, 'success'), stopping)).rejects.toThrow('stopped');
    expect(stage.deeds()).toHaveLength(120);
    await stage.handle(deploymentEvent(9, 'success'));
    expect(stage.deeds()).toHaveLength(180);
    await stage.handle(deploymentEvent(9, 'success'));
    expect(stage.deeds()).toEqual([]);
    // The deployment, its merge requests twice, the environment, the user, and one look at each comment.
    expect(stage.requests().length).toBeLessThan(300 + 15);
  });

  test('row 73: those that were merged long ago are not told, which the log says', async () => {
    const stage = await many(3, () => '2020-01-01T00:00:00Z');
    await stage.handle(deploymentEvent(9, 'success'));
    expect(stage.deeds()).toEqual([]);
    expect(stage.log.lines.join('\n')).toContain('3 merge requests of this deployment get no comment');
  });
});
