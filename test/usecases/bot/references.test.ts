import { describe, expect, test } from 'vitest';
import { mergeRequestEvent } from './events.ts';
import { aStage, cast, issue, mr, type Stage } from './stage.ts';

const config = `trail: { trackers: [{ pattern: 'SHOP-\\d+', url: 'https://jira.example.com/browse/{key}' }] }
bot: { rules: [{ name: close, on: merge_request.merged, do: [{ close-referenced: true }] }] }`;

async function merged(target: string, description: string, written = config): Promise<Stage> {
  const stage = await aStage(written);
  const [one] = stage.state.mergeRequests;
  if (one === undefined) throw new Error('no merge request');
  const { id, username } = cast.mia;
  const now = stage.clock.now().toISOString();
  Object.assign(one, { state: 'merged', target_branch: target, description, merge_user: { id, username } });
  Object.assign(one, { updated_at: now });
  return stage;
}

describe('row 63: a merge request that was merged', () => {
  test('row 63: into a release branch closes its issue, once however often it is told', async () => {
    const stage = await merged('1.x', 'Closes #3');
    await stage.handle(mergeRequestEvent('merge'));
    expect(stage.deeds()).toEqual(['PUT /projects/42/issues/3', 'POST /projects/42/issues/3/notes']);
    expect(stage.notes(issue)).toEqual([expect.stringMatching(/Merged into `1\.x` with \[`!7`\]\(/)]);
    await stage.handle(mergeRequestEvent('merge'));
    expect(stage.deeds()).toEqual([]);
  });

  test('row 63: into the default branch is left to GitLab', async () => {
    const stage = await merged('main', 'Closes #3');
    await stage.handle(mergeRequestEvent('merge'));
    expect(stage.deeds()).toEqual([]);
  });

  test('row 63: names entries of another tracker in one comment, once', async () => {
    const stage = await merged('main', 'Closes SHOP-7');
    for (let told = 0; told < 2; told += 1) await stage.handle(mergeRequestEvent('merge'));
    expect(stage.deeds()).toEqual(['POST /projects/42/merge_requests/7/notes']);
    expect(stage.notes(mr)).toEqual([
      expect.stringContaining('[`SHOP-7`](https://jira.example.com/browse/SHOP-7)'),
    ]);
  });

  test('row 63: closes nothing by a pattern that cannot be used, and says what is wrong', async () => {
    const stage = await merged('1.x', 'Closes #3', config.replace('SHOP-', '(a)\\1'));
    await expect(stage.handle(mergeRequestEvent('merge'))).rejects.toThrow(
      '.herald.yml: trail.trackers[0].pattern: refers back to a group',
    );
    expect(stage.deeds()).toEqual([]);
  });
});
