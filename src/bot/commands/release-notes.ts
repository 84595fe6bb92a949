import { paragraph, text } from '../../model/document.ts';
import { decide } from '../permissions.ts';
import type { BotCommand, CommandInput, CommandOutcome } from './command.ts';
import { act, cannot, sentence, usageOf } from './outcome.ts';

const longest = 511;

/**
 * The release that the words of a call name, as `Facts.releases` has it: a tag, `v1.3..v1.4`, or nothing for what is
 * not released yet; null for words that cannot name one.
 */
export function releaseNameOf(args: readonly string[]): string | null {
  const [name = '', ...more] = args;
  return more.length > 0 || name.length > longest ? null : name;
}

function plan({ call, facts }: CommandInput): CommandOutcome {
  const name = releaseNameOf(call.args);
  if (name === null) return usageOf(releaseNotes);
  const found = facts.releases?.get(name);
  if (found === undefined) return cannot(sentence`GitLab does not show the commits of the project.`);
  if (found.kind === 'wrong') return cannot(sentence`${found.message}`);
  const { remarks } = found.release;
  return act([...found.notes, ...remarks.map((words) => paragraph(text(words)))]);
}

export const releaseNotes: BotCommand = {
  name: 'release-notes',
  usage: 'release-notes [tag | from..to]',
  summary: 'Shows what a release brought; without a tag, what is not released yet.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: ['releases'],
  decide: ({ facts }) => decide('see-activity', facts),
  plan,
};
