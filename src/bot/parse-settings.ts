import * as z from 'zod';
import { UsageError } from '../errors.ts';
import type { TrackerSettings } from '../model/closing-reference.ts';
import { describeProblems } from '../model/describe-problem.ts';
import { once } from '../model/once.ts';
import { defaultNotesSettings } from '../model/release-notes-settings.ts';
import { trailSettings } from '../model/trail-settings.ts';
import { trackersOf } from '../trail/trackers.ts';
import { parseRules } from './rules/parse-rules.ts';
import type { Rule } from './rules/rule.ts';
import { type BotSettings, defaultSettings } from './settings.ts';
import { botSchema, limitsIn } from './settings-schema.ts';

const file = z.looseObject({ bot: botSchema.nullish(), trail: trailSettings.nullish() });

/** Settings of a set can make an invalid rule, such as with a broken glob. */
function rulesOfPresets(values: z.output<typeof botSchema>['presets']): readonly Rule[] {
  return Object.entries(values).flatMap(([name, rules]) =>
    rules === undefined ? [] : parseRules(rules, `.herald.yml: bot.presets.${name}`),
  );
}

function commandsOf({
  prefix,
  disabled,
  roles,
  labels,
}: z.output<typeof botSchema>['commands']): Omit<BotSettings['commands'], 'limits'> {
  return { prefix, disabled, roles, labels };
}

/** Patterns that cannot be used are found here, and not when a merge request names an entry. */
function triedTrackers(trackers: readonly TrackerSettings[]): readonly TrackerSettings[] {
  const { problem } = trackersOf(trackers);
  if (problem !== null) throw new UsageError(`.herald.yml: ${problem}`);
  return trackers;
}

/**
 * The bot's settings from the value of a `.herald.yml`: its key `bot`, everything else is left to the other commands.
 * Throws `UsageError` that names each place, the problem there, and a suggestion. `commit` is that of the
 * file, null where there is none.
 */
export function parseSettings(value: unknown, commit: string | null): BotSettings {
  if (value === null || value === undefined) return { ...defaultSettings, hasFile: true, commit };
  const parsed = file.safeParse(value, once);
  if (!parsed.success)
    throw new UsageError(`.herald.yml: ${describeProblems(parsed.error, { schema: file, value }, '')}`, {
      hint: 'docs/reference/rules.md lists what you can write under "bot"',
    });
  const { bot, trail } = parsed.data;
  const trackers = triedTrackers(trail?.trackers ?? []);
  const releaseNotes = trail?.releases ?? defaultNotesSettings;
  if (bot === null || bot === undefined)
    return { ...defaultSettings, hasFile: true, commit, trackers, releaseNotes };
  const { noise } = bot;
  const ready = rulesOfPresets(bot.presets);
  const rules = [...ready, ...bot.rules];
  const taken = bot.rules.find(({ name }) => ready.some((rule) => rule.name === name));
  if (taken !== undefined)
    throw new UsageError(
      `.herald.yml: bot.rules: "${taken.name}" is already the name of a rule of a ready-made set`,
    );
  return {
    hasFile: true,
    commit,
    rules,
    commands: { ...commandsOf(bot.commands), limits: limitsIn(bot.commands) },
    trackers,
    releaseNotes,
    otherBots: bot['other-bots'],
    alerts: bot.alerts ?? [],
    noise: { perObject: noise['per-object'], perHour: noise['per-hour'] },
  };
}
