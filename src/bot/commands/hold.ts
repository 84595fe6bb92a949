import { code, paragraph, text } from '../../model/document.ts';
import { decide } from '../permissions.ts';
import type { BotCommand, CommandInput } from './command.ts';
import { act, cannot, sentence } from './outcome.ts';

const key = 'hold';

/**
 * A thread that is not resolved blocks the merge where the project asks for resolved threads; elsewhere it is still
 * visible.
 */
export const hold: BotCommand = {
  name: 'hold',
  usage: 'hold [reason]',
  summary: 'Opens a thread that blocks the merge, where all threads must be resolved.',
  on: ['merge_request'],
  starts: false,
  needs: [],
  decide: ({ facts }) => decide('resolve-threads', facts),
  plan: ({ call, facts, on, settings, internal }: CommandInput) => {
    const reason = call.args.join(' ');
    if (internal && reason !== '')
      return cannot(
        sentence`This comment is internal, but everybody here could read the reason: write ${'hold'} without it.`,
      );
    const who = facts.actor?.username ?? '';
    const document = [
      paragraph(text('On hold, requested by '), code(who), text(reason === '' ? '.' : `: ${reason}`)),
      paragraph(
        code(`${settings.commands.prefix} unhold`),
        text(' lifts the hold, and so does resolving this thread.'),
      ),
    ];
    return act(sentence`On hold.`, { do: 'openThread', on, key, document });
  },
};

export const unhold: BotCommand = {
  name: 'unhold',
  usage: 'unhold',
  summary: 'Resolves the thread of hold.',
  on: ['merge_request'],
  starts: false,
  needs: [],
  decide: ({ facts }) => decide('resolve-threads', facts),
  plan: ({ on }: CommandInput) => act(sentence`No longer on hold.`, { do: 'resolveThread', on, key }),
};
