import { paragraph, text } from '../../model/document.ts';
import { decide } from '../permissions.ts';
import { reviewersOf } from '../reviewers-of.ts';
import { suggestReviewers } from '../suggest-reviewers.ts';
import type { BotCommand, CommandInput, CommandOutcome } from './command.ts';
import { act, cannot, sentence } from './outcome.ts';

function plan({ facts, on }: CommandInput): CommandOutcome {
  const { subject } = facts;
  if (subject?.kind !== 'merge_request') return cannot(sentence`Only merge requests have reviewers.`);
  const { people, reason } = suggestReviewers(facts, 1);
  const [person] = people;
  if (person === undefined)
    return cannot([paragraph(text(`${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`))]);
  const ids = reviewersOf(facts).map(({ id }) => id);
  if (ids.includes(person.id)) return act(sentence`${person.username} is already asked for a review.`);
  return act(sentence`Asked ${person.username} for a review: ${reason}.`, {
    do: 'setReviewers',
    on,
    userIds: [...ids, person.id],
  });
}

export const reviewers: BotCommand = {
  name: 'reviewers',
  usage: 'reviewers',
  summary: 'Asks a code owner of the changed files for a review, the one with the fewest waiting.',
  on: ['merge_request'],
  starts: false,
  needs: ['codeOwners', 'changes', 'members', 'ownerGroups', 'reviewLoad'],
  decide: ({ facts }) => decide('edit-merge-request', facts),
  plan,
};
