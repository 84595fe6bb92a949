import type { Label, ProjectVariable, Schedule, Trigger, Webhook } from '../model/setup.ts';
import type { Place, SetupChange, SetupPlan } from './change.ts';
import {
  readSecretDescription,
  readTriggerDescription,
  type SecretMark,
  scheduleDescription,
} from './markers.ts';
import { isOwnLabel } from './own-labels.ts';
import { isOwnWebhook } from './plan-webhook.ts';

const why = 'herald setup made it';

/** What `herald setup` made in a watched project, and its trigger tokens in the bot's: all of it goes, and nothing else. */
export function planRemovalOfWebhook({
  watched,
  bot,
  hooks,
  triggers,
  url,
}: {
  readonly watched: Place;
  readonly bot: Place;
  readonly hooks: readonly Webhook[];
  readonly triggers: readonly Trigger[];
  readonly url: string;
}): readonly SetupChange[] {
  return [
    ...hooks
      .filter((hook) => isOwnWebhook(hook, url, bot))
      .map(({ id }): SetupChange => ({ do: 'delete-webhook', in: watched, id, why })),
    ...triggers
      .filter(({ description }) => readTriggerDescription(description) === watched.id)
      .map(({ id }): SetupChange => ({ do: 'delete-trigger', in: bot, id, why })),
  ];
}

/** The labels of a watched project that `herald setup` made. */
export function planRemovalOfLabels(found: readonly Label[], watched: Place): readonly SetupChange[] {
  return found.filter(isOwnLabel).map(({ name }): SetupChange => ({ do: 'delete-label', in: watched, name }));
}

/** The bot's own settings: they go only when no watched project is left that needs them. */
export function planRemovalOfBot({
  bot,
  variable,
  schedules,
}: {
  readonly bot: Place;
  readonly variable: ProjectVariable | null;
  readonly schedules: readonly Pick<Schedule, 'id' | 'description'>[];
}): SetupPlan {
  const mark = readSecretDescription(variable?.description ?? null);
  return {
    changes: [
      ...(variable !== null && mark?.takenOver === false
        ? [{ do: 'delete-variable', in: bot, key: variable.key } as const]
        : []),
      ...schedules
        .filter(({ description }) => description === scheduleDescription)
        .map(({ id }): SetupChange => ({ do: 'delete-schedule', in: bot, id, why })),
    ],
    advice: variable === null ? [] : whyVariableStays(variable.key, mark, bot),
  };
}

function whyVariableStays(key: string, mark: SecretMark | null, bot: Place): readonly string[] {
  if (mark === null) return [`the variable ${key} of ${bot.path} stays: herald setup did not make it`];
  return mark.takenOver
    ? [
        `the variable ${key} of ${bot.path} stays, with the token of the bot in it: somebody else had made it before herald setup wrote it; delete it by hand if nothing else needs it`,
      ]
    : [];
}
