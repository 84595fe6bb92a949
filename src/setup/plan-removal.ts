import type {
  AccountOwner,
  AccountToken,
  Label,
  ProjectVariable,
  Schedule,
  Trigger,
  Webhook,
} from '../model/setup.ts';
import type { Place, SetupChange, SetupPlan } from './change.ts';
import {
  readAccountTokenName,
  readSecretDescription,
  readTriggerDescription,
  scheduleDescription,
} from './markers.ts';
import { accountName } from './plan-account.ts';
import { isOwnLabel } from './plan-labels.ts';
import { isOwnWebhook } from './plan-webhook.ts';

const why = 'herald setup created it';

/**
 * What `herald setup` made in a watched project, and its trigger tokens in the bot's: all of it is removed, and nothing
 * else.
 */
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
  aside,
  schedules,
}: {
  readonly bot: Place;
  readonly variable: ProjectVariable | null;
  /** The one that an interrupted run had set aside. */
  readonly aside: ProjectVariable | null;
  readonly schedules: readonly Pick<Schedule, 'id' | 'description'>[];
}): SetupPlan {
  return {
    changes: [
      ...planRemovalOfVariable(variable, bot),
      ...planRemovalOfAside(aside, variable, bot),
      ...schedules
        .filter(({ description }) => description === scheduleDescription)
        .map(({ id }): SetupChange => ({ do: 'delete-schedule', in: bot, id, why })),
    ],
    advice: whyVariableStays(variable ?? aside, bot),
  };
}

/** The account of the bot, as far as GitLab shows it. */
export interface BotAccount {
  readonly owner: AccountOwner;
  /** Those that still work. */
  readonly tokens: readonly AccountToken[];
}

/** True for a variable that goes, with a token in it that `herald setup --bot` created. */
export function holdsAccountToken(variable: ProjectVariable | null): boolean {
  const mark = readSecretDescription(variable?.description ?? null);
  return mark !== null && !mark.takenOver && mark.token !== null;
}

/**
 * The tokens that `herald setup --bot` created for the variable: nothing needs them any more. The account stays as the
 * author of its comments. `account` is null where GitLab does not show it.
 */
export function planRemovalOfTokens(
  account: BotAccount | null,
  { bot, key }: { readonly bot: Place; readonly key: string },
): SetupPlan {
  if (account === null)
    return {
      changes: [],
      advice: [
        `the token in ${key} of ${bot.path} keeps working: revoke it by hand in Settings > Service accounts, at the account ${accountName}`,
      ],
    };
  const { owner, tokens } = account;
  return {
    changes: tokens
      .filter(({ name }) => readAccountTokenName(name) === bot.id)
      .map(({ id }): SetupChange => ({ do: 'revoke-token', in: bot, owner, id, why })),
    advice: [
      `the service account ${accountName} of ${owner.path} stays with its memberships, as the author of its comments: it has no token of herald setup any more`,
    ],
  };
}

function planRemovalOfVariable(variable: ProjectVariable | null, bot: Place): readonly SetupChange[] {
  const isOwn = readSecretDescription(variable?.description ?? null)?.takenOver === false;
  return variable === null || !isOwn
    ? []
    : [{ do: 'delete-variable', in: bot, key: variable.key, place: 'everywhere' }];
}

/** The one that was set aside is deleted, unless it is all that is left of a variable that somebody else created. */
function planRemovalOfAside(
  aside: ProjectVariable | null,
  variable: ProjectVariable | null,
  bot: Place,
): readonly SetupChange[] {
  const mark = readSecretDescription(aside?.description ?? null);
  if (aside === null || mark === null) return [];
  const { key } = aside;
  return variable === null && mark.takenOver
    ? [{ do: 'place-variable', in: bot, key }]
    : [{ do: 'delete-variable', in: bot, key, place: 'aside' }];
}

function whyVariableStays(variable: ProjectVariable | null, bot: Place): readonly string[] {
  if (variable === null) return [];
  const { key, description } = variable;
  const mark = readSecretDescription(description);
  if (mark === null) return [`the variable ${key} of ${bot.path} stays: herald setup did not create it`];
  return mark.takenOver
    ? [
        `the variable ${key} of ${bot.path} stays, with the token of the bot in it: somebody else created it before herald setup wrote the token into it; delete it by hand if nothing else needs it`,
      ]
    : [];
}
