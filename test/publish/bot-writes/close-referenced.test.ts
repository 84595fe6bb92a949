import { describe, expect, test } from 'vitest';
import type { BotAction } from '../../../src/model/bot-write.ts';
import { startEmbedded } from '../../support/gitlab/ask.ts';
import { changesSince, mr, perform, saying, worldAt } from './world.ts';

function closing(
  overrides: Partial<Extract<BotAction, { do: 'closeReferenced' }>> = {},
): Extract<BotAction, { do: 'closeReferenced' }> {
  const document = saying('Merged.');
  return { do: 'closeReferenced', on: mr, project: 42, iid: 5, mergedById: 11, document, ...overrides };
}

describe('row 63: an issue that a merge request names', () => {
  test('row 63: that was closed and opened again by somebody stays open', async () => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), closing());
    const [issue] = gitlab.state.issues;
    if (issue !== undefined) issue.state = 'opened';
    const from = gitlab.requests.length;
    expect(await perform(worldAt(gitlab), closing())).toMatchObject({
      outcome: 'there',
      detail: 'It was closed for this before, and somebody opened it again.',
    });
    expect(changesSince(gitlab, from)).toEqual([]);
    expect(issue?.state).toBe('opened');
  });

  test('row 63: that is closed is not told of it', async () => {
    const gitlab = await startEmbedded();
    const [issue] = gitlab.state.issues;
    if (issue !== undefined) issue.state = 'closed';
    expect(await perform(worldAt(gitlab), closing())).toMatchObject({ outcome: 'there', detail: null });
    expect(changesSince(gitlab)).toEqual([]);
  });

  test.each<readonly [who: string, mergedById: number | null, detail: RegExp]>([
    ['a guest merged it', 12, /^The user who merged !17 cannot close issue #5 of project 42\.$/],
    ['the user is gone', 99, /^The user who merged !17 cannot close/],
    ['GitLab does not say who merged it', null, /^GitLab does not say who merged !17\.$/],
  ])('row 63: stays open where %s', async (_who, mergedById, detail) => {
    const gitlab = await startEmbedded();
    const performed = await perform(worldAt(gitlab), closing({ mergedById }));
    expect(performed.outcome).toBe('refused');
    expect(performed.detail).toMatch(detail);
    expect(changesSince(gitlab)).toEqual([]);
  });

  test('row 63: of another project needs rights there, of who merged and of the bot', async () => {
    const gitlab = await startEmbedded();
    const { state } = gitlab;
    const [issue] = state.issues;
    if (issue === undefined) throw new Error('no issue');
    state.issues.push({ ...issue, project_id: 43, iid: 9, notes: [] });
    state.ci.members.push({ project_id: 43, user_id: 12, access_level: 50 });
    const there = closing({ project: 'shop/stock', iid: 9 });
    const outcomes: string[] = [];
    const tryIt = async () => outcomes.push((await perform(worldAt(gitlab), there)).outcome);
    await tryIt();
    state.ci.members.push({ project_id: 43, user_id: 7, access_level: 30 });
    await tryIt();
    state.ci.members.push({ project_id: 43, user_id: 11, access_level: 15 });
    await tryIt();
    await tryIt();
    expect(outcomes).toEqual(['refused', 'refused', 'done', 'there']);
    expect(changesSince(gitlab)).toEqual(['PUT /projects/43/issues/9', 'POST /projects/43/issues/9/notes']);
  });
});
