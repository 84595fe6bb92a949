import { describe, expect, test } from 'vitest';
import { mergeRequestEvent } from './events.ts';
import { aStage, cast, mr, type Stage } from './stage.ts';

const config = `bot:
  rules:
    - { name: asked, on: merge_request.reviewers, do: { label: asked } }
    - { name: reviewed, on: merge_request.reviewed, do: { label: reviewed } }
    - { name: changes, on: merge_request.changes-requested, when: { review: changes-requested }, do: { label: changes } }
`;

const mia = { id: cast.mia.id, username: 'mia' };
const eve = { id: cast.eve.id, username: 'eve' };
const of = (person: object, state: string): object => ({ ...person, state, re_requested: false });

/** A stage on which these reviewers are in these states. */
async function reviewedBy(...reviewers: readonly (readonly [number, string])[]): Promise<Stage> {
  const stage = await aStage(config);
  Object.assign(stage.item(mr), {
    reviewer_ids: reviewers.map(([id]) => id),
    review_states: new Map(reviewers),
  });
  stage.state.hasSeveralAssignees = true;
  return stage;
}

const submittedByMia = [[of(mia, 'unreviewed')], [of(mia, 'reviewed')]] as const;

describe('a change of the reviewers', () => {
  test.each([
    ['as an object', { previous: submittedByMia[0], current: submittedByMia[1] }],
    ['as arrays', submittedByMia],
  ])('that only is a review is told as one, %s', async (_name, reviewers) => {
    const stage = await reviewedBy([cast.mia.id, 'reviewed']);
    await stage.handle(mergeRequestEvent('update', { changes: { reviewers } }));
    expect(stage.item(mr).labels).toEqual(['reviewed']);
  });

  test('that asks for changes is told as that, too', async () => {
    const stage = await reviewedBy([cast.mia.id, 'requested_changes']);
    const reviewers = { previous: [of(mia, 'unreviewed')], current: [of(mia, 'requested_changes')] };
    await stage.handle(mergeRequestEvent('update', { changes: { reviewers } }));
    expect(stage.item(mr).labels).toEqual(['reviewed', 'changes']);
  });

  test('by somebody who was not asked, and became one, is a review only', async () => {
    const stage = await reviewedBy([cast.mia.id, 'unreviewed'], [cast.eve.id, 'reviewed']);
    const reviewers = {
      previous: [of(mia, 'unreviewed')],
      current: [of(mia, 'unreviewed'), of(eve, 'reviewed')],
    };
    await stage.handle(mergeRequestEvent('update', { changes: { reviewers } }));
    expect(stage.item(mr).labels).toEqual(['reviewed']);
  });

  test.each([
    ['somebody more', [of(mia, 'unreviewed')], [of(mia, 'unreviewed'), of(eve, 'unreviewed')]],
    ['somebody else', [of(mia, 'unreviewed')], [of(eve, 'unreviewed')]],
    ['without ids, of an older GitLab', [{ username: 'mia' }], [{ username: 'eve' }]],
  ])('is one of people: %s', async (_name, previous, current) => {
    const stage = await reviewedBy([cast.eve.id, 'unreviewed']);
    await stage.handle(mergeRequestEvent('update', { changes: { reviewers: { previous, current } } }));
    expect(stage.item(mr).labels).toEqual(['asked']);
  });

  test('that asks somebody once more is neither', async () => {
    const stage = await reviewedBy([cast.mia.id, 'unreviewed']);
    const reviewers = { previous: [of(mia, 'reviewed')], current: [of(mia, 'unreviewed')] };
    await stage.handle(mergeRequestEvent('update', { changes: { reviewers } }));
    expect(stage.item(mr).labels).toEqual([]);
  });
});

describe('a review that GitLab does not confirm counts for nothing', () => {
  test.each([
    ['it was withdrawn', [cast.mia.id, 'unreviewed']],
    ['it is the bot that reviewed', [cast.bot.id, 'requested_changes']],
  ] as const)('%s', async (_name, reviewer) => {
    const stage = await reviewedBy(reviewer);
    const reviewers = { previous: [of(mia, 'unreviewed')], current: [of(mia, 'requested_changes')] };
    await stage.handle(mergeRequestEvent('update', { changes: { reviewers } }));
    expect(stage.item(mr).labels).toEqual([]);
  });
});

test('the bot is not counted as a reviewer, and a command takes it off', async () => {
  const stage = await reviewedBy([cast.bot.id, 'reviewed']);
  stage.state.hasSeveralAssignees = false;
  await stage.handle(stage.say('mia', '/herald review @eve').payload);
  expect(stage.item(mr)).toMatchObject({ reviewer_ids: [cast.eve.id] });
});
