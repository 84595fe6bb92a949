import { nearest } from '../../model/nearest.ts';
import { decide } from '../permissions.ts';
import type { BotCommand, CommandInput, CommandOutcome } from './command.ts';
import { act, cannot, sentence, usageOf } from './outcome.ts';

function plan({ call, facts, on }: CommandInput): CommandOutcome {
  const written = call.args.join(' ').trim();
  const title = written.replace(/^%/, '').trim();
  const now = facts.subject?.milestone ?? null;
  if (title === '') return usageOf(milestone);
  if (written === 'none')
    return now === null
      ? act(sentence`No milestone is set.`)
      : act(sentence`Removed the milestone ${now.title}.`, { do: 'setMilestone', on, milestoneId: null });
  const known = facts.milestones ?? [];
  const found = known.find((candidate) => candidate.title.toLowerCase() === title.toLowerCase());
  if (found === undefined) {
    const meant = nearest(
      title,
      known.map((candidate) => candidate.title),
    );
    return cannot(
      meant === null
        ? sentence`No active milestone ${title} found.`
        : sentence`No active milestone ${title} found; did you mean ${meant}?`,
    );
  }
  if (now?.id === found.id) return act(sentence`The milestone is already ${found.title}.`);
  return act(sentence`Set the milestone ${found.title}.`, { do: 'setMilestone', on, milestoneId: found.id });
}

export const milestone: BotCommand = {
  name: 'milestone',
  usage: 'milestone %title | %"a title" | none',
  summary: 'Sets the milestone, or removes it.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: ['milestones'],
  decide: ({ facts, on }) => decide(on.kind === 'issue' ? 'edit-issue' : 'edit-merge-request', facts),
  plan,
};
