import { decide } from '../permissions.ts';
import type { BotCommand, CommandInput, CommandOutcome, Decision } from './command.ts';
import { act, cannot, sentence } from './outcome.ts';

function planState({ facts, on }: CommandInput, state: 'opened' | 'closed'): CommandOutcome {
  const { subject } = facts;
  const what = on.kind === 'issue' ? 'The issue' : 'The merge request';
  if (subject === null) return cannot(sentence`GitLab does not say whether this is open.`);
  if (subject.state === 'merged' || subject.state === 'locked')
    return cannot([
      { kind: 'paragraph', children: [{ kind: 'text', text: `${what} is ${subject.state}.` }] },
    ]);
  if (subject.state === state)
    return act([
      {
        kind: 'paragraph',
        children: [{ kind: 'text', text: `${what} is already ${state === 'opened' ? 'open' : state}.` }],
      },
    ]);
  return act(state === 'closed' ? sentence`Closed.` : sentence`Reopened.`, { do: 'setState', on, state });
}

/** Of closing, and of muting, which changes less. */
export function decideOnState({ facts, on }: CommandInput): Decision {
  return decide(on.kind === 'issue' ? 'close-issue' : 'close-merge-request', facts);
}

export const close: BotCommand = {
  name: 'close',
  usage: 'close',
  summary: 'Closes the merge request or issue.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: [],
  decide: decideOnState,
  plan: (input) => planState(input, 'closed'),
};

export const reopen: BotCommand = {
  name: 'reopen',
  usage: 'reopen',
  summary: 'Reopens the merge request or issue.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: [],
  decide: decideOnState,
  plan: (input) => planState(input, 'opened'),
};
