import { decide } from '../permissions.ts';
import type { BotCommand, CommandInput, CommandOutcome } from './command.ts';
import { act, cannot, sentence, usageOf } from './outcome.ts';

const usual = '7d';
const longestWord = 100;

/** The period that the words of a call mean, as one text; null for words that cannot mean one. */
export function digestPeriodOf(args: readonly string[]): string | null {
  const isSince = args[0]?.toLowerCase() === 'since';
  const [word = isSince ? '' : usual, ...more] = isSince ? args.slice(1) : args;
  if (more.length > 0 || word === '' || word.length > longestWord) return null;
  return isSince ? `since ${word}` : word;
}

function plan({ call, facts }: CommandInput): CommandOutcome {
  const period = digestPeriodOf(call.args);
  if (period === null) return usageOf(digest);
  const found = facts.digests?.get(period);
  if (found === undefined) return cannot(sentence`GitLab does not show what happened.`);
  return found.kind === 'digest' ? act(found.document) : cannot(sentence`${found.message}`);
}

export const digest: BotCommand = {
  name: 'digest',
  usage: 'digest [period]',
  summary:
    'Shows how delivery went in the project: in the last 7 days, or 30d, last-month, 2026-11, v1.2..v1.3 or since 2026-03-01.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: ['digests'],
  decide: ({ facts }) => decide('see-activity', facts),
  plan,
};
