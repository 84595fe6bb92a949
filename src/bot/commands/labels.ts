import { decide } from '../permissions.ts';
import { nameMatcher } from '../rules/globs.ts';
import type { BotSettings } from '../settings.ts';
import type { BotCommand, CommandInput, CommandOutcome, Decision } from './command.ts';
import { act, cannot, sentence, usageOf } from './outcome.ts';

/** GitLab writes labels with a tilde; the parser has already taken the quotes of `~"in review"` off. */
function labelsIn(args: readonly string[]): readonly string[] {
  const names = args.map((arg) => arg.replace(/^~/, '').trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/** Commas separate labels in GitLab's API. */
const impossible = /[,\p{Cc}]/u;

function firstRefused(labels: readonly string[], { commands }: BotSettings): string | null {
  const allowed = commands.labels;
  if (allowed.length === 0) return null;
  const isAllowed = nameMatcher(allowed);
  return labels.find((label) => !isAllowed(label)) ?? null;
}

function decideOnLabels({ facts, on }: CommandInput): Decision {
  return decide(on.kind === 'issue' ? 'edit-issue' : 'edit-merge-request', facts);
}

function planLabels(input: CommandInput, command: BotCommand): CommandOutcome {
  const { call, facts, on, settings } = input;
  const labels = labelsIn(call.args);
  const has = facts.subject?.labels ?? [];
  if (labels.length === 0) return usageOf(command);
  const broken = labels.find((label) => impossible.test(label) || label.length > 255);
  if (broken !== undefined) return cannot(sentence`${broken} is not a valid label.`);
  const refused = firstRefused(labels, settings);
  if (refused !== null)
    return cannot(
      sentence`Commands cannot change the label ${refused} here, only: ${settings.commands.labels.join(', ')}.`,
    );
  const adds = command.name === 'label';
  const changed = labels.filter((label) => has.includes(label) !== adds);
  if (changed.length === 0)
    return act(
      adds ? sentence`Already labelled ${labels.join(', ')}.` : sentence`Not labelled ${labels.join(', ')}.`,
    );
  return act(adds ? sentence`Added ${changed.join(', ')}.` : sentence`Removed ${changed.join(', ')}.`, {
    do: 'label',
    on,
    add: adds ? changed : [],
    remove: adds ? [] : changed,
  });
}

export const label: BotCommand = {
  name: 'label',
  usage: 'label ~a ~"b c"…',
  summary: 'Adds labels.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: [],
  decide: decideOnLabels,
  plan: (input) => planLabels(input, label),
};

export const unlabel: BotCommand = {
  name: 'unlabel',
  usage: 'unlabel ~a ~"b c"…',
  summary: 'Removes labels.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: [],
  decide: decideOnLabels,
  plan: (input) => planLabels(input, unlabel),
};
