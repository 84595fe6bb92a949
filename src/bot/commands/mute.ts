import type { BotCommand, CommandInput, CommandOutcome } from './command.ts';
import { act, sentence } from './outcome.ts';
import { decideOnState } from './state.ts';

/** While an object has this label, rules do not comment on it. Commands are still answered. */
export const mutedLabel = 'herald::muted';

function planMute({ facts, on }: CommandInput, muted: boolean): CommandOutcome {
  const isMuted = facts.subject?.labels.includes(mutedLabel) === true;
  if (isMuted === muted) return act(muted ? sentence`Already muted.` : sentence`Not muted.`);
  return act(
    muted
      ? sentence`Muted: rules do not comment here while the label ${mutedLabel} is set.`
      : sentence`No longer muted.`,
    { do: 'label', on, add: muted ? [mutedLabel] : [], remove: muted ? [] : [mutedLabel] },
  );
}

export const mute: BotCommand = {
  name: 'mute',
  usage: 'mute',
  summary: 'Keeps rules from commenting here.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: [],
  decide: decideOnState,
  plan: (input) => planMute(input, true),
};

export const unmute: BotCommand = {
  name: 'unmute',
  usage: 'unmute',
  summary: 'Lets rules comment again.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: [],
  decide: decideOnState,
  plan: (input) => planMute(input, false),
};
