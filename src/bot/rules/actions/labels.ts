import * as z from 'zod';
import type { BotAction } from '../../../model/bot-write.ts';
import type { FactName, Facts } from '../../../model/facts.ts';
import { nameMatcher } from '../globs.ts';
import type { RuleAction } from '../rule.ts';
import { type ActionSpec, targetsOf } from './action-spec.ts';

const label = z.lazy(() =>
  z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^,\p{Cc}]+$/u, 'a label, without commas'),
);
const list = z.lazy(() => z.array(label).min(1).max(50));
const oneOrMore = z.lazy(() =>
  z
    .union([label, list], { error: 'a label or a list of labels' })
    .transform((value): readonly string[] => (typeof value === 'string' ? [value] : value)),
);

interface Change {
  readonly add: readonly string[];
  /** Globs. */
  readonly remove: readonly string[];
}

function planLabels({ add, remove }: Change, facts: Facts): readonly BotAction[] {
  const { subject } = facts;
  const isGone = nameMatcher(remove);
  if (subject !== null) {
    const added = add.filter((name) => !subject.labels.includes(name));
    const removed = subject.labels.filter((name) => isGone(name) && !add.includes(name));
    return added.length + removed.length === 0
      ? []
      : [{ do: 'label', on: subject.at, add: added, remove: removed }];
  }
  // The labels of a deployment's merge requests are unknown: GitLab accepts labels that are already set.
  const literal = remove.filter((name) => !/[*?[{]/.test(name));
  return targetsOf(facts).map((on) => ({ do: 'label', on, add, remove: literal }));
}

function labelAction(name: string, change: Change): RuleAction {
  return {
    name,
    usernames: [],
    needs: ({ deploymentId }, { subject }): readonly FactName[] =>
      subject === null && deploymentId !== null ? ['deployment'] : [],
    plan: (_occurrence, facts) => planLabels(change, facts),
  };
}

export const labelSpec: ActionSpec = {
  key: 'label',
  meaning: 'adds labels; with `add` and `remove` it also removes some, `remove` as globs',
  example: "{add: 'size::L', remove: 'size::*'}",
  schema: z.lazy(() =>
    z
      .union(
        [
          label,
          list,
          z
            .strictObject({ add: oneOrMore.optional(), remove: oneOrMore.optional() })
            .refine((value) => Object.keys(value).length > 0, 'labels to add or to remove'),
        ],
        { error: 'a label, a list of labels, or labels to add and to remove' },
      )
      .transform((value) => {
        const change =
          typeof value === 'string' ? { add: [value] } : Array.isArray(value) ? { add: value } : value;
        return labelAction('label', {
          add: change.add ?? [],
          remove: 'remove' in change ? (change.remove ?? []) : [],
        });
      }),
  ),
};

export const unlabelSpec: ActionSpec = {
  key: 'unlabel',
  meaning: 'removes labels, as globs',
  example: "'needs::*'",
  schema: z.lazy(() => oneOrMore.transform((remove) => labelAction('unlabel', { add: [], remove }))),
};
