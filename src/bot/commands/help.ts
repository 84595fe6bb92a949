import { code, list, paragraph, text } from '../../model/document.ts';
import { decide } from '../permissions.ts';
import type { BotCommand, CommandOutcome, Decision, TalkInput } from './command.ts';
import { act } from './outcome.ts';
import { placesOf } from './places.ts';

/** Only commands for this kind of object, with a mark at those that this author is not allowed to use. */
function plan({ facts, on, settings, commands }: TalkInput): CommandOutcome {
  const here = commands.filter((command) => placesOf(command).includes(on.kind));
  const { prefix, roles } = settings.commands;
  const rows = here.map(({ name, usage, summary }) => {
    const least = roles[name];
    return [
      paragraph(
        code(`${prefix} ${usage}`),
        text(` ${summary}${least === undefined ? '' : ` From ${least} on, in this project.`}`),
      ),
    ];
  });
  return act([
    paragraph(
      text(
        `Write a command at the beginning of a line, at most ten in a comment. A command can do only what you could do yourself in ${facts.project.path}.`,
      ),
    ),
    list(...rows),
  ]);
}

const decideOnHelp = ({ facts }: TalkInput): Decision => decide('comment', facts);

export const help: BotCommand = {
  name: 'help',
  usage: 'help',
  summary: 'Lists the commands.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: [],
  decide: decideOnHelp,
  plan,
  onCommit: { decide: decideOnHelp, plan },
};
