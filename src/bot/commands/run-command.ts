import type { Facts } from '../../model/facts.ts';
import { nearest } from '../../model/nearest.ts';
import { tighten } from '../permissions.ts';
import type { BotCommand, CommandCall, CommandOutcome, Decision, TalkInput } from './command.ts';
import { limit, limitsOf } from './limits.ts';
import { cannot, sentence } from './outcome.ts';
import { placesOf } from './places.ts';
import { commands } from './registry.ts';

/** The command of a call; null when there is none of that name or the project has switched it off. */
export function commandOf(call: CommandCall, disabled: readonly string[]): BotCommand | null {
  if (disabled.includes(call.name)) return null;
  return commands.find(({ name }) => name === call.name) ?? null;
}

/** The answer to a call that is not a command here. */
export function unknownCommand(
  call: CommandCall,
  { settings, on }: Pick<TalkInput, 'settings' | 'on'>,
): CommandOutcome {
  const { prefix, disabled } = settings.commands;
  if (disabled.includes(call.name)) return cannot(sentence`${call.name} is switched off in this project.`);
  const names = commands
    .filter((command) => placesOf(command).includes(on.kind) && !disabled.includes(command.name))
    .map(({ name }) => name);
  const meant = nearest(call.name, names);
  return cannot(
    meant === null
      ? sentence`Unknown command ${call.name}; ${`${prefix} help`} lists the commands.`
      : sentence`Unknown command ${call.name}; did you mean ${meant}?`,
  );
}

export type Judged =
  | { readonly kind: 'refused'; readonly missing: string }
  | { readonly kind: 'outcome'; readonly outcome: CommandOutcome; readonly permission: string };

/** What judges the call in this place; null where the command does not work there. */
function judgesOf(
  command: BotCommand,
  input: TalkInput,
): { readonly decide: () => Decision; readonly plan: () => CommandOutcome } | null {
  const { on } = input;
  if (on.kind === 'commit') {
    const { onCommit } = command;
    if (onCommit === undefined) return null;
    return { decide: () => onCommit.decide(input), plan: () => onCommit.plan(input) };
  }
  if (!command.on.includes(on.kind)) return null;
  const here = { ...input, on };
  return { decide: () => command.decide(here), plan: () => command.plan(here) };
}

/** Whether its author may, and what would be done: a command that may not run is not even planned. */
export function judgeCommand(command: BotCommand, input: TalkInput): Judged {
  const judges = judgesOf(command, input);
  if (judges === null) {
    const answer = sentence`${command.name} works on a ${placesOf(command).join(' or ').replaceAll('_', ' ')}.`;
    return { kind: 'outcome', outcome: cannot(answer), permission: '' };
  }
  const { roles } = input.settings.commands;
  const least = Object.hasOwn(roles, command.name) ? roles[command.name] : undefined;
  const decision: Decision = limit(
    tighten(judges.decide(), least, input.facts),
    limitsOf(command.name, input.settings.commands.limits),
    input.facts,
  );
  return decision.allowed
    ? { kind: 'outcome', outcome: judges.plan(), permission: decision.permission }
    : { kind: 'refused', missing: decision.missing };
}

/** Whose words a comment has. */
export type Wording =
  /** Its author's: nobody else edited it. */
  | { readonly by: 'author' }
  /** Words of another user, who edited the comment last; in `facts`, that user is the actor. */
  | { readonly by: 'other'; readonly username: string; readonly facts: Facts }
  /** It was changed, and GitLab does not say by whom. */
  | { readonly by: 'unknown' };

const askAnew = 'write the command in a comment of your own, which nobody else edits';

function actionsOf(judged: Judged): string | null {
  return judged.kind === 'outcome' && judged.outcome.kind === 'act'
    ? JSON.stringify(judged.outcome.actions)
    : null;
}

/**
 * The same for a comment that others can have edited: maintainers may put words into anybody's mouth. What somebody
 * else wrote runs with the lower right of the two; what starts something also has to be the same for both, and is
 * refused where it is not known who wrote it.
 */
export function judgeWording(command: BotCommand, input: TalkInput, wording: Wording): Judged {
  const own = judgeCommand(command, input);
  if (own.kind === 'refused' || wording.by === 'author') return own;
  const starts = typeof command.starts === 'boolean' ? command.starts : command.starts(input.call);
  if (wording.by === 'unknown') {
    if (!starts) return own;
    const missing = `somebody changed this comment after it was written, and GitLab does not say who: ${askAnew}`;
    return { kind: 'refused', missing };
  }
  const theirs = judgeCommand(command, { ...input, facts: wording.facts });
  const isLess = theirs.kind === 'refused' || (starts && actionsOf(theirs) !== actionsOf(own));
  if (!isLess) return own;
  const missing = `${wording.username} edited this comment last, and lacks a right that you have: ${askAnew}`;
  return { kind: 'refused', missing };
}
