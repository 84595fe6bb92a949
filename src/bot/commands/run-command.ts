import { nearest } from '../../model/nearest.ts';
import { tighten } from '../permissions.ts';
import type { BotCommand, CommandCall, CommandInput, CommandOutcome, Decision } from './command.ts';
import { cannot, sentence } from './outcome.ts';
import { commands } from './registry.ts';

/** The command of a call; null when there is none of that name or the project has switched it off. */
export function commandOf(call: CommandCall, disabled: readonly string[]): BotCommand | null {
  if (disabled.includes(call.name)) return null;
  return commands.find(({ name }) => name === call.name) ?? null;
}

/** What is said to a call that is no command here. */
export function unknownCommand(
  call: CommandCall,
  { settings, on }: Pick<CommandInput, 'settings' | 'on'>,
): CommandOutcome {
  const { prefix, disabled } = settings.commands;
  if (disabled.includes(call.name)) return cannot(sentence`${call.name} is switched off in this project.`);
  const names = commands
    .filter((command) => command.on.includes(on.kind) && !disabled.includes(command.name))
    .map(({ name }) => name);
  const meant = nearest(call.name, names);
  return cannot(
    meant === null
      ? sentence`There is no command ${call.name}; ${`${prefix} help`} lists them.`
      : sentence`There is no command ${call.name}; did you mean ${meant}?`,
  );
}

export type Judged =
  | { readonly kind: 'refused'; readonly missing: string }
  | { readonly kind: 'outcome'; readonly outcome: CommandOutcome; readonly permission: string };

/** Whether its author may, and what would be done: a command that may not run is not even planned. */
export function judgeCommand(command: BotCommand, input: CommandInput): Judged {
  if (!command.on.includes(input.on.kind)) {
    const answer = sentence`${command.name} works on a ${command.on.join(' or ').replaceAll('_', ' ')}.`;
    return { kind: 'outcome', outcome: cannot(answer), permission: '' };
  }
  const { roles } = input.settings.commands;
  const least = Object.hasOwn(roles, command.name) ? roles[command.name] : undefined;
  const decision: Decision = tighten(command.decide(input), least, input.facts);
  return decision.allowed
    ? { kind: 'outcome', outcome: command.plan(input), permission: decision.permission }
    : { kind: 'refused', missing: decision.missing };
}
