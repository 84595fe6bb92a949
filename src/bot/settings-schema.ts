import * as z from 'zod';
import { groupPath } from '../code-owners/owner-name.ts';
import { nearest } from '../model/nearest.ts';
import { memberRoles } from '../model/person.ts';
import { alertSettings } from '../trail/alerts/alert-settings.ts';
import { commands } from './commands/registry.ts';
import { glob } from './rules/globs.ts';
import type { Preset } from './rules/presets/preset.ts';
import { presets } from './rules/presets/registry.ts';
import { rulesSchema } from './rules/rule-schema.ts';
import { type CommandLimits, defaultSettings } from './settings.ts';

const commandNames = commands.map(({ name }) => name);

function isCommand(name: string): boolean {
  return commandNames.includes(name);
}

function unknownCommand(name: string): string {
  const meant = nearest(name, commandNames);
  return `unknown command "${name}"${meant === null ? '' : `; did you mean "${meant}"?`}`;
}

const commandName = z.string().refine(isCommand, { error: ({ input }) => unknownCommand(String(input)) });

const sets: readonly Preset[] = presets;
const presetShape: Record<string, z.ZodOptional<Preset['schema']>> = Object.fromEntries(
  sets.map(({ name, schema }) => [name, schema.optional()]),
);

const { commands: commandDefaults, noise: noiseDefaults } = defaultSettings;

/** The value of `bot: commands: NAME`. */
export const limitSettings = z.strictObject({
  'code-owners': z
    .boolean()
    .default(false)
    .meta({ description: 'Only for people who own every changed file of the merge request.' }),
  groups: z
    .array(z.string().max(255).regex(groupPath, 'the full path of a group, such as acme/ci'))
    .max(20)
    .default([])
    .meta({ description: 'Only for direct members of one of these groups, at most 500 of each.' }),
});

const knownCommandSettings = {
  prefix: z
    .string()
    .regex(/^\/[a-z][a-z0-9_-]{0,30}$/, 'a slash and lower-case letters, such as /herald')
    .default(commandDefaults.prefix)
    .meta({ description: 'What commands begin with.' }),
  disabled: z.array(commandName).default([]).meta({ description: 'Commands that are switched off.' }),
  roles: z
    .record(z.string(), z.enum(memberRoles))
    .superRefine((record, context) => {
      for (const name of Object.keys(record)) {
        if (isCommand(name)) continue;
        context.addIssue({ code: 'custom', path: [name], message: unknownCommand(name) });
      }
    })
    .default({})
    .meta({ description: 'Command → least role, where the project requires more than GitLab does.' }),
  labels: z
    .array(glob)
    .max(200)
    .default([])
    .meta({ description: 'Globs of labels that `label` and `unlabel` can change; any if none is given.' }),
};

/** One schema for all of them, so that little is built as this file loads. */
const limitsOfCommand = limitSettings
  .optional()
  .meta({ description: 'The people who can use this command, besides their role.' });
const limitShape = Object.fromEntries(commandNames.map((name) => [name, limitsOfCommand]));
/** With a key for each command; its type leaves those out. */
const commandShape: typeof knownCommandSettings = { ...knownCommandSettings, ...limitShape };
const commandSettings = z.strictObject(commandShape);

/** The limits of commands among the values of `bot: commands`. */
export function limitsIn(values: z.output<typeof commandSettings>): Readonly<Record<string, CommandLimits>> {
  const found = Object.entries(values).flatMap(([name, value]): [string, CommandLimits][] => {
    if (!isCommand(name)) return [];
    const { 'code-owners': codeOwners, groups } = limitSettings.parse(value);
    return [[name, { codeOwners, groups }]];
  });
  return Object.fromEntries(found);
}

const noiseSettings = z.strictObject({
  'per-object': z.int().min(1).max(1_000).default(noiseDefaults.perObject).meta({
    description: 'Notes of the bot on one merge request or issue; further ones are collected in one note.',
  }),
  'per-hour': z
    .int()
    .min(1)
    .max(1_000)
    .default(noiseDefaults.perHour)
    .meta({ description: 'Notes of the bot on one merge request or issue within an hour.' }),
});

/** The value of `bot` in `.herald.yml`. */
export const botSchema = z.strictObject({
  presets: z.strictObject(presetShape).default({}).meta({ description: 'Ready-made sets of rules.' }),
  rules: rulesSchema.default([]).meta({ description: 'Your own rules; they are tried after the sets.' }),
  commands: commandSettings.default(commandSettings.parse({})).meta({ description: 'Commands in comments.' }),
  'other-bots': z
    .array(z.union([z.string().min(1).max(255), z.int().positive().transform(String)]))
    .max(200)
    .default([])
    .meta({ description: 'Usernames or ids of other bots, whose comments do not count as commands.' }),
  alerts: alertSettings
    .optional()
    .meta({ description: 'Tools whose alerts become issues, by the name in their address.' }),
  noise: noiseSettings.default(noiseSettings.parse({})).meta({ description: 'How much the bot can write.' }),
});
