import { describe, expect, test } from 'vitest';
import { deploymentEvent } from './events.ts';
import { aStage, mr, type Stage } from './stage.ts';

/** Production got !7 and !8; what GitLab says of it may differ from what the event told. */
async function deployed(status: string): Promise<Stage> {
  const stage = await aStage('bot: { presets: { deployments: true } }');
  stage.state.deployments.push({
    id: 9,
    project_id: 42,
    status,
    ref: 'main',
    sha: 'a1'.repeat(20),
    environment: { name: 'production', tier: 'production', external_url: null },
    mergeRequests: [7, 8],
  });
  return stage;
}

describe('what is told of a deployment', () => {
  test('stands on each merge request that it brought along', async () => {
    const stage = await deployed('success');
    await stage.handle(deploymentEvent(9, 'success'));
    expect(stage.deeds()).toEqual([7, 8].map((iid) => `POST /projects/42/merge_requests/${iid}/notes`));
  });

  test('is not told where GitLab knows it otherwise than the event', async () => {
    const stage = await deployed('failed');
    await stage.handle(deploymentEvent(9, 'success'));
    expect(stage.deeds()).toEqual([]);
  });

  test('is not told on a merge request that is muted', async () => {
    const stage = await deployed('success');
    await stage.handle(stage.say('dev', '/herald mute').payload);
    expect(stage.item(mr).labels).toEqual(['herald::muted']);
    stage.deeds();
    await stage.handle(deploymentEvent(9, 'success'));
    expect(stage.deeds()).toEqual(['POST /projects/42/merge_requests/8/notes']);
  });
});
