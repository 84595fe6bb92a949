import * as z from 'zod';
import { nearest } from '../../model/nearest.ts';
import type { ActionSpec } from './actions/action-spec.ts';
import { actionSpecs } from './actions/registry.ts';
import { eventNames } from './event-names.ts';
import type { Rule, RuleAction } from './rule.ts';
import { whenSchema } from './when.ts';

const names = eventNames.map(({ name }) => name);

function unknownEvent(written: string): string {
  const meant = nearest(written, names);
  return `unknown event "${written}"; ${meant === null ? `one of ${names.join(', ')}` : `did you mean "${meant}"?`}`;
}

const event = z.lazy(() =>
  z.enum(names, {
    error: ({ input }) => (typeof input === 'string' ? unknownEvent(input) : 'the name of an event'),
  }),
);

const events = z.lazy(() =>
  z
    .union([event, z.array(event).min(1, 'at least one event').max(50)], {
      error: 'the name of an event, or a list of them',
    })
    .transform((value): readonly string[] => (typeof value === 'string' ? [value] : value)),
);

const specs: readonly ActionSpec[] = actionSpecs;

type Shape = Record<string, z.ZodOptional<z.ZodType<RuleAction>>>;

const shape: Shape = Object.fromEntries(specs.map(({ key, schema }) => [key, schema.optional()]));

/** Actions without a value can be written in the list as plain words. */
const words = specs.filter(({ example }) => example === '');
const lonely = new Map(words.map(({ key, schema }) => [key, schema]));

const word = z.lazy(() =>
  z
    .enum(
      words.map(({ key }) => key),
      {
        error: ({ input }) =>
          typeof input === 'string' && specs.some(({ key }) => key === input)
            ? `the action ${input} takes a value: "${input}: …"`
            : unknownAction(input),
      },
    )
    .transform((key, context): readonly RuleAction[] => {
      const made = lonely.get(key)?.safeParse(true).data;
      if (made !== undefined) return [made];
      context.addIssue({ code: 'custom', message: `the action ${key} takes a value` });
      return z.NEVER;
    }),
);

function unknownAction(input: unknown): string {
  const written = typeof input === 'string' ? input : '';
  const meant = nearest(
    written,
    specs.map(({ key }) => key),
  );
  return `unknown action "${written}"${meant === null ? '' : `; did you mean "${meant}"?`}`;
}

const keyed = z.lazy(() =>
  z
    .strictObject(shape)
    .transform((values): readonly RuleAction[] => Object.values(values).flatMap((action) => action ?? []))
    .refine((actions) => actions.length > 0, 'at least one action'),
);

const entry = z.lazy(() => z.union([word, keyed], { error: 'an action, such as "label: bug"' }));

/** A list of actions, or one. They are done in this order. */
const actions = z.lazy(() =>
  z
    .union([entry, z.array(entry).max(20, 'at most 20 actions')], { error: 'a list of actions' })
    .transform((value): readonly RuleAction[] => value.flat()),
);

const ruleName = z.lazy(() =>
  z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9 ._/:-]{0,79}$/,
      'up to 80 letters, digits, spaces, dots, dashes, colons, slashes and underscores',
    ),
);

/** One rule as written in the file. */
const ruleSchema = z.lazy(() =>
  z
    .strictObject({
      name: ruleName,
      on: events,
      when: whenSchema.optional(),
      do: actions,
      otherwise: actions.optional(),
      stop: z.boolean().optional(),
    })
    .refine((rule) => rule.do.length + (rule.otherwise?.length ?? 0) > 0, 'a rule must do something')
    .transform(
      ({ when, otherwise, stop, ...rule }): Rule => ({
        ...rule,
        when: when ?? [],
        otherwise: otherwise ?? [],
        stop: stop ?? false,
      }),
    ),
);

const maxRules = 500;

export const rulesSchema = z.lazy(() =>
  z
    .array(ruleSchema)
    .max(maxRules, `at most ${maxRules} rules`)
    .superRefine((rules, context) => {
      const seen = new Set<string>();
      for (const [index, { name }] of rules.entries()) {
        if (seen.has(name))
          context.addIssue({
            code: 'custom',
            path: [index, 'name'],
            message: `two rules have the name "${name}"`,
          });
        seen.add(name);
      }
    }),
);
