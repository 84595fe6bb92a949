import { describe, expect, test } from 'vitest';
import { startEmbedded, talkState } from '../../support/gitlab/ask.ts';
import { issue, mr, perform, worldAt } from './world.ts';

describe('people', () => {
  test('of which GitLab kept only some are told as refused', async () => {
    const gitlab = await startEmbedded();
    const performed = await perform(worldAt(gitlab), { do: 'setReviewers', on: mr, userIds: [11, 12] });
    expect(performed.outcome).toBe('refused');
    expect(performed.detail).toContain('only ada as reviewer');
  });

  test('where GitLab takes several are set', async () => {
    const state = { ...talkState(), hasSeveralAssignees: true };
    const gitlab = await startEmbedded({ state });
    const action = { do: 'setAssignees', on: issue, userIds: [12, 11] } as const;
    expect((await perform(worldAt(gitlab), action)).outcome).toBe('done');
    expect((await perform(worldAt(gitlab), { ...action, userIds: [11, 12] })).outcome).toBe('there');
  });

  test('are all taken off', async () => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), { do: 'setAssignees', on: issue, userIds: [11] });
    await perform(worldAt(gitlab), { do: 'setAssignees', on: issue, userIds: [] });
    expect(gitlab.state.issues[0]?.assignee_ids).toEqual([]);
  });

  test('do not review issues', async () => {
    const gitlab = await startEmbedded();
    expect(await perform(worldAt(gitlab), { do: 'setReviewers', on: issue, userIds: [11] })).toMatchObject({
      outcome: 'refused',
      detail: 'Only merge requests have reviewers.',
    });
  });
});

test.each(['closed', 'opened'] as const)('a merged merge request is not %s any more', async (state) => {
  const gitlab = await startEmbedded();
  const [found] = gitlab.state.mergeRequests;
  if (found !== undefined) found.state = 'merged';
  expect(await perform(worldAt(gitlab), { do: 'setState', on: mr, state })).toMatchObject({
    outcome: 'refused',
    detail: 'The merge request is now merged.',
  });
});

describe('an approval', () => {
  test('of a head that was pushed over is refused, and nothing is sent', async () => {
    const gitlab = await startEmbedded();
    const performed = await perform(worldAt(gitlab), { do: 'approve', on: mr, sha: 'f'.repeat(40) });
    expect(performed).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('pushed') as unknown,
    });
    expect(gitlab.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  test('of what is merged is refused', async () => {
    const gitlab = await startEmbedded();
    const [found] = gitlab.state.mergeRequests;
    if (found !== undefined) found.state = 'merged';
    const sha = found?.sha ?? '';
    expect((await perform(worldAt(gitlab), { do: 'approve', on: mr, sha })).outcome).toBe('refused');
  });
});
