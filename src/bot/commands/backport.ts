import { decide } from '../permissions.ts';
import type { BotCommand, CommandInput, CommandOutcome } from './command.ts';
import { act, cannot, sentence, usageOf } from './outcome.ts';

const branchName = /^[\w][\w./+-]{0,200}$/;
const maxBranches = 5;

function plan({ call, facts, on }: CommandInput): CommandOutcome {
  const { subject, commits } = facts;
  if (call.args.length === 0 || call.args.length > maxBranches) return usageOf(backport);
  const wrong = call.args.find((branch) => !branchName.test(branch) || branch.includes('..'));
  if (wrong !== undefined) return cannot(sentence`${wrong} is not a valid branch name.`);
  if (subject?.kind !== 'merge_request') return cannot(sentence`Only merge requests can be backported.`);
  if (subject.state !== 'merged')
    return cannot(sentence`This merge request can be backported after it is merged.`);
  const shas = (commits ?? []).map(({ sha }) => sha);
  if (shas.length === 0) return cannot(sentence`GitLab lists no commits of this merge request.`);
  return act(
    sentence`Backport to ${call.args.join(', ')}.`,
    ...call.args.map((branch) => ({
      do: 'backport' as const,
      on,
      branch,
      // GitLab lists the newest first; they are applied oldest first.
      shas: [...shas].reverse(),
      title: subject.title,
    })),
  );
}

export const backport: BotCommand = {
  name: 'backport',
  usage: 'backport BRANCH…',
  summary: 'Opens merge requests with the same commits into other branches, after the merge.',
  on: ['merge_request'],
  starts: true,
  needs: ['commits'],
  decide: ({ facts }) => decide('edit-merge-request', facts),
  plan,
};
