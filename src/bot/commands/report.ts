import { decide } from '../permissions.ts';
import type { BotCommand } from './command.ts';
import { act, sentence } from './outcome.ts';

export const report: BotCommand = {
  name: 'report',
  usage: 'report',
  summary: 'Regenerates the report of the latest pipeline.',
  on: ['merge_request'],
  starts: false,
  needs: [],
  decide: ({ facts }) => decide('update-report', facts),
  plan: ({ on }) => act(sentence`The report is current.`, { do: 'report', on }),
};
